//! What a run is told to do: the levels of the lints, and how much code is looked at.
//!
//! Values come from the flags of the command line. Whatever else will set them comes before the flags, which win.

use taskguard_lints::framework::{Level, Levels, Profile, UnknownLint};

use crate::cli::{LevelFlag, Options, ProfileFlag};
use crate::emit::Message;

#[derive(Debug)]
pub struct Config {
    pub levels: Levels,
    /// Check tests, benches, examples and `#[cfg(test)]` code too.
    pub test_code: bool,
    /// None for one a core.
    pub threads: Option<usize>,
}

impl Config {
    /// Resolves the options. Fails on names that are no lint and no group.
    pub fn new(options: &Options) -> Result<Self, Box<Message>> {
        let profile = options.profile.and_then(|flag| match flag {
            ProfileFlag::Ours(profile) => Some(profile),
            ProfileFlag::OfCargo => None,
        });
        let levels = levels(profile, &options.levels)?;
        Ok(Self { levels, test_code: options.test_code, threads: options.threads })
    }
}

fn levels(profile: Option<Profile>, flags: &[LevelFlag]) -> Result<Levels, Box<Message>> {
    let mut levels = Levels::default();
    profile.into_iter().for_each(|profile| levels.choose(profile));
    for flag in flags.iter().filter(|flag| flag.name != WARNINGS) {
        levels.set(&flag.name, flag.level).map_err(unknown_lint)?;
    }
    // As in rustc, `warnings` is no group but stands for whatever warns in the end, wherever on the line it is named.
    match flags.iter().rfind(|flag| flag.name == WARNINGS).map(|flag| flag.level) {
        Some(Level::Deny | Level::Forbid) => levels.deny_warnings(),
        Some(Level::Allow) => allow_warnings(&mut levels),
        Some(Level::Warn) | None => {}
    }
    Ok(levels)
}

const WARNINGS: &str = "warnings";

fn allow_warnings(levels: &mut Levels) {
    for lint in taskguard_lints::LINTS {
        if levels.of_name(lint.name) == Some(Level::Warn) {
            levels.set(lint.name, Level::Allow).expect("it is the name of a lint");
        }
    }
}

/// What to say of a name that is no lint.
pub fn unknown_lint(unknown: UnknownLint) -> Box<Message> {
    let message = Message::failure(format!("unknown lint: `{}`", unknown.name));
    Box::new(match unknown.suggestion {
        Some(near) => message.help(format!("did you mean `{near}`?")),
        None => message.help("`cargo taskguard --list` names them all"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level_of(lint: &str, flags: &[(Level, &str)]) -> Option<Level> {
        let flags: Vec<_> =
            flags.iter().map(|&(level, name)| LevelFlag { level, name: name.to_owned() }).collect();
        levels(None, &flags).unwrap().of_name(lint)
    }

    #[test]
    fn warnings_are_those_of_the_end_of_the_line() {
        let lint = "worker_returns_ok";
        let deny_then_warn = [(Level::Deny, "warnings"), (Level::Warn, "all")];
        assert_eq!(level_of(lint, &deny_then_warn), Some(Level::Deny));
        let denied_and_taken_back =
            [(Level::Warn, lint), (Level::Deny, "warnings"), (Level::Warn, "warnings")];
        assert_eq!(level_of(lint, &denied_and_taken_back), Some(Level::Warn));
        let allowed = [(Level::Warn, lint), (Level::Allow, "warnings")];
        assert_eq!(level_of(lint, &allowed), Some(Level::Allow));
        let denied = [(Level::Deny, lint), (Level::Allow, "warnings")];
        assert_eq!(level_of(lint, &denied), Some(Level::Deny));
    }

    #[test]
    fn an_unknown_name_is_an_error_with_a_hint() {
        let flag = LevelFlag { level: Level::Deny, name: "worker_return_ok".to_owned() };
        let error = levels(None, &[flag]).unwrap_err();
        assert_eq!(error.text, "unknown lint: `worker_return_ok`");
        assert_eq!(error.helps, ["did you mean `worker_returns_ok`?"]);
    }
}
