use crate::semantics::testing::check;

#[test]
fn what_counts_as_an_error_that_leaves() {
    check(
        r#"
type Result<T> = std::result::Result<T, Error>;
struct Error;
fn parse() -> Result<u8> { Err(Error) }                        //~ fails parse = Err(Error)
fn unit() { parse(); }                                         //~ fails unit = never
fn number() -> u64 { 1 }                                       //~ fails number = never
fn fine() -> Result<u8> { Ok(1) }                              //~ fails fine = never
fn tail() -> Result<u8> { parse() }                            //~ fails tail = Err(Error)
fn question() -> Result<()> { parse()?; Ok(()) }               //~ fails question = Err(Error)
fn returned() -> Result<()> { if x { return Err(Error); } Ok(()) }    //~ fails returned = return Err(Error)
fn of_fine() -> Result<()> { fine()?; Ok(()) }                 //~ fails of_fine = never
fn local() -> Result<u8> { let r = parse(); r }                //~ fails local = Err(Error)
fn bails() -> anyhow::Result<()> { anyhow::bail!("no") }       //~ fails bails = anyhow::bail!("no")
fn ensures() -> anyhow::Result<()> { anyhow::ensure!(x); Ok(()) }     //~ fails ensures = anyhow::ensure!(x)
fn converted() -> Result<()> { Err(Error)? }                   //~ fails converted = Err(Error)?
fn of_option() -> Option<u8> { next()?; None }                 //~ fails of_option = never
fn missing() -> Result<()> { map.get(&1).ok_or(Error)?; Ok(()) }      //~ fails missing = map.get(&1).ok_or(Error)?
async fn bind() -> Result<()> { tokio::net::TcpListener::bind(a).await?; Ok(()) }   //~ fails bind = tokio::net::TcpListener::bind
async fn read() -> anyhow::Result<()> { tokio::fs::read(a).await?; Ok(()) }         //~ fails read = tokio::fs::read
async fn mapped() -> Result<()> { parse().map_err(|e| wrap(e))?; Ok(()) }           //~ fails mapped = Err(Error)
async fn with_context() -> anyhow::Result<()> { parse().context("x")?; Ok(()) }     //~ fails with_context = Err(Error)
async fn branches(x: bool) -> Result<u8> { match x { true => fine(), false => parse() } }    //~ fails branches = Err(Error)
fn two() -> Result<u8> { parse()?; returned()?; fine() }       //~ fails two = Err(Error), return Err(Error)
async fn joined() -> Result<()> { tokio::try_join!(later(), fine_later())?; Ok(()) }         //~ fails joined = Err(Error)
async fn later() -> Result<u8> { parse() }
async fn fine_later() -> Result<u8> { Ok(1) }
fn not_awaited() -> Result<()> { let f = later(); Ok(()) }     //~ fails not_awaited = never
async fn other_run() -> Result<()> { let f = async { parse()?; Ok(()) }; Ok(()) }   //~ fails other_run = never
async fn no_permits(s: tokio::sync::Semaphore) -> Result<()> { match s.acquire().await { Ok(p) => Ok(()), Err(_) => Err(Error) } }    //~ fails no_permits = never
async fn nobody_sends(mut r: tokio::sync::broadcast::Receiver<u8>) -> Result<()> { match r.recv().await { Ok(x) => {} Err(tokio::sync::broadcast::error::RecvError::Closed) => return Err(Error), Err(e) => {} } Ok(()) }    //~ fails nobody_sends = never
async fn falls_behind(mut r: tokio::sync::broadcast::Receiver<u8>) -> Result<()> { match r.recv().await { Ok(x) => {} Err(e) => return Err(Error) } Ok(()) }    //~ fails falls_behind = return Err(Error)
fn panics() -> Result<u8> { panic!("x") }                      //~ fails panics = never
fn ignores() -> Result<()> { let _ = parse(); parse().ok(); Ok(()) }  //~ fails ignores = never
async fn waits() -> Result<()> { tokio::spawn(later()).await?; Ok(()) }             //~ fails waits = never
async fn waits_twice() -> anyhow::Result<()> { tokio::spawn(later()).await??; Ok(()) }       //~ fails waits_twice = Err(Error)
async fn waits_for_handle(h: tokio::task::JoinHandle<Result<u8>>) -> anyhow::Result<()> { h.await??; Ok(()) }   //~ fails waits_for_handle = unknown
"#,
    );
}

