//! Functions in which nothing is looked for are not parsed. Nobody may notice: with `--no-skip` all of them are, and the
//! findings are the same.

use crate::snapshot::taskguard;
use crate::{entries, root};

#[test]
fn what_is_skipped_holds_no_finding() {
    let cases = root().join("ui-tests");
    let services = entries(&cases.join("incidents")).into_iter().flat_map(|incident| {
        let is_service = |path: &std::path::PathBuf| path.join("Cargo.toml").is_file();
        entries(&incident).into_iter().filter(is_service).collect::<Vec<_>>()
    });
    let mut complaints = Vec::new();
    for folder in std::iter::once(cases).chain(services) {
        for levels in [&["-W", "all"][..], &["-W", "all", "--test-code"], &[]] {
            let args = [&["--message-format", "json", "."], levels].concat();
            let skipped = taskguard(&folder, &args);
            let whole = taskguard(&folder, &[&args[..], &["--no-skip"]].concat());
            if skipped.stdout != whole.stdout || skipped.status != whole.status {
                complaints.push(format!("{} differs with {levels:?}", crate::shown(&folder)));
            }
        }
    }
    crate::assert_none(complaints);
}
