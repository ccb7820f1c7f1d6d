//! Runs taskguard over published code, says what has changed since the last time, and counts how much of what it finds there
//! is worth acting on.
//!
//! ```text
//! sources.toml       what is run over              sources.rs
//!   -> findings of a run                           run.rs
//!   -> findings.tsv, with the verdicts of readers  ledger.rs
//! unread.toml, unread.tsv   of code nobody had read  unread.rs
//!   -> docs/accuracy.md, src/precision.tsv         accuracy.rs
//! ```

mod accuracy;
mod endure;
mod ledger;
mod run;
mod sources;
#[cfg(test)]
mod tests;
mod unread;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::ledger::Ledger;
use crate::sources::Sources;

#[derive(Parser)]
#[command(
    bin_name = "cargo lintcheck",
    about = "Runs taskguard over published code and says what has changed",
    args_conflicts_with_subcommands = true
)]
struct Options {
    /// Only these packages and repositories
    names: Vec<String>,
    /// Only the packages that CI runs
    #[arg(long, conflicts_with = "names")]
    subset: bool,
    /// Take in what has changed: verdicts stay, and the documents are written anew
    #[arg(long)]
    bless: bool,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    /// Write docs/accuracy.md and src/precision.tsv from the verdicts
    Accuracy,
    /// Run over all of cargo's cache, the packages of the list among it: no panic, no hang, always the same
    Endure,
}

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    match options.verb {
        Some(Verb::Accuracy) => accuracy::write(root()).map(|()| ExitCode::SUCCESS),
        Some(Verb::Endure) => endure(),
        None => compare(&options).map(|()| ExitCode::SUCCESS),
    }
}

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("lintcheck is a folder of the workspace")
}

/// Runs over the sources asked for, and says what is found that the ledger does not say, or the other way about. That is for
/// people to judge: what fails is only that taskguard does not come to its end.
fn compare(options: &Options) -> Result<()> {
    let sources = Sources::read(&root().join("lintcheck/sources.toml"))?;
    // The subset is small, and CI has built this profile already.
    let (names, profile) = match options.subset {
        true => (sources.subset(), "dev"),
        false => (&*options.names, "quick"),
    };
    let sources = sources.fetch(names)?;
    let binary = run::build(root(), profile)?;
    let path = root().join("lintcheck/findings.tsv");
    let mut ledger = Ledger::read(&path)?;
    let mut found = BTreeMap::new();
    for source in &sources {
        let run = run::check(&binary, &source.folder, &["."])?;
        run.problems.iter().for_each(|problem| println!("{}: {}", source.name, problem.message));
        found.insert(source.name.clone(), run.findings);
    }
    let change = ledger.update(found);
    change.gone.iter().for_each(|entry| println!("- {entry}"));
    change.new.iter().for_each(|entry| println!("+ {entry}"));
    let (new, gone) = (change.new.len(), change.gone.len());
    println!("{} packages and repositories, {new} new findings, {gone} gone", sources.len());
    if options.bless {
        ledger.write(&path)?;
        return accuracy::write(root());
    }
    if new + gone > 0 {
        println!(
            "`cargo lintcheck --bless` takes this in; read what is new, and say why what is gone may go"
        );
    }
    Ok(())
}

fn endure() -> Result<ExitCode> {
    Sources::read(&root().join("lintcheck/sources.toml"))?.fetch_packages()?;
    let report = endure::endure(&run::build(root(), "quick")?)?;
    print!("{report}");
    Ok(if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
