//! Which loops take an error of what they read for its end, and whether the part that was read passes for the whole.

use crate::hir::{Block, BlockKind, Body, ExprId, ExprKind, LocalId, PatId, PatKind, PatSite, Stmt};
use crate::knowledge::decoders::needs_all;
use crate::knowledge::errors::{self, Says};
use crate::knowledge::macros::{LogLevel, Meaning};
use crate::knowledge::{self, methods, streams, timeouts};
use crate::semantics::{
    Branch, ERR, FnId, Kind, Leaving, SOME_ERR, Takes, Ty, Typed, Workspace, called_name, head,
};
use crate::source::Span;

/// A loop whose pattern takes the first error of a stream for its end, and nobody is told.
#[derive(Clone, Debug)]
pub struct CutStream {
    pub function: FnId,
    /// The pattern that takes the items.
    pub pattern: Span,
    /// The call that reads.
    pub read: Span,
    /// The call that reads, waited for.
    pub call: Span,
    /// How the pattern is built.
    pub shape: ItemShape,
    pub aftermath: Aftermath,
}

/// The form of what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemShape {
    /// `Some(Ok(item))`.
    OptionOfResult,
    /// `Ok(Some(item))`.
    ResultOfOption,
}

/// What comes after the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aftermath {
    /// What was read so far is used as if it were all, here.
    PartForWhole(Span),
    /// The function, block or generated stream ends with a value, as if all were well.
    Success,
    /// What only works and gives nothing back ends.
    WorkerEnds,
}

/// The loops of a function that take an error for the end.
pub(super) fn cut_streams(workspace: &Workspace<'_>, function: FnId) -> Vec<CutStream> {
    let Some(typed) = workspace.typed_if(function, Body::has_loop) else { return Vec::new() };
    let reads = typed.body.expr_ids().filter_map(|id| Read::of(typed, id));
    reads.filter_map(|read| read.cut(workspace, function)).collect()
}

/// A value that is read from a stream and taken apart by a pattern that only takes good items.
struct Read<'b> {
    typed: Typed<'b>,
    value: ExprId,
    /// The call that reads.
    call: ExprId,
    pattern: PatId,
    shape: ItemShape,
    /// The loop that an error ends.
    looped: ExprId,
}

