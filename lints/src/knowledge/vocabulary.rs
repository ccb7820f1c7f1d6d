//! What a project says of its own functions and macros, where its code and the tables of libraries do not tell.
//!
//! Plain data, by path: the name of a crate first (`api::rt::spawn_logged`), methods behind their type. What the paths stand
//! for in the program is answered by `semantics`.

/// The words of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    pub paths: Vec<(Word, String)>,
    /// Macros that tell a person of something, by name.
    pub log_macros: Vec<String>,
    /// Functions that the project does not want to be called directly, and the reason it gives.
    pub disallowed: Vec<(String, Option<String>)>,
    /// The oldest versions of libraries that the project is built with, major and minor, as far as they are known.
    pub versions: Vec<(String, (u64, u64))>,
}

/// What a function or type is to the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// Starts tasks for others, and sees to how they end.
    Spawner,
    /// Takes a handle, and sees to how its task ends.
    Supervisor,
    /// Must run for the life of the process.
    MustRun,
    /// Waits for, or carries, the wish to stop.
    ShutdownSignal,
    /// Its failure may go unnoticed.
    KnownSafeCall,
}

impl Word {
    pub const ALL: [Word; 5] =
        [Word::Spawner, Word::Supervisor, Word::MustRun, Word::ShutdownSignal, Word::KnownSafeCall];

    /// The key of a configuration under which such paths are listed.
    pub fn key(self) -> &'static str {
        match self {
            Word::Spawner => "spawners",
            Word::Supervisor => "supervisors",
            Word::MustRun => "must-run",
            Word::ShutdownSignal => "shutdown-signals",
            Word::KnownSafeCall => "known-safe-calls",
        }
    }
}
