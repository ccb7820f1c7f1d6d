//! How often each lint found something, the most frequent first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Emission;

pub fn print(out: &mut dyn Write, emission: &Emission<'_>) -> io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for lint in emission.messages().filter_map(|message| message.lint) {
        *counts.entry(lint).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    // Stable: those of equal number stay in the order of their names.
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let width = counts.first().map_or(0, |(_, most)| most.to_string().len());
    for (lint, count) in counts {
        writeln!(out, "{count:>width$}  {lint}")?;
    }
    Ok(())
}
