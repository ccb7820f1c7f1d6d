use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Model, connections, silence, subscriptions};
use crate::knowledge::drivers::{DRIVERS, KEPT};
use crate::knowledge::hooks::HOOKED;
use crate::knowledge::silence::SILENT;
use crate::knowledge::streams::{Gives, Meaning, SOURCES};
use crate::semantics::testing::check;
use crate::semantics::{Build, CrateInput, TargetKind, Workspace};
use crate::source::{FileId, SourceFile, Span};

#[test]
fn what_tasks_run() {
    check(
        r#"
use futures::future::FutureExt;
use tracing::Instrument;
async fn work() -> Result<(), E> { step().await }
fn block() {}
struct Job;
impl Job { async fn run(self) {} fn make(self) -> impl std::future::Future<Output = ()> { async {} } }
async fn main(job: Job, unknown: Mystery) {
    tokio::spawn(work());                                      //~ runs tokio::spawn = app::work
    tokio::spawn(async move { work().await });                 //~ runs tokio::spawn = block in app::main
    tokio::spawn(job.run());                                   //~ runs tokio::spawn = app::Job::run
    tokio::spawn(Job.make());                                  //~ runs tokio::spawn = app::Job::make
    tokio::spawn(work().instrument(span()));                   //~ runs tokio::spawn = app::work
    tokio::spawn(async {}.in_current_span());                  //~ runs tokio::spawn = block in app::main
    tokio::spawn(Box::pin(work()));                            //~ runs tokio::spawn = app::work
    tokio::spawn(work().boxed());                              //~ runs tokio::spawn = app::work
    let future = work();
    tokio::spawn(future);                                      //~ runs tokio::spawn = app::work
    tokio::spawn(unknown.run_it());                            //~ runs tokio::spawn = Unknown
    tokio::spawn(work().map_err(|e| tracing::error!("{e}")));  //~ runs tokio::spawn = Infallible
    tokio::spawn(work().map_err(|e| e));                       //~ runs tokio::spawn = Unknown
    tokio::spawn(work().unwrap_or_else(|e| panic!("{e}")));    //~ runs tokio::spawn = Infallible
    tokio::spawn({ let x = 1; async move { x } });             //~ runs tokio::spawn = block in app::main
    std::thread::spawn(block);                                 //~ runs std::thread::spawn = app::block
    std::thread::spawn(|| block());                            //~ runs std::thread::spawn = closure in app::main
    tokio::task::spawn_blocking(move || { loop {} });          //~ runs tokio::task::spawn_blocking = closure in app::main
    tokio::runtime::Handle::current().spawn(work());           //~ runs spawn = app::work
    tokio::spawn(tokio::time::timeout(d, work()));             //~ runs tokio::spawn = Unknown
    tokio::task::Builder::new().name("x").spawn(work())?;      //~ runs spawn = app::work
}
"#,
    );
}

