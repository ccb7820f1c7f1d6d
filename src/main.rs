//! `cargo taskguard`: arguments in, findings out, and an exit code that says which of the two it was.

mod baseline;
mod cargo;
mod chain;
mod check;
mod cli;
mod config;
mod emit;
mod explain;
mod files;
mod fingerprint;
mod fix;
mod git;
mod glob;
mod known;
mod link;
mod live;
mod lsp;
mod manifest;
mod parallel;
mod read;
mod since;
mod timings;
mod tree;
mod uri;
mod watch;
mod workspace;

use std::collections::BTreeSet;
use std::process::ExitCode;

use crate::chain::Chain;
use crate::check::Report;
use crate::cli::{Action, ConfigVerb, Options};
use crate::config::Config;
use crate::emit::{Failure, Message};
use crate::fix::Position;
use crate::read::{Parsed, Reading};
use crate::timings::Timings;
use crate::workspace::{Project, Tell};

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
    let chain = Chain::start(&options).unwrap_or_else(|failure| {
        emit::complain(&options, &(*failure).into());
        None
    });
    let is_broken = options.chain.is_some() && chain.is_none();
    let code = run(&options, chain.as_ref()).unwrap_or_else(|failure| {
        let _turn = chain.as_ref().map(Chain::turn);
        emit::failure(&options, &failure);
        FAILURE
    });
    let code = chain.map_or(Ok(code), |chain| chain.finish(code)).unwrap_or_else(|failure| {
        emit::complain(&options, &(*failure).into());
        FAILURE
    });
    ExitCode::from(if is_broken { FAILURE } else { code })
}

fn run(options: &Options, chain: Option<&Chain>) -> Result<u8, Failure> {
    match &options.action() {
        Action::List => {
            // The lints can be listed anywhere; in a project, as they are there.
            let project = workspace::discover(options).ok();
            let config = Config::load(options, project.as_ref())?;
            config::list(&config, project.as_ref())?;
        }
        Action::Explain(name) => explain::explain(name)?,
        Action::Config(ConfigVerb::Init) => config::init(&workspace::discover(options)?)?,
        Action::Config(ConfigVerb::Schema) => explain::print(&config::schema())?,
        Action::PrintConfig(file) => {
            let project = workspace::discover(options)?;
            config::print(&Config::load(options, Some(&project))?, &project, *file)?;
        }
        Action::Baseline(verb) => {
            let (report, config) = check(options, &mut Timings::start(), &mut |_| {})?;
            explain::print(&baseline::run(*verb, options, &config, &report)?)?;
            emit::problems(options, &report);
            return Ok(if report.summary.problems == 0 { CLEAN } else { FAILURE });
        }
        Action::Lsp => return lsp::serve(options),
        Action::Completions(shell) => explain::print(&cli::completions(*shell))?,
        Action::Man => explain::print(&cli::manual())?,
        Action::Check if options.watch => watch::watch(|found| {
            if let Err(failure) = check_and_report(options, chain, found) {
                emit::failure(options, &failure);
            }
        })?,
        Action::Check if options.changes.diff => return show_diff(options),
        Action::Check => return check_and_report(options, chain, &mut |_| {}),
    }
    Ok(CLEAN)
}

/// One check, after what is to be changed has been changed.
fn check_and_report(
    options: &Options,
    chain: Option<&Chain>,
    found: &mut (dyn FnMut(&Project) + Send),
) -> Result<u8, Failure> {
    let mut timings = Timings::start();
    let mut refused = Vec::new();
    if options.changes.fix {
        refused = fix_all(options)?;
    }
    if let Some(reason) = &options.changes.add_suppressions {
        refused = add_suppressions(options, reason)?;
    }
    let (mut report, config) = check(options, &mut timings, found)?;
    let stale = match &options.baseline {
        Some(path) => baseline::apply(path, options, &config, &mut report)?,
        None => Vec::new(),
    };
    if let Some(revision) = &options.since {
        since::apply(revision, options, &mut report, &mut timings)?;
    }
    report.messages.extend(stale);
    report.summary.problems += refused.len();
    report.messages.extend(refused);
    report.summary.time = timings.total();
    let turn = chain.map(Chain::turn);
    let unwritten = emit::report(options, &report);
    drop(turn);
    timings.end("emit");
    if options.timings {
        emit::timings(&report, &timings);
    }
    unwritten.iter().for_each(|failure| emit::complain(options, failure));
    let code = if unwritten.is_none() { exit_code(options, &report) } else { FAILURE };
    if !options.watch {
        // The process ends: nobody needs the memory, piece by piece, before that.
        std::mem::forget(report);
    }
    Ok(code)
}

