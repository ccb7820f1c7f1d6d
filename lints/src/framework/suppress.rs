//! Suppressions: which findings of a file the code itself allows, and what is wrong with the suppressions.
//!
//! A comment alone on its line covers what begins below it: a statement, an item, an arm. One behind code covers that line
//! and the statement that starts there; an attribute its item. Of several that cover a finding the narrowest hides it,
//! and the others have to earn their keep elsewhere.

use crate::framework::{
    Applicability, Diagnostic, Edit, Level, Levels, Report, normalize_lint_name, unknown,
};
use crate::hir::{AttributeSuppression, Body, ExprKind, Function, Item, ItemKind, Stmt};
use crate::source::directives::{Directive, DirectiveKind, NO_REASON};
use crate::source::index::code_start;
use crate::source::words::Word;
use crate::source::{FileId, LineIndex, Span, TextRange};
use crate::{LINTS, ParsedFile};

/// A finding that the code allows, and the reason it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    pub diagnostic: Diagnostic,
    pub reason: Option<String>,
}

/// What remains of the findings of a file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings that stand, those about the suppressions themselves included.
    pub findings: Vec<Diagnostic>,
    pub suppressed: Vec<Suppressed>,
}

/// Applies the suppressions of a file to its findings, and reports `unused_suppression`, `suppression_without_reason` and
/// `unknown_lint` at their levels. Findings of forbidden lints stand.
pub fn apply(file: FileId, parsed: &ParsedFile, findings: Vec<Diagnostic>, levels: &Levels) -> Outcome {
    let mut suppressions = Suppressions::of(file, parsed);
    let mut outcome = Outcome::default();
    suppressions.hide(findings, &mut outcome);

    let mut meta = Meta { file, levels, findings: Vec::new() };
    meta.report_errors(&parsed.directive_errors);
    meta.report_unknown(&suppressions.all);
    meta.report_without_reason(&suppressions.all, &parsed.source.text);
    suppressions.hide(std::mem::take(&mut meta.findings), &mut outcome);

    // Whether a suppression of this very lint had anything to hide is known only after all others have been judged.
    meta.report_unused(suppressions.all.iter().filter(|it| !it.names(UNUSED)), &parsed.source.text);
    suppressions.hide(std::mem::take(&mut meta.findings), &mut outcome);
    meta.report_unused(suppressions.all.iter().filter(|it| it.names(UNUSED)), &parsed.source.text);
    outcome.findings.append(&mut meta.findings);
    outcome
}

const UNUSED: &str = "unused_suppression";
const WITHOUT_REASON: &str = "suppression_without_reason";
const UNKNOWN: &str = "unknown_lint";

/// One comment or attribute that suppresses lints.
struct Suppression {
    lints: Vec<SuppressedLint>,
    reason: Option<String>,
    /// The whole comment or attribute.
    range: TextRange,
    is_comment: bool,
    is_expectation: bool,
    covers: Covers,
}

struct SuppressedLint {
    /// As written.
    name: String,
    place: TextRange,
    /// The lint of that name, if there is one.
    lint: Option<&'static str>,
    /// Whether it has hidden a finding.
    used: bool,
}

enum Covers {
    File,
    /// Findings that start in one of these.
    Places(Vec<TextRange>),
}

impl Suppression {
    fn names(&self, lint: &str) -> bool {
        self.lints.iter().any(|it| it.lint == Some(lint))
    }

    /// How much text it covers, if it covers a finding at this place.
    fn width(&self, lint: &str, place: u32) -> Option<usize> {
        match &self.covers {
            Covers::File => Some(usize::MAX),
            // What is wrong with suppressions is not settled by another one beside them.
            Covers::Places(_) if matches!(lint, UNUSED | WITHOUT_REASON | UNKNOWN) => None,
            Covers::Places(places) => {
                let around = places.iter().filter(|range| range.start <= place && place < range.end);
                around.map(|range| range.len()).min()
            }
        }
    }
}

struct Suppressions {
    file: FileId,
    /// Comments first.
    all: Vec<Suppression>,
}

impl Suppressions {
    fn of(file: FileId, parsed: &ParsedFile) -> Self {
        let mut nodes = Nodes { near: near_comments(parsed), ..Nodes::default() };
        nodes.add_attributes(&parsed.hir.attrs.suppressions, None);
        nodes.add_items(&parsed.hir.items);
        let mut all = comments(parsed, &nodes);
        all.append(&mut nodes.attributes);
        Self { file, all }
    }

