use crate::semantics::testing::check;

#[test]
fn dropped_at_once() {
    check(
        r#"
async fn f() {}
fn main() {
    tokio::spawn(f());                                         //~ fate tokio::spawn(f()) = Statement
    let _ = tokio::spawn(f());                                 //~ fate tokio::spawn(f()) = Underscore
    _ = tokio::spawn(f());                                     //~ fate tokio::spawn(f()) = Underscore
    let unused = tokio::spawn(f());                            //~ fate tokio::spawn(f()) = Unused(unused)
    let _named = tokio::spawn(f());                            //~ fate tokio::spawn(f()) = Unused(_named)
    drop(tokio::spawn(f()));                                   //~ fate tokio::spawn(f()) = Explicit
    std::mem::drop(tokio::spawn(f()));                         //~ fate tokio::spawn(f()) = Explicit
    let late = tokio::spawn(f());                              //~ fate tokio::spawn(f()) = Explicit
    drop(late);
    std::mem::forget(tokio::spawn(f()));                       //~ fate tokio::spawn(f()) = LetGo
    { tokio::spawn(f()) };                                     //~ fate tokio::spawn(f()) = Statement
    if x { tokio::spawn(f()); }                                //~ fate tokio::spawn(f()) = Statement
    let _ = if x { Some(tokio::spawn(f())) } else { None };    //~ fate tokio::spawn(f()) = Underscore
    match x { 1 => { tokio::spawn(f()) } _ => todo!() };       //~ fate tokio::spawn(f()) = Statement
    let (_, b) = (tokio::spawn(f()), 1);                       //~ fate tokio::spawn(f()) = Underscore
    let moved = tokio::spawn(f());                             //~ fate tokio::spawn(f()) = Unused(second)
    let second = moved;
    let (_h, n) = (tokio::spawn(f()), 1);                      //~ fate tokio::spawn(f()) = Unused(_h)
    Some(tokio::spawn(f()));                                   //~ fate tokio::spawn(f()) = Statement
    Box::new(tokio::spawn(f()));                               //~ fate tokio::spawn(f()) = Statement
    std::thread::Builder::new().spawn(|| 1).unwrap();          //~ fate std::thread::Builder::new().spawn(|| 1) = Statement
    std::thread::spawn(|| 1);                                  //~ fate std::thread::spawn(|| 1) = Statement
    let scoped = async { tokio::spawn(f()); };                 //~ fate tokio::spawn(f()) = Statement
}
fn tail() { tokio::spawn(f()) }                                //~ fate tokio::spawn(f()) = Ignored
fn early() { return drop(tokio::spawn(f())); }                 //~ fate tokio::spawn(f()) = Explicit
"#,
    );
}

#[test]
fn waited_for() {
    check(
        r#"
use std::time::Duration;
async fn f() {}
async fn main() -> Result<(), E> {
    tokio::spawn(f()).await;                                   //~ fate tokio::spawn(f()) = Awaited
    let a = tokio::spawn(f()); a.await?;                       //~ fate tokio::spawn(f()) = Awaited
    let mut b = tokio::spawn(f());                             //~ fate tokio::spawn(f()) = Aborted, Awaited
    tokio::select! { r = &mut b => {} _ = tick() => b.abort() }
    let c = tokio::spawn(f());                                 //~ fate tokio::spawn(f()) = Awaited
    tokio::join!(c, g());
    let d = tokio::spawn(f());                                 //~ fate tokio::spawn(f()) = Awaited
    tokio::time::timeout(Duration::from_secs(1), d).await;
    let e = tokio::spawn(f());                                 //~ fate tokio::spawn(f()) = Awaited
    futures::future::join_all(vec![e]).await;
    let h = tokio::spawn(f());                                 //~ fate tokio::spawn(f()) = Awaited
    let (first, _, rest) = futures::future::select_all([h]).await;
    let i = tokio::spawn(f());                                 //~ fate tokio::spawn(f()) = Awaited
    tokio::pin!(i); (&mut i).await;
    let j = std::thread::spawn(|| 1); j.join();                //~ fate std::thread::spawn(|| 1) = Awaited
    let k = tokio::spawn(f());                                 //~ fate tokio::spawn(f()) = LookedAt
    while !k.is_finished() {}
    let l = tokio::spawn(f());                                 //~ fate tokio::spawn(f()) = LookedAt
    let stop = l.abort_handle();
    let m = Some(tokio::spawn(f()));                           //~ fate tokio::spawn(f()) = Awaited
    if let Some(m) = m { m.await; }
    let n = tokio::spawn(f());                                 //~ fate tokio::spawn(f()) = Awaited
    let waiter = async move { n.await };
    let o = loop { break tokio::spawn(f()); };                 //~ fate tokio::spawn(f()) = Awaited
    o.await;
    let p;
    p = tokio::spawn(f());                                     //~ fate tokio::spawn(f()) = Awaited
    p.await;
    match tokio::spawn(f()).await { Ok(x) => {} Err(e) => {} } //~ fate tokio::spawn(f()) = Awaited
    if let Err(e) = tokio::spawn(f()).await {}                 //~ fate tokio::spawn(f()) = Awaited
    tokio::task::spawn_blocking(|| 1).await?;                  //~ fate tokio::task::spawn_blocking(|| 1) = Awaited
    let q = Box::pin(tokio::spawn(f())); q.await;              //~ fate tokio::spawn(f()) = Awaited
    let r = tokio::spawn(f()).map(|r| r.unwrap()); r.await;    //~ fate tokio::spawn(f()) = Awaited
    Ok(())
}
"#,
    );
}