#[test]
fn errors_that_say_nothing() {
    check(
        r#"
use tokio::sync::{mpsc, broadcast};
fn unit_error() -> Result<(), ()> { Err(()) }                  //~ fails unit_error = never
fn impossible() -> Result<(), std::convert::Infallible> { other() }   //~ fails impossible = never
fn never() -> Result<!, ()> { loop {} }                        //~ fails never = never
async fn sends(tx: mpsc::Sender<u8>) -> Result<(), mpsc::error::SendError<u8>> { tx.send(1).await }    //~ fails sends = never
async fn sends_too(tx: mpsc::Sender<u8>) -> anyhow::Result<()> { tx.send(1).await?; Ok(()) }           //~ fails sends_too = never
async fn unknown_sends(tx: Mystery) -> anyhow::Result<()> { tx.send(1).await?; Ok(()) }                //~ fails unknown_sends = never
async fn datagrams(s: tokio::net::UdpSocket) -> anyhow::Result<()> { s.recv(&mut b).await?; Ok(()) }   //~ fails datagrams = tokio::net::UdpSocket::recv
async fn lags(mut rx: broadcast::Receiver<u8>) -> anyhow::Result<()> { rx.recv().await?; Ok(()) }      //~ fails lags = never
fn locks(m: std::sync::Mutex<u8>) -> anyhow::Result<()> { m.lock()?; Ok(()) }                          //~ fails locks = never
async fn changes(mut rx: tokio::sync::watch::Receiver<u8>) -> anyhow::Result<()> { rx.changed().await?; Ok(()) }   //~ fails changes = never
"#,
    );
}

#[test]
fn errors_that_somebody_is_told() {
    check(
        r#"
use tracing::{error, instrument, warn};
type Result<T> = std::result::Result<T, Error>;
struct Error;
fn parse() -> Result<u8> { Err(Error) }
fn inspected() -> Result<u8> { parse().inspect_err(|e| error!("{e}")) }             //~ fails inspected = never
fn mapped() -> Result<u8> { parse().map_err(|e| { warn!("{e}"); e })?; Ok(1) }      //~ fails mapped = never
fn only_mapped() -> Result<u8> { parse().map_err(|e| Error)?; Ok(1) }               //~ fails only_mapped = Err(Error)
fn before() -> Result<u8> { error!("no"); Err(Error) }                              //~ fails before = never
fn in_arm() -> Result<u8> { match parse() { Ok(x) => Ok(x), Err(e) => { eprintln!("{e}"); Err(e) } } }    //~ fails in_arm = never
fn in_silent_arm() -> Result<u8> { match parse() { Ok(x) => Ok(x), Err(e) => { count(); Err(e) } } }      //~ fails in_silent_arm = Err(e)
fn before_return() -> Result<u8> { if let Err(e) = parse() { tracing::error!(%e); return Err(e); } Ok(1) }  //~ fails before_return = never
fn sent() -> Result<u8> { if let Err(e) = parse() { tx.send(e); return Err(Error); } Ok(1) }               //~ fails sent = never
fn reported() -> Result<u8> { parse().map_err(report_error) }                       //~ fails reported = never
fn captured() -> Result<u8> { parse().map_err(|e| { sentry::capture_error(&e); e }) }        //~ fails captured = never
#[instrument(err)] fn spanned() -> Result<u8> { parse() }                           //~ fails spanned = never
#[instrument(skip(x))] fn not_spanned() -> Result<u8> { parse() }                   //~ fails not_spanned = Err(Error)
fn log_of_success() -> Result<u8> { let x = parse()?; tracing::info!("ok"); Ok(x) } //~ fails log_of_success = Err(Error)
async fn later() -> Result<u8> { Err(Error) }
async fn log_of_start() -> Result<u8> { tracing::info!("starting"); let x = later().await?; Ok(x) }       //~ fails log_of_start = Err(Error)
async fn log_before_tail() -> Result<u8> { tracing::info!("starting"); later().await.map_err(|e| e) }     //~ fails log_before_tail = Err(Error)
async fn log_of_local() -> Result<u8> { let r = later().await; if let Err(e) = &r { error!("{e}"); } let x = r?; Ok(x) }   //~ fails log_of_local = never
fn log_of_sync() -> Result<u8> { tracing::info!("starting"); let x = parse()?; Ok(x) }                    //~ fails log_of_sync = Err(Error)
fn made_after() -> Result<u8> { error!("no"); fail() }                              //~ fails made_after = never
fn fail() -> Result<u8> { Err(Error) }
fn thrown() -> Result<u8> { error!("no"); Err(Error)? }                             //~ fails thrown = never
fn exits() -> Result<u8> { parse().map_err(|_| std::process::exit(1)) }             //~ fails exits = never
fn panics() -> Result<u8> { Ok(parse().unwrap()) }                                  //~ fails panics = never
fn replaced() -> Result<u8> { parse().or_else(|_| other()) }                        //~ fails replaced = unknown
fn replaced_loudly() -> Result<u8> { parse().or_else(|e| { error!("{e}"); other() }) }       //~ fails replaced_loudly = never
"#,
    );
}

