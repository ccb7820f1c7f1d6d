use crate::semantics::testing::check;

#[test]
fn what_is_called_or_named_is_reached() {
    check(
        r#"
fn main() {                                     //~ reaches main = app::named, app::start, app::taken
                                                //~ may_reach main = app::named, app::start, app::taken
    start();
    pass(named);
}
fn start() { let f = taken; f() }               //~ reaches start = app::taken
fn named() {}
fn taken() {}
fn other() {}
"#,
    );
}

#[test]
fn methods_of_unknown_types_are_reached_perhaps() {
    check(
        r#"
struct A; struct B;
impl A { fn run(&self) { deep() } }
impl B { fn run(&self) {} fn other(&self) {} }
impl Drop for B { fn drop(&mut self) { clean() } }
fn deep() {}
fn clean() {}
fn main(unknown: Mystery) {                     //~ reaches main = nothing
                                                //~ may_reach main = app::A::run, app::B::drop, app::B::run, app::clean, app::deep
    unknown.run();
}
"#,
    );
}

#[test]
fn implementations_of_a_trait_and_functions_for_other_systems() {
    check(
        r#"
trait App { fn start(&self); fn run(&self) { self.start() } }
struct Web; struct Job;
impl App for Web { fn start(&self) {} }
impl App for Job { fn start(&self) {} }
#[cfg(unix)]
fn signal() { unix() }
#[cfg(not(unix))]
fn signal() { windows() }
fn unix() {}
fn windows() {}
fn main(app: Box<dyn App>) { signal(); app.run() }  //~ may_reach main = app::App::run, app::Job::start, app::Web::start, app::signal, app::unix, app::windows
"#,
    );
}

#[test]
fn other_crates_are_reached_only_where_they_are_dependencies() {
    check(
        r#"
//- /main.rs crate:app deps:lib
fn main(x: Mystery) { lib::start(); x.work() }  //~ reaches main = lib::start
                                                //~ may_reach main = lib::Job::work, lib::start
struct Own;
//- /lib.rs crate:lib
pub fn start() {}
pub struct Job;
impl Job { pub fn work(&self) {} }
//- /other/lib.rs crate:other
pub struct Job;
impl Job { pub fn work(&self) {} }
"#,
    );
}