#[test]
fn tasks_through_wrappers() {
    check(
        r#"
use std::future::Future;
use tokio::task::JoinHandle;
async fn work() {}
fn start() -> JoinHandle<()> { tokio::spawn(work()) }
fn start_given<F: Future<Output = ()> + Send + 'static>(future: F) -> JoinHandle<()> { tokio::spawn(future) }
fn start_twice(future: impl Future<Output = ()>) -> JoinHandle<()> { start_given(future) }
fn named<F>(name: &str, future: F) where F: Future<Output = ()> { tokio::spawn(async move { future.await }); }
fn keeps(future: impl Future<Output = ()>) -> Watch { let h = tokio::spawn(future); watch_elsewhere(h) }
fn spawn_or_abort<F: Future<Output = ()> + 'static>(future: F) { tokio::spawn(async move { future.await; std::process::abort(); }); }
struct Tasks { all: Vec<JoinHandle<()>> }
impl Tasks {
    fn spawn(&mut self, future: impl Future<Output = ()>) { self.all.push(tokio::spawn(future)); }
    async fn wait(self) { for one in self.all { one.await; } }
    async fn supervise(job: JoinHandle<()>) { if job.await.is_err() { std::process::exit(1) } }
}
struct Forgetful { all: Vec<JoinHandle<()>> }
impl Forgetful { fn spawn(&mut self, future: impl Future<Output = ()>) { self.all.push(tokio::spawn(future)); } }
fn background() { tokio::spawn(work()); }                      //~ unwatched tokio::spawn = Statement
async fn main(mut tasks: Tasks, mut forgetful: Forgetful) {
    start();                                                   //~ runs start = app::work
                                                               //~ unwatched start = Statement
    start().await;                                             //~ unwatched start = watched
    start_given(async {});                                     //~ runs start_given = block in app::main
                                                               //~ unwatched start_given = Statement
    start_twice(work());                                       //~ runs start_twice = app::work
    let h = start_twice(work());                               //~ unwatched start_twice = NeverAwaited
    h.abort();
    named("x", work());                                        //~ runs named = app::work
                                                               //~ unwatched named = Statement
    keeps(work());                                             //~ unwatched keeps = watched
    tasks.spawn(work());                                       //~ runs spawn = app::work
                                                               //~ unwatched spawn = watched
    forgetful.spawn(work());                                   //~ unwatched spawn = UnreadField(Forgetful.all)
    Tasks::supervise(tokio::spawn(work())).await;              //~ unwatched tokio::spawn = watched
    spawn_or_abort(work());                                    //~ runs spawn_or_abort = nothing is at `spawn_or_abort`
    background();                                              //~ runs background = nothing is at `background`
}
"#,
    );
}

#[test]
fn tasks_through_wrappers_of_other_crates() {
    check(
        r#"
//- /jobs/lib.rs crate:jobs deps:tokio
use tokio::task::JoinHandle;
pub struct Job;
impl Job {
    pub fn start(self) -> JoinHandle<()> { tokio::spawn(async {}) }
    pub fn begin() -> JoinHandle<()> { tokio::spawn(async {}) }
}
pub trait Start: Sized { fn launch(self) -> JoinHandle<()> { tokio::spawn(async {}) } }
impl Start for Job {}
pub fn start_all() -> JoinHandle<()> { Job.start() }
#[cfg(feature = "testing")]
pub mod testing {
    pub fn start_one() -> tokio::task::JoinHandle<()> { tokio::spawn(async {}) }
}
#[cfg(test)]
mod tests {
    fn start_for_test() -> tokio::task::JoinHandle<()> { tokio::spawn(async {}) }
    fn starts() { start_for_test(); start_for_test(); } //~ unwatched start_for_test = Statement
}
//- /app/main.rs crate:app deps:jobs
use jobs::{Job, Start as _, start_all as go};
type Alias = Job;
fn main() {
    Job.start();                                  //~ unwatched start = Statement
    Alias::begin(); Alias::begin();               //~ unwatched Alias::begin = Statement
    Job.launch(); Job.launch();                   //~ unwatched launch = Statement
    go();                                         //~ unwatched go = Statement
    jobs::testing::start_one(); jobs::testing::start_one(); //~ unwatched jobs::testing::start_one = Statement
    deeper();                                     //~ unwatched deeper = Statement
}
fn deeper() -> Started { go() }
type Started = tokio::task::JoinHandle<()>;
//- /stranger/main.rs crate:stranger deps:
struct Job;
impl Job { fn start(self) {} }
fn main() { Job.start(); }                        //~ unwatched start = nothing is at `start`
"#,
    );
}

