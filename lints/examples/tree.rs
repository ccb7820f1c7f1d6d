//! Writes a service of about so many lines: `cargo run --release --example tree -- FOLDER LINES`. The same in every run.

use std::path::Path;

#[path = "../benches/generated.rs"]
mod generated;

/// The manifest of the service.
const MANIFEST: &str = "[package]\nname = \"generated\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
    [dependencies]\ntokio = { version = \"1\", features = [\"full\"] }\nfutures = \"0.3\"\ntracing = \"0.1\"\nanyhow = \"1\"\n";

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let (folder, lines) = (args.next().expect("a folder"), args.next().expect("how many lines"));
    let mut files = generated::service(lines.parse().expect("a number of lines"));
    files.push(("Cargo.toml".to_owned(), MANIFEST.to_owned()));
    for (path, text) in files {
        let path = Path::new(&folder).join(path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder"))?;
        std::fs::write(path, text)?;
    }
    Ok(())
}
