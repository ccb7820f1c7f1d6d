use crate::semantics::testing::check;

#[test]
fn values_that_derived_functions_make() {
    check(
        r#"
mod cli {
    #[derive(clap::Parser, Default)]
    pub struct Cli { port: u16 }
    impl Cli { pub async fn run(self) {} }
    pub struct Own;
    impl Own { pub fn parse() -> u8 { 1 } }
}
use cli::Cli;
fn main() {
    let a = Cli::parse();               //~ type a = app::cli::Cli
    let b = cli::Cli::parse();          //~ type b = app::cli::Cli
    let c = crate::cli::Cli::default(); //~ type c = app::cli::Cli
    let d = cli::Own::parse();          //~ type d = u8
    let e = cli::parse();               //~ type e = ?
    b.run();                            //~ calls b.run() = app::cli::Cli::run
    let f: axum::extract::ws::Utf8Bytes = g;
    let h = f.clone();                  //~ type h = axum::extract::ws::Utf8Bytes
}
"#,
    );
}

#[test]
fn signatures() {
    check(
        r#"
use std::{future::Future, pin::Pin};
use futures::future::BoxFuture;
type Result<T, E = Error> = std::result::Result<T, E>;
struct Error;
async fn plain() {}
async fn whole() -> Result<u8> { Ok(1) }
fn boxed() -> BoxFuture<'static, Result<u8, Error>> { todo!() }
fn pinned() -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> { todo!() }
fn implied() -> impl Future<Output = bool> + Send { async { true } }
fn io() -> std::io::Result<()> { Ok(()) }
fn theirs() -> anyhow::Result<Vec<u8>> { todo!() }
fn ends() -> ! { loop {} }
fn callback() -> Box<dyn Fn(u8) -> Result<bool>> { todo!() }
fn many() -> impl Iterator<Item = (u8, String)> { todo!() }
fn pair() -> (u8, [String; 2]) { todo!() }
async fn main() {
    plain();                            //~ type plain() = Future<()>
    plain().await;                      //~ type plain().await = ()
    // FIXME: the defaults of type parameters are not kept, so the error type is not known.
    whole().await;                      //~ type whole().await = Result<u8, ?>
    let a = whole().await?;             //~ type a = u8
    boxed().await;                      //~ type boxed().await = Result<u8, app::Error>
    pinned().await;                     //~ type pinned().await = Result<(), String>
    implied().await;                    //~ type implied().await = bool
    io();                               //~ type io() = Result<(), Error>
    let b = theirs()?;                  //~ type b = Vec<u8>
    ends();                             //~ type ends() = !
    callback()(1)?;                     //~ type callback()(1)? = bool
    for (n, s) in many() {}             //~ type n = u8
                                        //~ type s = String
    let (c, d) = pair();                //~ type d = [String]
    let e = pair().0;                   //~ type e = u8
    let f = &whole;                     //~ type f = Fn() -> Future<Result<u8, ?>>
    let g = theirs().context("a")?;     //~ type g = Vec<u8>
    let h = theirs().ok().wrap_err("b"); //~ type h = Result<Vec<u8>, ?>
}
"#,
    );
}

#[test]
fn statics_made_when_needed_are_seen_through() {
    check(
        r#"
//- /main.rs crate:app deps:once_cell
use once_cell::sync::Lazy;
static NAMES: Lazy<Vec<u8>> = Lazy::new(Vec::new);
fn main() {
    NAMES.len();                        //~ type NAMES.len() = usize
}
"#,
    );
}

