//! Marks in snippets of code that say what the semantic layer and the model find there.
//!
//! A snippet is one file, or several under headers, the first of a crate naming it:
//!
//! ```text
//! //- /main.rs crate:app deps:tokio,tk=tokio,shared
//! mod jobs;
//! //- /jobs.rs
//! pub fn start() {
//!     let job = tk::spawn(run());  //~ type job = tokio::task::JoinHandle<()>
//!     //~ fate tk::spawn(run()) = Awaited
//! }
//! ```
//!
//! A mark is a question, a piece of the line it stands on or under, and the answer. A piece that ends in `..` stands for the
//! smallest expression that begins like this. The questions are the arms of `answer`.

use crate::ParsedFile;
use crate::hir::{ExprId, ExprKind, Name, PatKind};
use crate::model::{Model, Task, TaskBody, Unwatched};
use crate::semantics::{
    Build, Callee, CrateInput, Def, Dependency, Drop, Exit, ExitKind, Failure, Fate, FnId, Hold, Leak, Life,
    LifeKind, LoopWays, ModuleId, Owner, Paths, Sureness, TargetKind, Ty, Typed, Use, Way, WayKind,
    Workspace,
};
use crate::source::{FileId, SourceFile, Span, TextRange};

/// The crates that a snippet may name when it does not say which it depends on.
const DEPENDENCIES: &str = "tokio,tokio_util,futures,tracing,anyhow,axum,async_channel,smol";

/// Checks every mark of a snippet and says all that are wrong at once.
#[track_caller]
pub fn check(text: &str) {
    let fixture = Fixture::parse(text);
    let workspace = Workspace::link(&fixture.files, &fixture.crates);
    let model = Model::new(&workspace);
    let mut wrong = Vec::new();
    let mut count = 0;
    for (index, parsed) in fixture.files.iter().enumerate() {
        parsed.hir.for_each_function(&mut |function| _ = function.body());
        assert!(parsed.hir.problems().is_empty(), "not Rust: {:?}", parsed.hir.problems());
        for mark in marks(&parsed.source.text) {
            count += 1;
            let place = Place { file: FileId(index as u32), line: mark.line, text: mark.text };
            let got = answer(&model, mark.question, place);
            if got != mark.wanted {
                let line = parsed.source.slice(mark.line).trim();
                let Mark { question, text, wanted, .. } = mark;
                wrong.push(format!("{line}\n  {question} {text}\n    wanted {wanted}\n    got    {got}"));
            }
        }
    }
    assert!(count > 0, "a snippet without marks tests nothing");
    assert!(wrong.is_empty(), "{} of {count} marks are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The files and crates of a snippet.
pub struct Fixture {
    pub files: Vec<ParsedFile>,
    pub crates: Vec<CrateInput>,
}

impl Fixture {
    pub fn parse(text: &str) -> Fixture {
        let mut files: Vec<(String, String)> = Vec::new();
        for line in text.split_inclusive('\n') {
            match line.trim().strip_prefix("//- ") {
                Some(header) => files.push((header.trim().to_owned(), String::new())),
                None => match files.last_mut() {
                    Some((_, text)) => text.push_str(line),
                    None if line.trim().is_empty() => {}
                    None => files.push(("/main.rs crate:app".to_owned(), line.to_owned())),
                },
            }
        }
        let mut crates = Vec::new();
        let mut wanted = Vec::new();
        for (index, (header, _)) in files.iter().enumerate() {
            let word = |key: &str| header.split(' ').find_map(|word| word.strip_prefix(key));
            let Some(name) = word("crate:") else { continue };
            let path = header.split(' ').next().unwrap_or_default();
            let kind = match (word("kind:"), path.rsplit('/').next()) {
                (Some("test"), _) => TargetKind::Test,
                (Some("loose"), _) => TargetKind::Loose,
                (_, Some("lib.rs")) => TargetKind::Lib,
                _ => TargetKind::Bin,
            };
            wanted.push(word("deps:").unwrap_or(DEPENDENCIES));
            let root = FileId(index as u32);
            crates.push(CrateInput {
                name: Name::from(name),
                kind,
                root,
                dependencies: Vec::new(),
                build: Build::default(),
            });
        }
        let names: Vec<Name> = crates.iter().map(|krate| krate.name).collect();
        for (krate, wanted) in crates.iter_mut().zip(wanted) {
            for dependency in wanted.split(',').filter(|name| !name.is_empty()) {
                let (alias, real) = dependency.split_once('=').unwrap_or((dependency, dependency));
                let real = match names.iter().position(|name| *name == real) {
                    Some(index) => Dependency::Linked(index),
                    None => Dependency::External(Name::from(real)),
                };
                krate.dependencies.push((Name::from(alias), real));
            }
        }
        let files = files.into_iter().map(|(header, text)| {
            let path = header.split(' ').next().unwrap_or_default().to_owned();
            crate::read(SourceFile::new(path, text))
        });
        Fixture { files: files.collect(), crates }
    }
}

struct Mark<'t> {
    question: &'t str,
    text: &'t str,
    wanted: &'t str,
    /// The code of the line it speaks of.
    line: TextRange,
}

fn marks(text: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut line = TextRange::default();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let (code, mark) = match whole.split_once("//~ ") {
            Some((code, mark)) => (code, Some(mark.trim())),
            None => (whole, None),
        };
        if !code.trim().is_empty() {
            line = TextRange::new(start, start + code.len());
        }
        start += whole.len();
        if let Some(mark) = mark {
            let (question, rest) = mark.split_once(' ').expect("a mark begins with a question");
            let (text, wanted) = rest.rsplit_once(" = ").expect("a mark has an answer");
            marks.push(Mark { question, text, wanted, line });
        }
    }
    marks
}

