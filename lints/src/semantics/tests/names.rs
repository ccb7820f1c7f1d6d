use crate::semantics::testing::check;

#[test]
fn use_trees_renames_and_globs() {
    check(
        r#"
use tokio::{self, spawn as start, sync::{mpsc, oneshot::{self, Sender}}, task::{JoinSet as Tasks, *}, time};

async fn work() {}

fn main() {
    start(work());                              //~ calls start(work()) = tokio::task::spawn
    tokio::spawn(work());                       //~ calls tokio::spawn(work()) = tokio::task::spawn
    spawn_blocking(|| 1);                       //~ calls spawn_blocking(|| 1) = tokio::task::spawn_blocking
    let a = mpsc::channel::<u8>(1);             //~ calls mpsc::channel::<u8>(1) = tokio::sync::mpsc::channel
    let (b, c) = oneshot::channel::<u8>();      //~ calls oneshot::channel::<u8>() = tokio::sync::oneshot::channel
    let s = Tasks::<u8>::new();                 //~ type s = tokio::task::JoinSet<u8>
    let d: Sender<u8> = b;                      //~ type d = tokio::sync::oneshot::Sender<u8>
    ::tokio::time::sleep(x);                    //~ calls ::tokio::time::sleep(x) = tokio::time::sleep
    time::sleep(x);                             //~ calls time::sleep(x) = tokio::time::sleep
}
"#,
    );
}