#[test]
fn how_handles_are_lost() {
    check(
        r#"
use tokio::task::{JoinHandle, JoinSet};
async fn work() {}
struct OnlyAborted { set: JoinSet<()> }
impl OnlyAborted {
    fn start(&mut self) { self.set.spawn(work()); }            //~ unwatched spawn = NeverAwaited
    fn stop(&mut self) { self.set.abort_all(); }
}
struct NeverAsked { set: JoinSet<()> }
impl NeverAsked { fn start(&mut self) { self.set.spawn(work()); } }    //~ unwatched spawn = UnreadField(NeverAsked.set)
struct Drained { set: JoinSet<()> }
impl Drained {
    fn start(&mut self) { self.set.spawn(work()); }            //~ unwatched spawn = watched
    async fn run(&mut self) { tokio::select! { Some(x) = self.set.join_next() => x.unwrap(), _ = stop() => {} } }
}
fn into_parameter(set: &mut JoinSet<()>) { set.spawn(work()); }        //~ unwatched spawn = watched
struct Late { task: JoinHandle<()> }
impl Late {
    fn new() -> Self { Self { task: tokio::spawn(work()) } }   //~ unwatched tokio::spawn = TooLate
    async fn shutdown(self) { self.task.await; }
}
struct Aborted { task: JoinHandle<()> }
impl Aborted { fn new() -> Self { Self { task: tokio::spawn(work()) } } }   //~ unwatched tokio::spawn = NeverAwaited
impl Drop for Aborted { fn drop(&mut self) { self.task.abort(); } }
struct Watched { task: JoinHandle<()> }
impl Watched {
    fn new() -> Self { Self { task: tokio::spawn(work()) } }   //~ unwatched tokio::spawn = watched
    async fn run(&mut self) { tokio::select! { r = &mut self.task => r.unwrap(), _ = stop() => {} } }
    async fn stop(self) { self.task.abort(); }
}
async fn main() {
    tokio::spawn(work());                                      //~ unwatched tokio::spawn = Statement
    let h = tokio::spawn(work());                              //~ unwatched tokio::spawn = NeverAwaited
    if h.is_finished() {}
    let h = tokio::spawn(work());                              //~ unwatched tokio::spawn = watched
    tx.send(h).await;
    let mut set = JoinSet::new();
    set.spawn(work());                                         //~ unwatched spawn = watched
    while let Some(x) = set.join_next().await {}
    let mut set = JoinSet::new();
    set.spawn(work());                                         //~ unwatched spawn = Unused(set)
    set.spawn(work());
    let mut set = JoinSet::new();
    set.spawn(work());                                         //~ unwatched spawn = watched
    let killer = set.spawn(work());
    set.join_all().await;
    let mut tracker = tokio_util::task::TaskTracker::new();
    tracker.spawn(work());                                     //~ unwatched spawn = Statement
    let task = smol::spawn(work());                            //~ unwatched smol::spawn = watched
    let (one, _, rest) = futures::future::select_all(vec![tokio::spawn(work())]).await;    //~ unwatched tokio::spawn = watched
}
"#,
    );
}

#[test]
fn errors_that_kill() {
    check(
        r#"
use tokio::net::TcpListener;
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
async fn step() -> Result<()> { Err("x".into()) }
async fn serve() -> Result<()> { let l = TcpListener::bind(a).await?; loop { let (s, _) = l.accept().await?; handle(s); } }
async fn inside() -> Result<()> { loop { tick().await; step().await?; } }
async fn before() -> Result<()> { step().await?; loop { tick().await; } }
async fn behind() -> Result<()> { loop { select! { _ = stop() => break, x = rx.recv() => {} } } step().await }
async fn logged() -> Result<()> { loop { tick().await; step().await.inspect_err(|e| error!("{e}"))?; } }
async fn once() -> Result<()> { step().await }
async fn outer() -> Result<()> { inside().await }
async fn around() { if let Err(e) = inside().await { error!("{e}"); } }
async fn guarded() -> Result<()> { let _stops = token.clone().drop_guard(); inside().await }
async fn connection(mut s: Socket) -> Result<()> { loop { let n = s.read_some().await?; } }
async fn main() {
    tokio::spawn(serve());                                     //~ lethal tokio::spawn = tokio::net::TcpListener::bind
    tokio::spawn(inside());                                    //~ lethal tokio::spawn = Err("x".into())
    tokio::spawn(before());                                    //~ lethal tokio::spawn = Err("x".into())
    tokio::spawn(behind());                                    //~ lethal tokio::spawn = nothing
    tokio::spawn(logged());                                    //~ lethal tokio::spawn = nothing
    tokio::spawn(once());                                      //~ lethal tokio::spawn = nothing
    tokio::spawn(outer());                                     //~ lethal tokio::spawn = Err("x".into())
    tokio::spawn(around());                                    //~ lethal tokio::spawn = nothing
    tokio::spawn(async { inside().await?; Ok::<(), E>(()) });  //~ lethal tokio::spawn = Err("x".into())
    tokio::spawn(async { inside().await.unwrap(); });          //~ lethal tokio::spawn = nothing
    tokio::spawn(async { loop { if let Err(e) = step().await { warn!("{e}"); } } });       //~ lethal tokio::spawn = nothing
    tokio::spawn(unknown.inside());                            //~ lethal tokio::spawn = nothing
    tokio::spawn(async move { let _guard = stop.drop_guard(); inside().await });           //~ lethal tokio::spawn = nothing
    tokio::spawn(async move { AssertUnwindSafe(inside()).catch_unwind().await.map_err(drop)?; inside().await });   //~ lethal tokio::spawn = nothing
    tokio::spawn(async move { scopeguard::defer! { stop() } inside().await });             //~ lethal tokio::spawn = nothing
    tokio::spawn(guarded());                                   //~ lethal tokio::spawn = nothing
    tokio::spawn(async { inside().await?; std::process::exit(1) });                        //~ lethal tokio::spawn = nothing
}
"#,
    );
}