    /// Sorts findings into those that stand and those that are hidden, and marks what has hidden them.
    fn hide(&mut self, findings: Vec<Diagnostic>, outcome: &mut Outcome) {
        for diagnostic in findings {
            match self.narrowest(&diagnostic) {
                Some((lint, reason)) => {
                    lint.used = true;
                    outcome.suppressed.push(Suppressed { diagnostic, reason: reason.clone() });
                }
                None => outcome.findings.push(diagnostic),
            }
        }
    }

    fn narrowest(&mut self, finding: &Diagnostic) -> Option<(&mut SuppressedLint, &Option<String>)> {
        if finding.level == Level::Forbid || finding.span.file != self.file {
            return None;
        }
        let place = finding.span.range.start;
        let covering = self.all.iter_mut().filter(|it| it.names(finding.lint));
        let covering = covering.filter_map(|it| Some((it.width(finding.lint, place)?, it)));
        let (_, suppression) = covering.min_by_key(|(width, _)| *width)?;
        let lint = suppression.lints.iter_mut().find(|it| it.lint == Some(finding.lint))?;
        Some((lint, &suppression.reason))
    }
}

fn comments(parsed: &ParsedFile, nodes: &Nodes) -> Vec<Suppression> {
    let text = &parsed.source.text;
    let lines = LineIndex::new(if parsed.directives.is_empty() { "" } else { text });
    let suppression = |directive: &Directive| Suppression {
        lints: directive.lints.iter().map(|(name, place)| named(name, *place)).collect(),
        reason: directive.reason.clone(),
        range: directive.range,
        is_comment: true,
        is_expectation: directive.kind == DirectiveKind::Expect,
        covers: covered(directive, text, &lines, nodes),
    };
    parsed.directives.iter().map(suppression).collect()
}

fn named(name: &str, place: TextRange) -> SuppressedLint {
    let normal = normalize_lint_name(name);
    let lint = LINTS.iter().map(|lint| lint.name).find(|lint| *lint == normal);
    SuppressedLint { name: name.to_owned(), place, lint, used: false }
}

fn covered(directive: &Directive, text: &str, lines: &LineIndex, nodes: &Nodes) -> Covers {
    if directive.kind == DirectiveKind::AllowFile {
        return Covers::File;
    }
    let line_at = |place: u32| lines.line_range(text, lines.line(place));
    let line = line_at(directive.range.start);
    let before = &text[line.start as usize..directive.range.start as usize];
    if before.trim().is_empty() {
        let code = code_start(text, directive.range.end);
        // An item may begin before the comment, when that stands between its attributes.
        let begins =
            |node: &TextRange| node.start <= code && code < node.end && code_start(text, node.start) == code;
        let below = nodes.all.iter().copied().filter(begins).max_by_key(|node| node.len());
        return Covers::Places(vec![below.unwrap_or_else(|| line_at(code))]);
    }
    let starts_here = |node: &TextRange| line.start <= node.start && node.start < directive.range.start;
    let statement = nodes.statements.iter().copied().filter(starts_here).max_by_key(|node| node.len());
    Covers::Places(std::iter::once(line).chain(statement).collect())
}

/// What a suppression may stand above or beside, and the suppressing attributes met on the way.
#[derive(Default)]
struct Nodes {
    /// Items, statements, expressions and arms.
    all: Vec<TextRange>,
    statements: Vec<TextRange>,
    attributes: Vec<Suppression>,
    /// The lines of the suppressing comments. Only functions there need be looked into.
    near: Vec<TextRange>,
}

