//! Code of unusual size or shape is analysed in reasonable time and with a reasonable stack.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::framework::Levels;
use crate::model::Model;
use crate::semantics::Workspace;
use crate::semantics::testing::Fixture;
use crate::source::FileId;

/// What takes less than a second is given a minute, so that only an explosion fails, on a slow machine too.
const BOUND: Duration = Duration::from_secs(60);
const STACK: usize = 64 << 20;

/// Asks everything of a file: the types, failure and life of each function, its tasks and workers, and the lints.
fn ask_everything(text: String) {
    let run = move || {
        let start = Instant::now();
        let fixture = Fixture::parse(&text);
        let workspace = Workspace::link(&fixture.files, &fixture.crates);
        let model = Model::new(&workspace);
        for function in workspace.function_ids() {
            let typed = workspace.typed(function).expect("every function here has a body");
            typed.exits(typed.body.root);
            workspace.failure_of(function);
            workspace.mission_of(function);
            workspace.callers(function).count();
            workspace.returns_of(function);
        }
        let file = FileId(0);
        assert!(model.counts(file).functions > 0);
        model.waits(file);
        model.workers(file).for_each(|worker| _ = worker.quiet_exits(&model));
        model.hidden_ends(file).count();
        crate::check(&model, file, &Levels::default());
        start.elapsed()
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread can be started");
    let took = thread.join().expect("nothing panics or overflows");
    assert!(took < BOUND, "it took {took:?}");
}

#[test]
fn a_cycle_of_thousands_of_calls() {
    let mut text = String::from("async fn main() { tokio::spawn(f0(1)); f0(1).await.unwrap(); }\n");
    for index in 0..3000 {
        let next = (index + 1) % 3000;
        _ = writeln!(
            text,
            "async fn f{index}(n: u8) -> Result<u8, String> {{ if n == 0 {{ return Err(s); }} f{next}(n - 1).await?; f{next}(n).await }}"
        );
    }
    ask_everything(text);
}

#[test]
fn thousands_of_callers_of_one_function() {
    let mut text =
        String::from("fn main() { }\nfn keep(job: tokio::task::JoinHandle<()>) { KEPT.push(job) }\n");
    for index in 0..2000 {
        _ = writeln!(text, "fn f{index}() {{ keep(tokio::spawn(async {{ loop {{ step().await?; }} }})); }}");
    }
    ask_everything(text);
}

#[test]
fn a_function_of_thousands_of_branches() {
    let mut text = String::from(
        "async fn main() { pick(1).await.unwrap(); }\nasync fn pick(n: u32) -> Result<u32, String> {\n",
    );
    text.push_str("loop { let mut jobs = Vec::new();\nmatch n {\n");
    for index in 0..2000 {
        let kept = if index % 4 == 0 {
            "jobs.push(tokio::spawn(async { step().await?; Ok::<(), String>(()) }));"
        } else {
            "tokio::spawn(pick(1));"
        };
        _ = writeln!(text, "{index} => {{ {kept} if x {{ return Err(s); }} }}");
    }
    text.push_str("_ => break,\n} } Ok(1) }\n");
    ask_everything(text);
}

#[test]
fn a_long_chain_of_else_if() {
    let mut text = String::from("fn main() { pick(1); }\nfn pick(n: u32) -> Result<u32, String> {\n");
    for index in 0..300 {
        _ = write!(text, "if n == {index} {{ step()?; Ok({index}) }} else ");
    }
    text.push_str("{ Err(s) } }\n");
    ask_everything(text);
}

#[test]
fn hundreds_of_nested_loops() {
    let mut text = String::from("async fn main() { deep().await }\nasync fn deep() {\n");
    for index in 0..300 {
        _ = writeln!(text, "'l{index}: loop {{ step().await;");
    }
    text.push_str("tokio::spawn(deep()); break 'l150;");
    text.push_str(&"}".repeat(301));
    ask_everything(text);
}

#[test]
fn handles_handed_through_thousands_of_functions() {
    let mut text = String::from("fn main() { f0(tokio::spawn(async {})); }\n");
    for index in 0..3000 {
        let next = (index + 1) % 3000;
        _ = writeln!(
            text,
            "fn f{index}(job: tokio::task::JoinHandle<()>) {{ if x {{ f{next}(job) }} else {{ f{next}(job); f{next}(job) }} }}"
        );
    }
    ask_everything(text);
}

#[test]
fn wrappers_that_call_each_other() {
    let mut text = String::from("fn main() { s0(async {}); }\n");
    for index in 0..200 {
        let (next, other) = ((index + 1) % 200, (index + 7) % 200);
        _ = writeln!(
            text,
            "fn s{index}(future: impl std::future::Future<Output = ()>) -> tokio::task::JoinHandle<()> {{ s{other}(async {{}}); s{other}(async {{}}); s{next}(future) }}"
        );
    }
    ask_everything(text);
}

/// Walks through every run of a file and says how many steps that took for each expression, on the average.
fn steps_per_expression(text: String) -> usize {
    let run = move || {
        let fixture = Fixture::parse(&text);
        let workspace = Workspace::link(&fixture.files, &fixture.crates);
        let (mut steps, mut exprs) = (0, 0);
        for function in workspace.function_ids() {
            let body = workspace.body(function).expect("every function here has a body");
            exprs += body.exprs.len();
            steps += workspace.ways_of_run(function, body.root).expect("it has a body").steps;
        }
        steps / exprs
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread can be started");
    thread.join().expect("nothing panics or overflows")
}

#[test]
fn ways_through_thousands_of_branches() {
    let mut text = String::from("async fn pick(n: u32) -> Result<u32, String> {\nloop {\n");
    for index in 0..2000 {
        _ = writeln!(
            text,
            "if n == {index} {{ sleep(D).await; }} else {{ match connect().await {{ Ok(c) => c.step()?, Err(e) if stop.load() => return Err(e), Err(_) => {{}} }} }}"
        );
    }
    text.push_str("} }\n");
    let steps = steps_per_expression(text);
    assert!(steps < 4, "{steps}");
}

#[test]
fn ways_back_through_thousands_of_arms() {
    let mut text = String::from("async fn pick(n: u32) {\nloop { match n {\n");
    for index in 0..5000 {
        let arm = ["continue", "{ sleep(D).await }", "{ if connect().await.is_err() { continue } }", "break"];
        _ = writeln!(text, "{index} => {},", arm[index % 4]);
    }
    text.push_str("_ => {} } } }\n");
    let steps = steps_per_expression(text);
    assert!(steps < 4, "{steps}");
}

#[test]
fn ways_out_of_hundreds_of_nested_loops() {
    let mut text = String::from("async fn deep() -> Result<(), String> {\n");
    for index in 0..300 {
        _ = writeln!(
            text,
            "'l{index}: loop {{ if connect().await.is_ok() {{ sleep(D).await; }} step().await?;"
        );
    }
    text.push_str("break 'l150;");
    text.push_str(&"}".repeat(301));
    // Each `?` leaves all the loops around it, which is what the steps grow by.
    let steps = steps_per_expression(text);
    assert!(steps < 60, "{steps}");
}

#[test]
fn ways_through_a_cycle_of_thousands_of_calls() {
    let mut text = String::new();
    for index in 0..3000 {
        let (next, other) = ((index + 1) % 3000, (index + 7) % 3000);
        _ = writeln!(
            text,
            "async fn f{index}(n: u8) -> Result<u8, String> {{ loop {{ if n == 0 {{ f{other}(n).await?; }} f{next}(n).await?; }} }}"
        );
    }
    let steps = steps_per_expression(text);
    assert!(steps < 4, "{steps}");
}