#[test]
fn what_is_made_of_answers() {
    check(
        r#"
use tokio::task::{JoinHandle, JoinSet};
async fn f() -> Result<u8, String> { Err(s) }
async fn main() -> Result<(), E> {
    let a = tokio::spawn(f()); let _ = a.await;                //~ outcome a.await = Discarded
    let b = tokio::spawn(f()); b.await.ok();                   //~ outcome b.await = Discarded
    let c = tokio::spawn(f()); c.await?;                       //~ outcome c.await = OnlyPanic
    let d = tokio::spawn(f()); d.await??;                      //~ outcome d.await = Looked
    let e = tokio::spawn(f()); e.await.unwrap();               //~ outcome e.await = OnlyPanic
    let g = tokio::spawn(f()); g.await.unwrap().unwrap();      //~ outcome g.await = Looked
    let h = tokio::spawn(f()); if let Err(e) = h.await { log(e) }          //~ outcome h.await = OnlyPanic
    let i = tokio::spawn(f()); match i.await { Ok(Ok(x)) => {} Ok(Err(e)) => log(e), Err(e) => log(e) }   //~ outcome i.await = Looked
    let j = tokio::spawn(f()); match j.await { Ok(_) => {} Err(e) => log(e) }      //~ outcome j.await = OnlyPanic
    let k = tokio::spawn(f()); let x = k.await; log(x);        //~ outcome k.await = Looked
    let l = tokio::spawn(f()); let x = l.await?; if let Err(e) = x {}      //~ outcome l.await = Looked
    let m = tokio::spawn(f()); drop(m.await);                  //~ outcome m.await = Discarded
    let n = tokio::spawn(f()); n.await.unwrap_or_default();    //~ outcome n.await = Discarded
    let oo = tokio::spawn(f()); tokio::select! { _ = oo => {} } //~ outcome oo = Discarded
    let pp = tokio::spawn(f()); tokio::select! { r = pp => { r??; } }      //~ outcome pp = Looked
    let q = tokio::spawn(f()); if let Ok(Err(e)) = q.await { log(e) }      //~ outcome q.await = Looked
    let r = tokio::spawn(f()); r.await.expect("x")?;           //~ outcome r.await = Looked
    let s = tokio::spawn(f()); r.await.map_err(|e| log(e));    //~ outcome s.await = nothing is at `s.await`
    let t = tokio::spawn(f()); let Ok(x) = t.await else { return Ok(()) };     //~ outcome t.await = OnlyPanic
    let u = std::thread::spawn(|| step()); u.join();           //~ outcome join = Discarded
    let v = std::thread::spawn(|| step()); u.join().unwrap()?; //~ outcome u.join() = nothing is at `u.join()`
    let w = tokio::spawn(f()); w.await
}
async fn drains_sets() {
    let mut set = JoinSet::new(); set.spawn(f());
    while set.join_next().await.is_some() {}                   //~ outcome join_next = Discarded
    let mut set = JoinSet::new(); set.spawn(f());
    while let Some(x) = set.join_next().await { x.unwrap().unwrap(); }     //~ outcome join_next = Looked
    let mut set = JoinSet::new(); set.spawn(f());
    while let Some(Ok(x)) = set.join_next().await { x.unwrap(); }          //~ outcome join_next = EndsAtFailure
    let mut set = JoinSet::new(); set.spawn(f());
    while let Some(_) = set.join_next().await {}               //~ outcome join_next = Discarded
    let mut set = JoinSet::new(); set.spawn(f());
    while let Some(x) = set.join_next().await { x.unwrap(); }  //~ outcome join_next = OnlyPanic
}
async fn drains(handles: Vec<u8>) {
    let mut all = vec![tokio::spawn(f())];
    for one in all { let _ = one.await; }                      //~ outcome one.await = Discarded
    let all = vec![tokio::spawn(f())];
    for one in futures::future::join_all(all).await { one.unwrap().unwrap(); }     //~ outcome futures::future::join_all = Looked
    let all = vec![tokio::spawn(f())];
    futures::future::join_all(all).await;                      //~ outcome futures::future::join_all = Discarded
    let all = vec![tokio::spawn(f())];
    let _ = futures::future::try_join_all(all).await;          //~ outcome futures::future::try_join_all = Discarded
    let (a, b) = (tokio::spawn(f()), tokio::spawn(f()));
    tokio::join!(a, b);                                        //~ outcome tokio::join = Discarded
    let (a, b) = (tokio::spawn(f()), tokio::spawn(f()));
    let (x, y) = tokio::join!(a, b);                           //~ outcome tokio::join = Looked
    x.unwrap().unwrap(); y.unwrap().unwrap();
    let (a, b) = (tokio::spawn(f()), tokio::spawn(f()));
    tokio::try_join!(a, b).unwrap();                           //~ outcome tokio::try_join = OnlyPanic
}
"#,
    );
}