fn check(
    options: &Options,
    timings: &mut Timings,
    found: &mut (dyn FnMut(&Project) + Send),
) -> Result<(Report, Config), Failure> {
    parallel::on_threads(options.threads, || {
        let reading = Reading::new(Parsed::default(), &read::text_on_disk, options.no_skip);
        let (project, config) = reading.ahead_of(|tell| -> Result<_, Failure> {
            // What is watched is not read before that.
            let tell: Tell<'_> = if options.watch { &|_| {} } else { tell };
            let project = workspace::discover_telling(options, tell)?;
            found(&project);
            let config = Config::load(options, Some(&project))?;
            timings.end("discover");
            Ok((project, config))
        })?;
        Ok((check::check(&reading, project, &config, timings), config))
    })?
}

/// Applies suggestions until there are none left. Gives the files that could not be changed, and why.
fn fix_all(options: &Options) -> Result<Vec<Message>, Failure> {
    let mut refused = Vec::new();
    let (mut findings, mut files) = (0, BTreeSet::new());
    for round in 0..fix::ROUNDS {
        let report = check(options, &mut Timings::start(), &mut |_| {})?.0;
        if round == 0 {
            fix::guard(&options.changes, &report.project.workspaces)?;
        }
        let plan = fix::suggestions(&report, options.changes.unsafe_fixes);
        refused = plan.refused;
        if plan.changes.is_empty() {
            break;
        }
        for change in plan.changes {
            change.write()?;
            findings += change.findings;
            files.insert(change.path);
        }
    }
    emit::note(
        options,
        &format!("fixed {} in {}", check::counted(findings, "finding"), check::counted(files.len(), "file")),
    );
    Ok(refused)
}

/// Suppresses all findings: those that a comment above their line does not reach by one behind it.
fn add_suppressions(options: &Options, reason: &str) -> Result<Vec<Message>, Failure> {
    let mut refused = Vec::new();
    let (mut findings, mut files) = (0, BTreeSet::new());
    for position in [Position::Above, Position::Behind] {
        let (report, config) = check(options, &mut Timings::start(), &mut |_| {})?;
        let plan = fix::suppressed(&report, &config, reason, position);
        for change in plan.changes {
            change.write()?;
            if position == Position::Above {
                findings += change.findings;
            }
            files.insert(change.path);
        }
        refused = plan.refused;
    }
    let files = check::counted(files.len(), "file");
    emit::note(options, &format!("suppressed {} in {files}", check::counted(findings, "finding")));
    Ok(refused)
}

fn show_diff(options: &Options) -> Result<u8, Failure> {
    let report = check(options, &mut Timings::start(), &mut |_| {})?.0;
    let plan = fix::suggestions(&report, options.changes.unsafe_fixes);
    let diffs: String = plan.changes.iter().map(|change| change.diff(&report.project.cwd)).collect();
    explain::print(&diffs)?;
    Ok(if plan.changes.is_empty() { CLEAN } else { FINDINGS })
}

fn exit_code(options: &Options, report: &Report) -> u8 {
    let summary = &report.summary;
    let stale = if options.deny_stale { summary.stale } else { 0 };
    match (summary.problems, summary.errors + stale) {
        (0, 0) => CLEAN,
        (0, _) if options.exit_zero => CLEAN,
        (0, _) => FINDINGS,
        _ => FAILURE,
    }
}