#[test]
fn through_collections() {
    check(
        r#"
async fn f() {}
async fn main(list: Vec<u8>) {
    let mut never = Vec::new();
    never.push(tokio::spawn(f()));                             //~ fate tokio::spawn(f()) = Unused(never)
    let mut counted = Vec::new();
    counted.push(tokio::spawn(f()));                           //~ fate tokio::spawn(f()) = LookedAt
    info!("{}", counted.len());
    let mut drained = Vec::new();
    drained.push(tokio::spawn(f()));                           //~ fate tokio::spawn(f()) = Awaited
    for job in drained { job.await; }
    let mut map = std::collections::HashMap::new();
    map.insert(1, tokio::spawn(f()));                          //~ fate tokio::spawn(f()) = Aborted
    if let Some(job) = map.remove(&1) { job.abort(); }
    let all: Vec<_> = list.iter().map(|_| tokio::spawn(f())).collect();   //~ fate tokio::spawn(f()) = Awaited
    futures::future::join_all(all).await;
    let lost: Vec<_> = list.iter().map(|_| tokio::spawn(f())).collect();  //~ fate tokio::spawn(f()) = Unused(lost)
    list.iter().for_each(|_| { tokio::spawn(f()); });          //~ fate tokio::spawn(f()) = Statement
    list.iter().for_each(|_| drop(tokio::spawn(f())));         //~ fate tokio::spawn(f()) = Explicit
    let array = [tokio::spawn(f()), tokio::spawn(f())];        //~ fate tokio::spawn(f()) = Aborted
    array.iter().for_each(|job| job.abort());
    let pair = (tokio::spawn(f()), 1);                         //~ fate tokio::spawn(f()) = Awaited
    pair.0.await; log(pair.1);
    let mut futures = futures::stream::FuturesUnordered::new();
    futures.push(tokio::spawn(f()));                           //~ fate tokio::spawn(f()) = Awaited
    while let Some(x) = futures.next().await {}
    let popped = vec![tokio::spawn(f())];                      //~ fate tokio::spawn(f()) = Awaited
    while let Some(job) = popped.pop() { job.await; }
    let kept = Some(tokio::spawn(f()));                        //~ fate tokio::spawn(f()) = Aborted
    kept.as_ref().map(|job| job.abort());
    let old = slot.replace(tokio::spawn(f()));                 //~ fate tokio::spawn(f()) = Unknown
}
"#,
    );
}

