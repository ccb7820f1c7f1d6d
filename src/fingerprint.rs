//! What makes a finding the same finding after the code around it has changed.
//!
//! A fingerprint has no line numbers and no messages: it is made of the lint, the package, the items around the place and
//! the tokens there. So it outlives inserted lines, comments, another layout and a renamed file. Equal ones are numbered.

use std::collections::HashMap;

use taskguard_lints::ParsedFile;
use taskguard_lints::source::{SourceFile, Span, index};

use crate::emit::{Message, Place, Sources};
use crate::workspace::Project;

/// What is known of a finding that does not change with the lines around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    pub lint: String,
    /// The file, from the root of the workspace. Not part of the identity: files are renamed.
    pub path: String,
    /// The items around the place in its file, `Server::start`; empty outside of all items.
    pub item: String,
    /// Lint, package, items and the tokens of the place itself.
    pub identity: u32,
    /// The tokens that follow: they tell like from like.
    pub context: u32,
    /// The number among those of equal identity, in order of place.
    pub ordinal: usize,
}

impl Fingerprint {
    /// That of something which could not be checked: where it is, and what was said.
    pub fn of_problem(path: &str, text: &str) -> Self {
        Self {
            lint: String::new(),
            path: path.to_owned(),
            item: String::new(),
            identity: Hash::new().with(path).with(text).short(),
            context: 0,
            ordinal: 0,
        }
    }

    /// The innermost item around the place.
    pub fn own_name(&self) -> &str {
        self.item.rsplit("::").next().unwrap_or_default()
    }

    /// The whole of it as one word, the same wherever the finding is.
    pub fn word(&self) -> String {
        let parts = [&*self.lint, &self.item, &self.identity.to_string(), &self.ordinal.to_string()];
        format!("{:016x}", parts.iter().fold(Hash::new(), |hash, part| hash.with(part)).0)
    }
}

/// Gives each finding its fingerprint. All findings of a run have to be there at once, those that the code allows too, for
/// those that are alike to keep their numbers when one of them is allowed.
pub fn mark<'m>(
    messages: impl Iterator<Item = &'m mut Message>,
    files: &[ParsedFile],
    other_sources: &[SourceFile],
    project: &Project,
) {
    let sources = files.iter().map(|file| &file.source).chain(other_sources);
    let sources = Sources::new(sources, &*project.root);
    let findings = messages.filter_map(|message| match (message.lint, &message.place) {
        (Some(lint), Place::Span(span)) => Some((*span, lint, message)),
        _ => None,
    });
    let mut findings: Vec<_> = findings.collect();
    findings.sort_by_key(|&(span, lint, _)| (span, lint));
    let mut known: HashMap<u32, usize> = HashMap::new();
    for (span, lint, message) in findings {
        let package = project.owner(sources.file(span.file).path());
        let package = package.map_or("", |(package, _)| &package.name);
        let mut fingerprint = of(lint, package, &sources, span, files);
        let ordinal = known.entry(fingerprint.identity).or_default();
        fingerprint.ordinal = *ordinal;
        *ordinal += 1;
        message.fingerprint = Some(fingerprint);
    }
}

/// So many tokens behind the start of a finding tell it from its like.
const CONTEXT: usize = 12;

fn of(lint: &str, package: &str, sources: &Sources<'_>, span: Span, files: &[ParsedFile]) -> Fingerprint {
    // Manifests have no items.
    let file = files.get(span.file.0 as usize);
    let names = file.map(|file| file.hir.names_around(span.range)).unwrap_or_default();
    let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    let item = names.join("::");
    let text = sources.text(span.file);
    let tokens = || index::tokens(text, span.range.start).filter(|token| matters(&text[token.as_usize()]));
    let place = tokens().take_while(|token| token.end <= span.range.end);
    let place: Vec<&str> = place.map(|token| &text[token.as_usize()]).collect();
    let head = [lint, package, &*item].iter().fold(Hash::new(), |hash, part| hash.with(part));
    // A finding about a comment has no tokens.
    let comment = text.get(span.range.as_usize()).unwrap_or_default();
    let identity =
        if place.is_empty() { words(head, comment) } else { place.iter().fold(head, |h, t| h.with(t)) };
    let context = tokens().take(CONTEXT).fold(Hash::new(), |hash, token| hash.with(&text[token.as_usize()]));
    Fingerprint {
        lint: lint.to_owned(),
        path: sources.name(span.file),
        item,
        identity: identity.short(),
        context: context.short(),
        ordinal: 0,
    }
}

fn words(hash: Hash, text: &str) -> Hash {
    text.split_whitespace().fold(hash, |hash, word| hash.with(word))
}

/// Formatters add and remove brackets, commas and semicolons.
fn matters(token: &str) -> bool {
    !matches!(token, "{" | "}" | "(" | ")" | "[" | "]" | "," | ";")
}

/// FNV-1a: fingerprints are kept in files, and the hashes of the standard library may change.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// With a part behind it, and an end so that `ab` `c` is not `a` `bc`. Line ends of strings differ between systems.
    fn with(self, part: &str) -> Self {
        let bytes = part.bytes().filter(|&byte| byte != b'\r').chain([0xff]);
        Self(bytes.fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    fn short(self) -> u32 {
        (self.0 ^ (self.0 >> 32)) as u32
    }
}