impl<'b> Read<'b> {
    fn of(typed: Typed<'b>, value: ExprId) -> Option<Read<'b>> {
        let pattern = good_pattern(typed, value)?;
        let call = reading_call(typed, value, is_select_future(typed, value))?;
        let shape = item_shape(typed, pattern)?;
        let looped = ended_loop(typed, value, shape)?;
        Some(Read { typed, value, call, pattern, shape, looped })
    }

    fn cut(self, workspace: &Workspace<'_>, function: FnId) -> Option<CutStream> {
        let typed = self.typed;
        // What only misses values is told apart in its own words.
        let missed = typed.types.of(self.value).as_option().is_some_and(|item| says_missed(&item));
        if missed
            || self.is_harmless_read()
            || self.only_drains()
            || self.serves_one_peer(workspace, function)
            || self.is_fed_beside()
        {
            return None;
        }
        let aftermath = self.aftermath(workspace, function)?;
        // A form that lacks a field is noticed, unless the fields are the answer.
        if self.reads_fields() && !self.gives_gathered() {
            return None;
        }
        Some(CutStream {
            function,
            pattern: workspace.span(function, typed.body.pat(self.pattern).range),
            read: workspace.span(function, head(typed.body, self.call)),
            call: workspace.span(function, typed.range(self.value)),
            shape: self.shape,
            aftermath,
        })
    }

    /// A line, a directory entry, a connection; something with a bound in time, where quiet is an error too.
    fn is_harmless_read(&self) -> bool {
        let body = self.typed.body;
        let mut all = body.descendants_here(self.value);
        all.any(|id| match body.kind(id) {
            ExprKind::MethodCall { name, .. } => timeouts::names_timeout(name) || streams::reads_pieces(name),
            ExprKind::Path(path) => timeouts::names_timeout(&path.last().name),
            ExprKind::Local(local) => streams::names_pieces(&body.local(*local).name),
            ExprKind::Field { name, .. } => streams::names_pieces(name),
            _ => false,
        }) || self.receiver().is_some_and(|receiver| match self.typed.types.of(receiver) {
            Ty::External(path, _) => streams::gives_pieces(path),
            _ => false,
        })
    }

    fn reads_fields(&self) -> bool {
        called_name(self.typed, self.call).is_some_and(|name| streams::reads_fields(&name))
            || self.receiver().is_some_and(|receiver| match self.typed.types.of(receiver) {
                Ty::External(path, _) => streams::gives_fields(path),
                _ => false,
            })
    }

    fn receiver(&self) -> Option<ExprId> {
        match self.typed.body.kind(self.call) {
            ExprKind::MethodCall { receiver, .. } => Some(*receiver),
            _ => None,
        }
    }

    /// `while let Some(Ok(_)) = stream.next().await {}`.
    fn only_drains(&self) -> bool {
        let body = self.typed.body;
        matches!(body.kind(self.looped), ExprKind::Loop(it) if matches!(body.kind(it.body), ExprKind::Block(Block { stmts, tail: None, .. }) if stmts.is_empty()))
    }

    /// The loop talks to one peer that came to us: its errors are the peer's.
    fn serves_one_peer(&self, workspace: &Workspace<'_>, function: FnId) -> bool {
        let typed = self.typed;
        if self.receiver().is_some_and(|receiver| is_accepted(typed.types.of(receiver))) {
            return true;
        }
        let dials = typed
            .body
            .calls()
            .any(|call| workspace.called_name(function, call).is_some_and(|name| methods::names_dial(&name)));
        let params = || {
            let scope = workspace.type_scope(function);
            let hir = workspace.function(function).hir;
            hir.params.iter().map(move |ty| workspace.ty(scope, ty))
        };
        !dials
            && (methods::names_peer_handler(&workspace.function(function).hir.name)
                || params().any(|ty| is_accepted(&ty))
                || self.reads_frames())
    }

    /// Whether the loop looks at the frames of a websocket: `Message::Text(..)`.
    fn reads_frames(&self) -> bool {
        let place = self.typed.range(self.looped);
        self.typed.body.pats.iter().any(|pat| {
            place.contains(pat.range)
                && match &pat.kind {
                    PatKind::TupleStruct { path, .. } | PatKind::Path(path) => {
                        let frame = matches!(
                            path.last().name.as_str(),
                            "Text" | "Binary" | "Ping" | "Pong" | "Close" | "Frame"
                        );
                        frame && path.segments.len() > 1
                    }
                    _ => false,
                }
        })
    }

    /// The other half of the channel is driven in another arm of the same `join!`, whose answer is looked at: what cuts the
    /// stream short is the error of that one.
    fn is_fed_beside(&self) -> bool {
        let body = self.typed.body;
        let Some(local) = self.receiver().and_then(|receiver| base_local(self.typed, receiver)) else {
            return false;
        };
        let PatSite::Within(pair) = body.pat_site(body.local(local).pat) else { return false };
        let PatKind::Tuple(halves) = &body.pat(pair).kind else { return false };
        let is_other_half = |id: ExprId| match body.kind(id) {
            ExprKind::Local(other) => *other != local && halves.contains(&body.local(*other).pat),
            _ => false,
        };
        body.ancestors(self.looped).any(|outer| {
            let ExprKind::Join { futures, .. } = body.kind(outer) else { return false };
            futures.iter().enumerate().any(|(index, &future)| {
                !self.typed.is_inside(self.looped, future)
                    && body.descendants(future).any(is_other_half)
                    && !is_answer_ignored(body, outer, index)
            })
        })
    }

    /// What comes after the loop; None where somebody is told, or it is come to again.
    fn aftermath(&self, workspace: &Workspace<'_>, function: FnId) -> Option<Aftermath> {
        let typed = self.typed;
        let gathered = self.gathered();
        let later = typed.after(self.looped);
        // Whatever follows, it is an error.
        if self.output(workspace, function).is_some_and(|output| names_error(workspace, &output)) {
            return None;
        }
        if later.iter().any(|&it| warns(typed, it) || fails(typed, it))
            || later.iter().any(|&it| checks(typed, it, &gathered))
        {
            return None;
        }
        let used = later.iter().find_map(|&it| {
            typed
                .body
                .descendants(it)
                .find(|&id| matches!(typed.body.kind(id), ExprKind::Local(local) if gathered.contains(local)))
        });
        if let Some(used) = used {
            return Some(Aftermath::PartForWhole(workspace.span(function, typed.range(used))));
        }
        // Who comes back to the loop reads on, or connects anew.
        if typed.loops_around(self.looped).any(|id| typed.turns_until_left(id))
            || self.is_called_in_a_loop(workspace, function)
        {
            return None;
        }
        match self.gives_value(workspace, function)? {
            true => Some(Aftermath::Success),
            false => Some(Aftermath::WorkerEnds),
        }
    }

    fn is_called_in_a_loop(&self, workspace: &Workspace<'_>, function: FnId) -> bool {
        self.typed.run_of(self.looped) == self.typed.body.root
            && workspace.is_always_called(function, |_, typed, call| {
                typed.loops_around(call).any(|id| typed.turns_until_left(id))
            })
    }

    /// The variables from outside the loop that the loop fills.
    fn gathered(&self) -> Vec<LocalId> {
        let typed = self.typed;
        let body = typed.body;
        let ExprKind::Loop(it) = body.kind(self.looped) else { return Vec::new() };
        let place = typed.range(self.looped);
        let mut found = Vec::new();
        for id in body.descendants(it.body) {
            let filled = match body.kind(id) {
                ExprKind::MethodCall { receiver, name, .. } if methods::fills(name) => *receiver,
                ExprKind::Assign { place, .. } => *place,
                _ => continue,
            };
            if let Some(local) = base_local(typed, filled)
                && !place.contains(body.local(local).range)
                && !found.contains(&local)
            {
                found.push(local);
            }
        }
        found
    }

    /// Whether what was gathered is given to the caller as it is: `Ok(records)`.
    fn gives_gathered(&self) -> bool {
        let typed = self.typed;
        let gathered = self.gathered();
        let is_gathered =
            |id: ExprId| matches!(typed.body.kind(id), ExprKind::Local(local) if gathered.contains(local));
        typed.after(self.looped).into_iter().any(|later| match typed.body.kind(later) {
            ExprKind::Call { args, .. } => args.iter().any(|&arg| is_gathered(arg)),
            _ => is_gathered(later),
        })
    }

    /// Whether the run gives a value to somebody; None where that is not known.
    fn gives_value(&self, workspace: &Workspace<'_>, function: FnId) -> Option<bool> {
        match self.output(workspace, function) {
            None => Some(true),
            Some(Ty::Unknown | Ty::Never | Ty::Param(_)) => None,
            Some(output) => Some(!output.is_unit()),
        }
    }

    /// What the run gives when it ends; None where it makes a stream.
    fn output(&self, workspace: &Workspace<'_>, function: FnId) -> Option<Ty> {
        let typed = self.typed;
        let run = typed.run_of(self.looped);
        match typed.body.kind(run) {
            ExprKind::Block(Block { kind: BlockKind::Stream { .. }, .. }) => None,
            _ if run == typed.body.root => {
                let attrs = &workspace.function(function).hir.attrs;
                if attrs.paths.iter().any(|path| streams::makes_stream(path)) {
                    return None;
                }
                Some(match workspace.output_of(function) {
                    Ty::Future(output) => (*output).clone(),
                    other => other,
                })
            }
            _ => Some(match typed.types.of(run) {
                Ty::Future(output) | Ty::Callable(output) => (**output).clone(),
                _ => Ty::Unknown,
            }),
        }
    }
}

/// The pattern that takes the good items of a value: of a `let`, a condition, the first arm of a `match`, an arm of a
/// `select!`.
fn good_pattern(typed: Typed<'_>, value: ExprId) -> Option<PatId> {
    match typed.body.kind(typed.body.parent(value)?) {
        ExprKind::Let { pat, .. } => Some(*pat),
        ExprKind::Match { scrutinee, arms } if *scrutinee == value => Some(arms.first()?.pat),
        ExprKind::Block(block) => block.stmts.iter().find_map(|stmt| match stmt {
            Stmt::Let(it) if it.init == Some(value) && it.otherwise.is_some() => Some(it.pat),
            _ => None,
        }),
        ExprKind::Select(select) => select.arms.iter().find(|arm| arm.future == value).map(|arm| arm.pat),
        _ => None,
    }
}

fn is_select_future(typed: Typed<'_>, value: ExprId) -> bool {
    matches!(typed.body.parent(value).map(|id| typed.body.kind(id)), Some(ExprKind::Select(_)))
}

/// `Some(Ok(item))` or `Ok(Some(item))`; with another `Ok` inside, the outer one is of a timeout.
fn item_shape(typed: Typed<'_>, pattern: PatId) -> Option<ItemShape> {
    let inside = |pat: PatId, variant: &str| match &typed.body.pat(pat).kind {
        PatKind::TupleStruct { path, fields } if path.last().name == *variant => match fields[..] {
            [only] => Some(only),
            _ => None,
        },
        _ => None,
    };
    let (item, shape) = match inside(pattern, "Some") {
        Some(result) => (inside(result, "Ok")?, ItemShape::OptionOfResult),
        None => (inside(inside(pattern, "Ok")?, "Some")?, ItemShape::ResultOfOption),
    };
    inside(item, "Ok").is_none().then_some(shape)
}

fn says_missed(ty: &Ty) -> bool {
    let error = ty.as_result().map(|(_, error)| error);
    matches!(error, Some(Ty::External(path, _)) if errors::error_type(&path).is_some_and(|row| row.says == Says::ValuesMissed))
}

/// The call that is waited for, under adaptors that only change the form.
fn reading_call(typed: Typed<'_>, value: ExprId, waited: bool) -> Option<ExprId> {
    match typed.body.kind(value) {
        ExprKind::Await(inner) => reading_call(typed, *inner, true),
        ExprKind::MethodCall { receiver, name, .. } if *name == "transpose" => {
            reading_call(typed, *receiver, waited)
        }
        ExprKind::MethodCall { .. } | ExprKind::Call { .. } => {
            let reads = called_name(typed, value).is_some_and(|name| streams::reads_items(&name));
            (waited && reads).then_some(value)
        }
        _ => None,
    }
}

/// The loop that an error ends in silence.
fn ended_loop(typed: Typed<'_>, value: ExprId, shape: ItemShape) -> Option<ExprId> {
    let kind: Kind = match shape {
        ItemShape::OptionOfResult => SOME_ERR,
        ItemShape::ResultOfOption => ERR,
    };
    let parent = typed.body.parent(value)?;
    let handler = match typed.body.kind(parent) {
        ExprKind::Select(select) => select.otherwise?,
        ExprKind::Match { arms, .. } => {
            let arm = arms.iter().find(|arm| typed.takes(arm.pat, kind) != Takes::None)?;
            let is_rest = matches!(typed.body.pat(arm.pat).kind, PatKind::Wild | PatKind::Bind { .. });
            if !is_rest || arm.guard.is_some() {
                return None;
            }
            arm.body
        }
        _ => match typed.branch_of(value, kind)? {
            Branch::PastLoop(id) => return Some(id),
            Branch::Handler { body, .. } => body,
            Branch::Question(_) | Branch::Panic(_) => return None,
        },
    };
    if typed.tells(handler) {
        return None;
    }
    match typed.leaving(handler)? {
        Leaving::Loop { target, .. } => {
            matches!(typed.body.kind(target), ExprKind::Loop(_)).then_some(target)
        }
        Leaving::Run(_) | Leaving::Error(_) | Leaving::Panic => None,
    }
}

/// `ConnectionErr`, `anyhow::Error`: a type whose values are errors, by its name.
fn names_error(workspace: &Workspace<'_>, ty: &Ty) -> bool {
    let is_error = |name: &str| name.ends_with("Error") || name.ends_with("Err");
    match ty {
        Ty::Adt(id, _) => is_error(&workspace.adt(*id).name),
        Ty::External(path, _) => is_error(path),
        _ => false,
    }
}

/// `let (read, _) = join!(..)`.
fn is_answer_ignored(body: &Body, join: ExprId, index: usize) -> bool {
    let Some(ExprKind::Block(block)) = body.parent(join).map(|outer| body.kind(outer)) else { return false };
    let pat = block.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Let(it) if it.init == Some(join) => Some(it.pat),
        _ => None,
    });
    let Some(pat) = pat else { return !matches!(block.tail, Some(tail) if tail == join) };
    match &body.pat(pat).kind {
        PatKind::Tuple(parts) => {
            parts.get(index).is_none_or(|&part| matches!(body.pat(part).kind, PatKind::Wild))
        }
        PatKind::Wild => true,
        _ => false,
    }
}

