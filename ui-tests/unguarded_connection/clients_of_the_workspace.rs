use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::mpsc;
use tracing::error;

pub struct Session {
    requests: mpsc::Sender<String>,
}

/// Moves the bytes of a session until the connection breaks.
pub struct Driver {
    requests: mpsc::Receiver<String>,
}

impl Driver {
    async fn run(mut self) -> Result<(), std::io::Error> {
        loop {
            let Some(request) = self.requests.recv().await else { return Ok(()) };
            transmit(request).await?;
        }
    }
}

fn open() -> (Session, Driver) {
    let (requests, inbox) = mpsc::channel(16);
    (Session { requests }, Driver { requests: inbox })
}

fn dropped() -> Session {
    let (session, _) = open(); //~ unguarded_connection
    session
}

fn forgotten() -> Session {
    let (session, driver) = open();
    tokio::spawn(driver.run()); //~ unguarded_connection
    session
}

fn thrown_away() -> Session {
    let (session, driver) = open();
    tokio::spawn(async move {
        //~^ unguarded_connection
        let _ = driver.run().await;
    });
    session
}

fn listened_to() -> Session {
    let (session, driver) = open();
    tokio::spawn(async move { //~ unsupervised_worker
        if let Err(error) = driver.run().await {
            error!("the session is lost: {error}");
        }
    });
    session
}

fn for_the_caller() -> (Session, Driver) {
    let (session, driver) = open();
    (session, driver)
}

/// A future without a name.
async fn dial() -> Result<(Session, impl Future<Output = Result<(), std::io::Error>>), std::io::Error> {
    let (session, driver) = open();
    Ok((session, driver.run()))
}

async fn dialled_and_dropped() -> Result<Session, std::io::Error> {
    let (session, _) = dial().await?; //~ unguarded_connection
    Ok(session)
}

async fn dialled_and_forgotten() -> Result<Session, std::io::Error> {
    let (session, pump) = dial().await?;
    tokio::spawn(pump); //~ unguarded_connection
    Ok(session)
}

async fn dialled_and_awaited() -> Result<(), std::io::Error> {
    let (_session, pump) = dial().await?;
    pump.await
}

/// A future with a name.
pub struct Pump {
    requests: mpsc::Receiver<String>,
}

impl Future for Pump {
    type Output = Result<(), std::io::Error>;

    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Pending
    }
}

fn attach() -> (Session, Pump) {
    let (session, driver) = open();
    (session, Pump { requests: driver.requests })
}

/// A future with a name, which can fail.
pub struct Valve {
    requests: mpsc::Receiver<String>,
}

impl Future for Valve {
    type Output = Result<(), std::io::Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.requests.poll_recv(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(None) => Poll::Ready(Ok(())),
            Poll::Ready(Some(request)) => Poll::Ready(Err(std::io::Error::other(request))),
        }
    }
}

fn open_valve() -> (Session, Valve) {
    let (session, driver) = open();
    (session, Valve { requests: driver.requests })
}

fn opened_and_forgotten() -> Session {
    let (session, valve) = open_valve();
    tokio::spawn(valve); //~ unguarded_connection
    session
}

fn attached_and_dropped() -> Session {
    let (session, _) = attach(); //~ unguarded_connection
    session
}

/// Errors are told by a channel of their own.
async fn subscribe() -> Result<(Session, mpsc::Receiver<String>), std::io::Error> {
    let (_errors, told) = mpsc::channel(4);
    Ok((open().0, told))
}

async fn heard_once() -> Result<Session, std::io::Error> {
    let (session, mut errors) = subscribe().await?; //~ unguarded_connection
    if let Ok(complaint) = errors.try_recv() {
        return Err(std::io::Error::other(complaint));
    }
    Ok(session)
}

async fn heard_always() -> Result<Session, std::io::Error> {
    let (session, mut errors) = subscribe().await?;
    tokio::spawn(async move {
        while let Some(complaint) = errors.recv().await {
            error!("{complaint}");
        }
    });
    Ok(session)
}

async fn heard_by_the_caller() -> Result<(Session, mpsc::Receiver<String>), std::io::Error> {
    let (session, errors) = subscribe().await?;
    Ok((session, errors))
}

async fn transmit(_request: String) -> Result<(), std::io::Error> {
    Ok(())
}