/// A piece of a line.
#[derive(Clone, Copy)]
struct Place<'t> {
    file: FileId,
    line: TextRange,
    text: &'t str,
}

/// Answers the question of a mark as a text.
fn answer(model: &Model<'_>, question: &str, place: Place<'_>) -> String {
    let asked = Asked { model, workspace: model.workspace };
    let answer = match question {
        // The type of an expression or a variable.
        "type" => asked.ty(place),
        // What a call calls.
        "calls" => asked.expr(place).map(|(_, typed, id)| asked.callee(typed.types.callee(id))),
        // The ends that a value or a variable comes to.
        "fate" => asked.fates(place),
        // How a function, closure or async block ends.
        "exits" => asked.run(place).map(|(_, typed, run)| list(typed.exits(run), exit)),
        // Whether errors leave it.
        "fails" => asked.run(place).map(|(function, typed, run)| match run == typed.body.root {
            true => asked.failure(asked.workspace.failure_of(function)),
            false => asked.failure(&asked.workspace.failure_of_run(function, run)),
        }),
        // Why it lives on, or what it starts that does.
        "lives" => asked.run(place).map(|(function, typed, run)| match run == typed.body.root {
            true => asked.life(asked.workspace.mission_of(function)),
            false => asked.life(asked.workspace.mission_of_run(function, run).as_ref()),
        }),
        // What lies on the ways back to the head of a loop, out of it, and through a function.
        "back" => asked.loop_ways(place).map(|ways| asked.ways(&ways.back)),
        "out" => asked.loop_ways(place).map(|ways| asked.ways(&ways.out)),
        "returns" => asked.run(place).and_then(|(function, typed, run)| {
            let returns = match run == typed.body.root {
                true => asked.workspace.returns_of(function).clone(),
                false => asked.workspace.ways_of_run(function, run)?.returns,
            };
            let sides = [("good", returns.good), ("bad", returns.bad), ("either", returns.either)];
            let sides = sides.iter().filter(|(_, paths)| !paths.is_empty());
            Some(list(sides, |(side, paths)| format!("{side} {}", asked.paths(paths))))
        }),
        "endless" => asked.expr(place).map(|(_, typed, id)| yes(typed.is_endless(id))),
        "completes" => asked.expr(place).map(|(_, typed, id)| yes(!typed.never_completes(id))),
        // The functions that call it.
        "callers" => asked.run(place).map(|(function, ..)| {
            list(asked.workspace.callers(function), |(caller, _)| asked.function(caller))
        }),
        "only_caller" => asked.run(place).map(|(function, ..)| {
            list(asked.workspace.only_caller(function), |(caller, _)| asked.function(caller))
        }),
        // Whether a task's handle may come up in a function, by the words alone.
        "may_hold_handle" => asked.run(place).map(|(function, ..)| {
            let handles = asked.workspace.functions_with_values(&["tokio::task::JoinHandle"]);
            yes(handles.contains(function))
        }),
        // What a function leads to, for certain and perhaps.
        "reaches" => asked.reach(place, Sureness::Known),
        "may_reach" => asked.reach(place, Sureness::Perhaps),
        // What the task runs, how it comes that nobody watches it, which error kills it: of the spawn.
        "runs" => asked.task(place).map(|task| asked.task_body(task)),
        "unwatched" => asked.task(place).map(|task| asked.unwatched(task)),
        "lethal" => asked.task(place).map(|task| match task.lethal_leak(asked.workspace) {
            Some(lethal) => asked.leak(&lethal.leak),
            None => "nothing".to_owned(),
        }),
        // The errors that end in a success, each with the exit.
        "swallows" => asked.run(place).map(|(function, typed, run)| {
            list(asked.workspace.swallowed(function, run), |it| {
                let text = |range| asked.text(asked.workspace.span(function, range));
                let exit = match it.exit.kind {
                    ExitKind::End => "end",
                    _ => text(typed.range(it.exit.at)),
                };
                format!("{} -> {exit}", text(it.at))
            })
        }),
        // What is made of the answer of a task that is waited for.
        "outcome" => {
            let wait = model.waits(place.file).iter().find(|wait| asked.is_at(place, wait.span));
            wait.map(|wait| format!("{:?}", wait.outcome))
        }
        // The ways in which a worker ends as if nothing had happened.
        "quiet" => asked.run(place).map(|(function, ..)| {
            let mut workers = model.workers(place.file);
            workers.find(|worker| worker.function == function).map_or("no worker".to_owned(), |worker| {
                list(worker.quiet_exits(model), |exit| {
                    format!("{:?} {}", exit.reason, asked.snippet(exit.span))
                })
            })
        }),
        // The arms of a `select!` that hide the end of a worker.
        "hides" => {
            let end = model.hidden_ends(place.file).find(|end| asked.is_at(place, end.span));
            Some(end.map_or("nothing".to_owned(), |end| list(&end.arms, |(span, _)| asked.snippet(*span))))
        }
        _ => panic!("`{question}` is no question"),
    };
    answer.unwrap_or_else(|| format!("nothing is at `{}`", place.text))
}

