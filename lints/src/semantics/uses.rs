//! What becomes of a value: followed through variables, collections, fields, patterns, closures, and into the functions
//! of the workspace it is passed to, until it is dropped, waited for, returned, or out of sight.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::flow::Typed;
use super::infer::Callee;
use super::{AdtId, Def, FnId, Ty, Workspace};
use crate::hir::{Body, ExprId, ExprKind, LocalId, LoopKind, MacroContent, Name, PatId, PatKind, Stmt};
use crate::knowledge::errors::errs_when_other_side_is_gone;
use crate::knowledge::handles;
use crate::knowledge::macros::Meaning;
use crate::knowledge::methods::{self, ClosureUse, HandleMethod};
use crate::knowledge::names;
use crate::knowledge::sinks::{Effect, sink};
use crate::knowledge::spawners::spawner;
use crate::knowledge::transparent::wrapper;
use crate::knowledge::vocabulary::Word;
use crate::source::{Span, TextRange};

/// One end that a value comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub fate: Fate,
    pub function: FnId,
    pub at: ExprId,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Dropped(Drop),
    /// `.await`, `.join()`, an arm of `select!`, a place in `join!`: the expression that waits.
    Awaited,
    /// `.abort()`, `.abort_all()`.
    Aborted,
    /// `is_finished`, `len`, `abort_handle`: nothing is learnt of how it ended.
    LookedAt,
    /// `.detach()`, `mem::forget`.
    LetGo,
    /// The value of the function: what becomes of it is the callers' matter.
    Returned,
    /// Out of sight: passed to a library, sent away, captured by something not understood.
    Unknown,
}

/// How a value is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drop {
    /// `spawn(..);`
    Statement,
    /// `let _ = spawn(..);`
    Underscore,
    /// `let x = spawn(..);` and no use of `x`.
    Unused(LocalId),
    /// `drop(x)`.
    Explicit,
    /// The value of a block or closure whose value nobody takes.
    Ignored,
    /// A field that nothing reads.
    UnreadField(AdtId, Name),
}

/// How many functions and fields a value is followed through.
const DEPTH: u32 = 6;

/// Where in the workspace fields are named, each name collected when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct FieldUses {
    /// By types.
    of: Vec<OnceLock<Box<UsesOfFields>>>,
}

/// By the names of fields.
type UsesOfFields = FxHashMap<Name, OnceLock<UsesOfField>>;

/// Where something with the name of a field is named that can see the field.
#[derive(Debug, Default)]
struct UsesOfField {
    exprs: Vec<(FnId, ExprId)>,
    pats: Vec<(FnId, PatId)>,
}

impl FieldUses {
    pub fn new(types: usize) -> Self {
        Self { of: std::iter::repeat_with(OnceLock::new).take(types).collect() }
    }
}

impl UsesOfField {
    fn collect(workspace: &Workspace<'_>, adt: AdtId, name: Name) -> Self {
        let mut uses = UsesOfField::default();
        for function in workspace.functions_naming_field(adt, name).iter() {
            let Some(body) = workspace.body(function) else { continue };
            let is_named =
                |id: &ExprId| matches!(body.kind(*id), ExprKind::Field { name: it, .. } if *it == name);
            uses.exprs.extend(body.fields().filter(is_named).map(|id| (function, id)));
            for id in (0..body.pats.len() as u32).map(PatId) {
                if let PatKind::Struct { fields, .. } = &body.pat(id).kind {
                    let named = fields.iter().filter(|(it, _)| *it == name);
                    uses.pats.extend(named.map(|_| (function, id)));
                }
            }
        }
        uses
    }
}

impl Workspace<'_> {
    /// The uses of a field that some type of the workspace declares.
    fn uses_of_field(&self, adt: AdtId, name: Name) -> Option<&UsesOfField> {
        let fields = || self.adt(adt).kind.fields().map(|field| (field.name, OnceLock::new())).collect();
        let fields = self.field_uses.of[adt.index()].get_or_init(|| Box::new(fields()));
        Some(fields.get(&name)?.get_or_init(|| UsesOfField::collect(self, adt, name)))
    }
}

