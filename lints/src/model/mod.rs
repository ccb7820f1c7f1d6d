//! The program as tasks, workers, loops: the nouns that lints ask about.

mod bounds;
mod channels;
mod connections;
mod items;
mod loops;
mod outcome;
mod panics;
mod process;
mod search;
mod selects;
mod signals;
mod silence;
mod stops;
mod streams;
mod subscriptions;
mod tasks;
mod workers;

pub use bounds::{Phase, UnboundedWait};
pub use channels::{LagEnd, LagKind};
pub use connections::{ConnectionLoss, Loss};
pub use items::{EndedBy, EndedRead, FatalItem, Item};
pub use loops::{AtOnce, Loop, WhyAtOnce};
pub use outcome::{Outcome, Wait};
pub use process::{Service, UnheardPanics, Unstopped};
pub use selects::{DeafArm, TornSelect};
pub use signals::InterruptOnly;
pub use silence::SilentRead;
pub use stops::{Unstoppable, WhyUnstoppable};
pub use streams::{Aftermath, CutStream, ItemShape};
pub use subscriptions::{EndReason, SubscriptionEnd};
pub use tasks::{LethalLeak, RawSpawn, Task, TaskBody, Unwatched};
pub use workers::{Because, HiddenBy, HiddenEnd, MaskedError, MustRun, QuietExit, QuietReason, Worker};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use self::panics::Program;
use self::process::Serving;
use self::search::Search;
use self::signals::Signals;
use crate::hir::ExprId;
use crate::knowledge::methods::{names_command, names_dev_command, names_dev_folder, names_dev_tool};
use crate::semantics::{FnId, FunctionSet, TargetKind, WRAPPERS, Workspace, common_folder};
use crate::source::{FileId, Span};

/// The tasks, workers and loops of a linked program. What is asked of one file is computed when it is first asked for.
pub struct Model<'a> {
    pub workspace: &'a Workspace<'a>,
    tasks: Vec<OnceLock<Vec<Task>>>,
    /// By file.
    waits: OnceLock<Vec<Vec<Wait>>>,
    loops: Vec<OnceLock<Vec<Loop>>>,
    unstoppable: Vec<OnceLock<Vec<Unstoppable>>>,
    /// By what they run.
    tasks_by_function: OnceLock<BTreeMap<FnId, Vec<(FileId, usize)>>>,
    with_tests: bool,
    search: Search,
    process: OnceLock<Process>,
    serving: Serving<'a>,
    signals: OnceLock<Signals>,
    services: OnceLock<Vec<Service>>,
    programs: OnceLock<Vec<Program>>,
    unheard_panics: OnceLock<Vec<UnheardPanics>>,
    unstopped: OnceLock<Vec<Unstopped>>,
    interrupt_only: OnceLock<Vec<InterruptOnly>>,
    unbounded_waits: OnceLock<Vec<UnboundedWait>>,
    root: OnceLock<PathBuf>,
}

/// What the process lives in.
struct Process {
    workers: BTreeMap<(FnId, ExprId), Worker>,
    hidden_ends: Vec<HiddenEnd>,
    /// The functions that live as long as the process.
    lifelong: BTreeSet<FnId>,
}

/// How much of a file the model saw, for the summary of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub functions: usize,
    pub tasks: usize,
}

impl<'a> Model<'a> {
    pub fn new(workspace: &'a Workspace<'a>) -> Self {
        Self {
            workspace,
            tasks: workspace.files().iter().map(|_| OnceLock::new()).collect(),
            waits: OnceLock::new(),
            loops: workspace.files().iter().map(|_| OnceLock::new()).collect(),
            unstoppable: workspace.files().iter().map(|_| OnceLock::new()).collect(),
            tasks_by_function: OnceLock::new(),
            with_tests: true,
            search: Search::default(),
            process: OnceLock::new(),
            serving: Serving::of(workspace),
            signals: OnceLock::new(),
            services: OnceLock::new(),
            programs: OnceLock::new(),
            unheard_panics: OnceLock::new(),
            unstopped: OnceLock::new(),
            interrupt_only: OnceLock::new(),
            unbounded_waits: OnceLock::new(),
            root: OnceLock::new(),
        }
    }

    /// Leaves test code alone: what it starts is nobody's task, and its functions need not be read.
    pub fn without_tests(self) -> Self {
        Self { with_tests: false, ..self }
    }

