//! Lints, their groups and levels.

use std::fmt;
use std::str::FromStr;

use crate::framework::Diagnostic;
use crate::model::{
    ConnectionLoss, CutStream, DeafArm, EndedRead, FatalItem, HiddenEnd, InterruptOnly, LagEnd, Loop,
    MaskedError, Model, RawSpawn, SilentRead, SubscriptionEnd, Task, TornSelect, UnboundedWait,
    UnheardPanics, Unstoppable, Unstopped, Wait, Worker,
};
use crate::semantics::FnId;
use crate::source::comments;
use crate::source::{FileId, Span};

/// A rule: its group, and the function that asks the model and reports.
pub struct Lint {
    pub group: Group,
    pub check: Check,
    /// More precise lints: where one of them reports at a place, this one has nothing to add.
    pub yields_to: &'static [&'static str],
    /// The kind of program it was made for, whose profile turns it on.
    pub profile: Option<Profile>,
}

/// A kind of program: choosing it turns on the lints that were made for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A service that should run for months.
    Service,
}

/// When a lint runs.
pub enum Check {
    /// On each file of the model.
    File(fn(&Context<'_>, &mut Report<'_>)),
    /// Not by itself: the framework reports it while it applies suppressions and levels.
    Framework,
    /// On manifests, which the driver reads: there is no code that it could fire on.
    Manifests,
}

impl Lint {
    pub const fn new(group: Group, check: fn(&Context<'_>, &mut Report<'_>)) -> Self {
        Self { group, check: Check::File(check), yields_to: &[], profile: None }
    }

    pub const fn yielding_to(self, lints: &'static [&'static str]) -> Self {
        Self { yields_to: lints, ..self }
    }

    pub const fn by_framework(group: Group) -> Self {
        Self { group, check: Check::Framework, yields_to: &[], profile: None }
    }

    pub const fn of_manifests(group: Group) -> Self {
        Self { group, check: Check::Manifests, yields_to: &[], profile: None }
    }

    /// Whether it looks at code.
    pub fn is_on_code(&self) -> bool {
        !matches!(self.check, Check::Manifests)
    }

    pub const fn in_profile(self, profile: Profile) -> Self {
        Self { profile: Some(profile), ..self }
    }
}

impl Profile {
    pub const ALL: [Profile; 1] = [Profile::Service];

    pub fn name(self) -> &'static str {
        match self {
            Profile::Service => "service",
        }
    }
}

impl FromStr for Profile {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Profile::ALL.into_iter().find(|profile| profile.name() == name).ok_or(())
    }
}

/// How far the findings of a lint can be trusted, in Clippy's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The code cannot mean what it does.
    Correctness,
    /// Nine of ten findings are worth acting on, measured on real code.
    Suspicious,
    /// Real defects, but more than one finding in ten is fine.
    Pedantic,
    /// A policy that a team chooses.
    Restriction,
    /// Not measured yet.
    Nursery,
}

impl Group {
    pub const ALL: [Group; 5] =
        [Group::Correctness, Group::Suspicious, Group::Pedantic, Group::Restriction, Group::Nursery];

    pub fn name(self) -> &'static str {
        match self {
            Group::Correctness => "correctness",
            Group::Suspicious => "suspicious",
            Group::Pedantic => "pedantic",
            Group::Restriction => "restriction",
            Group::Nursery => "nursery",
        }
    }

    pub fn default_level(self) -> Level {
        match self {
            Group::Correctness => Level::Deny,
            Group::Suspicious => Level::Warn,
            Group::Pedantic | Group::Restriction | Group::Nursery => Level::Allow,
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Group {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Group::ALL.into_iter().find(|group| group.name() == name).ok_or(())
    }
}

/// What a lint watches over: for those who look for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Tasks, and the handles that tell how they ended.
    Tasks,
    /// Ends that look like success.
    Ends,
    /// Loops that spin, cannot be stopped, or do not hear.
    Loops,
    /// Connections, and what comes in over them.
    Connections,
    /// The process as a whole: its start, its signals, its panics.
    Process,
    /// What is said to taskguard itself.
    Taskguard,
}

impl Family {
    pub fn name(self) -> &'static str {
        match self {
            Family::Tasks => "tasks",
            Family::Ends => "ends",
            Family::Loops => "loops",
            Family::Connections => "connections",
            Family::Process => "process",
            Family::Taskguard => "taskguard",
        }
    }
}

/// What a finding does to the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Allow,
    Warn,
    Deny,
    /// As `Deny`; cannot be lowered by what comes later, nor by a suppression.
    Forbid,
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Allow, Level::Warn, Level::Deny, Level::Forbid];

    pub fn name(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
            Level::Forbid => "forbid",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a lint may ask while it looks at one file.
pub struct Context<'a> {
    pub model: &'a Model<'a>,
    pub file: FileId,
}