fn yes(answer: bool) -> String {
    if answer { "yes" } else { "no" }.to_owned()
}

/// Texts, sorted and without doubles; `nothing` where there are none.
fn list<T>(items: impl IntoIterator<Item = T>, text: impl Fn(T) -> String) -> String {
    let mut texts: Vec<String> = items.into_iter().map(text).collect();
    texts.sort();
    texts.dedup();
    if texts.is_empty() { "nothing".to_owned() } else { texts.join(", ") }
}

fn exit(exit: Exit) -> String {
    let kind = match exit.kind {
        ExitKind::Tail => "Tail",
        ExitKind::Return(_) => "Return",
        ExitKind::Question(_) => "Question",
        ExitKind::Bail => "Bail",
        ExitKind::End => "End",
    };
    kind.to_owned()
}

struct Asked<'m, 'a> {
    model: &'m Model<'a>,
    workspace: &'a Workspace<'a>,
}

impl<'a> Asked<'_, 'a> {
    fn text(&self, span: Span) -> &'a str {
        self.workspace.file(span.file).source.slice(span.range)
    }

    /// A text in one line, cut where it gets long.
    fn snippet(&self, span: Span) -> String {
        let text = self.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        match text.char_indices().nth(40) {
            Some((end, _)) => format!("{}..", &text[..end]),
            None => text,
        }
    }

    /// Where the piece is in its line: once for each time it occurs.
    fn ranges(&self, place: Place<'_>) -> Vec<TextRange> {
        let code = self.text(Span::new(place.file, place.line));
        let text = place.text.strip_suffix("..").unwrap_or(place.text);
        let starts = code.match_indices(text).map(|(at, _)| at + place.line.start as usize);
        starts.map(|start| TextRange::new(start, start + text.len())).collect()
    }

    fn is_at(&self, place: Place<'_>, span: Span) -> bool {
        span.file == place.file && self.ranges(place).iter().any(|range| range.start == span.range.start)
    }

    fn functions(&self, place: Place<'_>) -> impl Iterator<Item = (FnId, Typed<'a>)> {
        let all = self.workspace.functions_in(place.file).iter();
        all.filter_map(|&function| Some((function, self.workspace.typed(function)?)))
    }

    /// The expression of a piece.
    fn expr(&self, place: Place<'_>) -> Option<(FnId, Typed<'a>, ExprId)> {
        let is_prefix = place.text.ends_with("..");
        for wanted in self.ranges(place) {
            let found = self.functions(place).find_map(|(function, typed)| {
                let here = typed.body.expr_ids().filter(|&id| {
                    let range = typed.range(id);
                    range.start == wanted.start
                        && if is_prefix { range.end > wanted.end } else { range.end == wanted.end }
                });
                Some((function, typed, here.min_by_key(|&id| typed.range(id).end)?))
            });
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The function whose name the piece is, or the closure or async block that it begins.
    fn run(&self, place: Place<'_>) -> Option<(FnId, Typed<'a>, ExprId)> {
        let ranges = self.ranges(place);
        let named = self
            .functions(place)
            .find(|&(function, _)| ranges.contains(&self.workspace.function(function).hir.name_range));
        named.map(|(function, typed)| (function, typed, typed.body.root)).or_else(|| self.expr(place))
    }

    /// The ways through the loop that the piece is the beginning of.
    fn loop_ways(&self, place: Place<'_>) -> Option<LoopWays> {
        let (function, typed, id) = self.expr(place)?;
        let run = typed.run_of(id);
        let ways = self.workspace.ways_of_run(function, run)?;
        ways.loops.into_iter().find(|ways| ways.id == id)
    }

    fn ways(&self, ways: &[Way]) -> String {
        list(ways, |way| {
            let kind = match way.kind {
                WayKind::Return(side) => format!("Return({side:?})"),
                kind => format!("{kind:?}"),
            };
            format!("{kind} {}", self.paths(&way.paths))
        })
    }

    /// `(Wait Error)(Delay)`: the facts of each of several ways.
    fn paths(&self, paths: &Paths) -> String {
        let texts = paths.iter().map(|path| {
            let facts: Vec<String> = path.facts().map(|fact| format!("{fact:?}")).collect();
            format!("({})", facts.join(" "))
        });
        texts.collect()
    }

    fn ty(&self, place: Place<'_>) -> Option<String> {
        if let Some((_, typed, id)) = self.expr(place) {
            return Some(self.show(typed.types.of(id)));
        }
        let (_, typed, local) = self.local(place)?;
        Some(self.show(typed.types.local(local)))
    }

    fn local(&self, place: Place<'_>) -> Option<(FnId, Typed<'a>, crate::hir::LocalId)> {
        let ranges = self.ranges(place);
        self.functions(place).find_map(|(function, typed)| {
            let pats = typed.body.pats.iter();
            let locals = pats.filter_map(|pat| match pat.kind {
                PatKind::Bind { local, .. } => Some(local),
                _ => None,
            });
            let local = locals.into_iter().find(|&local| ranges.contains(&typed.body.local(local).range))?;
            Some((function, typed, local))
        })
    }

    fn fates(&self, place: Place<'_>) -> Option<String> {
        let uses = match self.expr(place) {
            Some((function, _, id)) => self.workspace.uses_of_value(function, id),
            None => {
                let (function, _, local) = self.local(place)?;
                self.workspace.uses_of_local(function, local)
            }
        };
        Some(list(&uses, |it| self.fate(it)))
    }

    fn fate(&self, it: &Use) -> String {
        match it.fate {
            Fate::Dropped(Drop::Unused(local)) => {
                let typed = self.workspace.typed(it.function).expect("a use is in a body");
                format!("Unused({})", typed.body.local(local).name)
            }
            Fate::Dropped(Drop::UnreadField(adt, field)) => {
                format!("UnreadField({}.{field})", self.workspace.adt(adt).name)
            }
            Fate::Dropped(drop) => format!("{drop:?}"),
            ref fate => format!("{fate:?}"),
        }
    }

    fn reach(&self, place: Place<'_>, sureness: Sureness) -> Option<String> {
        let (from, ..) = self.run(place)?;
        let reached = self.workspace.reach(from, sureness).functions();
        Some(list(reached.into_iter().filter(|&it| it != from), |it| self.function(it)))
    }

    fn task(&self, place: Place<'_>) -> Option<&Task> {
        self.model.tasks(place.file).iter().find(|task| self.is_at(place, task.span))
    }

    fn task_body(&self, task: &Task) -> String {
        match task.body {
            TaskBody::Run(function, run) => {
                let kind = match self.workspace.typed(function).expect("a run is in a body").body.kind(run) {
                    ExprKind::Closure(_) => "closure",
                    _ => "block",
                };
                format!("{kind} in {}", self.function(function))
            }
            TaskBody::Function(function) => self.function(function),
            TaskBody::Param(function, index) => format!("parameter {index} of {}", self.function(function)),
            body @ (TaskBody::Infallible | TaskBody::Unknown) => format!("{body:?}"),
        }
    }

    fn unwatched(&self, task: &Task) -> String {
        match task.unwatched(self.workspace) {
            None => "watched".to_owned(),
            Some(Unwatched::Dropped(it, _)) => self.fate(it),
            Some(Unwatched::NeverAwaited(_)) => "NeverAwaited".to_owned(),
            Some(Unwatched::TooLate(_)) => "TooLate".to_owned(),
        }
    }

    fn failure(&self, failure: &Failure) -> String {
        match failure {
            Failure::Never => "never".to_owned(),
            Failure::Unknown => "unknown".to_owned(),
            Failure::Leaves(leaks) => list(leaks, |leak| self.leak(leak)),
        }
    }

    /// The library function that fails, or the code that the error leaves by.
    fn leak(&self, leak: &Leak) -> String {
        let origin = leak.origin();
        match origin.source {
            Some(source) => source.to_string(),
            None => {
                let typed = self.workspace.typed(origin.function).expect("a leak is in a body");
                self.snippet(self.workspace.span(origin.function, typed.range(origin.at)))
            }
        }
    }

    fn life(&self, life: Option<&Life>) -> String {
        let Some(life) = life else { return "no".to_owned() };
        let what = match life.origin().kind {
            LifeKind::Loop => "loop".to_owned(),
            LifeKind::Server(path) => path.to_string(),
        };
        match life.hold {
            Hold::Runs => what,
            Hold::WaitsFor => format!("waits for {what}"),
            Hold::Starts => format!("only starts {what}"),
        }
    }

    fn callee(&self, callee: &Callee) -> String {
        match callee {
            Callee::Function(function) => self.function(*function),
            Callee::OneOf(all) => format!("one of {}", list(all, |&function| self.function(function))),
            Callee::External(path) => path.to_string(),
            Callee::UnknownMethod(all) => {
                format!("perhaps {}", list(all, |&function| self.function(function)))
            }
            Callee::Constructor => "constructor".to_owned(),
            Callee::Value => "value".to_owned(),
            Callee::Unknown => "unknown".to_owned(),
        }
    }

    /// `app::jobs::Job::run`.
    fn function(&self, id: FnId) -> String {
        let function = self.workspace.function(id);
        let name = function.hir.name;
        match function.owner {
            Owner::Module => {
                // The scope of its own items is inside of it.
                let scope = self.workspace.module(function.scope);
                let own = self.scope_owner(function.scope) == Some(id);
                let around = if own { scope.parent.unwrap_or(function.scope) } else { function.scope };
                format!("{}::{name}", self.module(around))
            }
            Owner::Trait(of) => format!("{}::{name}", self.def(Def::Trait(of))),
            Owner::Impl(of) => match self.workspace.impl_(of).adt {
                Some(adt) => format!("{}::{name}", self.def(Def::Adt(adt))),
                None => format!("{}::<impl>::{name}", self.module(function.scope)),
            },
        }
    }

    fn module(&self, id: ModuleId) -> String {
        let module = self.workspace.module(id);
        match module.parent {
            None => self.workspace.krate(module.krate).name.to_string(),
            Some(parent) if module.name.is_empty() => {
                let name =
                    self.scope_owner(id).map_or("?", |of| self.workspace.function(of).hir.name.as_str());
                format!("{}::{name}", self.module(parent))
            }
            Some(parent) => format!("{}::{}", self.module(parent), module.name),
        }
    }

    /// The function whose items a scope holds: the first that has it.
    fn scope_owner(&self, scope: ModuleId) -> Option<FnId> {
        let is_block =
            self.workspace.module(scope).name.is_empty() && self.workspace.module(scope).parent.is_some();
        let mut all = self.workspace.function_ids();
        all.find(|&it| self.workspace.function(it).scope == scope).filter(|_| is_block)
    }

    fn def(&self, def: Def) -> String {
        match def {
            Def::Adt(id) => {
                let adt = self.workspace.adt(id);
                format!("{}::{}", self.module(adt.scope), adt.name)
            }
            Def::Trait(id) => {
                let trait_ = self.workspace.trait_(id);
                format!("{}::{}", self.module(trait_.scope), trait_.name)
            }
            other => format!("{other:?}"),
        }
    }

    /// A type as Rust would have it; `?` is what is not known. Types of `std` go by their last name.
    fn show(&self, ty: &Ty) -> String {
        let args = |args: &[Ty]| match args {
            [] => String::new(),
            args => format!("<{}>", args.iter().map(|arg| self.show(arg)).collect::<Vec<_>>().join(", ")),
        };
        match ty {
            Ty::Unknown => "?".to_owned(),
            Ty::Never => "!".to_owned(),
            Ty::Tuple(parts) => {
                format!("({})", parts.iter().map(|part| self.show(part)).collect::<Vec<_>>().join(", "))
            }
            Ty::Slice(item) => format!("[{}]", self.show(item)),
            Ty::Adt(id, given) => format!("{}{}", self.def(Def::Adt(*id)), args(given)),
            Ty::External(name, given) => {
                let name = match name.strip_prefix("std::") {
                    Some(path) if !path.starts_with("thread::") => path.rsplit("::").next().unwrap_or(path),
                    _ => name.as_str(),
                };
                format!("{name}{}", args(given))
            }
            Ty::Future(output) => format!("Future<{}>", self.show(output)),
            Ty::Callable(output) => format!("Fn() -> {}", self.show(output)),
            Ty::Object(id) => format!("dyn {}", self.def(Def::Trait(*id))),
            Ty::Param(name) => name.to_string(),
        }
    }
}
