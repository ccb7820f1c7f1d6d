//! Texts to try things on: the sources in Cargo's registry, and the same with something done to them.

use std::path::PathBuf;

const MOST_FILES: usize = 2_500;
/// Larger files are tables and generated bindings, which say the same thing over and over.
const MOST_BYTES: u64 = 256 * 1024;

/// The Rust files of the registry, in order of their paths; where there are too many, some from everywhere. The sources of
/// our own dependencies are always there.
pub fn sources() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    let walk = walkdir::WalkDir::new(home.join("registry/src")).sort_by_file_name();
    let entries = walk.into_iter().filter_map(Result::ok);
    let rust = entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    let rust = rust.filter(|entry| entry.metadata().is_ok_and(|metadata| metadata.len() <= MOST_BYTES));
    let all: Vec<PathBuf> = rust.map(walkdir::DirEntry::into_path).collect();
    let step = all.len().div_ceil(MOST_FILES).max(1);
    all.into_iter().step_by(step).collect()
}

/// Does something with the sources, shared among threads; what came of each share.
pub fn on_all_sources<T: Send>(compare: impl Fn(&[PathBuf]) -> T + Sync) -> Vec<T> {
    let (sources, compare) = (sources(), &compare);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        // The parser recurses, and some crates ship deep test data.
        let start = |share| {
            std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, move || compare(share))
        };
        let shares = sources.chunks(sources.len().div_ceil(threads).max(1));
        let started: Vec<_> = shares.map(|share| start(share).expect("a thread can be started")).collect();
        started.into_iter().map(|it| it.join().expect("a comparison does not panic")).collect()
    })
}

/// Cuts out, cuts off or doubles a few random pieces.
pub fn mutate(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..1 + random.below(3) {
        let mut at = || {
            let at = random.below(text.len() + 1);
            (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
        };
        let (one, other) = (at(), at());
        let (start, end) = (one.min(other), one.max(other));
        match random.below(6) {
            0 => text.truncate(end),
            1 => {
                let piece = text[start..end].to_owned();
                text.insert_str(start, &piece);
            }
            2 => text.replace_range(start..end, ""),
            _ => {
                // The bytes that brackets, strings and comments are made of do the most harm.
                let near = (start..text.len()).find(|&at| b"{}()[]\"'/*#;!r".contains(&text.as_bytes()[at]));
                let piece = ["", "", "{", "}", "\"", "/*", "r#\"", "'", "(", "taskguard:"][random.below(10)];
                if let Some(near) = near {
                    text.replace_range(near..near + 1, piece);
                }
            }
        }
    }
    text
}

/// Numbers that look random and are the same each time.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        // Zero stays zero for ever.
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number from 0 on, less than the limit, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
