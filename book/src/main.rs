//! `cargo book`: builds the book into `target/book`, or into the folder that is given.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let given = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = given.unwrap_or_else(|| book::root().join("target/book"));
    match book::build(&folder) {
        Ok(()) => {
            println!("{}", folder.join("index.html").display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}
