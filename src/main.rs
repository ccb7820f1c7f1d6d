//! `cargo taskguard`: arguments in, findings out, and an exit code that says which of the two it was.

mod check;
mod cli;
mod config;
mod emit;
mod explain;
mod glob;
mod link;
mod manifest;
mod timings;
mod workspace;

use std::process::ExitCode;

use crate::cli::{Action, ConfigVerb, Options};
use crate::config::Config;
use crate::emit::Failure;
use crate::timings::Timings;

/// Parsing is allocating: with this one, a check takes two thirds of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Nothing was found, or only what warns.
const CLEAN: u8 = 0;
/// There are findings at deny.
const FINDINGS: u8 = 1;
/// Something that should have been checked was not: a usage error, a broken manifest, a file that cannot be read.
const FAILURE: u8 = 2;

fn main() -> ExitCode {
    let options = Options::from_env();
    let code = run(&options).unwrap_or_else(|failure| {
        emit::failure(&options, &failure);
        FAILURE
    });
    ExitCode::from(code)
}

fn run(options: &Options) -> Result<u8, Failure> {
    let mut timings = Timings::start();
    match &options.action() {
        Action::List => {
            // The lints can be listed anywhere; in a project, as they are there.
            let project = workspace::discover(options).ok();
            let config = Config::load(options, project.as_ref())?;
            let rules = project.map(|project| config.rules(&project, &project.root)).unwrap_or_default();
            explain::list(&config.levels(&rules));
        }
        Action::Explain(name) => explain::explain(name)?,
        Action::Config(ConfigVerb::Init) => config::init(&workspace::discover(options)?)?,
        Action::Config(ConfigVerb::Schema) => explain::print(&config::schema()),
        Action::PrintConfig(file) => {
            let project = workspace::discover(options)?;
            config::print(&Config::load(options, Some(&project))?, &project, *file)?;
        }
        Action::Check => {
            let project = workspace::discover(options)?;
            let config = Config::load(options, Some(&project))?;
            timings.end("discover");
            let mut report = check::check(project, &config, &mut timings)?;
            report.summary.time = timings.total();
            emit::report(options, &report);
            timings.end("emit");
            if options.timings {
                emit::timings(&report, &timings);
            }
            let code = exit_code(&report);
            // The process ends: nobody needs the memory, piece by piece, before that.
            std::mem::forget(report);
            return Ok(code);
        }
    }
    Ok(CLEAN)
}

fn exit_code(report: &check::Report) -> u8 {
    let summary = &report.summary;
    match (summary.problems, summary.errors) {
        (0, 0) => CLEAN,
        (0, _) => FINDINGS,
        _ => FAILURE,
    }
}