#[test]
fn errors_through_calls() {
    check(
        r#"
type Result<T> = std::result::Result<T, Error>;
struct Error;
fn a() -> Result<u8> { b() }                                   //~ fails a = Err(Error)
fn b() -> Result<u8> { c() }
fn c() -> Result<u8> { d() }
fn d() -> Result<u8> { Err(Error) }
fn too_deep() -> Result<u8> { a() }                            //~ fails too_deep = unknown
fn ping(n: u8) -> Result<u8> { pong(n) }                       //~ fails ping = unknown
fn pong(n: u8) -> Result<u8> { ping(n) }
fn recursive(n: u8) -> Result<u8> { if n == 0 { return Err(Error); } recursive(n - 1) }    //~ fails recursive = return Err(Error)
trait Step { fn run(&self) -> Result<u8>; fn skip(&self) -> Result<u8>; fn same(&self) -> Result<u8>; }
struct One; struct Two;
impl Step for One { fn run(&self) -> Result<u8> { Err(Error) } fn skip(&self) -> Result<u8> { Ok(1) } fn same(&self) -> Result<u8> { Ok(1) } }
impl Step for Two { fn run(&self) -> Result<u8> { Err(Error) } fn skip(&self) -> Result<u8> { Err(Error) } fn same(&self) -> Result<u8> { Ok(2) } }
fn all_fail(s: &dyn Step) -> Result<u8> { s.run() }            //~ fails all_fail = Err(Error)
fn some_fail(s: &dyn Step) -> Result<u8> { s.skip() }          //~ fails some_fail = Err(Error)
fn none_fails(s: &dyn Step) -> Result<u8> { s.same() }         //~ fails none_fails = never
fn guess(s: Mystery) -> Result<u8> { s.run() }                 //~ fails guess = unknown
fn theirs(s: Mystery) -> Result<u8> { s.of_some_library() }    //~ fails theirs = s.of_some_library()
fn called(f: impl Fn() -> Result<u8>) -> Result<u8> { f() }    //~ fails called = unknown
fn their_trait(s: impl tower::Service) -> Result<u8> { s.call_it() }    //~ fails their_trait = s.call_it()
impl One { fn own(&self) -> Result<u8> { self.run() } }        //~ fails own = Err(Error)
fn declared_future() -> impl std::future::Future<Output = Result<u8>> { async { d() } }             //~ fails declared_future = Err(Error)
fn boxed() -> std::pin::Pin<Box<dyn std::future::Future<Output = Result<u8>>>> { Box::pin(async move { d()?; Ok(1) }) }   //~ fails boxed = Err(Error)
fn delegated() -> impl std::future::Future<Output = Result<u8>> { later() }                         //~ fails delegated = Err(Error)
async fn later() -> Result<u8> { d() }
async fn wrapped() -> Result<u8> { tokio::task::unconstrained(later()).await }                      //~ fails wrapped = Err(Error)
async fn spanned() -> Result<u8> { later().instrument(span()).await }                               //~ fails spanned = Err(Error)
async fn in_block() -> Result<u8> { async { d()?; Ok(1) }.await }                                   //~ fails in_block = Err(Error)
async fn pinned() -> Result<u8> { Box::pin(later()).await }    //~ fails pinned = Err(Error)
async fn timed() -> anyhow::Result<u8> { Ok(tokio::time::timeout(t, later()).await??) }             //~ fails timed = Err(Error)
fn runs() {
    let x = async { d()?; Ok::<(), Error>(()) };               //~ fails async.. = Err(Error)
    let y = async { let _ = d(); };                            //~ fails async.. = never
    let z = || -> Result<()> { d()?; Ok(()) };                 //~ fails || -> Result.. = Err(Error)
    let v = || -> u8 { if x { return Default::default(); } 1 };                               //~ fails || -> u8.. = never
    let u = move || { if x { return Default::default(); } println!("x"); };                     //~ fails move.. = never
    let t = || -> Result<()> { if x { return fails_somehow(); } Ok(()) };                       //~ fails || -> Result<()> { if.. = return fails_somehow()
    let w = async { loop { tick().await; if let Err(e) = d() { tracing::error!("{e}"); } } };       //~ fails async.. = never
}
"#,
    );
}