/// A connection or socket that came to us.
fn is_accepted(ty: &Ty) -> bool {
    match ty {
        Ty::External(path, args) => streams::is_of_one_peer(path) || args.iter().any(is_accepted),
        Ty::Tuple(parts) => parts.iter().any(is_accepted),
        _ => false,
    }
}

fn base_local(typed: Typed<'_>, id: ExprId) -> Option<LocalId> {
    match typed.body.kind(id) {
        ExprKind::Local(local) => Some(*local),
        ExprKind::Field { base, .. } | ExprKind::Index { base, .. } => base_local(typed, *base),
        ExprKind::Deref(inner) | ExprKind::Ref { inner, .. } => base_local(typed, *inner),
        ExprKind::MethodCall { receiver, .. } => base_local(typed, *receiver),
        _ => None,
    }
}

/// A line in the log that people look at.
fn warns(typed: Typed<'_>, id: ExprId) -> bool {
    match typed.body.kind(id) {
        ExprKind::Macro(call) => match knowledge::macro_meaning(&call.path.last().name) {
            Meaning::Log(level) => matches!(level, LogLevel::Warn | LogLevel::Error),
            Meaning::Print => call.path.last().name.starts_with('e'),
            _ => false,
        },
        _ => false,
    }
}

/// What comes after is an error, or a panic.
fn fails(typed: Typed<'_>, id: ExprId) -> bool {
    typed.is_err(id) || matches!(typed.leaving(id), Some(Leaving::Error(_) | Leaving::Panic))
}