    /// Reads the functions of a file that may start tasks, with so many wrappers between, and finds out which of them do so
    /// for their callers: to be called for all files, with one wrapper more each time. Whoever asks first would do the same,
    /// but for the whole program and on one thread.
    pub fn warm_up(&self, file: FileId, wrappers: u32) {
        let starting = self.workspace.starting(wrappers);
        let functions = self.workspace.functions_in(file).iter().copied();
        for function in functions.filter(|&id| starting.contains(id)) {
            if self.is_looked_at(function) {
                self.workspace.typed(function);
            }
            if wrappers < WRAPPERS {
                self.workspace.may_start_for_callers(function, wrappers + 1);
            }
        }
    }

    /// The functions that are looked at.
    fn functions(&self) -> impl Iterator<Item = FnId> {
        self.workspace.function_ids().filter(|&id| self.is_looked_at(id))
    }

    fn is_looked_at(&self, id: FnId) -> bool {
        self.with_tests || !self.workspace.is_test(id)
    }

    /// Those of a file.
    fn functions_in(&self, file: FileId) -> impl Iterator<Item = FnId> {
        let functions = self.workspace.functions_in(file).iter().copied();
        functions.filter(|&id| self.is_looked_at(id))
    }

    /// Those of a file that are among some.
    fn candidates(&self, file: FileId, among: &FunctionSet) -> impl Iterator<Item = FnId> {
        self.functions_in(file).filter(|&id| among.contains(id))
    }

    /// The tasks that start in a file, in order of place.
    pub fn tasks(&self, file: FileId) -> &[Task] {
        self.tasks[file.0 as usize].get_or_init(|| tasks::tasks_in(self.workspace, self.functions_in(file)))
    }

    /// The places in a file that wait for tasks, in order of place. Asks for the tasks of all files: call
    /// [`Model::prepare`] on each before, on as many threads as there are.
    pub fn waits(&self, file: FileId) -> &[Wait] {
        &self.waits.get_or_init(|| outcome::waits(self))[file.0 as usize]
    }

    /// The loops of a file that may go round for ever, or wait in each turn, in order of place; others may be among them.
    pub fn loops(&self, file: FileId) -> &[Loop] {
        self.loops[file.0 as usize].get_or_init(|| {
            loops::loops_in(self.workspace, self.candidates(file, self.search.turning(self.workspace)))
        })
    }

    /// The loops of a file that cannot be stopped, in order of place.
    pub fn unstoppable(&self, file: FileId) -> &[Unstoppable] {
        self.unstoppable[file.0 as usize].get_or_init(|| stops::unstoppable(self, file))
    }

    /// The calls of a file that make a thread of the runtime sleep in a loop, and the loops.
    pub fn blocking_sleeps(&self, file: FileId) -> Vec<(Span, Span)> {
        let candidates = self.candidates(file, self.search.blocking_sleeps(self.workspace));
        let of_services =
            candidates.filter(|&id| !self.is_for_developers(id) && !self.lies_among_commands(id));
        loops::blocking_sleeps(self.workspace, of_services)
    }

    /// The calls of a file that make a stream which asks again at once after an error.
    pub fn streams_without_backoff(&self, file: FileId) -> Vec<Span> {
        loops::streams_without_backoff(
            self.workspace,
            self.candidates(file, self.search.streams_without_backoff(self.workspace)),
        )
    }

    /// The folder that holds all files.
    fn root(&self) -> &Path {
        self.root.get_or_init(|| common_folder(self.workspace.files()))
    }

    /// Whether a function lies in a folder of the project that is named after benchmarks, fuzzing, examples or the like, or
    /// is the `main` of a program that is: `src/bin/mock-server.rs`.
    fn is_for_developers(&self, function: FnId) -> bool {
        let folders = || process::folders_of(self.workspace, function, self.root());
        let program = self
            .file_stem(function)
            .filter(|_| self.is_main(function) && folders().any(|name| name == "bin"));
        folders().any(names_dev_folder) || program.is_some_and(names_dev_tool)
    }

    /// Whether a function lies in a folder or file of commands that people give.
    fn lies_among_commands(&self, function: FnId) -> bool {
        let mut names =
            process::folders_of(self.workspace, function, self.root()).chain(self.file_stem(function));
        names.any(names_command)
    }

    /// Whether a function lies in the folder or file of a command for those who develop something with the program.
    fn lies_in_dev_command(&self, function: FnId) -> bool {
        let folders = process::folders_of(self.workspace, function, self.root());
        let mut names = folders.chain(self.file_stem(function)).skip_while(|name| !names_command(name));
        names.any(names_dev_command)
    }

