use crate::semantics::testing::check;

#[test]
fn ways_back_to_the_head() {
    check(
        r#"
use tokio::time::sleep;
async fn main(x: bool) {
    if go { loop { step(); } }                                           //~ back loop.. = Turn ()
    if go { loop { sleep(D).await; } }                                   //~ back loop.. = Turn (Delay Wait)
    if go { loop { if x { sleep(D).await; } } }                          //~ back loop.. = Turn ()(Delay Wait)
    if go { loop { if x { sleep(D).await; continue; } step(); } }        //~ back loop.. = Continue (Delay Wait), Turn ()
    if go { loop { if x { continue; } else { break; } } }                //~ back loop.. = Continue ()
    if go { loop { match x { 1 => sleep(D).await, _ => {} } } }          //~ back loop.. = Turn ()(Delay Wait)
    if go { loop { match x { 1 => panic!(), _ => sleep(D).await } } }    //~ back loop.. = Turn (Delay Wait)
    if go { while x { sleep(D).await; } }                                //~ back while.. = Turn (Delay Wait)
    if go { for y in z { sleep(D).await; } }                             //~ back for.. = Turn (Delay Wait)
    if go { loop { for y in z { sleep(D).await; } } }                    //~ back loop.. = Turn ()(Delay Wait)
    if go { loop { let f = async { sleep(D).await; }; } }                //~ back loop.. = Turn ()
    if go { loop { let f = async { sleep(D).await; }; f.await } }        //~ back loop.. = Turn (Unseen Wait)
    if go { loop { async { sleep(D).await; }.await } }                   //~ back loop.. = Turn (Delay Wait)
    if go { loop { let f = || std::thread::sleep(D); } }                 //~ back loop.. = Turn ()
    if go { loop { std::thread::sleep(D); } }                            //~ back loop.. = Turn (Delay Wait)
    if go { loop { std::process::exit(1) } }                             //~ back loop.. = nothing
    if go { loop { let s = sleep(D); s.await; } }                        //~ back loop.. = Turn (Delay Wait)
    if go { loop { let mut s = sleep(D); tokio::pin!(s); (&mut s).await; } }     //~ back loop.. = Turn (Delay Wait)
    if go { 'a: loop { 'b: { if x { break 'b; } sleep(D).await; } } }    //~ back 'a: loop.. = Turn ()(Delay Wait)
    if go { loop { tokio::join!(sleep(D), step()); } }                   //~ back loop.. = Turn (Delay Wait)
}
"#,
    );
}

#[test]
fn jumps_of_inner_loops() {
    check(
        r#"
use tokio::time::sleep;
async fn main(x: bool) -> Result<(), E> {
    if go { 'a: loop { sleep(D).await; loop { if x { continue 'a; } } } }        //~ back 'a: loop.. = Continue (Delay Wait)
    if go { 'b: loop { loop { sleep(D).await; if x { continue 'b; } } } }        //~ back 'b: loop.. = Continue (Delay Wait)
    if go { 'c: loop { loop { if x { break 'c; } sleep(D).await; } } }           //~ out 'c: loop.. = Break ()(Delay Wait)
    if go { 'd: loop { loop { if x { break; } sleep(D).await; } } }              //~ back 'd: loop.. = Turn ()(Delay Wait)
    if go { 'e: loop { while x { break 'e; } } }                                 //~ out while.. = Condition (), Outer ()
    if go { loop { while let Some(y) = it.next() { return Ok(()); } } }          //~ out while.. = Condition (), Return(Good) ()
    if go { loop { loop { step()?; } } }                                         //~ out loop.. = Question (Error)
    if go { loop { return Err(e); } }                                            //~ out loop.. = Return(Bad) (Error)
    if go { loop { anyhow::bail!("no"); } }                                      //~ out loop.. = Return(Bad) (Error)
}
"#,
    );
}