#[test]
fn workers_that_end_quietly() {
    check(
        r#"
use tokio::net::TcpListener;
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
#[tokio::main]
async fn main() -> Result<()> {
    tokio::select! {
        r = guarded(hosts) => r?,
        r = gives_up() => r?,
        r = stopped(token) => r?,
        r = fine() => r?,
        r = supervises() => r?,
        r = hands_on() => r?,
        r = app().next() => {}
    }
    Ok(())
}
async fn guarded(hosts: Vec<u8>) -> Result<()> {               //~ quiet guarded = NothingToDo return Ok(())
    if hosts.is_empty() { return Ok(()); }
    loop { tick().await; }
}
async fn gives_up() -> Result<()> {                            //~ quiet gives_up = AfterError return Ok(())
    let l = TcpListener::bind(a).await?;
    loop {
        match l.accept().await {
            Ok(s) => handle(s),
            Err(e) => { error!("{e}"); return Ok(()); }
        }
    }
}
async fn stopped(token: Token) -> Result<()> {                 //~ quiet stopped = nothing
    if token.is_cancelled() { return Ok(()); }
    loop { tokio::select! { _ = token.cancelled() => return Ok(()), _ = tick() => {} } }
}
async fn fine() -> Result<()> { loop { tick().await; } }       //~ quiet fine = nothing
async fn supervises() -> Result<()> {                          //~ quiet supervises = TasksGone Ok(())
    let h = tokio::spawn(async { loop { tick().await; } });
    let _ = h.await;
    Ok(())
}
async fn hands_on() -> Result<()> {                            //~ quiet hands_on = nothing
    let h = tokio::spawn(async { loop { tick().await; } });
    h.await?;
    Ok(())
}
async fn unrelated() -> Result<()> { loop { tick().await; } }  //~ quiet unrelated = no worker
"#,
    );
}