/// The lines of each suppressing comment.
fn near_comments(parsed: &ParsedFile) -> Vec<TextRange> {
    let text = &parsed.source.text;
    let lines_of = |range: TextRange| {
        let start = text[..range.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let end = range.end as usize;
        TextRange::new(start, text[end..].find('\n').map_or(text.len(), |length| end + length))
    };
    parsed.directives.iter().map(|directive| lines_of(directive.range)).collect()
}

impl Nodes {
    /// Whether a suppression may be in a function, or beside code of it.
    fn is_near_suppression(&self, range: TextRange, function: &Function) -> bool {
        function.may_mention(Word::of("taskguard"))
            || self.near.iter().any(|near| near.start < range.end && range.start < near.end)
    }

    fn add_items(&mut self, items: &[Item]) {
        for item in items {
            self.all.push(item.range);
            self.add_attributes(&item.attrs.suppressions, Some(item.range));
            match &item.kind {
                ItemKind::Function(function) => {
                    if self.is_near_suppression(item.range, function) {
                        self.add_items(function.items());
                        self.add_body(function.body());
                    }
                }
                ItemKind::Value { body, .. } => {
                    self.add_items(body.as_ref().map_or(&[], |body| &body.items));
                    self.add_body(body.as_deref());
                }
                ItemKind::Impl(it) => self.add_items(&it.items),
                ItemKind::Trait(it) => self.add_items(&it.items),
                ItemKind::Module(it) => self.add_items(it.items.as_deref().unwrap_or_default()),
                ItemKind::Struct(_)
                | ItemKind::Enum(_)
                | ItemKind::Use(_)
                | ItemKind::TypeAlias { .. }
                | ItemKind::ExternCrate { .. }
                | ItemKind::Macro { .. } => {}
            }
        }
    }

    fn add_body(&mut self, body: Option<&Body>) {
        let Some(body) = body else { return };
        for (statement, suppression) in &body.suppressions {
            self.add_attributes(std::slice::from_ref(suppression), Some(*statement));
        }
        for expr in &body.exprs {
            self.all.push(expr.range);
            match &expr.kind {
                ExprKind::Block(block) => {
                    self.statements.extend(block.stmts.iter().filter_map(|stmt| match stmt {
                        Stmt::Let(it) => Some(it.range),
                        Stmt::Expr(expr) => Some(body.range(*expr)),
                        Stmt::Item => None,
                    }));
                    self.statements.extend(block.tail.map(|tail| body.range(tail)));
                    let lets = block.stmts.iter().filter_map(|stmt| match stmt {
                        Stmt::Let(it) => Some(it.range),
                        Stmt::Expr(_) | Stmt::Item => None,
                    });
                    self.all.extend(lets);
                }
                ExprKind::Match { arms, .. } => {
                    let arms = arms.iter().map(|arm| body.pat(arm.pat).range.cover(body.range(arm.body)));
                    self.all.extend(arms);
                }
                ExprKind::Select(select) => {
                    let arms = select.arms.iter();
                    self.all.extend(arms.map(|arm| body.pat(arm.pat).range.cover(body.range(arm.handler))));
                }
                _ => {}
            }
        }
    }

    /// The suppressing attributes of an item, or of the file.
    fn add_attributes(&mut self, suppressions: &[AttributeSuppression], item: Option<TextRange>) {
        for one in suppressions {
            let lint = named(&one.lint, one.range);
            // The lints of one attribute come one by one.
            let open = self.attributes.last_mut();
            if let Some(last) = open.filter(|last| last.range == one.attribute && last.reason == one.reason) {
                last.lints.push(lint);
                continue;
            }
            self.attributes.push(Suppression {
                lints: vec![lint],
                reason: one.reason.clone(),
                range: one.attribute,
                is_comment: false,
                is_expectation: one.expect,
                covers: item.map_or(Covers::File, |item| Covers::Places(vec![item])),
            });
        }
    }
}

/// Where the reason of a comment goes: behind its list of lints, up to the end of what is there.
fn reason_place(text: &str, comment: TextRange) -> TextRange {
    let inside = &text[comment.as_usize()];
    let end = inside.strip_suffix("*/").unwrap_or(inside).trim_end();
    let list = end.rfind(')').map_or(end.len(), |at| at + 1);
    TextRange::new(comment.start as usize + list, comment.start as usize + end.len())
}

/// Reports what is wrong with suppressions.
struct Meta<'a> {
    file: FileId,
    levels: &'a Levels,
    findings: Vec<Diagnostic>,
}

