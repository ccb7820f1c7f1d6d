//! Who calls a function.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::facts::PerFunction;
use super::failure::called_name;
use super::{Callee, CrateId, FnId, Function, Typed, Workspace};
use crate::hir::{Body, ExprId, ExprKind, Name};

/// Calls, collected when they are first asked for, in order of function and place.
type Calls = OnceLock<Vec<(FnId, ExprId)>>;

/// The calls that may be of a function.
#[derive(Debug, Default)]
pub(super) struct CallSites {
    /// By every name that some function of the workspace has: there may be thousands of one name.
    by_name: FxHashMap<Name, OnceLock<Vec<CrateCalls>>>,
    /// Of those that are not called wherever their name stands.
    near: PerFunction<Calls>,
}

/// What a crate may call by a name.
#[derive(Debug)]
struct CrateCalls {
    krate: CrateId,
    /// The functions of the crate that have the name in them.
    naming: Vec<FnId>,
    calls: Calls,
}

impl CallSites {
    pub fn of(functions: &[Function<'_>]) -> Self {
        Self {
            by_name: functions.iter().map(|function| (function.hir.name, OnceLock::new())).collect(),
            near: PerFunction::new(functions.len()),
        }
    }

    pub fn is_declared(&self, name: Name) -> bool {
        self.by_name.contains_key(&name)
    }
}

impl Workspace<'_> {
    /// The calls of something with the name of a function, and with as many arguments, where that may be called. They are
    /// collected as far as somebody wants to know.
    fn calls_named_as(&self, of: FnId) -> impl Iterator<Item = (FnId, ExprId)> {
        let hir = self.function(of).hir;
        let near = self.is_called_near(of).then(|| {
            let collect = || self.calls_in(self.functions_calling(of).iter(), hir.name);
            self.calls.near.of(of).get_or_init(collect)
        });
        let anywhere = near.is_none().then(|| self.calls_by_name(hir.name)).unwrap_or_default().iter();
        let may_call = self.may_call(of);
        let seen = anywhere.filter(move |it| may_call(it.krate));
        let calls = seen
            .flat_map(move |it| it.calls.get_or_init(|| self.calls_in(it.naming.iter().copied(), hir.name)));
        let params = hir.params.len();
        let with_receiver = params + usize::from(hir.receiver.is_some());
        near.into_iter().flatten().chain(calls).copied().filter(move |&(function, call)| {
            self.body(function).is_some_and(|body| match body.kind(call) {
                ExprKind::MethodCall { args, .. } => args.len() == params,
                ExprKind::Call { args, .. } => args.len() == with_receiver,
                _ => false,
            })
        })
    }

    /// The crates in which a name of functions stands.
    fn calls_by_name(&self, name: Name) -> &[CrateCalls] {
        let Some(crates) = self.calls.by_name.get(&name) else { return &[] };
        crates.get_or_init(|| {
            let mut crates: Vec<CrateCalls> = Vec::new();
            for function in self.functions_naming([name.as_str()]).iter() {
                let krate = self.crate_of(self.function(function).scope);
                match crates.last_mut().filter(|last| last.krate == krate) {
                    Some(last) => last.naming.push(function),
                    None => crates.push(CrateCalls { krate, naming: vec![function], calls: Calls::new() }),
                }
            }
            crates
        })
    }

    fn calls_in(&self, functions: impl Iterator<Item = FnId>, name: Name) -> Vec<(FnId, ExprId)> {
        let mut calls = Vec::new();
        for function in functions {
            let Some(body) = self.body(function) else { continue };
            let named = body.calls().filter(|&call| last_name(body, call) == Some(name));
            calls.extend(named.map(|call| (function, call)));
        }
        calls
    }
}

fn last_name(body: &Body, call: ExprId) -> Option<Name> {
    match body.kind(call) {
        ExprKind::MethodCall { name, .. } => Some(*name),
        ExprKind::Call { callee, .. } => match body.kind(*callee) {
            ExprKind::Path(path) => Some(path.last().name),
            _ => None,
        },
        _ => None,
    }
}

impl<'a> Workspace<'a> {
    /// The calls that are known to be of a function, in order of place.
    pub fn callers(&self, of: FnId) -> Vec<(FnId, ExprId)> {
        self.calls_named_as(of).filter(|&(function, call)| self.is_call_of(function, call, of)).collect()
    }

    /// Whether any call is known to be of a function.
    pub fn is_called(&self, of: FnId) -> bool {
        self.calls_named_as(of).any(|(function, call)| self.is_call_of(function, call, of))
    }

    /// The only call of a function, where it is certain that there is one, and no other.
    pub fn only_caller(&self, of: FnId) -> Option<(FnId, ExprId)> {
        let mut only = None;
        for (function, call) in self.calls_named_as(of) {
            let is_known = self.is_call_of(function, call, of);
            if is_known && only.replace((function, call)).is_some()
                || !is_known && self.may_be_call_of(function, call, of)
            {
                return None;
            }
        }
        only
    }

    /// Whether a call somewhere may be of a function without it being certain.
    pub fn may_be_called_elsewhere(&self, of: FnId) -> bool {
        self.calls_named_as(of).any(|(function, call)| self.may_be_call_of(function, call, of))
    }

    fn is_call_of(&self, function: FnId, call: ExprId, of: FnId) -> bool {
        self.typed(function).is_some_and(
            |typed| matches!(typed.types.callee(call), Callee::Function(callee) if *callee == of),
        )
    }

    fn may_be_call_of(&self, function: FnId, call: ExprId, of: FnId) -> bool {
        self.typed(function).is_some_and(|typed| match typed.types.callee(call) {
            Callee::OneOf(candidates) | Callee::UnknownMethod(candidates) => candidates.contains(&of),
            Callee::Function(_)
            | Callee::External(_)
            | Callee::Constructor
            | Callee::Value
            | Callee::Unknown => false,
        })
    }

    /// How many arguments of a call stand before those that become the parameters of the function it calls:
    /// `Type::method(receiver, argument)` counts the receiver among them.
    pub fn arguments_before_params(&self, typed: Typed<'_>, call: ExprId, callee: FnId) -> usize {
        let is_path_call = matches!(typed.body.kind(call), ExprKind::Call { .. });
        usize::from(is_path_call && self.function(callee).hir.receiver.is_some())
    }

    /// The last name of what a call calls.
    pub fn called_name(&self, function: FnId, call: ExprId) -> Option<Name> {
        called_name(self.typed(function)?, call)
    }
}
