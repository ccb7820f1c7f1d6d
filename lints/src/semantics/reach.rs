//! What may run because something else does: the calls of the program as a graph.
//!
//! A function is reached where it is called, and where it is named as a value, since whoever gets it may call it. A method of
//! an unknown type may be any method of its name; whether that counts is for the caller to say. Each function is looked at
//! once, and a walk visits each function and each name once.

use std::collections::VecDeque;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::failure::called_name;
use super::{AdtId, Callee, Def, FnId, FunctionSet, ModuleId, Owner, Workspace};
use crate::hir::{ExprId, ExprKind, Name};
use crate::knowledge::methods::names_spawn;

/// A place where a function calls another one, or names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub to: FnId,
    pub at: ExprId,
}

/// What leads out of a function.
#[derive(Debug, Default)]
pub(super) struct Edges {
    /// The callee is known, or is one of the implementations of a known trait.
    known: Vec<Edge>,
    /// Methods of unknown types.
    by_name: Vec<Name>,
}

/// How a call counts whose callee is not known for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sureness {
    /// Not at all: what is reached is there.
    Known,
    /// As a call of whatever it may be, and so do the methods that libraries call: what is not reached is not there.
    Perhaps,
}

/// The functions that may run because one does.
#[derive(Debug)]
pub struct Reach {
    functions: FxHashSet<FnId>,
}

/// The graph the other way round, and the functions that stand for each other.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Of each function, when it is first asked for.
    callers: Vec<OnceLock<Vec<(FnId, ExprId)>>>,
    named: OnceLock<FxHashMap<Name, Vec<FnId>>>,
    twins: OnceLock<FxHashMap<Home, Vec<FnId>>>,
}

/// Where a function is declared: functions with one home are alternatives for different systems.
type Home = (Option<AdtId>, ModuleId, Name);

impl Graph {
    pub fn of(functions: usize) -> Self {
        Self {
            callers: std::iter::repeat_with(OnceLock::new).take(functions).collect(),
            named: OnceLock::new(),
            twins: OnceLock::new(),
        }
    }
}

impl Reach {
    pub fn contains(&self, function: FnId) -> bool {
        self.functions.contains(&function)
    }

    /// In the order of ids.
    pub fn functions(&self) -> Vec<FnId> {
        let mut all: Vec<FnId> = self.functions.iter().copied().collect();
        all.sort();
        all
    }
}

