//! Which macros of the project never come back: those of which every arm ends in a call that does not.
//!
//! Nothing is expanded. What a rule is written as is cut into tokens, and only its last statement is looked at.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Owner, Workspace};
use crate::hir::{Name, Type};
use crate::knowledge;
use crate::knowledge::macros::Meaning;
use crate::knowledge::panic_hooks::names_end_of_process;
use crate::source::{Span, index};

/// What an arm of a rule ends in, where that may be something that never comes back.
enum Last<'t> {
    /// It does not, for all that the tables know.
    Ends,
    /// A call of a function with this name.
    Calls(&'t str),
}

/// The names of the macros among these definitions that never come back, whichever of several of one name is meant.
pub(super) fn endings(workspace: &Workspace<'_>, defined: &[(Name, Span)]) -> FxHashSet<Name> {
    let mut calling: FxHashMap<Name, Vec<Option<Vec<Last<'_>>>>> = FxHashMap::default();
    for &(name, span) in defined {
        let text = &workspace.file(span.file).source.text[span.range.as_usize()];
        calling.entry(name).or_default().push(last_of_arms(text));
    }
    let called: FxHashSet<Name> = calling
        .values()
        .flatten()
        .flatten()
        .flatten()
        .filter_map(|last| match last {
            Last::Calls(name) => Some(Name::from(name)),
            Last::Ends => None,
        })
        .collect();
    let mut never = FxHashMap::default();
    for function in workspace.functions.iter().filter(|it| called.contains(&it.hir.name)) {
        let ends = function.owner == Owner::Module && function.hir.output == Some(Type::Never);
        *never.entry(function.hir.name).or_insert(true) &= ends;
    }
    let ends = |last: &Last<'_>| match last {
        Last::Ends => true,
        Last::Calls(name) => never.get(&Name::from(name)) == Some(&true),
    };
    let all_end = |arms: &Option<Vec<Last<'_>>>| arms.as_ref().is_some_and(|arms| arms.iter().all(ends));
    calling.into_iter().filter(|(_, all)| all.iter().all(all_end)).map(|(name, _)| name).collect()
}

/// What each arm of `macro_rules! name { (..) => { .. }; .. }` ends in; None if one does in anything else.
fn last_of_arms(text: &str) -> Option<Vec<Last<'_>>> {
    let tokens: Vec<&str> = index::tokens(text, 0).map(|range| &text[range.as_usize()]).collect();
    let word = tokens.iter().position(|token| *token == "macro_rules")?;
    let open = word + tokens[word..].iter().position(|token| is_open(token))?;
    let rules = group(&tokens, open)?;
    let mut arms = Vec::new();
    let mut at = 0;
    while at < rules.len() {
        if rules[at..].starts_with(&["=", ">"]) || rules[at] == "=>" {
            let body = (at..rules.len()).find(|&at| is_open(rules[at]))?;
            let inside = group(rules, body)?;
            arms.push(last_of(inside)?);
            at = body + inside.len() + 2;
        } else if is_open(rules[at]) {
            at += group(rules, at)?.len() + 2;
        } else {
            at += 1;
        }
    }
    (!arms.is_empty()).then_some(arms)
}

/// What the last statement of code is, blocks around all of it taken off.
fn last_of<'t>(mut code: &[&'t str]) -> Option<Last<'t>> {
    while let Some(without) = code.strip_suffix(&[";"]) {
        code = without;
    }
    if code.first() == Some(&"{") {
        let inside = group(code, 0)?;
        return if inside.len() + 2 == code.len() { last_of(inside) } else { None };
    }
    let mut start = 0;
    let mut at = 0;
    while at < code.len() {
        match code[at] {
            token if is_open(token) => at += group(code, at)?.len() + 1,
            ";" => start = at + 1,
            // Out of the arm by another way.
            "return" | "break" | "continue" | "?" => return None,
            _ => {}
        }
        at += 1;
    }
    let last = &code[start..];
    let open = last.iter().position(|token| is_open(token))?;
    if group(last, open)?.len() + open + 2 != last.len() {
        return None;
    }
    let path: Vec<&str> =
        last[..open].iter().copied().filter(|token| !matches!(*token, "$" | ":" | "::")).collect();
    match path[..] {
        [.., name, "!"] => (knowledge::macro_meaning(name) == Meaning::Panic).then_some(Last::Ends),
        [.., module, name] if names_end_of_process(module, name) => Some(Last::Ends),
        [.., name] if last[open] == "(" && path.iter().all(|it| is_name(it)) => Some(Last::Calls(name)),
        _ => None,
    }
}

fn is_name(token: &str) -> bool {
    token.chars().all(|it| it.is_alphanumeric() || it == '_')
}

fn is_open(token: &str) -> bool {
    matches!(token, "(" | "[" | "{")
}

/// What is in the brackets that open at a place.
fn group<'s, 't>(tokens: &'s [&'t str], open: usize) -> Option<&'s [&'t str]> {
    let mut depth = 0u32;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match *token {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&tokens[open + 1..at]);
        }
    }
    None
}