impl<'a> Workspace<'a> {
    /// Every end that the value of an expression comes to.
    pub fn uses_of_value(&self, function: FnId, value: ExprId) -> Vec<Use> {
        self.follow(function, |follower, typed| follower.climb(function, typed, value))
    }

    /// Every end that a task comes to which a call spawns into a collection of tasks.
    pub fn uses_of_collection(&self, function: FnId, call: ExprId, collection: ExprId) -> Vec<Use> {
        self.follow(function, |follower, typed| match typed.types.of(collection) {
            Ty::External(path, _) if handles::collection(path).is_some() => {
                follower.put_into(function, typed, call, collection)
            }
            _ => follower.end(function, typed, call, Fate::Unknown),
        })
    }

    /// Every end that the value of a variable comes to.
    pub fn uses_of_local(&self, function: FnId, local: LocalId) -> Vec<Use> {
        self.follow(function, |follower, typed| follower.local(function, typed, local, typed.body.root))
    }

    fn follow(&self, function: FnId, start: impl FnOnce(&mut Follower<'_, 'a>, Typed<'_>)) -> Vec<Use> {
        let mut follower =
            Follower { workspace: self, uses: Vec::new(), seen: FxHashSet::default(), depth: 0 };
        if let Some(typed) = self.typed(function) {
            start(&mut follower, typed);
        }
        follower.uses
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Local(FnId, LocalId),
    Field(AdtId, Name),
}

struct Follower<'w, 'a> {
    workspace: &'w Workspace<'a>,
    uses: Vec<Use>,
    seen: FxHashSet<Place>,
    depth: u32,
}

impl Follower<'_, '_> {
    fn end(&mut self, function: FnId, typed: Typed<'_>, at: ExprId, fate: Fate) {
        let span = self.workspace.span(function, head(typed.body, at));
        self.uses.push(Use { fate, function, at, span });
    }

    /// Follows the value of an expression to what takes it.
    fn climb(&mut self, function: FnId, typed: Typed<'_>, id: ExprId) {
        let body = typed.body;
        let Some(outer) = body.parent(id) else { return self.value_of_function(function, typed, id) };
        match body.kind(outer) {
            ExprKind::Block(block) => self.in_block(function, typed, id, outer, block),
            ExprKind::Ref { .. }
            | ExprKind::Deref(_)
            | ExprKind::Try(_)
            | ExprKind::Index { .. }
            | ExprKind::Cast { .. } => self.climb(function, typed, outer),
            // Awaiting a lock gives what is behind it; awaiting the task itself, or the first of several, ends the search.
            ExprKind::Await(_) if typed.types.of(outer).holds_handle() && !waits_for_tasks(typed, id) => {
                self.climb(function, typed, outer)
            }
            ExprKind::Await(_) => self.end(function, typed, outer, Fate::Awaited),
            ExprKind::MethodCall { receiver, name, args, .. } if *receiver == id => {
                self.method(function, typed, outer, *name, args)
            }
            ExprKind::MethodCall { receiver, name, args, .. } => {
                let index = args.iter().position(|&arg| arg == id).unwrap_or(0);
                self.method_argument(function, typed, outer, *receiver, *name, index);
            }
            ExprKind::Call { callee, args } if *callee != id => {
                let index = args.iter().position(|&arg| arg == id).unwrap_or(0);
                self.argument(function, typed, outer, index);
            }
            ExprKind::Struct { path, fields, .. } => {
                let field = fields.iter().find(|&&(_, value)| value == id).map(|&(name, _)| name);
                match (typed.types.of(outer), field) {
                    (Ty::Adt(adt, _), Some(field))
                        if !matches!(
                            self.workspace.resolve_value_path(function, path),
                            Some(Def::Variant(..))
                        ) =>
                    {
                        self.held(*adt, field, function, typed, outer);
                    }
                    _ => self.end(function, typed, outer, Fate::Unknown),
                }
            }
            ExprKind::Tuple(_) | ExprKind::Array(_) => self.climb(function, typed, outer),
            // `pair.0`: it, or what lies beside it.
            ExprKind::Field { .. } if matches!(typed.types.of(id), Ty::Tuple(_)) => {
                match typed.types.of(outer) {
                    ty if ty.holds_handle() => self.climb(function, typed, outer),
                    Ty::Unknown => self.end(function, typed, outer, Fate::Unknown),
                    _ => {}
                }
            }
            ExprKind::Assign { place, value, .. } if *value == id => {
                self.assigned(function, typed, outer, *place)
            }
            // The old value is overwritten, or the place is only named.
            ExprKind::Assign { .. } => {}
            ExprKind::If { condition, .. } if *condition != id => self.climb(function, typed, outer),
            ExprKind::Match { scrutinee, .. } if *scrutinee != id => self.climb(function, typed, outer),
            ExprKind::Match { arms, .. } => {
                arms.iter().for_each(|arm| self.pattern(function, typed, arm.pat, outer))
            }
            ExprKind::Let { pat, .. } => self.pattern(function, typed, *pat, outer),
            ExprKind::Closure(_) => self.value_of_closure(function, typed, outer),
            ExprKind::Return(_) => self.value_of_run(function, typed, outer),
            ExprKind::Break { label, .. } => match body.target_of_jump(outer, *label) {
                Some(target) => self.climb(function, typed, target),
                None => self.end(function, typed, outer, Fate::Unknown),
            },
            ExprKind::Select(select) => match select.arms.iter().any(|arm| arm.future == id) {
                true => self.end(function, typed, id, Fate::Awaited),
                false => self.climb(function, typed, outer),
            },
            ExprKind::Join { .. } => self.end(function, typed, outer, Fate::Awaited),
            ExprKind::Loop(it) => match it.kind {
                LoopKind::For { pat, iterable } if iterable == id => {
                    self.pattern(function, typed, pat, outer)
                }
                _ => self.end(function, typed, outer, Fate::Unknown),
            },
            ExprKind::Macro(call) => {
                match (&call.content, typed.types.words().meaning(call)) {
                    // `pin!(task);` gives the name to what is pinned.
                    (MacroContent::Args(_), Meaning::Pin) if is_statement(typed, outer) => {}
                    (MacroContent::Args(_), Meaning::Collection | Meaning::Pin) => {
                        self.climb(function, typed, outer)
                    }
                    (
                        MacroContent::Args(_),
                        Meaning::Log(_) | Meaning::Print | Meaning::Format | Meaning::Assert,
                    ) => {
                        self.end(function, typed, outer, Fate::LookedAt);
                    }
                    (MacroContent::Code(_), _) => self.climb(function, typed, outer),
                    _ => self.end(function, typed, outer, Fate::Unknown),
                }
            }
            ExprKind::Binary { .. } | ExprKind::Unary(_) => self.end(function, typed, outer, Fate::LookedAt),
            _ => self.end(function, typed, outer, Fate::Unknown),
        }
    }

    fn value_of_function(&mut self, function: FnId, typed: Typed<'_>, root: ExprId) {
        let output = match self.workspace.output_of(function) {
            Ty::Future(output) if self.workspace.is_async(function) => (*output).clone(),
            other => other,
        };
        let fate = if output.is_unit() { Fate::Dropped(Drop::Ignored) } else { Fate::Returned };
        self.end(function, typed, root, fate);
    }

    /// `return value`.
    fn value_of_run(&mut self, function: FnId, typed: Typed<'_>, at: ExprId) {
        match typed.body.own_body_of(at) {
            None => self.end(function, typed, at, Fate::Returned),
            Some(run) => match typed.body.kind(run) {
                ExprKind::Closure(_) => self.value_of_closure(function, typed, run),
                _ => self.end(function, typed, at, Fate::Unknown),
            },
        }
    }

    /// What a closure gives goes where its caller puts it: known for the adaptors of iterators and options.
    fn value_of_closure(&mut self, function: FnId, typed: Typed<'_>, closure: ExprId) {
        let body = typed.body;
        match body.parent(closure).map(|call| (call, body.kind(call))) {
            Some((call, ExprKind::MethodCall { name, .. })) => match methods::closure_use(name) {
                Some(ClosureUse::Yields) => self.climb(function, typed, call),
                Some(ClosureUse::Ignores) => self.end(function, typed, closure, Fate::Dropped(Drop::Ignored)),
                None => self.end(function, typed, closure, Fate::Unknown),
            },
            _ => self.end(function, typed, closure, Fate::Unknown),
        }
    }

    fn in_block(
        &mut self,
        function: FnId,
        typed: Typed<'_>,
        id: ExprId,
        outer: ExprId,
        block: &crate::hir::Block,
    ) {
        if block.tail == Some(id) {
            return match block.kind.is_own_body() {
                // The output of a future: whoever awaits it has the value.
                true => self.end(function, typed, id, Fate::Unknown),
                false => self.climb(function, typed, outer),
            };
        }
        for stmt in &block.stmts {
            match stmt {
                Stmt::Expr(expr) if *expr == id => {
                    return self.end(function, typed, id, Fate::Dropped(Drop::Statement));
                }
                Stmt::Let(it) if it.init == Some(id) => return self.pattern(function, typed, it.pat, id),
                _ => {}
            }
        }
        self.end(function, typed, id, Fate::Unknown);
    }

    /// A pattern takes the value; `at` is the expression that gives it.
    fn pattern(&mut self, function: FnId, typed: Typed<'_>, pat: PatId, at: ExprId) {
        let body = typed.body;
        match &body.pat(pat).kind {
            PatKind::Wild => self.end(function, typed, at, Fate::Dropped(Drop::Underscore)),
            PatKind::Bind { local, sub: None, .. } => self.local(function, typed, *local, at),
            PatKind::Ref(inner) => self.pattern(function, typed, *inner, at),
            // `Some(x)`, `Ok(x)`, `(a, b)`, `[a, b]`: the value, or a part of the collection of values.
            PatKind::TupleStruct { fields: parts, .. } | PatKind::Tuple(parts) | PatKind::Slice(parts) => {
                let bound: Vec<PatId> =
                    parts.iter().copied().filter(|&part| self.may_hold(typed, part)).collect();
                bound.into_iter().for_each(|part| self.pattern(function, typed, part, at));
            }
            PatKind::Or(parts) => parts.iter().for_each(|&part| self.pattern(function, typed, part, at)),
            PatKind::Path(_) | PatKind::Literal | PatKind::Rest => {}
            PatKind::Bind { .. } | PatKind::Struct { .. } | PatKind::Opaque => {
                self.end(function, typed, at, Fate::Unknown)
            }
        }
    }

    /// Whether a part of a pattern may take the value: not where its type is known to be something that cannot hold it.
    fn may_hold(&self, typed: Typed<'_>, part: PatId) -> bool {
        match &typed.body.pat(part).kind {
            PatKind::Bind { local, .. } => typed.types.local(*local).may_hold_handle(),
            PatKind::Path(_) | PatKind::Literal | PatKind::Rest => false,
            _ => true,
        }
    }

    fn local(&mut self, function: FnId, typed: Typed<'_>, local: LocalId, at: ExprId) {
        if !self.seen.insert(Place::Local(function, local)) {
            return;
        }
        let body = typed.body;
        let uses: Vec<ExprId> = body.uses_of(local).collect();
        if uses.is_empty() {
            let span = self.workspace.span(function, body.local(local).range);
            self.uses.push(Use { fate: Fate::Dropped(Drop::Unused(local)), function, at, span });
        }
        uses.into_iter().for_each(|id| self.climb(function, typed, id));
    }

    fn assigned(&mut self, function: FnId, typed: Typed<'_>, at: ExprId, place: ExprId) {
        match typed.body.kind(place) {
            ExprKind::Local(local) => self.local(function, typed, *local, at),
            ExprKind::Field { base, name } => self.stored(function, typed, at, *base, *name),
            ExprKind::Deref(inner) | ExprKind::Index { base: inner, .. } => {
                self.assigned(function, typed, at, *inner)
            }
            ExprKind::MethodCall { receiver, .. } => self.assigned(function, typed, at, *receiver),
            ExprKind::Await(inner) => self.assigned(function, typed, at, *inner),
            // `_ = value`.
            ExprKind::Path(path) if path.as_name().is_some_and(|name| name == "_") => {
                self.end(function, typed, at, Fate::Dropped(Drop::Underscore))
            }
            _ => self.end(function, typed, at, Fate::Unknown),
        }
    }

    fn stored(&mut self, function: FnId, typed: Typed<'_>, at: ExprId, base: ExprId, name: Name) {
        match typed.types.of(base) {
            Ty::Adt(adt, _) => self.field(*adt, name, Some((function, at))),
            _ => self.end(function, typed, at, Fate::Unknown),
        }
    }

    /// The value lies in a field of what is made here. Where that stays in this function, only this function and the methods of
    /// its type can take it; else everything that names the field.
    fn held(&mut self, adt: AdtId, field: Name, function: FnId, typed: Typed<'_>, made: ExprId) {
        let Some(reads) = reads_of_fields(typed, made) else {
            return self.field(adt, field, Some((function, made)));
        };
        let is_named =
            |id: &ExprId| matches!(typed.body.kind(*id), ExprKind::Field { name, .. } if *name == field);
        let own: Vec<(FnId, ExprId)> =
            reads.into_iter().filter(is_named).map(|read| (function, read)).collect();
        if own.is_empty() {
            return self.field(adt, field, Some((function, made)));
        }
        let workspace = self.workspace;
        let all = workspace.uses_of_field(adt, field).map_or(&[][..], |uses| &uses.exprs);
        let of_methods = all.iter().copied().filter(|&(of, _)| workspace.self_adt(of) == Some(adt));
        for (function, read) in own.into_iter().chain(of_methods) {
            if let Some(typed) = workspace.typed(function) {
                self.climb(function, typed, read);
            }
        }
    }

    /// The value lies in a field: everything that names the field may take it.
    fn field(&mut self, adt: AdtId, field: Name, stored: Option<(FnId, ExprId)>) {
        if !self.seen.insert(Place::Field(adt, field)) {
            return;
        }
        let before = self.uses.len();
        let followed = self.depth < DEPTH;
        if followed {
            self.depth += 1;
            self.field_exprs(adt, field);
            self.field_patterns(adt, field);
            self.depth -= 1;
        }
        let Some((function, at)) = stored else { return };
        let Some(typed) = self.workspace.typed(function) else { return };
        if !followed {
            self.end(function, typed, at, Fate::Unknown);
        } else if self.uses.len() == before {
            // Nothing names it, or only what puts more into it.
            // A public field of a library may be read by others.
            let fate = if self.is_visible_outside(adt) {
                Fate::Unknown
            } else {
                Fate::Dropped(Drop::UnreadField(adt, field))
            };
            self.end(function, typed, at, fate);
        }
    }

    fn is_visible_outside(&self, adt: AdtId) -> bool {
        let it = self.workspace.adt(adt);
        let krate = self.workspace.krate(self.workspace.crate_of(it.scope));
        // Fields are private unless they say otherwise; tuple fields and unknown ones are not told apart here.
        it.is_pub && krate.kind == super::TargetKind::Lib && self.workspace.has_public_fields(adt)
    }

    fn field_exprs(&mut self, adt: AdtId, field: Name) {
        let workspace = self.workspace;
        let all = workspace.uses_of_field(adt, field).map_or(&[][..], |uses| &uses.exprs);
        for &(function, id) in all {
            let Some(typed) = workspace.typed(function) else { continue };
            let ExprKind::Field { base, .. } = typed.body.kind(id) else { continue };
            match typed.types.of(*base) {
                Ty::Adt(of, _) if *of == adt => self.climb(function, typed, id),
                Ty::Unknown | Ty::Param(_) | Ty::Object(_) => self.end(function, typed, id, Fate::Unknown),
                _ => {}
            }
        }
    }

    fn field_patterns(&mut self, adt: AdtId, field: Name) {
        let workspace = self.workspace;
        let all = workspace.uses_of_field(adt, field).map_or(&[][..], |uses| &uses.pats);
        for &(function, id) in all {
            let Some(typed) = workspace.typed(function) else { continue };
            let PatKind::Struct { path, fields } = &typed.body.pat(id).kind else { continue };
            let is_self = path.as_name().is_some_and(|name| name == "Self")
                && workspace.self_adt(function) == Some(adt);
            let is_named =
                workspace.resolve_type_path(workspace.function(function).scope, path) == Some(Def::Adt(adt));
            if !is_self && !is_named {
                continue;
            }
            for &(name, pat) in fields {
                if name == field && !matches!(typed.body.pat(pat).kind, PatKind::Wild) {
                    self.pattern(function, typed, pat, typed.body.root);
                }
            }
        }
    }

    /// A method is called on the value.
    fn method(&mut self, function: FnId, typed: Typed<'_>, call: ExprId, name: Name, args: &[ExprId]) {
        match methods::handle_method(&name) {
            Some(HandleMethod::Waits) => return self.end(function, typed, call, Fate::Awaited),
            Some(HandleMethod::Aborts) => return self.end(function, typed, call, Fate::Aborted),
            Some(HandleMethod::Looks) => return self.end(function, typed, call, Fate::LookedAt),
            Some(HandleMethod::LetsGo) => return self.end(function, typed, call, Fate::LetGo),
            // `self.task.replace(new);` drops another value, as `self.task = Some(new);` does.
            Some(HandleMethod::Passes) if name == "replace" && is_statement(typed, call) => return,
            Some(HandleMethod::Passes) => {}
            // Something is added to the collection that the value is in, or the like.
            Some(HandleMethod::Ignores) => return,
            // Another task is spawned into the collection that the task is in.
            None if typed.types.external(call).is_some_and(|path| spawner(&path).is_some()) => return,
            None => return self.own_method(function, typed, call),
        }
        let mut taken = false;
        for &arg in args {
            // That of `map_err` is given the error.
            if let ExprKind::Closure(closure) = typed.body.kind(arg)
                && !methods::gives_error_only(&name)
            {
                taken = true;
                closure.params.iter().for_each(|&(pat, _)| self.pattern(function, typed, pat, arg));
            }
        }
        if !taken {
            self.climb(function, typed, call);
        }
    }

    /// A method of the workspace is called on the value: it is its `self`.
    fn own_method(&mut self, function: FnId, typed: Typed<'_>, call: ExprId) {
        self.end(function, typed, call, Fate::Unknown);
    }

    fn method_argument(
        &mut self,
        function: FnId,
        typed: Typed<'_>,
        call: ExprId,
        receiver: ExprId,
        name: Name,
        index: usize,
    ) {
        // `keeper.send(task)`: whoever receives it has it.
        if errs_when_other_side_is_gone(&name) {
            return self.end(function, typed, call, Fate::Unknown);
        }
        if methods::adds_to_collection(&name) && !matches!(typed.types.callee(call), Callee::Function(_)) {
            return self.put_into(function, typed, call, receiver);
        }
        self.argument(function, typed, call, index);
    }

    /// The value is put into a collection: what takes the collection takes the value.
    fn put_into(&mut self, function: FnId, typed: Typed<'_>, call: ExprId, collection: ExprId) {
        match typed.body.kind(collection) {
            ExprKind::Local(local) => self.collection_local(function, typed, *local, call),
            ExprKind::Field { base, name } => self.stored(function, typed, call, *base, *name),
            ExprKind::Ref { inner, .. }
            | ExprKind::Deref(inner)
            | ExprKind::Await(inner)
            | ExprKind::Try(inner) => self.put_into(function, typed, call, *inner),
            // `self.handles.lock().await.push(h)`, `map.entry(k).or_default().push(h)`.
            ExprKind::MethodCall { receiver, .. } => self.put_into(function, typed, call, *receiver),
            _ => self.end(function, typed, call, Fate::Unknown),
        }
    }

    fn collection_local(&mut self, function: FnId, typed: Typed<'_>, local: LocalId, at: ExprId) {
        if self.seen.contains(&Place::Local(function, local)) {
            return;
        }
        let before = self.uses.len();
        self.local(function, typed, local, at);
        // A parameter or guard leads elsewhere; a variable of which only `push` is called is never drained.
        if self.uses.len() == before {
            let (pat, site) = typed.body.outer_pat_site(typed.body.local(local).pat);
            let fate = match site {
                crate::hir::PatSite::Let(block, index) => {
                    match self.comes_from_elsewhere(typed, pat, block, index) {
                        true => Fate::Unknown,
                        false => Fate::Dropped(Drop::Unused(local)),
                    }
                }
                _ => Fate::Unknown,
            };
            self.end(function, typed, at, fate);
        }
    }

    /// Whether a variable borrows from something that lives on: `let mut handles = self.handles.lock();`.
    fn comes_from_elsewhere(&self, typed: Typed<'_>, _pat: PatId, block: ExprId, index: u32) -> bool {
        let ExprKind::Block(block) = typed.body.kind(block) else { return true };
        let Stmt::Let(it) = &block.stmts[index as usize] else { return true };
        let Some(init) = it.init else { return false };
        typed.body.descendants_here(init).any(|id| {
            matches!(typed.body.kind(id), ExprKind::Receiver | ExprKind::Field { .. } | ExprKind::Local(_))
        })
    }

    /// The value is an argument of a call.
    fn argument(&mut self, function: FnId, typed: Typed<'_>, call: ExprId, index: usize) {
        if typed.types.words().of_callee(typed.types.callee(call), Word::Supervisor) {
            return self.end(function, typed, call, Fate::Unknown);
        }
        match typed.types.callee(call) {
            Callee::Function(callee) => self.parameter(function, typed, call, *callee, index),
            // What comes back is what was there before.
            Callee::External(path) if *path == names::REPLACE && index == 1 => {
                self.end(function, typed, call, Fate::Unknown)
            }
            Callee::External(path) => match sink(path).map(|row| row.effect) {
                Some(Effect::Abandons) if *path == names::DROP => {
                    self.end(function, typed, call, Fate::Dropped(Drop::Explicit))
                }
                Some(Effect::Abandons) => self.end(function, typed, call, Fate::LetGo),
                Some(Effect::Observes | Effect::Partial | Effect::Stores) => {
                    self.climb(function, typed, call)
                }
                Some(Effect::Discards) => self.end(function, typed, call, Fate::Awaited),
                Some(Effect::Aborts) => self.end(function, typed, call, Fate::Aborted),
                Some(Effect::LifeOnly) => self.end(function, typed, call, Fate::LookedAt),
                // `Some(h)`, `Box::new(h)`, `timeout(d, h)`: the handle is in what comes back.
                None if wrapper(path).is_some() || typed.types.of(call).holds_handle() => {
                    self.climb(function, typed, call)
                }
                None => self.end(function, typed, call, Fate::Unknown),
            },
            Callee::Constructor => match (typed.types.of(call), typed.body.kind(call)) {
                (Ty::Adt(adt, _), ExprKind::Call { .. })
                    if matches!(self.workspace.adt(*adt).kind, super::AdtKind::Struct(_)) =>
                {
                    self.held(*adt, Name::from(&index.to_string()), function, typed, call);
                }
                _ => self.end(function, typed, call, Fate::Unknown),
            },
            Callee::OneOf(_) | Callee::UnknownMethod(_) | Callee::Value | Callee::Unknown => {
                self.end(function, typed, call, Fate::Unknown)
            }
        }
    }

    fn parameter(&mut self, function: FnId, typed: Typed<'_>, call: ExprId, callee: FnId, index: usize) {
        let index = index.checked_sub(self.workspace.arguments_before_params(typed, call, callee));
        let inner = self.workspace.typed(callee);
        let param = index.and_then(|index| inner?.body.params.get(index).copied());
        match (inner, param) {
            (Some(inner), Some(pat)) if self.depth < DEPTH => {
                self.depth += 1;
                let before = self.uses.len();
                self.pattern(callee, inner, pat, inner.body.root);
                self.depth -= 1;
                // Returned by the callee: it is the value of the call.
                let returned =
                    self.uses[before..].iter().any(|it| it.function == callee && it.fate == Fate::Returned);
                if returned {
                    self.climb(function, typed, call);
                }
            }
            _ => self.end(function, typed, call, Fate::Unknown),
        }
    }
}

/// The places that name a field of a value that is made here, if nothing else is done with the variable it is bound to.
fn reads_of_fields(typed: Typed<'_>, made: ExprId) -> Option<Vec<ExprId>> {
    let body = typed.body;
    let ExprKind::Block(block) = body.kind(body.parent(made)?) else { return None };
    let pat = block.stmts.iter().find_map(|stmt| match stmt {
        Stmt::Let(it) if it.init == Some(made) => Some(it.pat),
        _ => None,
    })?;
    let PatKind::Bind { local, sub: None, .. } = body.pat(pat).kind else { return None };
    let reads = body.uses_of(local).map(|mention| {
        let outer = body.parent(mention)?;
        matches!(body.kind(outer), ExprKind::Field { .. }).then_some(outer)
    });
    reads.collect()
}

/// Whether an expression is a statement whose value nobody takes.
fn is_statement(typed: Typed<'_>, id: ExprId) -> bool {
    typed.body.parent(id).is_some_and(|outer| match typed.body.kind(outer) {
        ExprKind::Block(block) => block.stmts.iter().any(|stmt| matches!(stmt, Stmt::Expr(it) if *it == id)),
        _ => false,
    })
}

/// `select_all(handles)`: awaiting it waits for the tasks, also where it gives back the handles of the others. A wrapper of
/// one future, such as `timeout`, gives what that gives.
fn waits_for_tasks(typed: Typed<'_>, call: ExprId) -> bool {
    typed.types.external(call).is_some_and(|path| {
        let effect = sink(&path).map(|row| row.effect);
        matches!(effect, Some(Effect::Observes | Effect::Partial)) && wrapper(&path).is_none()
    })
}

/// The place to point at for an expression: the name of a method or function rather than all of the call.
pub fn head(body: &Body, id: ExprId) -> TextRange {
    match body.kind(id) {
        ExprKind::MethodCall { name_range, .. } => *name_range,
        ExprKind::Call { callee, .. } => body.range(*callee),
        ExprKind::Loop(it) => it.keyword,
        ExprKind::Select(select) => select.path.range,
        ExprKind::Macro(call) => call.path.range,
        ExprKind::Await(inner) | ExprKind::Try(inner) => {
            let inner = head(body, *inner);
            TextRange { start: inner.start, end: body.range(id).end }
        }
        _ => body.range(id),
    }
}