#[test]
fn the_two_sides_of_a_value() {
    check(
        r#"
use tokio::time::sleep;
async fn ask() -> Result<Option<u8>, E> { if quiet().await { return Ok(None); } call().await?; Ok(Some(1)) }
async fn main(x: bool) -> Result<(), E> {
    if go { loop { match connect().await { Ok(c) => {} Err(e) => sleep(D).await } } }      //~ back loop.. = Turn (Delay Wait Error)(Wait Connected)
    if go { loop { if let Err(e) = connect().await { sleep(D).await } } }        //~ back loop.. = Turn (Delay Wait Error)(Wait Connected)
    if go { loop { if let Ok(c) = connect().await { sleep(D).await } } }         //~ back loop.. = Turn (Wait Error)(Delay Wait Connected)
    if go { loop { let Ok(c) = connect().await else { continue }; } }            //~ back loop.. = Continue (Wait Error), Turn (Wait Connected)
    if go { loop { let c = connect().await; if c.is_err() { continue; } } }      //~ back loop.. = Continue (Wait Error), Turn (Wait Connected)
    if go { loop { let c = connect().await; match c { Ok(c) => {} Err(e) => continue } } }  //~ back loop.. = Continue (Wait Error), Turn (Wait Connected)
    if go { loop { let c = connect().await.map_err(|e| e)?; } }                  //~ back loop.. = Turn (Wait Connected)
    if go { loop { connect().await.unwrap(); } }                                 //~ back loop.. = Turn (Wait Connected)
    if go { loop { connect().await.unwrap_or_else(|e| panic!("{e}")); } }        //~ back loop.. = Turn (Wait Connected)
    if go { loop { if let Ok(c) = connect().await && c.is_good() { continue; } } }         //~ back loop.. = Continue (Wait Connected), Turn (Wait Error)(Wait Connected)
    if go { loop { if x && let Err(e) = connect().await { continue; } } }        //~ back loop.. = Continue (Wait Error), Turn ()(Wait Connected)
    if go { loop { match step() { Ok(_) => {} Err(e) => continue } } }           //~ back loop.. = Continue (Error), Turn ()
    if go { loop { match tokio::time::timeout(D, connect()).await { Ok(Ok(c)) => {} Ok(Err(e)) => continue, Err(_) => continue } } }  //~ back loop.. = Continue (Delay Wait Error), Continue (Wait Error), Turn (Wait Connected)
    if go { loop { let r: R = try { connect().await?; }; } }                     //~ back loop.. = Turn (Wait Error)(Wait Connected)
    if go { loop { let r = tokio::time::timeout(D, connect()).await; match r { Ok(Ok(c)) => {} Ok(Err(e)) => return Err(e), Err(_) => continue } } }   //~ back loop.. = Continue (Delay Wait Error), Turn (Wait Connected)
    if go { loop { match ask().await.transpose() { Some(r) => return r, None => continue } } }   //~ back loop.. = Continue (Wait)
    if go { loop { if !matches!(connect().await, Ok(_)) { continue; } } }        //~ back loop.. = Continue (Wait Error), Turn (Wait Connected)
}
"#,
    );
}

#[test]
fn the_end_of_channels() {
    check(
        r#"
use tokio::sync::{broadcast, mpsc, watch};
async fn main(mut rx: mpsc::Receiver<u8>, mut many: broadcast::Receiver<u8>, mut seen: watch::Receiver<u8>, mut set: tokio::task::JoinSet<()>, mut flush_timer: Timer) {
    if go { loop { rx.recv().await; } }                                          //~ back loop.. = Turn (Message)(End)
    if go { loop { if let Some(x) = rx.recv().await { step(); } } }              //~ back loop.. = Turn (Message)(End)
    if go { loop { match rx.recv().await { Some(x) => {} None => break } } }     //~ back loop.. = Turn (Message)
    if go { loop { let Some(x) = rx.recv().await else { continue }; } }          //~ back loop.. = Continue (End), Turn (Message)
    if go { loop { let x = rx.recv().await; if x.is_none() { return; } } }       //~ back loop.. = Turn (Message)
    if go { loop { tokio::select! { x = rx.recv() => match x { None => break, Some(x) => {} }, _ = seen.changed() => {} } } }   //~ back loop.. = Turn (Message)(End)
    if go { loop { let x = tokio::select! { _ = step() => None, x = rx.recv() => x }; let Some(x) = x else { break }; } }       //~ back loop.. = Turn (Message)
    if go { loop { tokio::select! { x = rx.recv(), if open => {} } } }         //~ back loop.. = Turn ()(Message)
    if go { loop { match many.recv().await { Ok(x) => {} Err(e) => warn(e) } } } //~ back loop.. = Turn (Message)(End)
    if go { loop { match many.recv().await { Ok(x) => {} Err(broadcast::error::RecvError::Closed) => break, Err(e) => warn(e) } } }       //~ back loop.. = Turn (Message)
    if go { loop { match many.recv().await { Ok(x) => {} Err(broadcast::error::RecvError::Lagged(_)) => continue, Err(e) => break } } }   //~ back loop.. = Continue (Message), Turn (Message)
    if go { loop { let x = many.recv().await; if let Err(e) = x { if matches!(e, broadcast::error::RecvError::Closed) { break; } continue; } } }   //~ back loop.. = Continue (Message), Turn (Message)
    if go { loop { let x = tokio::time::timeout(D, many.recv()).await; match x { Ok(Ok(x)) => {} Ok(Err(_)) => break, Err(_) => {} } } }   //~ back loop.. = Turn (Message)(Delay Wait Error)
    if go { loop { deal_with(rx.recv().await); } }                               //~ back loop.. = Turn (Message)(Unseen End)
    if go { loop { let n = rx.recv_many(&mut all, 9).await; } }                  //~ back loop.. = Turn (Message)
    if go { loop { match rx.recv().await.map_or(Next::End, Next::Item) { Next::Item(x) => {} Next::End => {} } } }   //~ back loop.. = Turn (Message)(Unseen End)
    if go { loop { flush_timer.next().await; } }                                 //~ back loop.. = Turn (Message)
    if go { loop { if seen.changed().await.is_err() { break; } } }               //~ back loop.. = Turn (Message)
    if go { loop { set.join_next().await; } }                                    //~ back loop.. = Turn (Message)(Message Error)(End)
    if go { loop { while let Some(x) = rx.recv().await {} } }                    //~ back loop.. = Turn (End)(Message End)
    if go { loop { match listener.accept().await { Ok(s) => {} Err(e) => {} } } }      //~ back loop.. = Turn (Message)(Error)
}
"#,
    );
}