#[test]
fn generics_of_types_and_functions() {
    check(
        r#"
use std::{future::Future, sync::Arc};
use tokio::task::JoinHandle;
struct Job<T> { handle: JoinHandle<T>, name: Arc<str>, next: Option<Box<Job<T>>> }
struct Pair<A, B>(A, B);
enum Either<L, R> { Left(L), Right { value: R } }
impl<T> Job<T> {
    fn new(handle: JoinHandle<T>) -> Self { todo!() }
    fn into_handle(self) -> JoinHandle<T> { self.handle }
}
fn same<T>(value: T) -> T { value }
fn run<F: Future>(future: F) -> JoinHandle<F::Output> { todo!() }
fn run_where<F, T>(future: F) -> JoinHandle<T> where F: Future<Output = T> { tokio::spawn(future) }
fn call<F: Fn() -> Fut, Fut: Future<Output = u8>>(make: F) -> u8 { todo!() }
fn pick<T>(many: Vec<T>) -> Option<T> { todo!() }
fn written<T>() -> Vec<T> { todo!() }
async fn work() -> u8 { 1 }
fn main(job: Job<String>, either: Either<u8, bool>) {
    job.handle;                         //~ type job.handle = tokio::task::JoinHandle<String>
    job.into_handle();                  //~ type job.into_handle() = tokio::task::JoinHandle<String>
    job.next.unwrap().handle;           //~ type job.next.unwrap().handle = tokio::task::JoinHandle<String>
    same(tokio::spawn(work()));         //~ type same(tokio::spawn(work())) = tokio::task::JoinHandle<u8>
    run_where(work());                  //~ type run_where(work()) = tokio::task::JoinHandle<u8>
    let p = Pair(1u8, tokio::spawn(work()));
    p.1;                                //~ type p.1 = tokio::task::JoinHandle<u8>
    match either {
        Either::Left(l) => {}           //~ type l = u8
        Either::Right { value } => {}   //~ type value = bool
    }
    pick(vec![tokio::spawn(work())]);   //~ type pick(vec![tokio::spawn(work())]) = Option<tokio::task::JoinHandle<u8>>
    written::<String>();                //~ type written::<String>() = Vec<String>
}
"#,
    );
}

#[test]
fn patterns() {
    check(
        r#"
struct Parts { a: u8, b: Option<String> }
enum Event { Done(u8, String), Failed { why: String }, Idle }
fn main(parts: Parts, event: Event, nested: Option<Result<(u8, bool), String>>, many: Vec<String>) {
    let Parts { a, b: Some(text) } = parts else { return };    //~ type a = u8
                                                               //~ type text = String
    match &event {
        Event::Done(n, _) if *n > 1 => {}                      //~ type n = u8
        Event::Failed { why } | Event::Done(_, why) => {}      //~ type why = String
        Event::Done(..) | Event::Idle => {}
    }
    if let Some(Ok((x, y))) = nested {}                        //~ type y = bool
    if let Some(Err(e)) = nested {}                            //~ type e = String
    while let Some(whole @ Ok(_)) = nested {}                  //~ type whole = Result<(u8, bool), String>
    if let [first, ..] = many[..] {}                           //~ type first = String
    let (one, .., last) = (1u8, many, true);                   //~ type last = bool
    let Event::Done(.., end) = event else { return };          //~ type end = String
}
use axum::{Extension, extract::State};
fn handler(State(parts): State<Parts>, Extension(text): Extension<String>) {
    let given = parts;                                         //~ type parts = app::Parts
    let told = text;                                           //~ type text = String
}
"#,
    );
}

#[test]
fn closures_and_blocks() {
    check(
        r#"
fn main() {
    let f = || x as u8;                                        //~ type f = Fn() -> u8
    let g = |x: String| async move { x };
    g(s).await;                                                //~ type g(s).await = String
    let h = async || true;
    h().await;                                                 //~ type h().await = bool
    let i = async { if x { return Err(e); } Ok::<u8, String>(1) };
    let j = async { step()?; Ok(()) };                         //~ type j = Future<Result<(), ?>>
    let k = 'a: { if x { break 'a true; } false };             //~ type k = bool
    let l = loop { break String::new() };                      //~ type l = String
    let m = if x { panic!() } else { true };                   //~ type m = bool
    let n = match x { 1 => return, _ => String::new() };       //~ type n = String
    let o = || -> Result<u8, String> { todo!() };              //~ type o = Fn() -> Result<u8, String>
    let p = unsafe { String::new() };                          //~ type p = String
    let q; q = String::new(); let r = q;                       //~ type r = String
}
"#,
    );
}

