//! Who calls a function.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::facts::PerFunction;
use super::failure::called_name;
use super::{Callee, FnId, Function, Typed, Workspace};
use crate::hir::{Body, ExprId, ExprKind, Name};

/// The functions in which a name stands, in order, each with its calls of something of that name.
type Naming = OnceLock<Vec<(FnId, OnceLock<Box<[ExprId]>>)>>;

/// The calls that may be of a function. Of each function they are collected when it is first asked about.
#[derive(Debug, Default)]
pub(super) struct CallSites {
    /// By every name that some function of the workspace has: there may be thousands of one name.
    by_name: FxHashMap<Name, Naming>,
    /// Of those that are not called wherever their name stands.
    near: PerFunction<Naming>,
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
    /// The calls of something with the name of a function, and with as many arguments, where that may be called, among some
    /// functions. Only those are read that somebody comes to.
    fn calls_named_as(&self, of: FnId, among: impl Fn(FnId) -> bool) -> impl Iterator<Item = (FnId, ExprId)> {
        let hir = self.function(of).hir;
        let params = hir.params.len();
        let with_receiver = params + usize::from(hir.receiver.is_some());
        let has_arguments = move |body: &Body, call: ExprId| match body.kind(call) {
            ExprKind::MethodCall { args, .. } => args.len() == params,
            ExprKind::Call { args, .. } => args.len() == with_receiver,
            _ => false,
        };
        let may_call = self.may_call(of);
        let naming = self.functions_named_as(of).iter();
        let calling = naming.filter(move |(function, _)| {
            may_call(self.crate_of(self.function(*function).scope)) && among(*function)
        });
        calling.flat_map(move |(function, calls)| {
            let body = self.body(*function);
            let calls = calls.get_or_init(|| body.map(|body| calls_in(body, hir.name)).unwrap_or_default());
            let calls = body
                .into_iter()
                .flat_map(move |body| calls.iter().filter(move |call| has_arguments(body, **call)));
            calls.map(|&call| (*function, call))
        })
    }

    fn functions_named_as(&self, of: FnId) -> &[(FnId, OnceLock<Box<[ExprId]>>)] {
        let name = self.function(of).hir.name;
        let (naming, is_near) = match self.is_called_near(of) {
            true => (self.calls.near.of(of), true),
            false => match self.calls.by_name.get(&name) {
                Some(naming) => (naming, false),
                None => return &[],
            },
        };
        naming.get_or_init(|| {
            let all =
                if is_near { self.functions_calling(of) } else { self.functions_naming([name.as_str()]) };
            all.iter().map(|function| (function, OnceLock::new())).collect()
        })
    }
}

fn calls_in(body: &Body, name: Name) -> Box<[ExprId]> {
    body.calls().filter(|&call| last_name(body, call) == Some(name)).collect()
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
    pub fn callers(&self, of: FnId) -> impl Iterator<Item = (FnId, ExprId)> {
        self.callers_among(of, |_| true)
    }

    /// As `callers`, but of some functions only.
    pub fn callers_among(
        &self,
        of: FnId,
        among: impl Fn(FnId) -> bool,
    ) -> impl Iterator<Item = (FnId, ExprId)> {
        self.calls_named_as(of, among).filter(move |&(function, call)| self.is_call_of(function, call, of))
    }

    /// Whether there are calls that are known to be of a function, and all of them are like this.
    pub fn is_always_called(&self, of: FnId, is_so: impl Fn(FnId, Typed<'_>, ExprId) -> bool) -> bool {
        let mut callers = self.callers(of).peekable();
        callers.peek().is_some()
            && callers
                .all(|(caller, call)| self.typed(caller).is_some_and(|typed| is_so(caller, typed, call)))
    }

    /// Whether any call is known to be of a function.
    pub fn is_called(&self, of: FnId) -> bool {
        self.calls_tests_last(of).any(|(function, call)| self.is_call_of(function, call, of))
    }

    /// The only call of a function, where it is certain that there is one, and no other.
    pub fn only_caller(&self, of: FnId) -> Option<(FnId, ExprId)> {
        let mut only = None;
        for (function, call) in self.calls_tests_last(of) {
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
        self.calls_tests_last(of).any(|(function, call)| self.may_be_call_of(function, call, of))
    }

    /// As `calls_named_as`, for those who look for one call: nobody else may ever ask about a test.
    fn calls_tests_last(&self, of: FnId) -> impl Iterator<Item = (FnId, ExprId)> {
        let calls = |in_tests| self.calls_named_as(of, move |id| self.function(id).is_test == in_tests);
        calls(false).chain(calls(true))
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
