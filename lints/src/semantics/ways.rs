//! What lies on each way back to a loop's head, and on each way out of it.
//!
//! A body is walked once, in order of evaluation, with the *sets of facts* that the ways to a place may have gathered:
//! a delay that was awaited, an error that came up, a stop signal that was looked at. Ways with the same facts are one, so
//! there are never more of them than there are sets of facts, however many branches a body has. The two sides of a
//! `Result`, an `Option` and a condition are followed apart. Functions of the workspace are followed a few calls deep.
//!
//! What a closure does, or an async block that is not awaited where it is written, is no part of the ways around it.

mod awaits;
mod walk;

use super::{FnId, Ty, Workspace};
use crate::hir::ExprId;

/// How many calls deep the ways through functions are followed.
pub(super) const DEPTH: usize = 3;

/// Something that can lie on a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Time is certain to pass: a sleep, the beat of a timer, the end of a timeout.
    Delay,
    /// Code that cannot be seen, in which time may pass.
    Unseen,
    /// An await that takes as long as something outside needs to answer.
    Wait,
    /// An await for something that happens outside: a message, an item, a connection. Not the one that told of an end or an
    /// error at once.
    Message,
    /// A stop signal was looked at, or raced with.
    Stop,
    /// Stopping was asked for.
    Asked,
    /// An error came up.
    Error,
    /// A channel or stream has told that nothing more will come, and would tell it again at once.
    End,
    /// A connection was made.
    Connected,
}

impl Fact {
    pub const ALL: [Fact; 9] = [
        Fact::Delay,
        Fact::Unseen,
        Fact::Wait,
        Fact::Message,
        Fact::Stop,
        Fact::Asked,
        Fact::Error,
        Fact::End,
        Fact::Connected,
    ];

    fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// What lies on some of the ways to a place, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    facts: u16,
    places: [ExprId; Fact::ALL.len()],
}

impl Path {
    const EMPTY: Path = Path { facts: 0, places: [ExprId(u32::MAX); Fact::ALL.len()] };

    pub fn has(&self, fact: Fact) -> bool {
        self.facts & fact.bit() != 0
    }

    /// Where a fact comes from: the await, the call, the condition.
    pub fn place(&self, fact: Fact) -> Option<ExprId> {
        self.has(fact).then(|| self.places[fact as usize])
    }

    pub fn facts(&self) -> impl Iterator<Item = Fact> {
        Fact::ALL.into_iter().filter(|&fact| self.has(fact))
    }

    /// Whether all that lay on an earlier way lies on this one too.
    fn comes_from(&self, earlier: &Path) -> bool {
        earlier.facts().all(|fact| self.place(fact) == earlier.place(fact))
    }

    fn with(mut self, fact: Fact, place: ExprId) -> Path {
        self.facts |= fact.bit();
        self.places[fact as usize] = place;
        self
    }

    fn without(mut self, fact: Fact) -> Path {
        self.facts &= !fact.bit();
        self
    }

    /// This way, then that one. What comes first keeps its place.
    fn then(mut self, later: &Path) -> Path {
        for fact in later.facts().filter(|&fact| !self.has(fact)).collect::<Vec<_>>() {
            self = self.with(fact, later.places[fact as usize]);
        }
        self
    }
}

/// The ways to a place, one for each set of facts, in order of these sets. None where the place cannot be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths(Vec<Path>);

impl Paths {
    /// The one way that nothing lies on yet.
    fn start() -> Paths {
        Paths(vec![Path::EMPTY])
    }