#[test]
fn through_fields() {
    check(
        r#"
use tokio::task::JoinHandle;
async fn f() {}
struct Unread { task: JoinHandle<()>, other: u8 }
impl Unread { fn new() -> Self { Self { task: tokio::spawn(f()), other: 1 } } }   //~ fate tokio::spawn(f()) = UnreadField(Unread.task)
struct Read { task: JoinHandle<()> }
impl Read {
    fn new() -> Self { let task = tokio::spawn(f()); Read { task } }              //~ fate tokio::spawn(f()) = Awaited
    async fn wait(self) { self.task.await; }
}
struct Late { task: Option<JoinHandle<()>> }
impl Late {
    fn start(&mut self) { self.task = Some(tokio::spawn(f())); }                  //~ fate tokio::spawn(f()) = Aborted
    fn stop(&mut self) { if let Some(task) = self.task.take() { task.abort(); } }
}
struct Many { tasks: std::sync::Mutex<Vec<JoinHandle<()>>> }
impl Many {
    fn add(&self) { self.tasks.lock().unwrap().push(tokio::spawn(f())); }         //~ fate tokio::spawn(f()) = Awaited
    fn add_in_two_steps(&self) { let mut tasks = self.tasks.lock().unwrap(); tasks.push(tokio::spawn(f())); }   //~ fate tokio::spawn(f()) = Unknown
    async fn wait(self) { for task in self.tasks.into_inner().unwrap() { task.await; } }
}
struct Taken { tasks: Vec<JoinHandle<()>> }
impl Taken {
    fn add(&mut self) { self.tasks.push(tokio::spawn(f())); }                     //~ fate tokio::spawn(f()) = Awaited
    async fn wait(&mut self) { for task in std::mem::take(&mut self.tasks) { task.await; } }
}
struct Replaced { task: Option<JoinHandle<()>> }
impl Replaced {
    fn start(&mut self) { self.task = Some(tokio::spawn(f())); }                  //~ fate tokio::spawn(f()) = Aborted
    fn stop(&mut self) { if let Some(task) = std::mem::replace(&mut self.task, None) { task.abort(); } }
    fn again(it: &mut JoinHandle<()>) { let _ = std::mem::replace(it, tokio::spawn(f())); }   //~ fate tokio::spawn(f()) = Unknown
}
struct Apart { task: JoinHandle<()>, keep: u8 }
fn apart() -> Apart { Apart { task: tokio::spawn(f()), keep: 1 } }                //~ fate tokio::spawn(f()) = Awaited
async fn take(it: Apart) { let Apart { task, keep } = it; task.await; }
struct Ignored { task: JoinHandle<()> }
fn ignored() -> Ignored { Ignored { task: tokio::spawn(f()) } }                   //~ fate tokio::spawn(f()) = UnreadField(Ignored.task)
fn look(it: Ignored) { let Ignored { task: _ } = it; }
struct Tuple(JoinHandle<()>);
fn tuple() -> Tuple { Tuple(tokio::spawn(f())) }                                  //~ fate tokio::spawn(f()) = Aborted
impl Drop for Tuple { fn drop(&mut self) { self.0.abort(); } }
struct Same { task: JoinHandle<()> }
fn same() -> Same { Same { task: tokio::spawn(f()) } }                            //~ fate tokio::spawn(f()) = UnreadField(Same.task)
enum State { Idle, Running(JoinHandle<()>) }
fn state() -> State { State::Running(tokio::spawn(f())) }                         //~ fate tokio::spawn(f()) = Unknown
fn named(it: Mystery) { it.elsewhere; }
struct Elsewhere { elsewhere: JoinHandle<()> }
fn elsewhere() -> Elsewhere { Elsewhere { elsewhere: tokio::spawn(f()) } }        //~ fate tokio::spawn(f()) = Unknown
struct Overwritten { task: JoinHandle<()> }
fn overwritten(it: &mut Overwritten) { it.task = tokio::spawn(f()); it.task = tokio::spawn(g()); }  //~ fate tokio::spawn(f()) = UnreadField(Overwritten.task)
struct OfOption { task: Option<JoinHandle<()>> }
impl OfOption {
    fn new() -> Self { Self { task: None } }
    fn start(&mut self) { self.task.replace(tokio::spawn(f())); }                 //~ fate tokio::spawn(f()) = Awaited
    async fn stop(&mut self) { self.task.take().unwrap().await; }
}
"#,
    );
}