#[test]
fn chains_over_results_and_pointers() {
    check(
        r#"
use std::sync::{Arc, Mutex, RwLock};
use tokio::task::{JoinHandle, JoinError};
use std::collections::HashMap;
struct State { jobs: Arc<tokio::sync::Mutex<Vec<JoinHandle<u8>>>>, one: Mutex<Option<JoinHandle<bool>>>, map: RwLock<HashMap<u8, JoinHandle<()>>> }
impl State {
    async fn go(self: Arc<Self>) {
        self.jobs.lock().await;                                //~ type self.jobs.lock().await = Vec<tokio::task::JoinHandle<u8>>
        self.jobs.lock().await.pop();                          //~ type self.jobs.lock().await.pop() = Option<tokio::task::JoinHandle<u8>>
        let taken = self.one.lock().unwrap().take();           //~ type taken = Option<tokio::task::JoinHandle<bool>>
        if let Some(h) = taken { h.await.unwrap(); }           //~ type h.await.unwrap() = bool
        let guard = self.map.write().unwrap();
        guard.get(&1);                                         //~ type guard.get(&1) = Option<tokio::task::JoinHandle<()>>
        for (k, v) in guard.drain() {}                         //~ type v = tokio::task::JoinHandle<()>
        let me = self.clone();                                 //~ type me = app::State
        let me = Arc::clone(&self);                            //~ type me = app::State
        let jobs = Arc::clone(&self.jobs);                     //~ type jobs = tokio::sync::Mutex<Vec<tokio::task::JoinHandle<u8>>>
    }
}
async fn work() -> Result<u8, String> { Ok(1) }
async fn main() {
    let h = tokio::spawn(work());                              //~ type h = tokio::task::JoinHandle<Result<u8, String>>
    h.await;                                                   //~ type h.await = Result<Result<u8, String>, tokio::task::JoinError>
    h.await??;                                                 //~ type h.await?? = u8
    h.await.map_err(|e| 1)?.ok();                              //~ type h.await.map_err(|e| 1)?.ok() = Option<u8>
    h.await.map_err(|e| e);                                    //~ type e = tokio::task::JoinError
    let r = tokio::time::timeout(d, h).await;                  //~ type r = Result<Result<Result<u8, String>, tokio::task::JoinError>, tokio::time::error::Elapsed>
    tokio::spawn(async { 1u8; true });                         //~ type tokio::spawn(async { 1u8; true }) = tokio::task::JoinHandle<bool>
    tokio::spawn(Box::pin(work()));                            //~ type tokio::spawn(Box::pin(work())) = tokio::task::JoinHandle<Result<u8, String>>
    tokio::task::spawn_blocking(|| String::new());             //~ type tokio::task::spawn_blocking(|| String::new()) = tokio::task::JoinHandle<String>
    std::thread::spawn(move || true);                          //~ type std::thread::spawn(move || true) = std::thread::JoinHandle<bool>
    std::thread::Builder::new().name(n).spawn(|| 1u8 as u8)?;  //~ type std::thread::Builder::new().name(n).spawn(|| 1u8 as u8)? = std::thread::JoinHandle<u8>
    tokio::runtime::Handle::current().spawn(work());           //~ type tokio::runtime::Handle::current().spawn(work()) = tokio::task::JoinHandle<Result<u8, String>>
}
"#,
    );
}

