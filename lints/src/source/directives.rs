//! Suppression comments: `// taskguard: allow(lint, ..) -- reason`.

use crate::source::TextRange;

/// One suppression comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    pub kind: DirectiveKind,
    /// The lints named, each with its place.
    pub lints: Vec<(String, TextRange)>,
    pub reason: Option<String>,
    /// The whole comment.
    pub range: TextRange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectiveKind {
    /// The line of the comment, or the statement below it.
    Allow,
    /// As `Allow`; says so when there is nothing to suppress.
    Expect,
    AllowFile,
}

/// Reads the comments that the index found. A comment that says `taskguard:` and then something else is an error with
/// its place and what was expected. Only plain comments that begin so are looked at: documentation may speak of them.
pub fn parse(text: &str, comments: &[TextRange]) -> (Vec<Directive>, Vec<(TextRange, String)>) {
    let mut directives = Vec::new();
    let mut errors = Vec::new();
    for &range in comments {
        let Some(mut rest) = Rest::of_comment(text, range) else { continue };
        match rest.directive(range) {
            Ok(directive) => directives.push(directive),
            Err(expected) => errors.push((rest.place(), format!("expected {expected}"))),
        }
    }
    (directives, errors)
}

/// What is proposed where a reason is to be written, and is none itself.
pub const NO_REASON: &str = "<why the finding is fine>";

/// What was expected where the rest of the comment is something else.
type Expected = &'static str;

/// What is left of a comment to read.
struct Rest<'t> {
    text: &'t str,
    /// Where it starts in the file.
    start: usize,
}

impl<'t> Rest<'t> {
    /// What a plain comment says behind `taskguard:`.
    fn of_comment(file: &'t str, range: TextRange) -> Option<Self> {
        let comment = file.get(range.as_usize())?;
        let content = if let Some(content) = comment.strip_prefix("//") {
            if content.starts_with(['/', '!']) {
                return None;
            }
            content
        } else {
            let content = comment.strip_prefix("/*")?;
            if content.starts_with(['*', '!']) {
                return None;
            }
            content.strip_suffix("*/").unwrap_or(content)
        };
        let mut rest = Self { text: content.trim_end(), start: range.start as usize + 2 };
        rest.skip_space();
        rest.take("taskguard:").then_some(rest)
    }

    fn directive(&mut self, range: TextRange) -> Result<Directive, Expected> {
        self.skip_space();
        // `allow-file` before `allow`, which it begins with.
        let kinds = [
            ("allow-file", DirectiveKind::AllowFile),
            ("allow", DirectiveKind::Allow),
            ("expect", DirectiveKind::Expect),
        ];
        let kind = kinds.into_iter().find(|(word, _)| self.word() == *word);
        let (word, kind) = kind.ok_or("`allow(..)`, `expect(..)` or `allow-file(..)`")?;
        self.advance(word.len());
        let lints = self.lints()?;
        self.skip_space();
        let reason = self.reason()?;
        Ok(Directive { kind, lints, reason, range })
    }

    /// `(a, b)`.
    fn lints(&mut self) -> Result<Vec<(String, TextRange)>, Expected> {
        self.skip_space();
        if !self.take("(") {
            return Err("`(` and the names of lints");
        }
        let mut lints = Vec::new();
        loop {
            self.skip_space();
            if !lints.is_empty() && self.take(")") {
                return Ok(lints);
            }
            let name = self.word();
            if name.is_empty() {
                return Err("the name of a lint");
            }
            lints.push((name.to_owned(), TextRange::new(self.start, self.start + name.len())));
            self.advance(name.len());
            self.skip_space();
            if !self.take(",") && !self.text.starts_with(')') {
                return Err("`,` or `)`");
            }
        }
    }

