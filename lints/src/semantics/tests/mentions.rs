use crate::semantics::testing::check;

#[test]
fn where_values_of_a_type_may_come_up() {
    check(
        r#"
//- /main.rs crate:app deps:tokio
mod jobs;
mod other;
//- /jobs.rs
use tokio::task::JoinHandle;
use std::{future::Future, pin::Pin, task::{Context, Poll}};
pub type Work = JoinHandle<()>;
pub struct Job { pub running: Work, waiting: Option<JoinHandle<()>>, name: String }
pub struct Pair(JoinHandle<()>, u8);
pub enum State { Idle, Busy { by: JoinHandle<()> } }
pub struct Lazy<F: Fn() -> JoinHandle<()>> { make: F, count: u8 }
impl Job {
    pub fn new() -> (Self, Work) { todo!() }
    pub fn name(&self) -> &str { &self.name }     //~ may_hold_handle name = no
    pub fn is_waiting(&self) -> bool { self.waiting.is_some() } //~ may_hold_handle is_waiting = yes
    fn secret(&self) -> JoinHandle<()> { todo!() }
}
impl Pair {
    fn first(self) { let Self(first, _) = self; } //~ may_hold_handle first = yes
}
impl<F: Fn() -> JoinHandle<()>> Lazy<F> {
    fn make(&self) -> F::Output { todo!() }       //~ may_hold_handle make = yes
}
pub struct Ending;
impl Future for Ending {
    type Output = Work;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> { todo!() }
}
pub fn end() -> Ending { todo!() }
pub mod inner {
    fn near(job: &super::Job) { job.secret(); }   //~ may_hold_handle near = yes
}
//- /other.rs
use crate::jobs::{Job as Task, State::Busy as Occupied, end};
pub struct Other;
impl Other { pub fn new() -> Self { Other } }
fn private_field(a: &A) { a.waiting; }            //~ may_hold_handle private_field = no
fn private_method(a: &A) { a.secret(); }          //~ may_hold_handle private_method = no
fn field(a: A) { a.running; }                     //~ may_hold_handle field = yes
fn made() { Task::new(); }                        //~ may_hold_handle made = yes
fn made_else() { Other::new(); }                  //~ may_hold_handle made_else = no
fn variant(a: A) { let Occupied { .. } = a; }     //~ may_hold_handle variant = yes
fn awaited() { end(); }                           //~ may_hold_handle awaited = yes
fn param<F: Into<u8>>(f: F) { f.count; }          //~ may_hold_handle param = no
fn numbered(a: A) { a.1; }                        //~ may_hold_handle numbered = no
"#,
    );
}

#[test]
fn values_of_a_type_in_constants_and_bounds() {
    check(
        r#"
//- /main.rs crate:app deps:tokio
use tokio::task::JoinHandle;
static RUNNING: Option<JoinHandle<()>> = None;
static COUNT: u8 = 0;
trait Made { const FIRST: Option<JoinHandle<()>>; const SIZE: u8; }
trait Maker<F: Fn() -> JoinHandle<()>> {
    fn make(&self, by: F) { by(); }               //~ may_hold_handle make = yes
}
trait Other<F: Fn() -> u8> {
    fn count(&self, by: F) { by(); }              //~ may_hold_handle count = no
}
struct Own;
impl Own { const LAST: Option<JoinHandle<()>> = None; }
fn of_static() { RUNNING; }                       //~ may_hold_handle of_static = yes
fn of_count() { COUNT; }                          //~ may_hold_handle of_count = no
fn of_trait<M: Made>() { M::FIRST; }              //~ may_hold_handle of_trait = yes
fn of_size<M: Made>() { M::SIZE; }                //~ may_hold_handle of_size = no
fn of_impl() { Own::LAST; }                       //~ may_hold_handle of_impl = yes
fn main() {}                                      //~ may_hold_handle main = no
"#,
    );
}

#[test]
fn calls_are_looked_for_where_they_may_be() {
    check(
        r#"
//- /main.rs crate:app deps:tokio
mod a;
mod b;
fn main() { a::open(); }
//- /a.rs
pub struct Server;
pub type Alias = Server;
impl Server {
    pub fn new() -> Self { Server }               //~ callers new = app::a::Server::again, app::a::open, app::b::by_alias, app::b::renamed
    fn quiet(&self) {}                            //~ callers quiet = app::a::inner::near
    fn again() -> Self { Self::new() }
}
pub fn open() { Server::new(); }                  //~ callers open = app::main
mod inner {
    pub fn near(server: &super::Server) { server.quiet(); }
}
//- /b.rs
use crate::a::{Alias, Server as Renamed};
struct Own;
impl Own { fn new() -> Self { Own } fn quiet(&self) {} } //~ callers new = app::b::own
fn by_alias() { Alias::new(); }
fn renamed() { Renamed::new(); }
fn own() { Own::new().quiet(); }
"#,
    );
}

#[test]
fn which_crates_may_call_a_function() {
    check(
        r#"
//- /pool/lib.rs crate:pool deps:
pub struct Pool;
impl Pool {
    pub fn start(&self) {}                        //~ only_caller start = app::main
    pub fn stop(&self) {}                         //~ only_caller stop = nothing
    pub fn pause(&self) {}                        //~ only_caller pause = nothing
    pub fn twice(&self) {}                        //~ only_caller twice = nothing
    pub fn never(&self) {}                        //~ only_caller never = nothing
    pub(crate) fn near(&self) {}                  //~ only_caller near = pool::open
}
pub trait Work { fn work(&self) {} fn wait(&self); } //~ only_caller work = nothing
impl Work for Pool {
    fn wait(&self) {}                             //~ only_caller wait = app::wait
}
impl Drop for Pool {
    fn drop(&mut self) {}                         //~ only_caller drop = nothing
}
pub fn open(pool: &Pool) { pool.near(); }
//- /mid/lib.rs crate:mid deps:pool
pub use pool::Pool;
pub fn twice(pool: &Pool) { pool.twice(); pool.twice(); }
//- /app/main.rs crate:app deps:pool
use pool::{Pool, Work};
fn main(pool: &Pool) { pool.start(); pool.stop(); pool.pause(); }
fn wait(pool: &Pool) { Pool::wait(pool); }
//- /via/main.rs crate:via deps:mid
fn main() { unknown().stop(); unknown().work(); }
//- /stranger/main.rs crate:stranger deps:
fn main() { unknown().start(); unknown().near(); unknown().wait(); unknown().drop(); }
//- /script.rs crate:script kind:loose deps:
fn main() { unknown().pause(); }
"#,
    );
}

#[test]
fn a_module_of_two_crates_may_be_called_from_both() {
    check(
        r#"
//- /one/main.rs crate:one deps:
#[path = "../shared.rs"]
mod shared;
fn main() { shared::Job::new().start(); }
//- /two/main.rs crate:two deps:
#[path = "../shared.rs"]
mod shared;
fn main() { unknown().start(); shared::open(); }
//- /shared.rs
pub struct Job;
impl Job {
    pub fn new() -> Self { Job }
    pub fn start(&self) {}                        //~ only_caller start = nothing
}
pub fn open() {}                                  //~ only_caller open = two::main
"#,
    );
}
