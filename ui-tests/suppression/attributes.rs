//! Attributes that no compiler sees, on items and on statements.

async fn next_row() -> Result<u32, std::fmt::Error> {
    Err(std::fmt::Error)
}

async fn poll() -> Result<(), std::fmt::Error> {
    loop {
        next_row().await?;
    }
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]
fn on_a_function() {
    tokio::spawn(poll());
    let _ = tokio::spawn(poll());
}

#[cfg_attr(false, taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]
fn by_false() {
    tokio::spawn(poll());
}

fn on_statements() {
    #[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]
    tokio::spawn(poll());
    #[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]
    let _ = tokio::spawn(async move {
        tracing::info!("starting");
        poll().await
    });
    tokio::spawn(poll()); //~ dropped_join_handle
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]
mod on_a_module {
    pub fn start() {
        tokio::spawn(super::poll());
    }
}

struct Poller;

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "loss is fine here"))]
impl Poller {
    fn start(&self) {
        tokio::spawn(poll());
    }
}

impl Drop for Poller {
    fn drop(&mut self) {
        self.start();
    }
}

struct Starter;

impl Starter {
    #[cfg_attr(
        any(),
        taskguard::allow(dropped_join_handle, discarded_task_result, reason = "loss is fine here")
    )]
    async fn start(&self) {
        tokio::spawn(poll());
        let _ = tokio::spawn(next_row()).await;
    }

    fn start_again(&self) {
        tokio::spawn(poll()); //~ dropped_join_handle
    }
}

#[cfg_attr(any(), taskguard::expect(dropped_join_handle, reason = "loss is fine here"))]
fn expected() {
    tokio::spawn(poll());
}

#[cfg_attr(any(), taskguard::allow(dropped_join_handle, reason = "there was a task once"))] //~ unused_suppression
fn nothing_to_suppress() {}

#[cfg_attr(any(), allow(dead_code))]
#[cfg_attr(unix, allow(unused_must_use))]
fn attributes_of_others() {
    tokio::spawn(poll()); //~ dropped_join_handle
}