    /// `-- why`, or nothing.
    fn reason(&mut self) -> Result<Option<String>, Expected> {
        if self.text.is_empty() {
            return Ok(None);
        }
        if !self.take("--") {
            return Err("`-- ` and the reason");
        }
        // A block comment may break its lines anywhere.
        let reason = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Some(reason).filter(|reason| !reason.is_empty() && reason != NO_REASON))
    }

    /// The name at the front, as far as it goes; may be empty.
    fn word(&self) -> &'t str {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':');
        let end = self.text.find(|c| !is_part(c)).unwrap_or(self.text.len());
        &self.text[..end]
    }

    /// The word at the front; where there is none, the character; at the end, what stands before it.
    fn place(&self) -> TextRange {
        let length = match self.text.chars().next() {
            Some(first) => self.word().len().max(first.len_utf8()),
            None => return TextRange::new(self.start.saturating_sub(1), self.start),
        };
        TextRange::new(self.start, self.start + length)
    }

    fn skip_space(&mut self) {
        self.advance(self.text.len() - self.text.trim_start().len());
    }

    fn take(&mut self, expected: &str) -> bool {
        let found = self.text.starts_with(expected);
        if found {
            self.advance(expected.len());
        }
        found
    }

    fn advance(&mut self, length: usize) {
        self.text = &self.text[length..];
        self.start += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = (Vec<(DirectiveKind, Vec<String>, Option<String>)>, Vec<(String, String)>);

    fn read(comment: &str) -> Read {
        let text = format!("é {comment}");
        let (directives, errors) = parse(&text, &[TextRange::new(3, text.len())]);
        for directive in &directives {
            assert!(directive.lints.iter().all(|(name, range)| &text[range.as_usize()] == name));
        }
        let directives = directives
            .into_iter()
            .map(|it| (it.kind, it.lints.into_iter().map(|(name, _)| name).collect(), it.reason));
        let errors = errors.into_iter().map(|(range, message)| (text[range.as_usize()].to_owned(), message));
        (directives.collect(), errors.collect())
    }

    #[track_caller]
    fn check(comment: &str, kind: DirectiveKind, lints: &[&str], reason: Option<&str>) {
        let lints = lints.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(read(comment), (vec![(kind, lints, reason.map(str::to_owned))], vec![]));
    }

    #[track_caller]
    fn check_error(comment: &str, place: &str, expected: &str) {
        assert_eq!(read(comment), (vec![], vec![(place.to_owned(), format!("expected {expected}"))]));
    }

    #[test]
    fn directives_are_read() {
        check("// taskguard: allow(a) -- it is fine", DirectiveKind::Allow, &["a"], Some("it is fine"));
        check(
            "//taskguard:allow-file(a_b,c-d,)--x -- y",
            DirectiveKind::AllowFile,
            &["a_b", "c-d"],
            Some("x -- y"),
        );
        check(
            "/* taskguard: expect ( taskguard::a ) -- over\n two lines */",
            DirectiveKind::Expect,
            &["taskguard::a"],
            Some("over two lines"),
        );
        check("// taskguard: allow(a)\r", DirectiveKind::Allow, &["a"], None);
        check("// taskguard: allow(a) --", DirectiveKind::Allow, &["a"], None);
    }

    #[test]
    fn what_only_speaks_of_directives_is_none() {
        for comment in [
            "/// taskguard: allow(a)",
            "//! taskguard: nonsense",
            "/** taskguard: allow(a) */",
            "/*! taskguard: allow(a) */",
            "// see `taskguard: allow(a)`",
            "//// taskguard: allow(a)",
        ] {
            assert_eq!(read(comment), (vec![], vec![]), "{comment}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_an_error_at_its_place() {
        let kinds = "`allow(..)`, `expect(..)` or `allow-file(..)`";
        check_error("// taskguard: ignore(a)", "ignore", kinds);
        check_error("// taskguard: allowed(a)", "allowed", kinds);
        check_error("// taskguard::allow(a)", ":allow", kinds);
        check_error("// taskguard:", ":", kinds);
        check_error("// taskguard: allow", "w", "`(` and the names of lints");
        check_error("// taskguard: allow a", "a", "`(` and the names of lints");
        check_error("// taskguard: allow()", ")", "the name of a lint");
        check_error("// taskguard: allow(a, , b)", ",", "the name of a lint");
        check_error("// taskguard: allow(a b)", "b", "`,` or `)`");
        check_error("/* taskguard: allow(a", "a", "`,` or `)`");
        check_error("// taskguard: allow(a) because", "because", "`-- ` and the reason");
        check_error("// taskguard: allow(a) — because", "—", "`-- ` and the reason");
    }
}
