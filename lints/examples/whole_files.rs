//! What it takes to parse everything: `syn::parse_file` on each file of a folder, for `benches/versus`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut args = std::env::args().skip(1);
    let threads: usize = args.next().and_then(|it| it.parse().ok()).expect("how many threads");
    let mut files = Vec::new();
    collect(Path::new(&args.next().expect("a folder")), &mut files);
    let (next, items) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let work = || {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = std::fs::read_to_string(file).unwrap_or_default();
                    let parsed = syn::parse_file(&text).map_or(0, |file| file.items.len());
                    items.fetch_add(parsed, Ordering::Relaxed);
                }
            };
            std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, work).expect("a thread");
        }
    });
    println!("{} files, {} items", files.len(), items.into_inner());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