#[test]
fn ends_that_a_select_hides() {
    check(
        r#"
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let task = tokio::spawn(worker());
    tokio::select! {                                           //~ hides tokio::select = task, worker()
        _ = worker() => {}
        _ = task => { info!("ended"); }
        r = other() => r?,
        _ = third() => anyhow::bail!("ended"),
        _ = short() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}
async fn worker() { loop { tick().await; } }
async fn other() -> anyhow::Result<()> { loop { tick().await; } }
async fn third() { loop { tick().await; } }
async fn short() { tick().await }
"#,
    );
    check(
        r#"
#[tokio::main]
async fn main() {
    loop { tokio::select! { _ = worker() => {} } }             //~ hides tokio::select = nothing
    tokio::select! { _ = worker() => {} _ = tokio::time::sleep(d) => {} }      //~ hides tokio::select = nothing
    tokio::select! { _ = worker() => std::process::exit(1), _ = stop() => {} } //~ hides tokio::select = nothing
    tokio::select! { _ = worker() => panic!("ended"), _ = stop() => {} }       //~ hides tokio::select = nothing
}
async fn worker() { loop { tick().await; } }
"#,
    );
    check(
        r#"
fn main() {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        tokio::select! { _ = worker() => {} _ = stop() => {} } //~ hides tokio::select = worker()
    });
}
async fn worker() { loop { tick().await; } }
async fn library() { tokio::select! { _ = worker() => {} } }   //~ hides tokio::select = nothing
"#,
    );
}

/// Of each row that says something of a client, a case in `ui-tests` shows a mistake that is found by it, and code that it
/// is asked about and that is right. So a row cannot be wrong about the names in its paths either.
#[test]
fn each_row_of_a_client_has_a_mistake_and_right_code_among_the_cases() {
    let mut mistakes = BTreeSet::new();
    let mut right = BTreeSet::new();
    let mut sort = |known: Vec<(Span, &'static str)>, found: BTreeSet<Span>| {
        for (span, row) in known {
            if found.contains(&span) {
                mistakes.insert(row)
            } else {
                right.insert(row)
            };
        }
    };
    for path in cases_in("unguarded_connection").into_iter().chain(cases_in("zombie_connection")) {
        let text = std::fs::read_to_string(&path).expect("cases can be read");
        let files = [crate::read(SourceFile::new(path, text))];
        let krate = CrateInput {
            name: "case".into(),
            kind: TargetKind::Loose,
            root: FileId(0),
            dependencies: Vec::new(),
            build: Build::default(),
        };
        let workspace = Workspace::link(&files, &[krate]);
        let model = Model::new(&workspace);
        let lost: BTreeSet<Span> =
            model.connection_losses(FileId(0)).iter().map(|loss| loss.opened).collect();
        let ended: BTreeSet<Span> = model.subscription_ends(FileId(0)).iter().map(|end| end.taken).collect();
        let unnoticed: BTreeSet<Span> = model.silent_reads(FileId(0)).iter().map(|read| read.read).collect();
        for function in workspace.function_ids() {
            sort(connections::known_in(&model, function), lost.clone());
            let taken = subscriptions::known_in(&workspace, function).into_iter();
            sort(taken.map(|(span, row)| (span, row.paths[0])).collect(), ended.clone());
            sort(silence::known_in(&workspace, function), unnoticed.clone());
        }
    }
    let says_nothing = |meaning| matches!(meaning, Meaning::Impossible | Meaning::End);
    let read = SOURCES.iter().filter(|row| !row.client.is_empty() && row.gives != Gives::Value);
    let read = read.filter(|row| !says_nothing(row.on_none) || !says_nothing(row.on_err));
    let rows: Vec<&str> = DRIVERS
        .iter()
        .map(|row| row.types[0])
        .chain(KEPT.iter().map(|row| row.makers[0]))
        .chain(HOOKED.iter().map(|row| row.opens[0]))
        .chain(read.map(|row| row.paths[0]))
        .chain(SILENT.iter().map(|row| row.client))
        .collect();
    let without = |cases: &BTreeSet<&'static str>| -> Vec<&str> {
        rows.iter().copied().filter(|row| !cases.contains(row)).collect()
    };
    assert_eq!(without(&mistakes), [""; 0], "without a mistake that is found");
    assert_eq!(without(&right), [""; 0], "without code that is right");
}

/// The files of a folder of `ui-tests`.
fn cases_in(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui-tests").join(folder);
    let entries = std::fs::read_dir(folder).expect("the folder of cases is there");
    let paths = entries.map(|entry| entry.expect("entries can be read").path());
    let mut cases: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    cases.sort();
    cases
}