#[test]
fn stop_signals_on_the_way() {
    check(
        r#"
use tokio::time::sleep;
async fn wait_for_end() { token().cancelled().await }
async fn main(cancel: tokio_util::sync::CancellationToken, stop: std::sync::Arc<std::sync::atomic::AtomicBool>, mut shutdown_rx: tokio::sync::broadcast::Receiver<()>) {
    if go { while !stop.load(Relaxed) { step(); } }                              //~ back while.. = Turn (Stop)
                                                                       //~ out while.. = Condition (Stop Asked)
    if go { while running.load(Relaxed) { step(); } }                            //~ out while.. = Condition (Stop Asked)
    if go { loop { if x && stop.load(Relaxed) { break; } sleep(D).await; } }     //~ back loop.. = Turn (Delay Wait)(Delay Wait Stop)
    if go { loop { tokio::select! { _ = cancel.cancelled() => break, x = work() => {} } } }         //~ back loop.. = Turn (Wait Stop)
                                                                       //~ out loop.. = Break (Wait Stop Asked)
    if go { loop { tokio::select! { _ = shutdown_rx.recv() => break, x = work() => {} } } }         //~ back loop.. = Turn (Wait Stop)
    if go { loop { tokio::select! { _ = wait_for_end() => break, x = work() => {} } } }             //~ back loop.. = Turn (Wait Stop)
    if go { loop { tokio::select! { _ = tokio::signal::ctrl_c() => break, x = work() => {} } } }    //~ back loop.. = Turn (Wait Stop)
    if go { loop { cancel.run_until_cancelled(work()).await; } }                 //~ back loop.. = Turn (Wait Stop)(Stop Asked)
    if go { loop { work(cancel.clone()).await; } }                               //~ back loop.. = Turn (Wait Stop)
    if go { loop { if shutdown_rx.try_recv().is_ok() { return; } work().await; } }         //~ back loop.. = Turn (Wait Stop)
}
"#,
    );
}

#[test]
fn functions_are_followed() {
    check(
        r#"
use tokio::time::sleep;
async fn pause() { sleep(D).await }                            //~ returns pause = either (Delay Wait)
async fn deep() { pause().await; pause().await; }              //~ returns deep = good (Delay Wait)
async fn runs(x: u8) -> Result<(), E> { connect().await?; while let Some(m) = s.next().await { m?; } Ok(()) }    //~ returns runs = bad (Wait Error)(Wait Message Error Connected), good (Wait End Connected)(Wait Message End Connected)
async fn never() -> Result<(), E> { loop { sleep(D).await; step()?; } }        //~ returns never = bad (Delay Wait Error)
async fn sometimes(x: bool) -> bool { if x { return false; } sleep(D).await; true }      //~ returns sometimes = bad (), good (Delay Wait)
async fn quits() { std::process::exit(1) }                     //~ returns quits = nothing
fn made() -> impl std::future::Future<Output = ()> { async { sleep(D).await; } }         //~ returns made = good (Delay Wait)
async fn round(n: u8) { if n > 0 { round(n).await } }          //~ returns round = either ()(Unseen Wait)
trait Job { async fn run(&self); }
async fn main(job: Box<dyn Job>) {
    if go { loop { pause().await; } }                                    //~ back loop.. = Turn (Delay Wait)
    if go { loop { deep().await; } }                                     //~ back loop.. = Turn (Delay Wait)
    if go { loop { if let Err(e) = never().await { step(); } } }         //~ back loop.. = Turn (Delay Wait Error)
    if go { loop { if sometimes(x).await { step(); } else { continue; } } }      //~ back loop.. = Continue (), Turn (Delay Wait)
    if go { loop { quits().await; } }                                    //~ back loop.. = nothing
    if go { loop { made().await; } }                                     //~ back loop.. = Turn (Delay Wait)
    if go { loop { job.run().await; } }                                  //~ back loop.. = Turn (Unseen Wait)
    if go { loop { other.apply_backoff().await; } }                      //~ back loop.. = Turn (Unseen Wait)
    if go { loop { wait_a_bit().await; } }                               //~ back loop.. = Turn (Unseen Wait)
    let task = async { loop { pause().await; } };              //~ back loop.. = Turn (Delay Wait)
}
"#,
    );
}
