//! A task is spawned directly rather than through a function of the project.
//!
//! ## Why is this bad?
//! A project that spawns in one place can name its tasks, log how they end and stop them together. Each direct call is a task
//! that has none of this.
//!
//! ## When it is not a defect
//! When the project has no such function. The lint is a policy, and is off by default.
//!
//! ## Known limits
//! Unless the project says more, a function that takes a future and spawns it, or that gives its caller the handle, is taken to be
//! such a place, and the call inside it is left alone. Where the configuration names `spawners`, only those are. Where
//! `disallowed-methods` in `clippy.toml` names the function that spawns, its reason is shown, and calls of it are left alone in
//! `spawners` and in functions with `#[allow(clippy::disallowed_methods)]` only; on a statement that is not seen. What is not listed
//! there is reported all the same.
//!
//! ## Example
//! ```rust
//! fn start() {
//!     tokio::spawn(async { println!("done") });
//! }
//! ```
//! Use instead:
//! ```rust
//! fn start() {
//!     spawn_logged("start", async { println!("done") });
//! }
//!
//! fn spawn_logged<F>(name: &'static str, task: F)
//! where
//!     F: std::future::Future<Output = ()> + Send + 'static,
//! {
//!     tokio::spawn(async move {
//!         task.await;
//!         println!("{name} has ended");
//!     });
//! }
//! ```

use crate::framework::{Context, Group, Lint, Report};

pub const LINT: Lint = Lint::new(Group::Restriction, check);

fn check(cx: &Context<'_>, report: &mut Report<'_>) {
    let words = cx.model.workspace.words();
    for spawn in cx.raw_spawns() {
        let finding =
            report.at(spawn.span, "this task is spawned directly, not through a function that sees to tasks");
        if let Some(why) = spawn.spawner.paths.iter().find_map(|path| words.disallowed(path)?) {
            finding.note(format!("`clippy.toml` says why: {why}"));
        }
        finding.help(match words.spawners() {
            [] => "spawn it through the function of the project that is there for it".to_owned(),
            [only] => format!("spawn it through `{only}`"),
            several => format!("spawn it through one of `{}`", several.join("`, `")),
        });
    }
}