#[test]
fn modules_and_what_leads_out_of_them() {
    check(
        r#"
//- /main.rs crate:app
mod jobs;
mod inline {
    pub mod deep {
        pub fn f() {
            super::super::root();               //~ calls super::super::root() = app::root
            super::g();                         //~ calls super::g() = app::inline::g
            self::h();                          //~ calls self::h() = app::inline::deep::h
            crate::jobs::start();               //~ calls crate::jobs::start() = app::jobs::start
            root();                             //~ calls root() = unknown
        }
        fn h() {}
    }
    fn g() { use deep as d; d::f(); }           //~ calls d::f() = app::inline::deep::f
}
fn root() {
    jobs::nightly::run();                       //~ calls jobs::nightly::run() = app::jobs::nightly::run
    jobs::run_nightly();                        //~ calls jobs::run_nightly() = app::jobs::nightly::run
    jobs::weekly();                             //~ calls jobs::weekly() = app::jobs::type::weekly
}
//- /jobs.rs
pub mod nightly;
mod r#type;
pub use self::{nightly::run as run_nightly, r#type::*};
pub fn start() { r#type::weekly() }             //~ calls r#type::weekly() = app::jobs::type::weekly
//- /jobs/nightly.rs
pub fn run() { super::start() }                 //~ calls super::start() = app::jobs::start
//- /jobs/type/mod.rs
pub fn weekly() {}
"#,
    );
}

#[test]
fn files_named_by_attributes_and_cfg_if() {
    check(
        r#"
//- /src/main.rs crate:app
#[path = "platform/unix.rs"]
mod sys;
mod folder {
    #[path = "odd.rs"]
    pub mod odd;
}
#[cfg_attr(unix, path = "os/unix.rs")]
#[cfg_attr(windows, path = "os/windows.rs")]
#[cfg_attr(target_os = "plan9", path = "os/gone.rs")]
mod os;
#[cfg_attr(windows, path = "os/gone.rs")]
mod usual;
cfg_if::cfg_if! {
    if #[cfg(unix)] {
        mod imp { pub fn go() {} }
    } else {
        mod other { pub fn go() {} }
    }
}
fn main() {
    sys::start();                               //~ calls sys::start() = app::sys::start
    sys::below::f();                            //~ calls sys::below::f() = app::sys::below::f
    folder::odd::f();                           //~ calls folder::odd::f() = app::folder::odd::f
    os::unix_only();                            //~ calls os::unix_only() = app::os::unix_only
    usual::f();                                 //~ calls usual::f() = app::usual::f
    imp::go();                                  //~ calls imp::go() = app::imp::go
    other::go();                                //~ calls other::go() = app::other::go
}
//- /src/platform/unix.rs
pub mod below;
pub fn start() {}
//- /src/platform/below.rs
pub fn f() {}
//- /src/folder/odd.rs
pub fn f() {}
//- /src/os/unix.rs
pub fn unix_only() {}
//- /src/os/windows.rs
mod below;
pub fn windows_only() { below::f() }            //~ calls below::f() = app::os::below::f
//- /src/os/below.rs
pub fn f() {}
//- /src/usual.rs
pub fn f() {}
"#,
    );
}

#[test]
fn dependencies_by_other_names() {
    check(
        r#"
//- /app/main.rs crate:app deps:tk=tokio,rt=runtime,shared
extern crate tk as t;
extern crate self as me;
use rt::tokio::task;
use shared::prelude::*;
fn main() {
    tk::spawn(f());                             //~ calls tk::spawn(f()) = tokio::task::spawn
    t::spawn(f());                              //~ calls t::spawn(f()) = tokio::task::spawn
    me::f();                                    //~ calls me::f() = app::f
    task::spawn(f());                           //~ calls task::spawn(f()) = tokio::task::spawn
    rt::go(f());                                //~ calls rt::go(f()) = tokio::task::spawn
    spawn(f());                                 //~ calls spawn(f()) = tokio::task::spawn
    channel::<u8>(1);                           //~ calls channel::<u8>(1) = tokio::sync::mpsc::channel
    start();                                    //~ calls start() = shared::start
    tokio::spawn(f());                          //~ calls tokio::spawn(f()) = unknown
}
async fn f() {}
//- /runtime/lib.rs crate:runtime deps:tokio
pub use tokio;
pub use tokio::spawn as go;
//- /shared/lib.rs crate:shared deps:runtime
pub mod prelude { pub use runtime::tokio::{spawn, sync::mpsc::*}; pub use crate::start; }
pub fn start() {}
"#,
    );
}

#[test]
fn a_binary_names_its_own_library() {
    check(
        r#"
//- /src/main.rs crate:app deps:app_lib,tokio
fn main() { app_lib::run(); }                   //~ calls app_lib::run() = app_lib::run
//- /src/lib.rs crate:app_lib deps:tokio
pub fn run() { tokio::spawn(async {}); }        //~ calls tokio::spawn(async {}) = tokio::task::spawn
//~ callers run = app::main
"#,
    );
}

#[test]
fn modules_shadow_crates_and_items_shadow_globs() {
    check(
        r#"
use tokio::*;
mod futures { pub fn join_all() {} }
mod mine { pub fn spawn() {} pub fn open() {} }
use mine::*;
fn open() {}
fn main() {
    futures::join_all();                        //~ calls futures::join_all() = app::futures::join_all
    ::futures::join_all();                      //~ calls ::futures::join_all() = futures::join_all
    open();                                     //~ calls open() = app::open
    let tokio = 1;
    tokio::spawn(async {});                     //~ calls tokio::spawn(async {}) = tokio::task::spawn
    let open = || 7u8;
    open();                                     //~ calls open() = value
}
"#,
    );
}

/// Whatever their order: what is brought in from the workspace hides a crate of that name from other imports.
#[test]
fn imports_go_through_imports() {
    check(
        r#"
//- /main.rs crate:app
use tokio::join_all;
use futures::{self as again, later};
use chain::end;
use crate::mine::tokio;
use self::mine::*;
use mine::links as chain;
mod mine {
    pub mod tokio { pub fn join_all() {} }
    pub mod futures { pub fn later() {} }
    pub mod links { pub use super::futures::later as end; }
}
fn main() {
    join_all();                                 //~ calls join_all() = app::mine::tokio::join_all
    later();                                    //~ calls later() = app::mine::futures::later
    again::later();                             //~ calls again::later() = app::mine::futures::later
    end();                                      //~ calls end() = app::mine::futures::later
}
"#,
    );
}

#[test]
fn variants_and_constructors() {
    check(
        r#"
enum Command { Stop, Run(u8), At { x: u8 } }
use Command::*;
use Command::Run as Go;
struct Wrap(u8);
type Alias = Command;
impl Command {
    fn make() -> Self {
        Self::check();                          //~ calls Self::check() = app::Command::check
        Self::Run(1)                            //~ calls Self::Run(1) = constructor
    }
    fn check() {}
}
impl Wrap { fn new() -> Self { Self(1) } }      //~ calls Self(1) = constructor
fn main() {
    Run(1);                                     //~ calls Run(1) = constructor
    Go(1);                                      //~ type Go(1) = app::Command
    let w = Wrap(2);                            //~ type w = app::Wrap
    let a = Alias::make();                      //~ type a = app::Command
    let b = At { x: 1 };                        //~ type b = app::Command
    let c = Alias::Stop;                        //~ type c = app::Command
    let d = Stop;                               //~ type d = app::Command
    <Command>::check();                         //~ calls <Command>::check() = app::Command::check
}
"#,
    );
}

#[test]
fn items_inside_bodies() {
    check(
        r#"
fn helper() -> u8 { 1 }
fn main() {
    helper();                                   //~ calls helper() = app::main::helper
    use tokio::spawn as go;
    go(async {});                               //~ calls go(async {}) = tokio::task::spawn
    fn helper() {
        outer();                                //~ calls outer() = app::outer
        again();                                //~ calls again() = app::main::again
    }
    fn again() {}
    self::helper();                             //~ calls self::helper() = app::helper
    mod inner { pub fn f() { super::helper(); } }   //~ calls super::helper() = app::helper
    struct Local;
    impl Local { fn go(&self) {} }
    Local.go();                                 //~ calls Local.go() = app::main::Local::go
}
fn outer() { go(async {}); }                    //~ calls go(async {}) = unknown
"#,
    );
}

#[test]
fn circles_end() {
    check(
        r#"
mod a { pub use super::b::*; pub use super::b::x as y; }
mod b { pub use super::a::*; pub use super::a::y as x; pub fn here() {} }
type First = Second;
type Second = First;
type Real = Third;
type Third = S;
struct S;
impl Real { fn go(&self) {} }
impl First { fn lost(&self) {} }
fn main() {
    a::here();                                  //~ calls a::here() = app::b::here
    a::x();                                     //~ calls a::x() = unknown
    a::y();                                     //~ calls a::y() = unknown
    S.go();                                     //~ calls S.go() = app::S::go
    let f: First = make();                      //~ type f = ?
}
"#,
    );
}

#[test]
fn a_file_of_no_package_may_name_any_crate() {
    check(
        r#"
//- /scratch.rs crate:scratch kind:loose deps:
use tokio::task::spawn as go;
fn main() {
    go(async {});                               //~ calls go(async {}) = tokio::task::spawn
    tokio::spawn(async {});                     //~ calls tokio::spawn(async {}) = tokio::task::spawn
    Thing::new();                               //~ calls Thing::new() = unknown
}
"#,
    );
}
