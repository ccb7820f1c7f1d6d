use crate::semantics::testing::check;

#[test]
fn what_lives_on() {
    check(
        r#"
use tokio::net::TcpListener;
async fn ticks() { loop { tokio::time::sleep(d).await; } }     //~ lives ticks = loop
async fn drains(mut rx: tokio::sync::mpsc::Receiver<u8>) { while let Some(x) = rx.recv().await {} }   //~ lives drains = no
fn computes() { loop { step(); } }                             //~ lives computes = no
fn blocks() { loop { std::thread::sleep(d); } }                //~ lives blocks = loop
fn blocking_drain(rx: std::sync::mpsc::Receiver<u8>) { loop { let Ok(x) = rx.recv() else { break }; } }   //~ lives blocking_drain = loop
async fn finds() -> u8 { loop { let x = step().await; if x { break 1; } } }       //~ lives finds = no
async fn binds() -> anyhow::Result<()> { let l = TcpListener::bind(a).await?; Ok(()) }   //~ lives binds = tokio::net::TcpListener::bind
async fn accepts(l: TcpListener) { loop { let (s, _) = l.accept().await?; } }     //~ lives accepts = tokio::net::TcpListener::accept
async fn axum(l: TcpListener) { axum::serve(l, app()).await }  //~ lives axum = axum::serve
async fn calls() { ticks().await }                             //~ lives calls = loop
async fn only_makes() { let f = ticks(); }                     //~ lives only_makes = no
async fn spawns() { tokio::spawn(ticks()); }                   //~ lives spawns = only starts loop
async fn waits() { let h = tokio::spawn(ticks()); h.await; }   //~ lives waits = waits for loop
async fn waits_for_all() { let hs = vec![tokio::spawn(ticks())]; futures::future::join_all(hs).await; }   //~ lives waits_for_all = waits for loop
async fn waits_for_block() { let h = tokio::spawn(async { loop { step().await; } }); h.await; }            //~ lives waits_for_block = waits for loop
async fn set() { let mut set = tokio::task::JoinSet::new(); set.spawn(ticks()); while let Some(x) = set.join_next().await {} }   //~ lives set = waits for loop
async fn selects() { tokio::select! { _ = ticks() => {} _ = stop() => {} } }      //~ lives selects = loop
async fn joins() { tokio::join!(ticks(), stop()); }            //~ lives joins = loop
async fn deep() { calls().await }                              //~ lives deep = loop
async fn starts_starter() { spawns().await }                   //~ lives starts_starter = only starts loop
async fn spawns_starter() { tokio::spawn(spawns()).await; }    //~ lives spawns_starter = only starts loop
async fn flag() { while !stopping() { step().await; } }        //~ lives flag = loop
async fn counts() { while n < 3 { step().await; } }            //~ lives counts = no
async fn inner_block() { let f = async { loop { step().await; } }; }              //~ lives inner_block = no
async fn server_first() { ticks().await; binds().await; }      //~ lives server_first = tokio::net::TcpListener::bind
fn blocks_on_loop(rt: Runtime) { rt.block_on(async { loop { step().await; } }); }           //~ lives blocks_on_loop = loop
fn blocks_on_tasks(rt: Runtime) { rt.block_on(async { let h = tokio::spawn(ticks()); h.await; }) }   //~ lives blocks_on_tasks = waits for loop
fn only_spawns(rt: Runtime) { rt.spawn_elsewhere(async { loop { step().await; } }); }       //~ lives only_spawns = no
struct Own;
impl Own { async fn serve(&self) { } async fn run(&self) { self.serve().await } }  //~ lives run = no
async fn a() { b().await }                                     //~ lives a = no
async fn b() { a().await }
fn runs() {
    let x = async { ticks().await };                           //~ lives async.. = loop
    let y = async { tokio::spawn(ticks()); };                  //~ lives async.. = only starts loop
    let z = move || loop { std::thread::sleep(d); };           //~ lives move.. = loop
}
"#,
    );
}
