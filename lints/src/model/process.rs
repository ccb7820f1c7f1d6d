//! The processes that the program becomes: one for each `main`, whether it serves, and what keeps its panics from being
//! lost.
//!
//! A process serves when its `main` itself comes to something that is meant to run on, a listener, a server, an endless loop,
//! or starts that and waits to be stopped. A command may start such things as well, but does its work beside them and ends. A
//! loop that asks a person for the next line, and a program with a window, end with the person, unless they accept
//! connections beside. About commands nothing is said here.

use std::path::Path;
use std::sync::OnceLock;

use super::{Model, workers};
use crate::hir::{ExprId, ExprKind, LoopKind};
use crate::knowledge::attended::{WINDOW_CRATES, opens_window, prints, reads_lines};
use crate::knowledge::macros::Meaning;
use crate::knowledge::methods::names_command;
use crate::knowledge::panic_hooks::{HookKind, panic_hook, sounds_like_panic_hook};
use crate::knowledge::servers::{ServeKind, serve};
use crate::knowledge::spawners::{Scope, spawner};
use crate::semantics::{
    Callee, Crate, FnId, FunctionSet, Hold, Life, LifeKind, Reach, Sureness, TargetKind, Typed, Workspace,
    head,
};
use crate::source::Span;

/// A process that serves.
#[derive(Debug)]
pub struct Service {
    pub main: FnId,
    reach: OnceLock<Reach>,
    hears_signal: OnceLock<bool>,
}

/// A service in which the panics of a task are told to nobody.
#[derive(Debug)]
pub struct UnheardPanics {
    pub main: FnId,
    /// A call that starts such a task or thread.
    pub task: Span,
}

/// Services that nothing stops in order, and that come to the same `select!`, if they come to one.
#[derive(Debug)]
pub struct Unstopped {
    /// In order; at least one.
    pub mains: Vec<FnId>,
    /// The `select!` with which they wait for their parts.
    pub select: Option<Span>,
}

/// What of the program is meant to run on.
#[derive(Debug)]
pub(super) struct Serving<'a> {
    workspace: &'a Workspace<'a>,
    /// Of each function, once it was asked.
    starting: Vec<OnceLock<bool>>,
    lasting: Vec<OnceLock<bool>>,
    servers: Vec<OnceLock<bool>>,
    /// The functions that come to a window.
    shown: OnceLock<FunctionSet>,
    accepting: Vec<OnceLock<bool>>,
    asking: Vec<OnceLock<bool>>,
}

impl<'a> Serving<'a> {
    pub fn of(workspace: &'a Workspace<'a>) -> Self {
        let unknown = || workspace.function_ids().map(|_| OnceLock::new()).collect();
        Self {
            workspace,
            starting: unknown(),
            lasting: unknown(),
            servers: unknown(),
            shown: OnceLock::new(),
            accepting: unknown(),
            asking: unknown(),
        }
    }

    /// Whether a function is known to lead to something that runs on, or to start it.
    pub fn leads_to_service(&self, function: FnId) -> bool {
        self.workspace.leads_to(function, &|id| self.mission(id).is_some(), &self.starting)
    }

    /// Whether a function leads to a server.
    pub fn leads_to_server(&self, function: FnId) -> bool {
        self.workspace.leads_to(function, &|id| self.mission(id).is_some_and(is_server), &self.servers)
    }

    /// Whether a function comes to a server or an endless loop itself, rather than in a task of its own.
    fn lasts(&self, function: FnId) -> bool {
        let lasts = |life: &Life| runs_on(self.workspace, life);
        self.workspace.comes_to(function, &|id| self.mission(id).is_some_and(lasts), &self.lasting)
    }

    /// Whether a function comes to a window. Most programs have none, and of those that do few functions come to it.
    fn shows_window(&self, function: FnId) -> bool {
        let workspace = self.workspace;
        let shown = self.shown.get_or_init(|| {
            let crates: Vec<bool> = workspace.crates().map(may_show_windows).collect();
            let may_show = |id: FnId| crates[workspace.crate_of(workspace.function(id).scope).0 as usize];
            let shows = |id: &FnId| may_show(*id) && opens_own_window(workspace, *id);
            workspace.coming_to(workspace.function_ids().filter(shows))
        });
        shown.contains(function)
    }

    /// Whether a function asks a person for one line after another, and has connections accepted meanwhile: peers are served
    /// until the person ends it.
    fn serves_beside_person(&self, function: FnId) -> bool {
        let accepts = |id| has_loop(self.workspace, id, |typed, it| typed.accepts(it));
        let asks = |id| has_loop(self.workspace, id, asks_for_lines);
        self.workspace.comes_to(function, &asks, &self.asking)
            && self.workspace.leads_to(function, &accepts, &self.accepting)
    }

    fn mission(&self, function: FnId) -> Option<&Life> {
        self.workspace.mission_of(function).filter(|_| !self.workspace.function(function).is_test)
    }
}