impl Workspace<'_> {
    /// The places where a function calls or names functions that are known.
    pub fn edges(&self, of: FnId) -> &[Edge] {
        &self.edges_of(of).known
    }

    fn edges_of(&self, of: FnId) -> &Edges {
        self.body_facts.of(of).edges.get_or_init(|| self.compute_edges(of))
    }

    fn compute_edges(&self, of: FnId) -> Edges {
        let Some(typed) = self.typed(of) else { return Edges::default() };
        let mut edges = Edges::default();
        let mut known = |to: FnId, at: ExprId| edges.known.push(Edge { to, at });
        for at in typed.body.expr_ids() {
            match typed.body.kind(at) {
                ExprKind::Call { .. } | ExprKind::MethodCall { .. } => match typed.types.callee(at) {
                    Callee::Function(to) => known(*to, at),
                    Callee::OneOf(all) => all.iter().for_each(|&to| known(to, at)),
                    Callee::UnknownMethod(_)
                    | Callee::External(_)
                    | Callee::Constructor
                    | Callee::Value
                    | Callee::Unknown => {}
                },
                ExprKind::Path(path) if !is_callee(typed.body, at) => {
                    if let Some(Def::Function(to)) = self.resolve_value_path(of, path) {
                        known(to, at);
                    }
                }
                _ => {}
            }
        }
        for at in typed.body.calls() {
            if let (Callee::UnknownMethod(all), ExprKind::MethodCall { name, .. }) =
                (typed.types.callee(at), typed.body.kind(at))
                && !all.is_empty()
            {
                edges.by_name.push(*name);
            }
        }
        edges
    }

    /// The places that are known to call or name a function, in order of place.
    pub fn places_that_name(&self, function: FnId) -> &[(FnId, ExprId)] {
        let callers = |id: FnId| &self.graph.callers[id.index()];
        if let Some(places) = callers(function).get() {
            return places;
        }
        // They are found for all functions of the name at once: of some names there are thousands.
        let name = self.function(function).hir.name;
        let mut places: FxHashMap<FnId, Vec<(FnId, ExprId)>> = FxHashMap::default();
        for from in self.functions_naming([name.as_str()]).iter() {
            for edge in self.edges(from).iter().filter(|edge| self.function(edge.to).hir.name == name) {
                places.entry(edge.to).or_default().push((from, edge.at));
            }
        }
        for &twin in self.functions_named(name) {
            _ = callers(twin).set(places.remove(&twin).unwrap_or_default());
        }
        callers(function).get_or_init(Vec::new)
    }

    fn functions_named(&self, name: Name) -> &[FnId] {
        let named = self.graph.named.get_or_init(|| {
            let mut named: FxHashMap<Name, Vec<FnId>> = FxHashMap::default();
            for id in self.function_ids() {
                named.entry(self.function(id).hir.name).or_default().push(id);
            }
            named
        });
        named.get(&name).map_or(&[], Vec::as_slice)
    }

    /// Whether a function is known to lead to one that is looked for, or is one. `known` keeps what was found out.
    pub fn leads_to(&self, from: FnId, wanted: &dyn Fn(FnId) -> bool, known: &[OnceLock<bool>]) -> bool {
        self.gets_to(from, wanted, known, &|_, _| true)
    }

    /// As `leads_to`, in the function's own run: what a function spawns runs beside it.
    pub fn comes_to(&self, from: FnId, wanted: &dyn Fn(FnId) -> bool, known: &[OnceLock<bool>]) -> bool {
        self.gets_to(from, wanted, known, &|function, edge| !self.is_spawned_at(function, edge.at))
    }

    /// The functions that come to any of some, as `comes_to` says it: found from there on back, since of what few functions
    /// come to, most are never looked at.
    pub fn coming_to(&self, ends: impl Iterator<Item = FnId>) -> FunctionSet {
        let mut open: Vec<FnId> = ends.collect();
        let mut coming: FunctionSet = open.iter().copied().collect();
        while let Some(function) = open.pop() {
            for caller in self.functions_calling(function).iter().filter(|&it| !self.function(it).is_test) {
                let leads = |edge: &Edge| edge.to == function && !self.is_spawned_at(caller, edge.at);
                if !coming.contains(caller) && self.edges(caller).iter().any(leads) {
                    coming.insert(caller);
                    open.push(caller);
                }
            }
        }
        coming
    }

    fn gets_to(
        &self,
        from: FnId,
        wanted: &dyn Fn(FnId) -> bool,
        known: &[OnceLock<bool>],
        follows: &dyn Fn(FnId, &Edge) -> bool,
    ) -> bool {
        if let Some(&leads) = known[from.index()].get() {
            return leads;
        }
        let mut seen = FxHashSet::default();
        let mut open = vec![from];
        while let Some(function) = open.pop() {
            let leads = known[function.index()].get().copied();
            if leads == Some(true) || leads.is_none() && wanted(function) {
                return *known[from.index()].get_or_init(|| true);
            }
            if leads.is_none() && seen.insert(function) {
                let edges = self.edges(function).iter();
                open.extend(edges.filter(|edge| follows(function, edge)).map(|edge| edge.to));
            }
        }
        // Nor does anything on the way.
        for function in seen {
            _ = known[function.index()].set(false);
        }
        false
    }

    /// Whether a place of a function lies in what is given to something that spawns.
    fn is_spawned_at(&self, function: FnId, at: ExprId) -> bool {
        let Some(typed) = self.typed(function) else { return false };
        let mut inner = at;
        typed.body.ancestors(at).any(|outer| {
            let argument = std::mem::replace(&mut inner, outer);
            let is_given = match typed.body.kind(outer) {
                ExprKind::Call { args, .. } | ExprKind::MethodCall { args, .. } => args.contains(&argument),
                _ => false,
            };
            is_given
                && (typed.starts_task(outer)
                    || called_name(typed, outer).is_some_and(|name| names_spawn(&name)))
        })
    }

    /// What is reached from a function, in the crates that its own crate can call.
    pub fn reach(&self, from: FnId, sureness: Sureness) -> Reach {
        Reach { functions: self.reached(from, sureness).collect() }
    }

    /// The functions of `reach`, each when it is asked for, the nearest first: whoever looks for one that is near does not
    /// look at the whole program. What libraries may call comes behind all that the function itself leads to.
    pub fn reached(&self, from: FnId, sureness: Sureness) -> impl Iterator<Item = FnId> {
        let linked = &self.krate(self.crate_of(self.function(from).scope)).linked;
        let is_linked = move |id: FnId| {
            linked.contains(&self.crate_of(self.function(id).scope)) && !self.function(id).is_test
        };
        let mut functions = FxHashSet::default();
        let mut names = FxHashSet::default();
        let mut open = VecDeque::from([from]);
        let mut for_libraries = sureness == Sureness::Perhaps;
        std::iter::from_fn(move || {
            loop {
                if open.is_empty() && std::mem::take(&mut for_libraries) {
                    open.extend(self.methods_for_libraries().filter(|&id| is_linked(id)));
                }
                let function = open.pop_front()?;
                if !functions.insert(function) {
                    continue;
                }
                let edges = self.edges_of(function);
                open.extend(edges.known.iter().map(|edge| edge.to).filter(|&to| is_linked(to)));
                if sureness == Sureness::Perhaps {
                    open.extend(self.twins(function));
                    for &name in edges.by_name.iter().filter(|&&name| names.insert(name)) {
                        open.extend(self.methods_named(name).iter().copied().filter(|&to| is_linked(to)));
                    }
                }
                return Some(function);
            }
        })
    }

    /// The methods that are there for the trait of a library, which calls them: `Drop::drop`, `Service::call`.
    fn methods_for_libraries(&self) -> impl Iterator<Item = FnId> {
        let of_foreign_trait = |id: &FnId| match self.function(*id).owner {
            Owner::Impl(of) => {
                let it = self.impl_(of);
                it.hir.trait_.is_some() && !matches!(it.trait_, Some(Def::Trait(_)))
            }
            Owner::Module | Owner::Trait(_) => false,
        };
        self.function_ids().filter(of_foreign_trait)
    }

    /// The functions of the same name at the same place: those for other systems.
    fn twins(&self, of: FnId) -> &[FnId] {
        let twins = self.graph.twins.get_or_init(|| {
            let mut twins: FxHashMap<Home, Vec<FnId>> = FxHashMap::default();
            for id in self.function_ids() {
                twins.entry(self.home(id)).or_default().push(id);
            }
            twins.retain(|_, all| all.len() > 1);
            twins
        });
        twins.get(&self.home(of)).map_or(&[], Vec::as_slice)
    }

    fn home(&self, id: FnId) -> Home {
        let function = self.function(id);
        // A function with items inside has a scope of its own.
        (self.self_adt(id), self.named_module(function.scope), function.hir.name)
    }
}

/// Whether a path is what a call calls.
fn is_callee(body: &crate::hir::Body, path: ExprId) -> bool {
    body.parent(path)
        .is_some_and(|outer| matches!(body.kind(outer), ExprKind::Call { callee, .. } if *callee == path))
}