    fn none() -> Paths {
        Paths(Vec::new())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Path> {
        self.0.iter()
    }

    /// Whether there are ways, and each has the fact.
    pub fn all_have(&self, fact: Fact) -> bool {
        !self.is_empty() && self.iter().all(|path| path.has(fact))
    }

    fn from_all(mut all: Vec<Path>) -> Paths {
        // Stable: of ways with the same facts the first tells the places.
        all.sort_by_key(|path| path.facts);
        all.dedup_by_key(|path| path.facts);
        Paths(all)
    }

    /// These ways or those.
    fn or(self, other: Paths) -> Paths {
        match (self.0.is_empty(), other.0.is_empty()) {
            (_, true) => self,
            (true, false) => other,
            (false, false) => {
                let mut all = self.0;
                all.extend(other.0);
                Paths::from_all(all)
            }
        }
    }

    /// These ways with one more fact, where they do not have it yet.
    fn with(mut self, fact: Fact, place: ExprId) -> Paths {
        let mut grown = false;
        for path in self.0.iter_mut().filter(|path| !path.has(fact)) {
            *path = path.with(fact, place);
            grown = true;
        }
        if grown { Paths::from_all(self.0) } else { self }
    }

    fn without(self, fact: Fact) -> Paths {
        Paths::from_all(self.0.into_iter().map(|path| path.without(fact)).collect())
    }

    /// These ways, each followed by each of those.
    fn then(&self, later: &Paths) -> Paths {
        if let [only] = &self.0[..]
            && only.facts == 0
        {
            return later.clone();
        }
        let both = self.iter().flat_map(|first| later.iter().map(move |second| first.then(second)));
        Paths::from_all(both.collect())
    }

    /// Everything that lies on these ways, as if it lay at one place.
    fn at(&self, place: ExprId) -> Paths {
        Paths(self.iter().map(|path| Path { facts: path.facts, places: [place; Fact::ALL.len()] }).collect())
    }

    fn only(&self, keep: impl Fn(&Path) -> bool) -> Paths {
        Paths(self.iter().filter(|path| keep(path)).copied().collect())
    }
}

/// One way back to the head of a loop, or out of it.
#[derive(Clone, Debug)]
pub struct Way {
    pub kind: WayKind,
    /// The `continue`, the `break`, the `return`, the `?`; the body or condition of the loop where it ends by itself.
    pub at: ExprId,
    /// What may lie between the head of the loop and this place, in one turn.
    pub paths: Paths,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayKind {
    /// The body has ended, and the loop goes on.
    Turn,
    Continue,
    /// The condition does not hold, or there is no further item.
    Condition,
    Break,
    /// `continue 'outer`, `break 'outer` of a loop or block around it.
    Outer,
    Return(Side),
    Question,
}

/// Which of the two sides of a `Result`, an `Option` or a truth value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `Ok`, `Some`, `true`, or a value that has no sides.
    Good,
    /// `Err`, `None`, `false`.
    Bad,
    /// Either: it depends on what cannot be seen.
    Either,
}

/// The ways through one loop.
#[derive(Clone, Debug)]
pub struct LoopWays {
    pub id: ExprId,
    pub back: Vec<Way>,
    pub out: Vec<Way>,
}

/// The ways through a run.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// The loops of the run, inner before outer, those of async blocks awaited on the spot included. Loops that cannot
    /// be reached are not among them.
    pub loops: Vec<LoopWays>,
    pub returns: Returns,
    /// The async blocks that are awaited where they are written.
    pub inlined: Vec<ExprId>,
    /// How many steps the walk took.
    pub steps: usize,
}

/// What lies between the start of a run and its return, for each side of its value. What panics, ends the process or never
/// returns is in none.
#[derive(Clone, Debug, Default)]
pub struct Returns {
    pub good: Paths,
    pub bad: Paths,
    pub either: Paths,
}

impl Returns {
    /// Of what cannot be seen.
    fn unseen(at: ExprId) -> Returns {
        let paths = Paths::start().with(Fact::Unseen, at).with(Fact::Wait, at);
        Returns { either: paths, ..Returns::default() }
    }

    /// Whether the run never comes back to its caller.
    pub fn is_never(&self) -> bool {
        self.good.is_empty() && self.bad.is_empty() && self.either.is_empty()
    }

    fn all(&self) -> Paths {
        self.good.clone().or(self.bad.clone()).or(self.either.clone())
    }
}

impl<'a> Workspace<'a> {
    /// The ways through a run of a function: its body, a closure, an async block.
    pub fn ways_of_run(&self, function: FnId, run: ExprId) -> Option<Ways> {
        Some(walk::ways(self, self.typed(function)?, run, DEPTH))
    }

    /// What lies on the ways through a function to each side of its value; for an async one, once it is awaited.
    pub fn returns_of(&self, function: FnId) -> &Returns {
        self.returns_at(function, DEPTH)
    }

    /// As for failures: computed once for each function and depth, and a computation asks only for smaller depths.
    pub(super) fn returns_at(&self, function: FnId, depth: usize) -> &Returns {
        self.call_facts.of(function).returns[depth].get_or_init(|| {
            let Some(typed) = self.typed(function) else { return Returns::unseen(ExprId(0)) };
            let root = typed.body.root;
            match self.output_of(function) {
                // `fn run() -> impl Future`: the future it returns is what runs.
                Ty::Future(_) if !self.is_async(function) => {
                    let future = typed.exits(root).last().map(|exit| exit.at);
                    match future.filter(|&future| typed.body.is_own_body(future)) {
                        Some(future) => walk::ways(self, typed, future, depth).returns,
                        None => Returns::unseen(root),
                    }
                }
                _ => walk::ways(self, typed, root, depth).returns,
            }
        })
    }
}