impl<'a> Context<'a> {
    /// The tasks that start in the file.
    pub fn tasks(&self) -> impl Iterator<Item = &'a Task> {
        self.model.tasks(self.file).iter()
    }

    /// The places in the file that wait for tasks.
    pub fn waits(&self) -> impl Iterator<Item = &'a Wait> {
        self.model.waits(self.file).iter()
    }

    /// The functions in the file that must run for the life of the process.
    pub fn workers(&self) -> impl Iterator<Item = &'a Worker> {
        self.model.workers(self.file)
    }

    /// The loops in the file.
    pub fn loops(&self) -> impl Iterator<Item = &'a Loop> {
        self.model.loops(self.file).iter()
    }

    /// The spawns in the file where another function of the project is there for it.
    pub fn raw_spawns(&self) -> Vec<RawSpawn> {
        self.model.raw_spawns(self.file)
    }

    /// The loops in the file that cannot be stopped.
    pub fn unstoppable_loops(&self) -> impl Iterator<Item = &'a Unstoppable> {
        self.model.unstoppable(self.file).iter()
    }

    /// The selects and joins in the file that hide the end of a worker.
    pub fn hidden_ends(&self) -> impl Iterator<Item = &'a HiddenEnd> {
        self.model.hidden_ends(self.file)
    }

    /// The connections in the file whose loss nobody would notice.
    pub fn connection_losses(&self) -> Vec<ConnectionLoss> {
        self.model.connection_losses(self.file)
    }

    /// The loops over subscriptions in the file that end for good with nobody noticing.
    pub fn subscription_ends(&self) -> Vec<SubscriptionEnd> {
        self.model.subscription_ends(self.file)
    }

    /// The services in which panics of tasks are told to nobody, where the `main` is in the file.
    pub fn unheard_panics(&self) -> impl Iterator<Item = &'a UnheardPanics> {
        self.model.unheard_panics(self.file)
    }

    /// The services that nothing stops in order, where the first `main` is in the file.
    pub fn unstopped(&self) -> impl Iterator<Item = &'a Unstopped> {
        self.model.unstopped(self.file)
    }

    /// What waits for Ctrl-C only, where its first place is in the file.
    pub fn interrupt_only(&self) -> impl Iterator<Item = &'a InterruptOnly> {
        self.model.interrupt_only(self.file)
    }

    /// The places in the file that wait for another machine without a bound, where that stops the service.
    pub fn unbounded_waits(&self) -> impl Iterator<Item = &'a UnboundedWait> {
        self.model.unbounded_waits(self.file)
    }

    /// The errors that functions of the file mask, although they could hand them on.
    pub fn masked_errors(&self) -> Vec<MaskedError> {
        self.model.masked_errors(self.file)
    }

    /// The items in the file that end the loops they are taken in.
    pub fn fatal_items(&self) -> Vec<FatalItem> {
        self.model.fatal_items(self.file)
    }

    /// The loops in the file that end with a connection, without a word.
    pub fn ended_reads(&self) -> Vec<EndedRead> {
        self.model.ended_reads(self.file)
    }

    /// The loops in the file that would wait for ever for a peer that is gone without a word.
    pub fn silent_reads(&self) -> Vec<SilentRead> {
        self.model.silent_reads(self.file)
    }

    /// The loops in the file that end for good when they fall behind the channel they read.
    pub fn lag_ends(&self) -> impl Iterator<Item = LagEnd> {
        self.model.lag_ends(self.file).filter(|end| !self.is_test(end.function))
    }

    /// The loops in the file that take an error of what they read for its end.
    pub fn cut_streams(&self) -> impl Iterator<Item = CutStream> {
        self.model.cut_streams(self.file).filter(|cut| !self.is_test(cut.function))
    }

    /// The arms of `select!`s in the file that are skipped for ever once their channel is closed.
    pub fn deaf_arms(&self) -> impl Iterator<Item = DeafArm> {
        self.model.deaf_arms(self.file).filter(|arm| !self.is_test(arm.function))
    }

    /// The `select!`s in the file that drop a future half done when another arm is taken.
    pub fn torn_selects(&self) -> impl Iterator<Item = TornSelect> {
        self.model.torn_selects(self.file).filter(|it| !self.is_test(it.function))
    }

    fn is_test(&self, function: FnId) -> bool {
        self.model.workspace.function(function).is_test
    }

    /// The text of a place.
    pub fn text(&self, span: Span) -> &'a str {
        self.model.workspace.file(span.file).source.slice(span.range)
    }

    /// Whether a comment at a place says that what happens there is meant: "best effort", "fire and forget".
    pub fn states_intent(&self, span: Span) -> bool {
        let text = &self.model.workspace.file(span.file).source.text;
        comments::state_intent(text, span.range)
    }
}

/// Takes the findings of one lint.
pub struct Report<'a> {
    pub(crate) lint: &'static str,
    pub(crate) level: Level,
    pub(crate) findings: &'a mut Vec<Diagnostic>,
}

impl Report<'_> {
    /// Reports a finding at a place. What else there is to say is added to what this returns.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.findings.push(Diagnostic {
            lint: self.lint,
            level: self.level,
            span,
            message: message.into(),
            label: None,
            labels: Vec::new(),
            notes: Vec::new(),
            helps: Vec::new(),
            suggestions: Vec::new(),
        });
        self.findings.last_mut().expect("it was just pushed")
    }
}
