//! The level of each lint in a run.

use crate::LINTS;
use crate::framework::{Group, Level, Profile};

/// Which level each lint has: its group's default, changed by what the user said, in the order in which it was said.
#[derive(Clone, Debug)]
pub struct Levels {
    /// In the order of `LINTS`.
    levels: Vec<Level>,
}

/// A name that is neither a lint nor a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLint {
    pub name: String,
    /// The lint or group whose name is nearest, if any is near.
    pub suggestion: Option<&'static str>,
}

impl Default for Levels {
    fn default() -> Self {
        Self { levels: LINTS.iter().map(|lint| lint.lint.group.default_level()).collect() }
    }
}

impl Levels {
    /// Sets the level of a lint, of a group, or of `all`; `taskguard::` before the name and dashes in it are accepted.
    /// A forbidden lint stays forbidden.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), UnknownLint> {
        let chosen = lints_named(name).ok_or_else(|| unknown(name))?;
        for index in chosen {
            if self.levels[index] != Level::Forbid {
                self.levels[index] = level;
            }
        }
        Ok(())
    }

    /// Turns on the lints of a profile: those that would be silent warn. To be called before anything is set by name, which
    /// says more.
    pub fn choose(&mut self, profile: Profile) {
        for (level, named) in self.levels.iter_mut().zip(LINTS) {
            if named.lint.profile == Some(profile) && *level == Level::Allow {
                *level = Level::Warn;
            }
        }
    }

    /// Raises every lint that warns to deny: what `-D warnings` means.
    pub fn deny_warnings(&mut self) {
        for level in &mut self.levels {
            if *level == Level::Warn {
                *level = Level::Deny;
            }
        }
    }

    /// The level of a lint, by its index in `LINTS`.
    pub fn of(&self, index: usize) -> Level {
        self.levels[index]
    }

    /// The level of a lint of `LINTS`, by its name.
    pub fn of_name(&self, name: &str) -> Option<Level> {
        LINTS.iter().position(|lint| lint.name == name).map(|index| self.levels[index])
    }
}

/// A lint's or group's name as users write it, brought to the form of `LINTS`.
pub fn normalize_lint_name(name: &str) -> String {
    name.strip_prefix("taskguard::").unwrap_or(name).replace('-', "_")
}

/// What a name stands for, as places in `LINTS`: a lint, a group or `all`. None for other names.
pub fn lints_named(name: &str) -> Option<Vec<usize>> {
    let name = normalize_lint_name(name);
    let of =
        |wanted: &dyn Fn(usize) -> bool| (0..LINTS.len()).filter(|&index| wanted(index)).collect::<Vec<_>>();
    if name == "all" {
        return Some(of(&|_| true));
    }
    if let Ok(group) = name.parse::<Group>() {
        return Some(of(&|index| LINTS[index].lint.group == group));
    }
    let one = of(&|index| LINTS[index].name == name);
    (!one.is_empty()).then_some(one)
}

/// What to say of a name that is no lint: the nearest name that is one.
pub fn unknown(name: &str) -> UnknownLint {
    let wanted = normalize_lint_name(name);
    let known = LINTS.iter().map(|lint| lint.name).chain(Group::ALL.map(Group::name)).chain(["all"]);
    let nearest =
        known.map(|known| (strsim::jaro_winkler(&wanted, known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
    let suggestion = nearest.filter(|&(likeness, _)| likeness > 0.8).map(|(_, known)| known);
    UnknownLint { name: name.to_owned(), suggestion }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_settings_win_and_forbid_stays() {
        let mut levels = Levels::default();
        levels.set("all", Level::Allow).unwrap();
        levels.set("taskguard::dropped-join-handle", Level::Forbid).unwrap();
        levels.set("suspicious", Level::Warn).unwrap();
        assert_eq!(levels.of_name("dropped_join_handle"), Some(Level::Forbid));
        assert_eq!(levels.of_name("discarded_task_result"), Some(Level::Warn));
        levels.deny_warnings();
        assert_eq!(levels.of_name("discarded_task_result"), Some(Level::Deny));
    }

    #[test]
    fn a_profile_turns_on_the_lints_made_for_it_and_no_others() {
        let mut levels = Levels::default();
        levels.choose(Profile::Service);
        assert_eq!(levels.of_name("unsupervised_worker"), Some(Level::Warn));
        assert_eq!(levels.of_name("detached_task"), Some(Level::Allow));
        levels.set("restriction", Level::Allow).unwrap();
        assert_eq!(levels.of_name("unsupervised_worker"), Some(Level::Allow));
    }

    #[test]
    fn a_misspelt_name_gets_the_nearest_one() {
        let error = Levels::default().set("droped_join_handle", Level::Warn).unwrap_err();
        assert_eq!(error.suggestion, Some("dropped_join_handle"));
        assert_eq!(Levels::default().set("zzz", Level::Warn).unwrap_err().suggestion, None);
    }
}