impl Meta<'_> {
    fn report_errors(&mut self, errors: &[(TextRange, String)]) {
        for (place, expected) in errors {
            if let Some(finding) = self.at(UNKNOWN, *place, "this suppression cannot be understood") {
                finding
                    .labelled(expected)
                    .help("write `// taskguard: allow(name_of_the_lint) -- why the finding is fine`");
            }
        }
    }

    fn report_unknown(&mut self, suppressions: &[Suppression]) {
        let unknown_lints = suppressions.iter().flat_map(|it| &it.lints).filter(|it| it.lint.is_none());
        for SuppressedLint { name, place, .. } in unknown_lints {
            let normal = normalize_lint_name(name);
            let is_group = normal == "all" || normal.parse::<super::Group>().is_ok();
            let message = if is_group {
                format!("`{name}` is no lint but many")
            } else {
                format!("unknown lint `{name}`")
            };
            let span = Span::new(self.file, *place);
            let Some(finding) = self.at(UNKNOWN, *place, message) else { continue };
            if is_group {
                finding.help("name the lints whose findings have been looked at");
                continue;
            }
            let near = unknown(name).suggestion.filter(|near| LINTS.iter().any(|lint| lint.name == *near));
            if let Some(near) = near {
                let prefix = if name.starts_with("taskguard::") { "taskguard::" } else { "" };
                let edit = Edit { span, replacement: format!("{prefix}{near}") };
                finding.suggest("name the lint that is meant", vec![edit], Applicability::MaybeIncorrect);
            }
        }
    }

    fn report_without_reason(&mut self, suppressions: &[Suppression], text: &str) {
        for suppression in suppressions.iter().filter(|it| it.reason.is_none()) {
            let file = self.file;
            let Some(finding) =
                self.at(WITHOUT_REASON, suppression.range, "this suppression gives no reason")
            else {
                return;
            };
            if suppression.is_comment {
                let edit = Edit {
                    span: Span::new(file, reason_place(text, suppression.range)),
                    replacement: format!(" -- {NO_REASON}"),
                };
                finding.suggest("say why the finding is fine", vec![edit], Applicability::HasPlaceholders);
            } else {
                finding.help("say with `reason = \"..\"` why the finding is fine");
            }
        }
    }

    /// Reports the lints of suppressions that have hidden nothing, although they ran.
    fn report_unused<'a>(&mut self, suppressions: impl Iterator<Item = &'a Suppression>, text: &str) {
        for suppression in suppressions {
            let (unused, kept) = suppression.lints.iter().partition::<Vec<_>, _>(|it| {
                let level = it.lint.and_then(|lint| self.levels.of_name(lint));
                !it.used && level.is_some_and(|level| level > Level::Allow)
            });
            let [first, ..] = &unused[..] else { continue };
            let what = if suppression.is_expectation { "expectation" } else { "suppression" };
            let names = unused.iter().map(|it| format!("`{}`", it.name)).collect::<Vec<_>>().join(", ");
            let (place, message) = if kept.is_empty() {
                (suppression.range, format!("this {what} hides nothing"))
            } else {
                (first.place, format!("this {what} of {names} hides nothing"))
            };
            let file = self.file;
            let Some(finding) = self.at(UNUSED, place, message) else { return };
            if !suppression.is_comment && !kept.is_empty() {
                finding.help(format!("remove {names} from the attribute"));
                continue;
            }
            let (message, edit) = if kept.is_empty() {
                (
                    format!("remove the {}", if suppression.is_comment { "comment" } else { "attribute" }),
                    Edit {
                        span: Span::new(file, with_its_space(text, suppression.range)),
                        replacement: String::new(),
                    },
                )
            } else {
                let lints = suppression.lints.iter().map(|it| it.place).reduce(TextRange::cover);
                let kept = kept.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
                (
                    format!("remove {names}"),
                    Edit { span: Span::new(file, lints.unwrap_or(first.place)), replacement: kept },
                )
            };
            finding.suggest(message, vec![edit], Applicability::MachineApplicable);
        }
    }

    /// Reports at the level of the lint; None where that is `allow`.
    fn at(
        &mut self,
        lint: &'static str,
        place: TextRange,
        message: impl Into<String>,
    ) -> Option<&mut Diagnostic> {
        let level = self.levels.of_name(lint).filter(|level| *level > Level::Allow)?;
        let mut report = Report { lint, level, findings: &mut self.findings };
        report.at(Span::new(self.file, place), message);
        self.findings.last_mut()
    }
}