#[test]
fn a_public_field_of_a_library_may_be_read_by_anybody() {
    check(
        r#"
//- /lib.rs crate:shared
pub struct Open { pub task: tokio::task::JoinHandle<()> }
pub struct Closed { task: tokio::task::JoinHandle<()> }
async fn f() {}
pub fn open() -> Open { Open { task: tokio::spawn(f()) } }          //~ fate tokio::spawn(f()) = Unknown
pub fn closed() -> Closed { Closed { task: tokio::spawn(f()) } }    //~ fate tokio::spawn(f()) = UnreadField(Closed.task)
"#,
    );
}

#[test]
fn into_functions_and_out_of_them() {
    check(
        r#"
use tokio::task::JoinHandle;
async fn f() {}
fn forgets(job: JoinHandle<()>) {}
fn aborts(a: u8, job: JoinHandle<()>) { job.abort(); }
async fn waits(job: JoinHandle<()>) { job.await; }
fn hands_back(job: JoinHandle<()>) -> JoinHandle<()> { job }
fn passes_on(job: JoinHandle<()>) { aborts(1, job) }
fn forever(job: JoinHandle<()>) { forever(job) }
fn anything<T>(value: T) { other_crate::take(value) }
struct Keeper { jobs: Vec<JoinHandle<()>> }
impl Keeper {
    fn keep(&mut self, job: JoinHandle<()>) { self.jobs.push(job); }
    async fn drain(&mut self) { for job in self.jobs.drain(..) { job.await; } }
}
async fn main(mut keeper: Keeper, unknown: Mystery) {
    forgets(tokio::spawn(f()));                                //~ fate tokio::spawn(f()) = Unused(job)
    aborts(1, tokio::spawn(f()));                              //~ fate tokio::spawn(f()) = Aborted
    waits(tokio::spawn(f())).await;                            //~ fate tokio::spawn(f()) = Awaited
    hands_back(tokio::spawn(f())).await;                       //~ fate tokio::spawn(f()) = Awaited, Returned
    hands_back(tokio::spawn(f()));                             //~ fate tokio::spawn(f()) = Returned, Statement
    passes_on(tokio::spawn(f()));                              //~ fate tokio::spawn(f()) = Aborted
    forever(tokio::spawn(f()));                                //~ fate tokio::spawn(f()) = nothing
    anything(tokio::spawn(f()));                               //~ fate tokio::spawn(f()) = Unknown
    keeper.keep(tokio::spawn(f()));                            //~ fate tokio::spawn(f()) = Awaited
    Keeper::keep(&mut keeper, tokio::spawn(f()));              //~ fate tokio::spawn(f()) = Awaited
    unknown.keep_it(tokio::spawn(f()));                        //~ fate tokio::spawn(f()) = Unknown
    other_crate::watch(tokio::spawn(f()));                     //~ fate tokio::spawn(f()) = Unknown
    let (tx, rx) = tokio::sync::mpsc::channel(1);
    tx.send(tokio::spawn(f())).await;                          //~ fate tokio::spawn(f()) = Unknown
    let captured = tokio::spawn(f());                          //~ fate tokio::spawn(f()) = Awaited
    tokio::spawn(async move { captured.await; });
}
fn gives() -> JoinHandle<()> { tokio::spawn(f()) }             //~ fate tokio::spawn(f()) = Returned
fn early(x: bool) -> Option<JoinHandle<()>> { if x { return Some(tokio::spawn(f())); } None }   //~ fate tokio::spawn(f()) = Returned
async fn later() -> JoinHandle<()> { tokio::spawn(f()) }       //~ fate tokio::spawn(f()) = Returned
async fn ignored() { tokio::spawn(f()) }                       //~ fate tokio::spawn(f()) = Ignored
fn fallible() -> Result<JoinHandle<()>, E> { Ok(tokio::spawn(f())) }    //~ fate tokio::spawn(f()) = Returned
fn pair() -> (u8, JoinHandle<()>) { let job = tokio::spawn(f()); (1, job) }     //~ fate tokio::spawn(f()) = Returned
fn opaque() -> impl Drop { tokio::spawn(f()) }                 //~ fate tokio::spawn(f()) = Returned
"#,
    );
}