    fn file_stem(&self, function: FnId) -> Option<&'a str> {
        let file = self.workspace.file(self.workspace.function(function).file);
        file.source.path().file_stem().and_then(|stem| stem.to_str())
    }

    /// Whether a function is the `main` of a program.
    fn is_main(&self, function: FnId) -> bool {
        workers::is_main(self.workspace, function)
    }

    /// The tasks that are nothing but a run of a function.
    fn tasks_of_function(&self, function: FnId) -> impl Iterator<Item = &Task> {
        let all = self.tasks_by_function.get_or_init(|| {
            let mut all: BTreeMap<FnId, Vec<(FileId, usize)>> = BTreeMap::new();
            for file in (0..self.workspace.files().len() as u32).map(FileId) {
                for (index, task) in self.tasks(file).iter().enumerate() {
                    if let TaskBody::Function(of) = task.body {
                        all.entry(of).or_default().push((file, index));
                    }
                }
            }
            all
        });
        all.get(&function).into_iter().flatten().map(|&(file, index)| &self.tasks(file)[index])
    }

    fn process(&self) -> &Process {
        self.process.get_or_init(|| {
            let functions = workers::process_functions(self);
            let files = (0..self.workspace.files().len() as u32).map(FileId);
            let tasks = files.flat_map(|file| self.tasks(file));
            Process {
                workers: workers::workers(self.workspace, &functions, tasks),
                hidden_ends: workers::hidden_ends(self.workspace, &functions),
                lifelong: workers::lifelong_functions(self.workspace, &functions),
            }
        })
    }

    /// Whether a function is known to run for the life of the process.
    pub fn must_run(&self, function: FnId) -> bool {
        let process = self.process();
        let runs = (function, ExprId(0))..=(function, ExprId(u32::MAX));
        process.lifelong.contains(&function)
            || process.workers.range(runs).any(|(_, worker)| worker.must_run.because != Because::Spawned)
    }

    /// The workers of the program whose function is in a file.
    pub fn workers(&self, file: FileId) -> impl Iterator<Item = &Worker> {
        self.process()
            .workers
            .values()
            .filter(move |worker| self.workspace.function(worker.function).file == file)
    }

    /// The selects and joins of a file that hide the end of a worker.
    pub fn hidden_ends(&self, file: FileId) -> impl Iterator<Item = &HiddenEnd> {
        self.process()
            .hidden_ends
            .iter()
            .filter(move |end| self.workspace.function(end.function).file == file)
    }

    /// The connections of a file whose loss nobody would notice, in order of place.
    pub fn connection_losses(&self, file: FileId) -> Vec<ConnectionLoss> {
        let openings = self.search.openings(self.workspace);
        let mut losses = connections::losses_in(self, self.candidates(file, openings));
        losses.extend(connections::unhooked(self, self.candidates(file, self.search.hooked(self.workspace))));
        losses.extend(connections::let_go(self, self.candidates(file, self.search.kept(self.workspace))));
        losses.sort_by_key(|loss| loss.span);
        losses
    }

    /// The loops over subscriptions in a file that end for good with nobody noticing, in order of place.
    pub fn subscription_ends(&self, file: FileId) -> Vec<SubscriptionEnd> {
        subscriptions::ends_in(self, self.candidates(file, self.search.subscriptions(self.workspace)))
    }

    fn signals(&self) -> &Signals {
        self.signals.get_or_init(|| Signals::of(self.workspace))
    }

    fn services(&self) -> &[Service] {
        self.services.get_or_init(|| process::services(self))
    }

    fn programs(&self) -> &[Program] {
        self.programs.get_or_init(|| panics::programs_with_hooks(self))
    }

    /// Whether a panic in a function ends the process, rather than a task.
    pub fn panic_ends_process(&self, function: FnId) -> bool {
        panics::panic_ends_process(self, function)
    }

    /// Whether a function belongs to a program that is not known to serve.
    fn is_of_command(&self, function: FnId) -> bool {
        let krate = self.workspace.crate_of(self.workspace.function(function).scope);
        let is_own =
            |service: &Service| self.workspace.crate_of(self.workspace.function(service.main).scope) == krate;
        self.workspace.krate(krate).kind == TargetKind::Bin && !self.services().iter().any(is_own)
    }

    /// As `is_of_command`, where the name of the program says so too: `src/bin/db-cli.rs`.
    fn is_of_named_command(&self, function: FnId) -> bool {
        let krate = self.workspace.crate_of(self.workspace.function(function).scope);
        names_command(&self.workspace.krate(krate).name) && self.is_of_command(function)
    }

    /// Whether a service may run a function.
    fn is_run_by_service(&self, function: FnId) -> bool {
        self.services().iter().any(|service| service.may_run(self.workspace).contains(function))
    }

    /// The services in which panics of tasks are told to nobody, where the `main` is in a file.
    pub fn unheard_panics(&self, file: FileId) -> impl Iterator<Item = &UnheardPanics> {
        let found = self.unheard_panics.get_or_init(|| process::unheard_panics(self));
        found.iter().filter(move |it| self.workspace.function(it.main).file == file)
    }

    /// The services that nothing stops in order, where the first `main` is in a file.
    pub fn unstopped(&self, file: FileId) -> impl Iterator<Item = &Unstopped> {
        let found = self.unstopped.get_or_init(|| process::unstopped(self));
        found.iter().filter(move |it| {
            it.mains.first().is_some_and(|&main| self.workspace.function(main).file == file)
        })
    }

    /// What waits for Ctrl-C and for no other signal, where the first such place is in a file.
    pub fn interrupt_only(&self, file: FileId) -> impl Iterator<Item = &InterruptOnly> {
        let found = self.interrupt_only.get_or_init(|| signals::interrupt_only(self));
        found.iter().filter(move |it| it.places.first().is_some_and(|place| place.file == file))
    }

    /// The places of a file that wait for another machine without a bound, where that stops the service.
    pub fn unbounded_waits(&self, file: FileId) -> impl Iterator<Item = &UnboundedWait> {
        let found =
            self.unbounded_waits.get_or_init(|| bounds::unbounded_waits(self.workspace, self.services()));
        found.iter().filter(move |it| it.span.file == file)
    }

    /// The errors that functions of a file mask, leaving an endless loop, although they could hand them on.
    pub fn masked_errors(&self, file: FileId) -> Vec<MaskedError> {
        workers::masked_errors(self.workspace, self.candidates(file, self.search.endless(self.workspace)))
    }

    /// The items of a file that end the loops they are taken in.
    pub fn fatal_items(&self, file: FileId) -> Vec<FatalItem> {
        items::fatal_items(self, self.candidates(file, self.search.loops(self.workspace)))
    }

    /// The loops of a file that end with a connection, without a word; where a task that should live ends with them, they
    /// are subscription ends.
    pub fn ended_reads(&self, file: FileId) -> Vec<EndedRead> {
        let mut reads = items::ended_reads(self, self.candidates(file, self.search.loops(self.workspace)));
        if !reads.is_empty() {
            let ends = self.subscription_ends(file);
            reads.retain(|read| ends.iter().all(|end| end.looped != read.span));
        }
        reads
    }

    /// The loops of a file that would wait for ever for a peer that is gone without a word, in order of place.
    pub fn silent_reads(&self, file: FileId) -> Vec<SilentRead> {
        silence::silent_reads(self, self.candidates(file, self.search.loops(self.workspace)))
    }

    /// The loops of a file that end for good when they fall behind the channel they read.
    pub fn lag_ends(&self, file: FileId) -> impl Iterator<Item = LagEnd> {
        let functions = self.candidates(file, self.search.lag_ends(self.workspace));
        functions.flat_map(|function| channels::lag_ends(self, function))
    }

    /// The loops of a file that take an error of what they read for its end.
    pub fn cut_streams(&self, file: FileId) -> impl Iterator<Item = CutStream> {
        let functions = self.candidates(file, self.search.cut_streams(self.workspace));
        functions.flat_map(|function| streams::cut_streams(self.workspace, function))
    }

    /// The arms of `select!`s of a file that are skipped for ever once their channel is closed.
    pub fn deaf_arms(&self, file: FileId) -> impl Iterator<Item = DeafArm> {
        let functions = self.candidates(file, self.search.selects(self.workspace));
        functions.flat_map(|function| selects::deaf_arms(self.workspace, function))
    }

    /// The `select!`s of a file that drop a future half done when another arm is taken.
    pub fn torn_selects(&self, file: FileId) -> impl Iterator<Item = TornSelect> {
        let functions = self.candidates(file, self.search.selects(self.workspace));
        functions.flat_map(|function| selects::torn_selects(self.workspace, function))
    }

    /// The calls of a file that spawn where another function of the project is there for it.
    pub fn raw_spawns(&self, file: FileId) -> Vec<RawSpawn> {
        tasks::raw_spawns(self.workspace, self.functions_in(file))
    }

    /// Computes what other files will ask of this one.
    pub fn prepare(&self, file: FileId) {
        self.tasks(file);
    }

    /// How many functions and tasks there are in a file.
    pub fn counts(&self, file: FileId) -> Counts {
        Counts { functions: self.workspace.functions_in(file).len(), tasks: self.tasks(file).len() }
    }
}

#[cfg(test)]
mod tests;
