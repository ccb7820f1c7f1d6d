//! A project whose files are edited while it is checked.
//!
//! It is read once. After an edit the edited file is read anew and the program linked, and no function is typed again whose
//! body is what it was, as long as nothing but bodies has changed.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use taskguard_lints::source::{FileId, SourceFile};
use taskguard_lints::{ParsedFile, Program};

use crate::check::{self, ScopedFile};
use crate::cli::Options;
use crate::config::{self, Config};
use crate::emit::{Failure, Message, Place};
use crate::link::{self, Unread};
use crate::parallel::guarded;
use crate::read::{self, Parsed, Reading};
use crate::timings::Timings;
use crate::workspace::{self, Project};

pub struct Live {
    project: Project,
    config: Config,
    program: Program,
    unread: Unread,
    files: HashMap<PathBuf, FileId>,
    /// What is wrong with the project, its manifests and settings: looked for once.
    lasting: Vec<Message>,
    /// The manifests and settings; their numbers follow those of the files.
    other_sources: Vec<SourceFile>,
}

/// What messages are about, as it was when they were found.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub project: &'a Project,
    pub config: &'a Config,
    pub files: &'a [ParsedFile],
    other_sources: &'a [SourceFile],
}

impl<'a> View<'a> {
    pub fn source(&self, file: FileId) -> &'a SourceFile {
        let index = file.0 as usize;
        match self.files.get(index) {
            Some(file) => &file.source,
            None => &self.other_sources[index - self.files.len()],
        }
    }
}

/// Hears what there is to say of a file, and tells whether to go on.
type Tell<'a> = &'a mut dyn FnMut(View<'_>, &Path, Vec<Message>) -> ControlFlow<()>;

/// So many files are checked before somebody may interrupt.
const BATCH: usize = 32;

impl Live {
    /// Reads a project. Texts that an editor has are preferred to those on the disk.
    pub fn open(
        cwd: PathBuf,
        options: &Options,
        parsed: Parsed,
        buffer: &(dyn Fn(&Path) -> Option<String> + Sync),
    ) -> Result<Self, Failure> {
        let text = |path: &Path| buffer(path).map_or_else(|| read::text_on_disk(path), Ok);
        let reading = Reading::new(parsed, &text, options.no_skip);
        let (mut project, config) = reading.ahead_of(|tell| -> Result<_, Failure> {
            let project = workspace::discover_from(cwd, options, tell)?;
            let config = Config::load(options, Some(&project))?;
            Ok((project, config))
        })?;
        let loaded = link::load(&project, &reading, &mut Timings::start());
        let paths = loaded.files.iter().map(|file| file.source.path.clone());
        let files = paths.zip((0..).map(FileId)).collect();
        let mut lasting = std::mem::take(&mut project.problems);
        let (mut other_sources, in_manifests) =
            config::findings_in_manifests(&project, &config, loaded.files.len());
        lasting.extend(config.ignored().iter().cloned());
        lasting.extend(in_manifests.into_iter().map(Message::from));
        other_sources.extend(config.sources().iter().cloned());
        let program = Program::new(loaded.files, loaded.crates, config.vocabulary());
        Ok(Self { project, config, program, unread: loaded.unread, files, lasting, other_sources })
    }

    /// The files, for the next time that the project is read.
    pub fn into_parsed(self) -> Parsed {
        Parsed::of(self.program.into_files())
    }

    pub fn file(&self, path: &Path) -> Option<FileId> {
        self.files.get(path).copied()
    }

    /// Gives a file another text. One that we cannot deal with leaves it as it was.
    pub fn replace(&mut self, file: FileId, text: &str) -> Result<(), String> {
        if *self.program.files()[file.0 as usize].source.text == text {
            return Ok(());
        }
        guarded(|| self.program.replace(file, text.to_owned()))
    }

    pub fn view(&self) -> View<'_> {
        let Self { project, config, program, other_sources, .. } = self;
        View { project, config, files: program.files(), other_sources }
    }

    /// Checks the files, these first, and tells of each what there is to say; then of whatever else there is something to
    /// say, until there is nothing left or no wish to hear it. What becomes of `mod`s whose files are there but not read
    /// is for the caller to see to: their paths are the answer.
    pub fn check(&mut self, first: &dyn Fn(&Path) -> bool, tell: Tell<'_>) -> ControlFlow<(), Vec<PathBuf>> {
        let Self { project, config, program, unread, lasting, other_sources, .. } = self;
        program.look(|workspace| {
            let files = workspace.files();
            let view = View { project, config, files, other_sources };
            let path_of = |file: FileId| files[file.0 as usize].source.path();
            let scope = check::scope(project, workspace, config);
            let in_scope = |file: FileId| scope.binary_search_by_key(&file, |scoped| scoped.id).is_ok();
            let mut others: BTreeMap<PathBuf, Vec<Message>> = BTreeMap::new();
            let unknown = config.unknown_words(
                workspace.words().unknown(),
                files.len() + other_sources.len() - config.sources().len(),
            );
            let problems = unread.problems(project, workspace, &in_scope);
            for message in lasting.iter().cloned().chain(problems).chain(unknown) {
                others.entry(place(view, &message)).or_default().push(message);
            }
            let model = check::model(workspace, &scope);
            check::prepare(&model, &mut Timings::start());
            let (asked, rest): (Vec<ScopedFile>, Vec<_>) =
                scope.into_iter().partition(|file| first(path_of(file.id)));
            for batch in std::iter::once(&*asked).chain(rest.chunks(BATCH)) {
                for (file, checked) in batch.iter().zip(check::check_files(&model, batch)) {
                    let path = path_of(file.id);
                    let mut messages = checked.messages;
                    messages.extend(check::unread_parts(file.id, &files[file.id.0 as usize]));
                    messages.extend(others.remove(path).unwrap_or_default());
                    tell(view, path, messages)?;
                }
            }
            others.into_iter().try_for_each(|(path, messages)| tell(view, &path, messages))?;
            let missing = workspace.missing_modules().iter().flat_map(|module| &module.candidates);
            ControlFlow::Continue(missing.filter(|path| path.is_file()).cloned().collect())
        })
    }
}

/// The file that a message is about; of no file is what is about the project as a whole.
fn place(view: View<'_>, message: &Message) -> PathBuf {
    match &message.place {
        Place::Span(span) => view.source(span.file).path.clone(),
        Place::Path(path) => path.clone(),
        Place::Nowhere => view.project.root.join("Cargo.toml"),
    }
}