/// Whether a statement looks at what was gathered and leaves if it is not right.
fn checks(typed: Typed<'_>, id: ExprId, gathered: &[LocalId]) -> bool {
    let body = typed.body;
    let speaks = |at: ExprId| {
        body.descendants(at)
            .any(|id| matches!(body.kind(id), ExprKind::Local(local) if gathered.contains(local)))
    };
    body.descendants_here(id).any(|at| match body.kind(at) {
        ExprKind::If { condition, then, otherwise } => {
            speaks(*condition)
                && (typed.leaving(*then).is_some() || otherwise.is_some_and(|it| typed.leaving(it).is_some()))
        }
        ExprKind::Match { scrutinee, arms } => {
            speaks(*scrutinee) && arms.iter().any(|arm| typed.leaving(arm.body).is_some())
        }
        ExprKind::Try(inner) => speaks(*inner),
        ExprKind::Block(block) => block.stmts.iter().any(|stmt| match stmt {
            Stmt::Let(it) => it.otherwise.is_some() && it.init.is_some_and(speaks),
            Stmt::Expr(_) | Stmt::Item => false,
        }),
        _ => false,
    }) || is_checking_let(typed, id, &speaks)
        || body.descendants_here(id).any(|at| {
            // Half a document is none.
            let reads_whole = typed.types.external(at).is_some_and(|path| needs_all(&path));
            reads_whole && speaks(at) && !is_error_dropped(typed, at)
        })
}

/// `from_slice(&all).ok()`, `from_slice(&all).unwrap_or_default()`.
fn is_error_dropped(typed: Typed<'_>, result: ExprId) -> bool {
    match typed.body.parent(result).map(|outer| typed.body.kind(outer)) {
        Some(ExprKind::MethodCall { receiver, name, .. }) if *receiver == result => {
            name == "ok" || name.starts_with("unwrap_or") || name.starts_with("is_")
        }
        Some(ExprKind::Let { .. }) => true,
        _ => false,
    }
}

/// `let Some(x) = gathered else { .. };`, where the statement is known by its value.
fn is_checking_let(typed: Typed<'_>, init: ExprId, speaks: &dyn Fn(ExprId) -> bool) -> bool {
    let Some(ExprKind::Block(block)) = typed.body.parent(init).map(|id| typed.body.kind(id)) else {
        return false;
    };
    let is_let = block
        .stmts
        .iter()
        .any(|stmt| matches!(stmt, Stmt::Let(it) if it.init == Some(init) && it.otherwise.is_some()));
    is_let && speaks(init)
}
