use crate::semantics::testing::check;

#[test]
fn where_errors_end_in_success() {
    check(
        r#"
use anyhow::Result;
fn act() -> Result<u8> { anyhow::bail!("no") }
fn arm() -> Result<()> { match act() { Ok(x) => Ok(()), Err(e) => { warn!("{e}"); Ok(()) } } }      //~ swallows arm = Err(e) -> Ok(())
fn branch() { if let Err(e) = act() { warn!("{e}"); return; } step(); }                 //~ swallows branch = Err(e) -> return
fn falls_through() -> Result<()> { if let Err(e) = act() { warn!("{e}"); } info!("bye"); Ok(()) }     //~ swallows falls_through = Err(e) -> Ok(())
fn works_on() -> Result<()> { if let Err(e) = act() { warn!("{e}"); } act()?; Ok(()) }  //~ swallows works_on = nothing
fn otherwise() -> Result<()> { let Ok(x) = act() else { return Ok(()) }; act()?; Ok(()) }     //~ swallows otherwise = Ok(x) -> return Ok(())
fn no_else() -> Result<()> { if let Ok(x) = act() { step(x); } Ok(()) }                 //~ swallows no_else = Ok(x) -> Ok(())
fn adaptor() -> Result<()> { act().map(drop).unwrap_or_else(|e| error!("{e}")); Ok(()) }      //~ swallows adaptor = unwrap_or_else -> Ok(())
fn adaptor_exits() -> Result<()> { act().map(drop).unwrap_or_else(|e| panic!("{e}")); Ok(()) }     //~ swallows adaptor_exits = nothing
fn breaks() -> Result<()> { loop { if let Err(e) = act() { break; } } Ok(()) }          //~ swallows breaks = Err(e) -> Ok(())
fn breaks_inner() -> Result<()> { loop { for x in 0..3 { if let Err(e) = act() { break; } } } }     //~ swallows breaks_inner = nothing
fn breaks_outer() -> Result<()> { 'o: loop { for x in 0..3 { if let Err(e) = act() { break 'o; } } } Ok(()) }     //~ swallows breaks_outer = Err(e) -> Ok(())
fn goes_round() { loop { if let Err(e) = act() { continue; } } }                        //~ swallows goes_round = nothing
fn returns_it() -> Result<()> { match act() { Ok(x) => Ok(()), Err(e) => Err(e) } }     //~ swallows returns_it = nothing
fn keeps_it(all: &mut Vec<E>) { if let Err(e) = act() { all.push(e); return; } }        //~ swallows keeps_it = nothing
fn sends_it(tx: Tx) { if let Err(e) = act() { tx.send("failed"); return; } }            //~ swallows sends_it = nothing
fn sets_a_flag(mut bad: bool) { if let Err(_) = act() { bad = true; return; } }         //~ swallows sets_a_flag = nothing
fn looks_closer() -> Result<()> { match act() { Err(E::Gone) => Ok(()), Err(e) => Ok(()), Ok(x) => Ok(()) } }     //~ swallows looks_closer = nothing
fn asked(stop: Stop) { loop { if stop.is_cancelled() { if let Err(e) = act() { return; } } } }    //~ swallows asked = nothing
fn decides() -> Result<()> { if let Err(e) = act() { if e.is_fatal() { return Err(e); } return Ok(()); } act()?; Ok(()) }     //~ swallows decides = nothing
fn replaces() -> Vec<u8> { match act() { Ok(x) => vec![x], Err(_) => Vec::new() } }     //~ swallows replaces = nothing
async fn closed(rx: async_channel::Receiver<u8>) { loop { match rx.recv().await { Ok(x) => step(x), Err(e) => return } } }     //~ swallows closed = nothing
async fn inner_error(t: tokio::task::JoinHandle<Result<()>>) { match t.await { Ok(_) => return, Err(p) => step(p) } step(); }     //~ swallows inner_error = Ok(_) -> return
fn of_an_inner_run() -> Result<()> { let work = async move { let Ok(x) = act() else { return }; step(x) }; spawn(work); Ok(()) }     //~ swallows of_an_inner_run = nothing
fn of_a_literal() -> Result<()> { if let Err(e) = EnvFilter::try_new("info") { warn!("{e}"); return Ok(()); } Ok(()) }     //~ swallows of_a_literal = nothing
fn of_a_text(text: &str) -> Result<()> { if let Err(e) = EnvFilter::try_new(text) { warn!("{e}"); return Ok(()); } Ok(()) }     //~ swallows of_a_text = Err(e) -> return Ok(())
async fn of_a_server(l: tokio::net::TcpListener) -> Result<()> { let server = axum::serve(l, app()).with_graceful_shutdown(stop()); if let Err(e) = server.await { warn!("{e}"); } Ok(()) }     //~ swallows of_a_server = nothing
async fn live() -> Result<()> { loop { act()?; tokio::time::sleep(d).await; } }
async fn dropped() -> Result<()> { let _ = live().await; Ok(()) }                       //~ swallows dropped = _ -> Ok(())
async fn stopped(stop: tokio_util::sync::CancellationToken) { let t = tokio::spawn(live()); stop.cancelled().await; let _ = t.await; }     //~ swallows stopped = nothing
"#,
    );
}