/// A comment with what would be left over without it: its lines, or the space between it and the code before it.
fn with_its_space(text: &str, comment: TextRange) -> TextRange {
    let (before, after) = (&text[..comment.start as usize], &text[comment.end as usize..]);
    let code_before = before.trim_end_matches([' ', '\t']);
    let code_after = after.trim_start_matches([' ', '\t', '\r']);
    let is_alone = code_before.is_empty() || code_before.ends_with('\n');
    let (start, end) = match (is_alone, code_after.strip_prefix('\n')) {
        (true, Some(next_line)) => (code_before.len(), text.len() - next_line.len()),
        (true, None) => (before.len(), text.len() - code_after.len()),
        (false, _) => (code_before.len(), comment.end as usize),
    };
    TextRange::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hir::{self, Block, BlockKind, Expr, ExprId, Function, Let, Name};
    use crate::source::{SourceFile, directives, index};

    const FILE: FileId = FileId(0);
    const LINT: &str = "dropped_join_handle";

    /// A file with one function for each `fn`, whose statements are the texts between `«` and `»`.
    struct Fixture {
        parsed: ParsedFile,
        findings: Vec<Diagnostic>,
        levels: Levels,
    }

    /// `«` and `»` enclose statements, `$` stands before a finding.
    fn fixture(marked: &str) -> Fixture {
        let mut text = String::new();
        let (mut open, mut statements, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for c in marked.chars() {
            match c {
                '«' => open.push(text.len()),
                '»' => statements.push(TextRange::new(open.pop().expect("`«` before `»`"), text.len())),
                '$' => places.push(text.len()),
                c => text.push(c),
            }
        }
        let index = index::index(&text);
        assert_eq!(index.problems, []);
        let items = index.items.iter().map(|item| function(item.range, &statements)).collect();
        let (directives, directive_errors) = directives::parse(&text, &index.directives);
        let hir = hir::File { items, ..Default::default() };
        let mut findings = Vec::new();
        for place in places {
            let span = Span::new(FILE, TextRange::new(place, place + 1));
            Report { lint: LINT, level: Level::Warn, findings: &mut findings }.at(span, "dropped");
        }
        let source = SourceFile::new("a.rs", text);
        let parsed = ParsedFile { source, hir, directives, directive_errors };
        Fixture { parsed, findings, levels: Levels::default() }
    }

    fn function(range: TextRange, statements: &[TextRange]) -> Item {
        let mut body = Body::default();
        let inside: Vec<TextRange> = statements.iter().copied().filter(|it| range.contains(*it)).collect();
        let mut stmts = Vec::new();
        for (number, &range) in inside.iter().enumerate() {
            let id = ExprId(number as u32);
            body.exprs.push(Expr { kind: ExprKind::Opaque, range });
            let pat = hir::PatId(0);
            let it = Let { pat, ty: None, init: Some(id), otherwise: None, range };
            stmts.push(if number % 2 == 0 { Stmt::Expr(id) } else { Stmt::Let(Box::new(it)) });
        }
        let block = Block { kind: BlockKind::Plain, label: None, stmts, tail: None };
        body.root = ExprId(body.exprs.len() as u32);
        body.exprs.push(Expr {
            kind: ExprKind::Block(block),
            range: TextRange { start: range.end, end: range.end },
        });
        let attrs = hir::Rare::default();
        let signature = hir::Signature::default();
        let function = Function::lowered(Name::from("f"), range, attrs, signature, Some(Box::new(body)));
        Item {
            name: function.name,
            name_range: range,
            range,
            attrs: hir::Rare::default(),
            visibility: hir::Visibility::Private,
            kind: ItemKind::Function(Box::new(function)),
        }
    }

    impl Fixture {
        fn level(mut self, name: &str, level: Level) -> Self {
            self.levels.set(name, level).unwrap();
            self
        }

        fn attribute(mut self, lint: &str, expect: bool) -> Self {
            let range = self.parsed.hir.items[0].range;
            let range = TextRange { start: range.start, end: range.start + 1 };
            let it = AttributeSuppression {
                lint: Name::from(lint),
                range,
                attribute: range,
                reason: None,
                expect,
            };
            self.parsed.hir.items[0].attrs.change(|attrs| attrs.suppressions.push(it));
            self
        }

        fn apply(self) -> Outcome {
            apply(FILE, &self.parsed, self.findings, &self.levels)
        }

        /// What stands, as lint and message, and how many findings are hidden.
        #[track_caller]
        fn check(self, standing: &[(&str, &str)], hidden: usize) {
            let outcome = self.apply();
            let found: Vec<_> = outcome.findings.iter().map(|it| (it.lint, it.message.as_str())).collect();
            assert_eq!((&found[..], outcome.suppressed.len()), (standing, hidden));
        }

        /// The text after the first suggestion has been taken.
        fn fixed(self) -> (Applicability, String) {
            let mut text = self.parsed.source.text.to_string();
            let outcome = self.apply();
            let suggestion = outcome.findings.iter().find_map(|it| it.suggestions.first()).unwrap();
            for edit in &suggestion.edits {
                text.replace_range(edit.span.range.as_usize(), &edit.replacement);
            }
            (suggestion.applicability, text)
        }
    }

    const STANDS: (&str, &str) = (LINT, "dropped");
    const NOTHING: (&str, &str) = (UNUSED, "this suppression hides nothing");

    #[test]
    fn a_comment_alone_covers_the_statement_below() {
        let below = "fn f() {\n  // taskguard: allow(dropped_join_handle) -- why\n  // more\n  #[x]\n  «a(\n    $b,\n    $c\n  )»;\n  «$d»;\n}";
        fixture(below).check(&[STANDS], 2);
        let outcome = fixture(below).apply();
        assert!(outcome.suppressed.iter().all(|it| it.reason.as_deref() == Some("why")));
        fixture("fn f() { «/* taskguard: allow(dropped_join_handle) -- why */ $a»; «$b» }").check(&[], 2);
        fixture("fn f() {\n /* taskguard: allow(dropped_join_handle) -- why */ «$a»;\n «$b» }")
            .check(&[STANDS], 1);
        fixture("fn f() {\n  «a\n    // taskguard: allow(dropped_join_handle) -- why\n    .$b\n    .$c()» }")
            .check(&[STANDS], 1);
    }

    #[test]
    fn a_comment_alone_covers_the_item_below() {
        let comment = "// taskguard: allow(taskguard::dropped-join-handle) -- why\n";
        fixture(&format!("{comment}/// Doc.\n#[x]\nfn f() {{\n«$a»;\n«$b» }}\nfn g() {{ «$c» }}"))
            .check(&[STANDS], 2);
        fixture(&format!("/// Doc.\n#[x]\n{comment}#[y]\nfn f() {{\n«$a»;\n«$b» }}\nfn g() {{ «$c» }}"))
            .check(&[STANDS], 2);
        fixture(&format!("fn f() {{ «$a» }}\n{comment}")).check(&[STANDS, NOTHING], 0);
    }

    #[test]
    fn a_comment_behind_code_covers_its_line_and_the_statement_that_starts_there() {
        let behind =
            "fn f() {\n  «a(|| { // taskguard: allow(dropped_join_handle) -- why\n    $b\n  })»;\n  «$c»;\n}";
        fixture(behind).check(&[STANDS], 1);
        fixture("fn f() {\n  «a(\n  $b)»; // taskguard: allow(dropped_join_handle) -- why\n  «$c»;\n}")
            .check(&[STANDS], 1);
        fixture("fn f() { // taskguard: allow(dropped_join_handle) -- why\n  «$c»;\n}")
            .check(&[STANDS, NOTHING], 0);
    }

    #[test]
    fn a_comment_or_attribute_may_cover_a_file_or_an_item() {
        fixture("fn f() { «$a» }\nfn g() { «$b» }\n// taskguard: allow-file(dropped_join_handle) -- why\n")
            .check(&[], 2);
        let text = "fn f() { «$a»; «$b» }\nfn g() { «$c» }";
        let reason = (WITHOUT_REASON, "this suppression gives no reason");
        fixture(text).attribute(LINT, false).check(&[STANDS, reason], 2);
        fixture("fn f() {}")
            .attribute(LINT, true)
            .check(&[reason, (UNUSED, "this expectation hides nothing")], 0);
        let unknown = (UNKNOWN, "unknown lint `dropped_handle`");
        fixture("fn f() {}").attribute("dropped_handle", false).check(&[unknown, reason], 0);
    }

    #[test]
    fn the_narrowest_suppression_hides_and_the_others_are_unused() {
        let text = "// taskguard: allow-file(dropped_join_handle) -- why\nfn f() {\n  // taskguard: allow(dropped_join_handle) -- why\n  «$a»;\n}";
        let outcome = fixture(text).apply();
        assert_eq!(outcome.findings.len(), 1);
        assert_eq!(outcome.findings[0].span.range.start, 0, "the one for the file is unused");
    }

    #[test]
    fn forbidden_lints_and_lints_that_do_not_run() {
        let text = "// taskguard: allow-file(dropped_join_handle) -- why\nfn f() { «$a» }";
        let mut forbidden = fixture(text).level(LINT, Level::Forbid);
        forbidden.findings[0].level = Level::Forbid;
        forbidden.check(&[STANDS, NOTHING], 0);
        let quiet = fixture("// taskguard: allow-file(dropped_join_handle) -- why\nfn f() {}");
        quiet.level(LINT, Level::Allow).check(&[], 0);
    }

    #[test]
    fn suppressions_are_judged_at_the_levels_of_their_lints() {
        let text = "// taskguard: allow(nonsense)\n// taskguard: allow(\nfn f() {}\n// taskguard: allow(dropped_join_handle)\n";
        let reason = (WITHOUT_REASON, "this suppression gives no reason");
        let unknown = (UNKNOWN, "unknown lint `nonsense`");
        let broken = (UNKNOWN, "this suppression cannot be understood");
        fixture(text).check(&[broken, unknown, reason, reason, NOTHING], 0);
        fixture(text).level(WITHOUT_REASON, Level::Allow).check(&[broken, unknown, NOTHING], 0);
        let quiet = fixture(text).level(WITHOUT_REASON, Level::Allow).level(UNKNOWN, Level::Allow);
        quiet.level(UNUSED, Level::Allow).check(&[], 0);
        let outcome = fixture(text).level(UNKNOWN, Level::Deny).apply();
        assert_eq!(outcome.findings[0].level, Level::Deny);
    }

    #[test]
    fn what_is_wrong_with_suppressions_is_hidden_only_for_a_file() {
        let beside = "// taskguard: allow(suppression_without_reason) -- why\n// taskguard: allow(dropped_join_handle)\nfn f() { «$a» }";
        fixture(beside).check(&[(WITHOUT_REASON, "this suppression gives no reason"), NOTHING], 1);
        let whole = "// taskguard: allow-file(suppression_without_reason) -- why\n// taskguard: allow(dropped_join_handle)\nfn f() { «$a» }";
        fixture(whole).check(&[], 2);
        let unused = "// taskguard: allow-file(unused_suppression) -- why\n// taskguard: allow(dropped_join_handle) -- why\nfn f() {}";
        fixture(unused).check(&[], 1);
        fixture("// taskguard: allow-file(unused_suppression) -- why\nfn f() {}").check(&[NOTHING], 0);
    }

    #[test]
    fn groups_are_not_accepted() {
        fixture("// taskguard: allow-file(all) -- why\nfn f() { «$a» }")
            .check(&[STANDS, (UNKNOWN, "`all` is no lint but many")], 0);
        let group = fixture("// taskguard: allow-file(suspicious) -- why\nfn f() {}");
        group.check(&[(UNKNOWN, "`suspicious` is no lint but many")], 0);
    }

    #[test]
    fn suggestions_mend_the_suppression() {
        let machine = |text: &str| {
            let (applicability, fixed) = fixture(text).fixed();
            assert_eq!(applicability, Applicability::MachineApplicable);
            fixed
        };
        assert_eq!(
            machine("fn f() {\n  // taskguard: allow(dropped_join_handle) -- why\r\n  a;\n}"),
            "fn f() {\n  a;\n}"
        );
        assert_eq!(
            machine("fn f() {\n  a; // taskguard: allow(dropped_join_handle) -- why\n}"),
            "fn f() {\n  a;\n}"
        );
        assert_eq!(
            machine("fn f() {\n  /* taskguard: expect(dropped_join_handle) -- why */ a;\n}"),
            "fn f() {\n  a;\n}"
        );
        assert_eq!(machine("// taskguard: allow-file(dropped_join_handle) -- why"), "");
        assert_eq!(
            machine(
                "// taskguard: allow(worker_returns_ok, dropped-join-handle ,select_ends_process) -- why\nfn f() { «$a» }"
            ),
            "// taskguard: allow(dropped-join-handle) -- why\nfn f() { a }",
        );
        let misspelt = fixture("// taskguard: allow(taskguard::droped_join_handle) -- why\nfn f() {}");
        let expected = "// taskguard: allow(taskguard::dropped_join_handle) -- why\nfn f() {}".to_owned();
        assert_eq!(misspelt.fixed(), (Applicability::MaybeIncorrect, expected));
    }
}