#[test]
fn collections_and_adaptors_of_handles() {
    check(
        r#"
use tokio::task::JoinSet;
async fn work() -> bool { true }
async fn main() {
    let mut handles = Vec::new();
    handles.push(tokio::spawn(work()));
    handles.iter().map(|h| h.is_finished());                   //~ type h = tokio::task::JoinHandle<bool>
    for (i, job) in handles.into_iter().enumerate() {}         //~ type job = tokio::task::JoinHandle<bool>
    let all: Vec<_> = (0..3).map(|_| tokio::spawn(work())).collect();   //~ type all = Vec<tokio::task::JoinHandle<bool>>
    let same = (0..3).map(|_| tokio::spawn(work())).collect::<Vec<_>>(); //~ type same = Vec<tokio::task::JoinHandle<bool>>
    let done = futures::future::join_all(all).await;           //~ type done = Vec<Result<bool, tokio::task::JoinError>>
    let array = [tokio::spawn(work()), tokio::spawn(work())];  //~ type array = [tokio::task::JoinHandle<bool>]
    let mut set = JoinSet::new();
    set.spawn(work());
    let next = set.join_next().await;                          //~ type next = Option<Result<bool, tokio::task::JoinError>>
    let mut map = std::collections::HashMap::new();
    map.insert(1u8, tokio::spawn(work()));
    map.remove(&1);                                            //~ type map.remove(&1) = Option<tokio::task::JoinHandle<bool>>
    let first = handles.first().unwrap();                      //~ type first = tokio::task::JoinHandle<bool>
    let some = Some(tokio::spawn(work())).into_iter().chain(x).flatten();
}
"#,
    );
}

#[test]
fn select_and_join() {
    check(
        r#"
async fn work() -> bool { true }
async fn fallible() -> Result<u8, String> { Ok(1) }
async fn main(mut rx: tokio::sync::mpsc::Receiver<String>) {
    let mut h = tokio::spawn(work());
    tokio::select! {
        r = &mut h => {}                                       //~ type r = Result<bool, tokio::task::JoinError>
        Some(m) = rx.recv() => {}                              //~ type m = String
        Ok(v) = fallible() => {}                               //~ type v = u8
        else => {}
    }
    let (a, b) = tokio::join!(work(), fallible());             //~ type a = bool
                                                               //~ type b = Result<u8, String>
    let t = tokio::try_join!(fallible(), h);                   //~ type t = Result<(u8, bool), String>
    let s = tokio::select! { _ = work() => 1u8 as u8, r = fallible() => return };  //~ type s = u8
}
"#,
    );
}

#[test]
fn traits() {
    check(
        r#"
trait Service: Base { async fn run(&self) -> Result<(), String>; fn name(&self) -> String { String::new() } }
trait Base { fn base(&self) -> u8; }
trait Two { fn two(&self); }
trait Ext { fn go(self) -> u8; }
struct Http; struct Grpc;
impl Service for Http { async fn run(&self) -> Result<(), String> { Ok(()) } }
impl Base for Http { fn base(&self) -> u8 { 1 } }
impl Two for Http { fn two(&self) {} }
impl Two for Grpc { fn two(&self) {} }
impl<F: std::future::Future> Ext for F { fn go(self) -> u8 { 1 } }
impl Grpc { fn name(&self) -> bool { true } }
fn generic<T: Two>(t: T) { t.two() }                           //~ calls t.two() = one of app::Grpc::two, app::Http::two
fn main(s: Box<dyn Service>, t: &dyn Two, http: Http, i: impl Service, unknown: Mystery) {
    s.run();                                                   //~ calls s.run() = app::Http::run
    s.name();                                                  //~ type s.name() = String
    s.base();                                                  //~ calls s.base() = app::Http::base
    i.run();                                                   //~ calls i.run() = app::Http::run
    t.two();                                                   //~ calls t.two() = one of app::Grpc::two, app::Http::two
    http.two();                                                //~ calls http.two() = app::Http::two
    http.name();                                               //~ calls http.name() = app::Service::name
    Service::run(&http);                                       //~ calls Service::run(&http) = app::Http::run
    Http::run(&http);                                          //~ calls Http::run(&http) = app::Http::run
    <Http as Service>::run(&http);                             //~ calls <Http as Service>::run(&http) = app::Http::run
    unknown.run();                                             //~ calls unknown.run() = perhaps app::Http::run, app::Service::run
    unknown.elsewhere();                                       //~ calls unknown.elsewhere() = perhaps nothing
    async {}.go();                                             //~ calls async {}.go() = app::<impl>::go
}
"#,
    );
}