fn is_server(life: &Life) -> bool {
    matches!(life.kind, LifeKind::Server(_))
}

/// Whether a life is that of a service, which runs on until it is stopped: of a server; of a listener or an endless loop in a
/// function that is not there to give something; but of no loop that ends when its work is done, or that shows a person what
/// it sees.
fn runs_on(workspace: &Workspace<'_>, life: &Life) -> bool {
    let origin = life.origin();
    let Some(typed) = workspace.typed(origin.function).filter(|_| life.hold != Hold::Starts) else {
        return false;
    };
    match origin.kind {
        LifeKind::Server(path) => {
            serve(&path).is_some_and(|row| row.kind != ServeKind::Bind)
                || !workspace.gives_something(origin.function)
        }
        LifeKind::Loop => {
            !workspace.gives_something(origin.function)
                && !typed.is_left_by_work(origin.at)
                && !shows(typed, origin.at)
        }
    }
}

/// Whether a loop prints what it finds out, in a function that logs nothing.
fn shows(typed: Typed<'_>, id: ExprId) -> bool {
    let prints =
        |id: ExprId| matches!(typed.body.kind(id), ExprKind::Macro(call) if prints(&call.path.last().name));
    let logs = |id: ExprId| match typed.body.kind(id) {
        ExprKind::Macro(call) => matches!(typed.types.words().meaning(call), Meaning::Log(_)),
        _ => false,
    };
    typed.body.descendants(id).any(prints) && !typed.body.expr_ids().any(logs)
}

fn has_loop(workspace: &Workspace<'_>, function: FnId, wanted: impl Fn(Typed<'_>, ExprId) -> bool) -> bool {
    let Some(typed) = workspace.typed(function).filter(|_| !workspace.function(function).is_test) else {
        return false;
    };
    typed.body.expr_ids().any(|id| matches!(typed.body.kind(id), ExprKind::Loop(_)) && wanted(typed, id))
}

/// Whether a loop prompts a person for the next line.
fn asks_for_lines(typed: Typed<'_>, id: ExprId) -> bool {
    let reads = |call: ExprId| typed.types.external(call).is_some_and(|path| reads_lines(&path));
    typed.asks_person(id) || (shows(typed, id) && typed.body.calls().any(reads))
}

/// Whether a crate asks for something that shows windows, as far as its manifest tells.
fn may_show_windows(krate: &Crate) -> bool {
    krate.kind == TargetKind::Loose || WINDOW_CRATES.iter().any(|name| krate.depends_on(name))
}

fn opens_own_window(workspace: &Workspace<'_>, function: FnId) -> bool {
    workspace.typed(function).is_some_and(|typed| {
        typed.body.calls().any(|call| typed.types.external(call).is_some_and(|path| opens_window(&path)))
    })
}

/// Every process that serves, in the order of their `main`s.
pub(super) fn services(model: &Model<'_>) -> Vec<Service> {
    let (workspace, serving) = (model.workspace, &model.serving);
    let mains = workspace.function_ids().filter(|&id| workers::is_main(workspace, id));
    let candidates = mains
        .filter(|&main| !model.is_for_developers(main))
        .filter(|&main| serving.leads_to_service(main) && !serving.shows_window(main))
        .filter(|&main| !is_command(model, main) || serving.leads_to_server(main));
    let services = candidates.map(Service::new);
    // What starts something that runs on is a service when it waits to be stopped, or for what to do next; else it may be a
    // command that is done before that ends.
    services
        .filter(|it| {
            serving.lasts(it.main)
                || it.hears_signal(model)
                || takes_orders(workspace, it.main)
                || serving.serves_beside_person(it.main)
        })
        .collect()
}

/// The services without a panic hook that start tasks or threads.
pub(super) fn unheard_panics(model: &Model<'_>) -> Vec<UnheardPanics> {
    let services = model.services().iter();
    let found = services.filter_map(|service| {
        let task = service.task_with_unheard_panic(model.workspace)?;
        Some(UnheardPanics { main: service.main, task })
    });
    found.collect()
}

/// The services that wait for no signal.
pub(super) fn unstopped(model: &Model<'_>) -> Vec<Unstopped> {
    let workspace = model.workspace;
    let mut found: Vec<Unstopped> = Vec::new();
    for service in model.services().iter().filter(|it| !it.hears_signal(model)) {
        let select = service.main_select(workspace);
        match found.iter_mut().find(|it| select.is_some() && it.select == select) {
            Some(known) => known.mains.push(service.main),
            None => found.push(Unstopped { mains: vec![service.main], select }),
        }
    }
    found
}

