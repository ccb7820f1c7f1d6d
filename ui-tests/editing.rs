//! A program that is edited keeps what an edit does not change. Nobody may notice: what is found is what would be found in
//! the same files, read for the first time.

use taskguard_lints::framework::{Diagnostic, Level, Levels};
use taskguard_lints::knowledge::vocabulary::Vocabulary;
use taskguard_lints::semantics::{Build, CrateInput, TargetKind, Workspace};
use taskguard_lints::source::{FileId, SourceFile};
use taskguard_lints::{ParsedFile, Program};

use crate::cases::{BROAD, cases};
use crate::read;

/// A crate with these texts as its modules.
fn program(texts: &[String]) -> Program {
    let declarations: String = (0..texts.len()).map(|index| format!("pub mod m{index};\n")).collect();
    let root = parsed("src/lib.rs", &format!("{declarations}fn main() {{}}\n"));
    let modules = texts.iter().enumerate();
    let modules = modules.map(|(index, text)| parsed(&format!("src/m{index}.rs"), text));
    let krate = CrateInput {
        name: "edited".into(),
        kind: TargetKind::Lib,
        root: FileId(0),
        dependencies: Vec::new(),
        build: Build::default(),
    };
    Program::new(std::iter::once(root).chain(modules).collect(), vec![krate], Vocabulary::default())
}

fn parsed(path: &str, text: &str) -> ParsedFile {
    taskguard_lints::read(SourceFile::new(path, text))
}

fn findings(program: &mut Program) -> Vec<Diagnostic> {
    let mut levels = Levels::default();
    levels.set("all", Level::Warn).expect("`all` is a name");
    // Every line would be theirs.
    BROAD.iter().for_each(|lint| levels.set(lint, Level::Allow).expect("it is a lint"));
    program.look(|workspace: &Workspace<'_>| {
        let model = taskguard_lints::analyze(workspace);
        let files = (0..workspace.files().len() as u32).map(FileId);
        files.flat_map(|file| taskguard_lints::check(&model, file, &levels).findings).collect()
    })
}

/// A text with another line: left out, doubled, cut off in the middle, or with something new below it.
fn edited(text: &str, line: usize, how: usize) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = line % lines.len();
    let (before, at, after) = (lines[..line].concat(), lines[line], lines[line + 1..].concat());
    let at = match how % 5 {
        0 => String::new(),
        1 => format!("{at}{at}"),
        2 => at[..at.floor_char_boundary(at.len() / 2)].to_owned(),
        3 => format!("{at}let later = tokio::spawn(async {{ loop {{ work().await }} }});\n"),
        _ => format!("{at}// a word about it\n"),
    };
    format!("{before}{at}{after}")
}

#[test]
fn what_is_found_after_an_edit_is_what_is_there() {
    let mut texts: Vec<String> = cases().iter().step_by(3).map(|path| read(path)).collect();
    let mut edited_program = program(&texts);
    let at_first = findings(&mut edited_program);
    assert!(at_first.len() > 40, "{}", at_first.len());
    let mut differed = 0;
    for step in 0..12 {
        let file = step * 7 % texts.len();
        texts[file] = edited(&texts[file], step * 31 + 20, step);
        edited_program.replace(FileId(file as u32 + 1), texts[file].clone());
        let now = findings(&mut edited_program);
        assert_eq!(now, findings(&mut program(&texts)), "step {step}, in the text\n{}", texts[file]);
        differed += usize::from(now != at_first);
    }
    assert!(differed > 10, "edits that change nothing prove nothing");
}

#[test]
fn a_file_may_be_half_typed() {
    let whole = "use tokio::task::JoinHandle;\n\npub struct Server<'a> { task: Option<JoinHandle<()>>, name: &'a str }\n\n\
        impl Server<'_> {\n    /// \u{1f980}\n    pub async fn run(&mut self) -> Result<(), String> {\n        // taskguard: allow(dropped_join_handle) -- why\n        \
        tokio::spawn(async move { loop { tokio::select! { _ = a() => break, x = b(r#\"{\"#) => { x?; } } } });\n        \
        match self.task.take() { Some(task) if true => drop(task.await), _ => return Err(format!(\"{}\", 'x')) }\n        Ok(())\n    }\n}\n";
    let mut program = program(&[whole.to_owned(), "pub fn other() { tokio::spawn(work()); }\nasync fn work() -> Result<(), ()> { loop { step().await?; } }\n".to_owned()]);
    let of_other = |findings: &[Diagnostic]| findings.iter().filter(|it| it.span.file == FileId(2)).count();
    let at_first = of_other(&findings(&mut program));
    assert!(at_first > 0);
    for end in (0..=whole.len()).filter(|&end| whole.is_char_boundary(end)) {
        for text in [whole[..end].to_owned(), whole[end..].to_owned()] {
            program.replace(FileId(1), text);
            assert_eq!(of_other(&findings(&mut program)), at_first, "after {end} bytes");
        }
    }
}
