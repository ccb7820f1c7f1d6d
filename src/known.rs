//! Which findings were there before: those of a run, matched with those of a baseline or of an earlier tree.
//!
//! Lines do not count and neither do messages: see `fingerprint`. What moved to another file is the same finding when the
//! code that follows it came along, and what was in a file that is gone is looked for in all others.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::check::{Allowed, Report};
use crate::emit::Message;
use crate::fingerprint::Fingerprint;

/// For each finding of now the one of before that it is, if it is one. Each of before is met once at most.
pub fn meet(
    before: &[Fingerprint],
    now: &[&Fingerprint],
    is_gone: &dyn Fn(&str) -> bool,
) -> Vec<Option<usize>> {
    let mut pairs = Pairs { before, now, met: vec![None; now.len()], used: vec![false; before.len()] };
    // From what is sure to what is likely, so that of several that are alike the right ones meet.
    pairs.by(|it| Some((&it.path, it.identity, it.context)));
    pairs.by(|it| Some((&it.path, it.identity)));
    pairs.by(|it| Some((it.identity, it.context)));
    // Code that moved to another module, type or package.
    pairs.by(|it| Some((&it.lint, it.own_name(), it.context)));
    let gone = |path: &str| is_gone(path).then_some(());
    pairs.by_both(|it| gone(&it.path).map(|()| it.identity), |it| Some(it.identity));
    pairs.met
}

struct Pairs<'a> {
    before: &'a [Fingerprint],
    now: &'a [&'a Fingerprint],
    met: Vec<Option<usize>>,
    used: Vec<bool>,
}

impl<'a> Pairs<'a> {
    fn by<K: Hash + Eq>(&mut self, key: impl Fn(&'a Fingerprint) -> Option<K>) {
        self.by_both(&key, &key);
    }

    /// Lets those meet that have not yet and have the same key, in their order.
    fn by_both<K: Hash + Eq>(
        &mut self,
        key_before: impl Fn(&'a Fingerprint) -> Option<K>,
        key_now: impl Fn(&'a Fingerprint) -> Option<K>,
    ) {
        let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (index, fingerprint) in self.before.iter().enumerate().filter(|(index, _)| !self.used[*index]) {
            let Some(key) = key_before(fingerprint) else { continue };
            waiting.entry(key).or_default().push_back(index);
        }
        for (index, fingerprint) in
            self.now.iter().enumerate().filter(|(index, _)| self.met[*index].is_none()).collect::<Vec<_>>()
        {
            let partner = key_now(fingerprint).and_then(|key| waiting.get_mut(&key)?.pop_front());
            if let Some(partner) = partner {
                self.used[partner] = true;
                self.met[index] = Some(partner);
            }
        }
    }
}

/// Takes the findings out of a report that are among those of before, and gives what of those was not met.
pub fn hide(
    report: &mut Report,
    before: &[Fingerprint],
    why: &str,
    is_gone: &dyn Fn(&str) -> bool,
) -> Vec<Fingerprint> {
    let now: Vec<&Fingerprint> = fingerprints(&report.messages).collect();
    let met = meet(before, &now, is_gone);
    let mut is_known = met.iter().map(Option::is_some);
    let (known, left): (Vec<Message>, Vec<Message>) = std::mem::take(&mut report.messages)
        .into_iter()
        .partition(|message| message.fingerprint.is_some() && is_known.next().unwrap_or_default());
    report.messages = left;
    report.known.extend(known.into_iter().map(|message| Allowed { message, reason: Some(why.to_owned()) }));
    report.count();
    let mut used = vec![false; before.len()];
    met.into_iter().flatten().for_each(|index| used[index] = true);
    let unmet = before.iter().zip(used).filter(|(_, used)| !used);
    unmet.map(|(fingerprint, _)| fingerprint.clone()).collect()
}

pub fn fingerprints(messages: &[Message]) -> impl Iterator<Item = &Fingerprint> {
    messages.iter().filter_map(|message| message.fingerprint.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `path item identity context`.
    fn parse(texts: &[&str]) -> Vec<Fingerprint> {
        let parse = |text: &&str| {
            let parts: Vec<&str> = text.split(' ').collect();
            let [path, item, identity, context] = parts[..] else { panic!("{text}") };
            let number = |text: &str| text.parse().unwrap();
            let (identity, context) = (number(identity), number(context));
            let (lint, path, item) = ("lint".to_owned(), path.to_owned(), item.to_owned());
            Fingerprint { lint, path, item, identity, context, ordinal: 0 }
        };
        texts.iter().map(parse).collect()
    }

    #[track_caller]
    fn check(before: &[&str], now: &[&str], expected: &[Option<usize>]) {
        let (before, now) = (parse(before), parse(now));
        let met = meet(&before, &now.iter().collect::<Vec<_>>(), &|path| path.starts_with("gone"));
        assert_eq!(met, expected);
    }

    #[test]
    fn the_new_one_among_its_like_is_told_by_what_follows() {
        check(&["a f 1 10", "a f 1 20"], &["a f 1 30", "a f 1 10", "a f 1 20"], &[None, Some(0), Some(1)]);
        check(&["a f 1 10"], &["a f 1 11", "a f 1 12"], &[Some(0), None]);
    }

    #[test]
    fn files_are_renamed_and_code_moves() {
        check(&["gone f 1 10"], &["b f 1 11"], &[Some(0)]);
        check(&["here f 1 10"], &["b f 1 11"], &[None]);
        check(&["here f 1 10"], &["b f 1 10"], &[Some(0)]);
        check(&["a x::f 1 10"], &["b y::Z::f 2 10"], &[Some(0)]);
        check(&["a x::f 1 10"], &["b y::g 2 10"], &[None]);
        check(&["a f 1 10", "b f 1 10"], &["b f 1 10"], &[Some(1)]);
    }
}