/// Whether a process itself takes one thing after another from a channel or stream, and starts a task for it.
fn takes_orders(workspace: &Workspace<'_>, main: FnId) -> bool {
    workers::functions_of_process(workspace, main).into_iter().any(|function| {
        let Some(typed) = workspace.typed(function) else { return false };
        let starts_task = |id: ExprId| {
            typed
                .types
                .external(id)
                .is_some_and(|path| spawner(&path).is_some_and(|row| row.scope == Scope::Service))
        };
        workers::own_runs(typed).into_iter().flat_map(|run| typed.loops(run)).any(|(id, it)| {
            matches!(it.kind, LoopKind::While(head) if typed.receives(head))
                && typed.body.descendants_here(it.body).any(starts_task)
                && !shows(typed, id)
        })
    })
}

/// The names of the folders of the project that a function lies in.
pub(super) fn folders_of<'a>(
    workspace: &Workspace<'a>,
    function: FnId,
    root: &Path,
) -> impl Iterator<Item = &'a str> {
    let path = workspace.file(workspace.function(function).file).source.path();
    let folders = path.strip_prefix(root).ok().and_then(Path::parent);
    folders.into_iter().flat_map(Path::iter).filter_map(|name| name.to_str())
}

/// Whether a `main` is that of a command, by the name of its folder: its loops wait for answers, if only servers run on.
pub(super) fn is_command(model: &Model<'_>, main: FnId) -> bool {
    folders_of(model.workspace, main, model.root()).any(names_command)
}

impl Service {
    fn new(main: FnId) -> Self {
        Self { main, reach: OnceLock::new(), hears_signal: OnceLock::new() }
    }

    /// Whether it waits for any signal, or may.
    fn hears_signal(&self, model: &Model<'_>) -> bool {
        *self.hears_signal.get_or_init(|| model.signals().may_be_heard(model.workspace, self))
    }

    /// Whether it may run a function like this. For what is there in most services: to find one costs less than to find
    /// all that they may run.
    pub(super) fn may_run_any(&self, workspace: &Workspace<'_>, wanted: impl Fn(FnId) -> bool) -> bool {
        workspace.reached(self.main, Sureness::Perhaps).any(wanted)
    }

    /// What it may run, in the crates that it is made of.
    pub fn may_run(&self, workspace: &Workspace<'_>) -> &Reach {
        self.reach.get_or_init(|| workspace.reach(self.main, Sureness::Perhaps))
    }

    /// A task or thread whose panic neither ends the process nor is told to anybody: of a service without a panic hook.
    fn task_with_unheard_panic(&self, workspace: &Workspace<'_>) -> Option<Span> {
        let krate = workspace.krate(workspace.crate_of(workspace.function(self.main).scope));
        let is_heard = krate.build.aborts_on_panic
            || self.may_run_any(workspace, |function| hears_panics(workspace, function));
        let certain = (!is_heard).then(|| workspace.reach(self.main, Sureness::Known))?;
        certain.functions().into_iter().find_map(|function| first_task(workspace, function))
    }

    /// The innermost `select!` with which the process waits for its parts: what a signal belongs into.
    fn main_select(&self, workspace: &Workspace<'_>) -> Option<Span> {
        let functions = workers::functions_of_process(workspace, self.main);
        functions.into_iter().rev().find_map(|function| {
            let typed = workspace.typed(function)?;
            let select = workers::selects(typed).next()?;
            Some(workspace.span(function, head(typed.body, select)))
        })
    }
}

/// Whether a function installs a hook for panics.
fn hears_panics(workspace: &Workspace<'_>, function: FnId) -> bool {
    let Some(typed) = workspace.typed(function) else { return false };
    typed.body.expr_ids().any(|id| match typed.body.kind(id) {
        ExprKind::Call { .. } | ExprKind::MethodCall { .. } => match typed.types.callee(id) {
            Callee::External(path) => installs_hook(path),
            Callee::Unknown | Callee::UnknownMethod(_) => {
                workspace.called_name(function, id).is_some_and(|name| sounds_like_panic_hook(&name))
            }
            Callee::Function(_) | Callee::OneOf(_) | Callee::Constructor | Callee::Value => false,
        },
        ExprKind::Macro(call) => sounds_like_panic_hook(&call.path.last().name),
        _ => false,
    })
}

fn installs_hook(path: &str) -> bool {
    match panic_hook(path) {
        Some(row) => matches!(row.kind, HookKind::Process | HookKind::Installs | HookKind::Runtime),
        None => path.rsplit("::").next().is_some_and(sounds_like_panic_hook),
    }
}

/// The first task or thread that a function starts.
fn first_task(workspace: &Workspace<'_>, function: FnId) -> Option<Span> {
    let typed = workspace.typed(function)?;
    let starts = |id: &ExprId| match typed.types.callee(*id) {
        Callee::External(path) => spawner(path).is_some_and(|row| row.scope == Scope::Service),
        _ => false,
    };
    let call = typed.body.calls().find(starts)?;
    Some(workspace.span(function, head(typed.body, call)))
}
