//! Macros: those known by name in their own grammar, others as expressions or statements, as their separators tell.

use super::body::BodyReader;
use crate::hir::lower::builder::Captures;
use crate::hir::lower::reader::{is_keyword, is_word};
use crate::hir::*;
use crate::knowledge::macros::{Meaning, Shape, macro_row};
use crate::source::TextRange;

impl BodyReader<'_> {
    /// A call of a macro, from its `!` on.
    pub fn macro_call(&mut self, path: Path) -> Option<ExprId> {
        self.mark(b'!')?;
        let (open, close) = (self.place(), closing(self.byte())?);
        self.at += 1;
        let start = path.range;
        let kind = self.nested(|this| this.macro_kind(path, open))?;
        self.mark(close)?;
        Some(self.add_since(kind, start))
    }

    /// What is between the brackets of a macro.
    fn macro_kind(&mut self, path: Path, open: TextRange) -> Option<ExprKind> {
        let Some(row) = macro_row(&path.last().name) else {
            let content = self.unknown(open)?;
            return Some(ExprKind::Macro(Box::new(MacroCall { path, content })));
        };
        let content = match row.shape {
            Shape::Select => return self.select(path),
            Shape::Join => return self.join(false),
            Shape::TryJoin => return self.join(true),
            Shape::Stream => return self.stream(false, open),
            Shape::TryStream => return self.stream(true, open),
            // `pin! { let x = future; }` binds a name for what follows.
            Shape::Args if row.meaning == Meaning::Pin && self.peek() == "let" => self.code(open)?,
            Shape::Args => MacroContent::Args(self.arguments(Captures::Locals)?),
            Shape::FormatArgs => MacroContent::Args(self.arguments(Captures::All)?),
            Shape::Matches => self.matches()?,
            Shape::Code => self.scoped(|this| this.code(open))?,
            Shape::Json => MacroContent::Args(self.json()?),
            Shape::Tokens => MacroContent::Opaque { mentions: self.mentions()? },
            Shape::Items | Shape::CfgIf => return None,
        };
        Some(ExprKind::Macro(Box::new(MacroCall { path, content })))
    }

    /// A macro that nobody knows. What its tokens cannot be for their separators is not tried.
    fn unknown(&mut self, open: TextRange) -> Option<MacroContent> {
        match self.grammar()? {
            Grammar::Expressions => self.plain_arguments().map(MacroContent::Args),
            Grammar::Statements => self.scoped(|this| this.code(open)),
            Grammar::Arguments => self.arguments(Captures::Locals).map(MacroContent::Args),
        }
    }

    fn grammar(&mut self) -> Option<Grammar> {
        let start = self.at;
        let mut grammar = Grammar::Expressions;
        // Behind a label is a loop or a block.
        let has_fields = self.byte() == b'{' && self.byte_behind(1) != b'\'' && self.is_single_colon(2);
        if has_fields || self.is_single_colon(1) {
            return Some(Grammar::Arguments);
        }
        while !self.is_at_close() {
            match self.byte() {
                b';' => grammar = Grammar::Statements,
                b'=' if self.is_joined(b"=>") => grammar = Grammar::Arguments,
                b'%' | b'?' if self.at == start || matches!(self.last(), "," | "=" | ";") => {
                    grammar = Grammar::Arguments;
                }
                _ => {}
            }
            if grammar == Grammar::Arguments {
                break;
            }
            self.skip_tree()?;
        }
        self.at = start;
        Some(grammar)
    }

    /// Statements, as one block.
    fn code(&mut self, open: TextRange) -> Option<MacroContent> {
        self.block_inside(BlockKind::Plain, open).map(MacroContent::Code)
    }

    fn block_inside(&mut self, kind: BlockKind, open: TextRange) -> Option<ExprId> {
        let (stmts, tail) = self.statements()?;
        let inside = open.cover(self.place());
        Some(self.builder.add(ExprKind::Block(Block { kind, label: None, stmts, tail }), inside))
    }

    fn stream(&mut self, fallible: bool, open: TextRange) -> Option<ExprKind> {
        self.scoped(|this| this.block_inside(BlockKind::Stream { fallible }, open))?;
        self.builder.take_last()
    }

    fn join(&mut self, fallible: bool) -> Option<ExprKind> {
        self.skip_biased();
        let mut futures = Vec::new();
        while !self.is_at_close() {
            futures.push(self.expr()?);
            if !self.skip_mark(b',') {
                break;
            }
        }
        Some(ExprKind::Join { fallible, futures })
    }

    /// `biased;`.
    fn skip_biased(&mut self) -> bool {
        let is_biased = self.peek() == "biased" && self.byte_behind(1) == b';';
        self.at += if is_biased { 2 } else { 0 };
        is_biased
    }

    fn select(&mut self, path: Path) -> Option<ExprKind> {
        let biased = self.skip_biased() || path.last().name == "select_biased";
        let (mut arms, mut otherwise) = (Vec::new(), None);
        while !self.is_at_close() {
            if matches!(self.peek(), "else" | "complete" | "default") && self.byte_behind(1) == b'=' {
                self.at += 1;
                otherwise = Some(self.handler()?);
                // It is made last, wherever it stands.
                self.is_at_close().then_some(())?;
            } else {
                arms.push(self.select_arm()?);
            }
        }
        Some(ExprKind::Select(Box::new(Select { path, biased, arms, otherwise })))
    }

    /// The future and the condition are made before anything is bound.
    fn select_arm(&mut self) -> Option<SelectArm> {
        let pattern = self.at;
        let has_pattern = self.skip_to_future()?;
        let end = self.at;
        self.at += usize::from(has_pattern);
        let future = self.expr()?;
        let guard = match self.byte() == b',' && self.peek_behind(1) == "if" {
            true => {
                self.at += 2;
                Some(self.expr()?)
            }
            false => None,
        };
        self.scoped(|this| {
            let start = this.builder.extent(future).start;
            let pat = match has_pattern {
                true => this.at_place(pattern, end, |this| this.bind(Self::alternatives))?,
                false => this.builder.add_pat(PatKind::Wild, TextRange { start, end: start }),
            };
            let handler = this.handler()?;
            Some(SelectArm { pat, future, guard, handler })
        })
    }

    /// Passes over the pattern of an arm, up to the `=` behind it; stays where there is none.
    fn skip_to_future(&mut self) -> Option<bool> {
        let start = self.at;
        loop {
            match self.byte() {
                b'=' if self.is_joined(b"=>") => {
                    self.at = start;
                    return Some(false);
                }
                b'=' if self.is_joined(b"==") || b"<>!+-*/%^&|".contains(&self.byte_before()) => return None,
                b'=' if self.byte_before() != b'.' => return Some(true),
                _ => self.skip_tree()?,
            }
        }
    }

    /// What is behind the arrow of an arm.
    fn handler(&mut self) -> Option<ExprId> {
        self.skip_joined(b"=>").then_some(())?;
        let handler = self.expr_before_boundary()?.id;
        self.skip_mark(b',');
        Some(handler)
    }

    /// `matches!(value, pattern if guard)`; a message may follow in its asserting relatives.
    fn matches(&mut self) -> Option<MacroContent> {
        let value = self.expr()?;
        self.mark(b',')?;
        let (pat, guard) = self.scoped(|this| {
            let pat = this.bind(Self::alternatives)?;
            let guard = if this.skip("if") { Some(this.expr()?) } else { None };
            Some((pat, guard))
        })?;
        self.skip_mark(b',');
        Some(MacroContent::Matches { value, pat, guard })
    }
}

/// What an unknown macro may be, as the marks between its parts tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grammar {
    Expressions,
    Statements,
    /// With keys and signs that no expression has.
    Arguments,
}

/// What stands before the value of an argument.
enum Key {
    Name(Name, TextRange),
    Dotted,
    Text,
}

/// Arguments.
impl BodyReader<'_> {
    /// Expressions between commas, and nothing else.
    fn plain_arguments(&mut self) -> Option<Vec<ExprId>> {
        let mut lowered = Vec::new();
        while !self.is_at_close() {
            (self.peek() != "let").then_some(())?;
            if self.argument_value(&mut lowered)? {
                self.captures(&[], Captures::Locals, &mut lowered);
            }
            if !self.skip_mark(b',') {
                break;
            }
        }
        Some(lowered)
    }

    /// Expressions with the separators and keys that macros like: `value`, `key = value`, `%value`, `"key" => value`.
    fn arguments(&mut self, captures: Captures) -> Option<Vec<ExprId>> {
        let mut lowered = Vec::new();
        let mut named: Option<Vec<Name>> = None;
        while !self.is_at_close() {
            (self.peek() != "let").then_some(())?;
            if self.byte() == b'{' {
                self.fields_in_braces(&mut lowered)?;
            } else if self.argument(&mut lowered)? {
                let which = if named.is_none() { captures } else { Captures::Locals };
                let named = match &mut named {
                    Some(named) => named,
                    None => named.insert(self.keys_ahead()?),
                };
                self.captures(named, which, &mut lowered);
            }
            if !self.skip_mark(b',') && !self.skip_mark(b';') {
                break;
            }
        }
        Some(lowered)
    }

    /// `info!({ field = 1 }, "text")`: the fields of `tracing` may stand in braces.
    fn fields_in_braces(&mut self, lowered: &mut Vec<ExprId>) -> Option<()> {
        self.at += 1;
        while !self.is_at_close() {
            // A text would be the one that later keys are for.
            let is_argument = self.byte() != b'{' && self.peek() != "let";
            (is_argument && !self.argument(lowered)?).then_some(())?;
            if !self.skip_mark(b',') && !self.skip_mark(b';') {
                break;
            }
        }
        self.mark(b'}')?;
        (self.byte() == b',' || self.is_at_close()).then_some(())
    }

    /// An argument with its key; whether it is no more than a text.
    fn argument(&mut self, lowered: &mut Vec<ExprId>) -> Option<bool> {
        let key = self.key();
        self.skip_sigil();
        if let Some(Key::Name(name, range)) = key
            && (self.is_at_close() || matches!(self.byte(), b',' | b';'))
        {
            // `key:%` of `log`: the value is the variable of that name.
            (!is_keyword(&name)).then_some(())?;
            lowered.push(self.add_name(name, range));
            return Some(false);
        }
        let is_text = self.argument_value(lowered)? && key.is_none();
        if self.skip_joined(b"=>") {
            self.skip_sigil();
            lowered.push(self.expr()?);
            return Some(false);
        }
        Some(is_text)
    }

    /// Reads an expression; whether it is no more than a text.
    fn argument_value(&mut self, lowered: &mut Vec<ExprId>) -> Option<bool> {
        let before = self.at;
        let value = self.expr()?;
        lowered.push(value);
        let is_text = matches!(self.builder.body.kind(value), ExprKind::Literal(Literal::Str(_)));
        Some(is_text && self.at == before + 1)
    }

    /// The names that the text read last captures.
    fn captures(&mut self, named: &[Name], which: Captures, lowered: &mut Vec<ExprId>) {
        let (text, range) = (self.last(), self.last_place());
        self.builder.captures((text, range), named, which, lowered);
    }

    /// `name =`, `name.sub =`, `"name" =`, `"name" =>`, `name:`; nothing is read where it is no key after all.
    fn key(&mut self) -> Option<Key> {
        let word = self.peek().strip_prefix("r#").unwrap_or(self.peek());
        let mut key = match self.byte() {
            b'"' | b'r' if self.peek().ends_with(['"', '#']) => Key::Text,
            _ if is_word(word) => Key::Name(Name::from(word), self.place()),
            _ => return None,
        };
        let start = self.at;
        self.at += 1;
        while !matches!(key, Key::Text) && self.is_dot() && is_word(self.peek_behind(1)) {
            self.at += 2;
            key = Key::Dotted;
        }
        let is_key = if self.is_joined(b"=>") {
            !matches!(key, Key::Name(..)) && self.skip_joined(b"=>")
        } else if self.is_assignment() {
            self.skip_mark(b'=')
        } else if self.byte() == b':' && !self.is_joined(b"::") {
            self.at += 1;
            self.skip_capture_mode();
            true
        } else {
            false
        };
        if !is_key {
            self.at = start;
        }
        is_key.then_some(key)
    }

    fn is_dot(&self) -> bool {
        self.byte() == b'.' && !self.is_joined(b"..")
    }

    fn is_assignment(&self) -> bool {
        self.byte() == b'=' && !self.is_joined(b"==") && !self.is_joined(b"=>")
    }

    /// The `? =`, `% =`, `err =` behind the colon of `log`'s keys.
    fn skip_capture_mode(&mut self) {
        let start = self.at;
        if !self.skip_sigil() && is_word(self.peek()) {
            self.at += 1;
        }
        if self.at == start || !self.is_assignment() {
            self.at = start;
        } else {
            self.at += 1;
        }
    }

    /// `%`, `?`, and `#%`, `#?` of `slog`: how a value is shown.
    fn skip_sigil(&mut self) -> bool {
        if self.byte() == b'#' && matches!(self.byte_behind(1), b'%' | b'?') {
            self.at += 1;
        }
        self.skip_mark(b'%') || self.skip_mark(b'?')
    }

    /// The keys of the arguments that are yet to come. None where a comma may be one between arguments or not, and where
    /// keys may be in braces.
    fn keys_ahead(&mut self) -> Option<Vec<Name>> {
        let (start, mut keys, mut may_mislead) = (self.at, Vec::new(), false);
        while !self.is_at_close() {
            may_mislead |= matches!(self.byte(), b'<' | b'|');
            self.skip_tree()?;
            if matches!(self.last(), "," | ";") {
                let place = self.at;
                (self.byte() != b'{').then_some(())?;
                if let Some(Key::Name(name, _)) = self.key() {
                    keys.push(name);
                }
                self.at = place;
            }
        }
        self.at = start;
        (keys.is_empty() || !may_mislead).then_some(keys)
    }
}

/// Values of JSON, and tokens.
impl BodyReader<'_> {
    /// The expressions in a JSON value, constant keys apart; the braces of an object may be those of the macro.
    fn json(&mut self) -> Option<Vec<ExprId>> {
        let mut values = Vec::new();
        if self.is_single_colon(1) {
            self.json_entries(&mut values)?;
        } else {
            self.json_value(&mut values)?;
            self.skip_mark(b',');
        }
        Some(values)
    }

    fn json_value(&mut self, values: &mut Vec<ExprId>) -> Option<()> {
        match self.byte() {
            b'{' => {
                self.at += 1;
                // Anything else may be a block.
                (self.byte() == b'}' || self.is_single_colon(1)).then_some(())?;
                self.json_entries(values)?;
                self.mark(b'}')
            }
            b'[' => {
                self.at += 1;
                while !self.is_at_close() {
                    self.json_value(values)?;
                    if !self.skip_mark(b',') {
                        break;
                    }
                }
                self.mark(b']')
            }
            _ => {
                values.push(self.expr()?);
                Some(())
            }
        }
    }

    fn json_entries(&mut self, values: &mut Vec<ExprId>) -> Option<()> {
        while !self.is_at_close() {
            let key = self.expr()?;
            match self.builder.body.kind(key) {
                ExprKind::Literal(_) => drop(self.builder.take_last()),
                _ => values.push(key),
            }
            self.expect_colon()?;
            self.json_value(values)?;
            if !self.skip_mark(b',') {
                break;
            }
        }
        Some(())
    }

    /// The locals that the tokens of a macro name, in format strings too.
    fn mentions(&mut self) -> Option<Vec<ExprId>> {
        let mut mentions = Vec::new();
        let mut depth = 0u32;
        while depth > 0 || !self.is_at_close() {
            match self.byte() {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
                b'"' | b'0'..=b'9' => {
                    self.mentioned_literal(&mut mentions)?;
                    continue;
                }
                b'\'' if self.is_lifetime() => {
                    let (name, range) = (&self.peek()[1..], self.place());
                    is_word(name).then_some(())?;
                    self.mention(name, TextRange { start: range.start + 1, ..range }, &mut mentions);
                }
                b'\'' => {
                    self.mentioned_literal(&mut mentions)?;
                    continue;
                }
                _ if self.is_at_prefixed_literal() => {
                    self.mentioned_literal(&mut mentions)?;
                    continue;
                }
                byte if b"~!@#$%^&*-=+|;:,<.>/?".contains(&byte) => {}
                _ => {
                    is_word(self.peek()).then_some(())?;
                    self.mention(self.peek(), self.place(), &mut mentions);
                }
            }
            self.at += 1;
        }
        Some(mentions)
    }

    fn mention(&mut self, name: &str, range: TextRange, mentions: &mut Vec<ExprId>) {
        if let Some(kind) = self.builder.local_kind(Name::from(name)) {
            mentions.push(self.builder.add(kind, range));
        }
    }

    fn mentioned_literal(&mut self, mentions: &mut Vec<ExprId>) -> Option<()> {
        if let Literal::Str(_) = self.literal_kind()? {
            self.captures(&[], Captures::Locals, mentions);
        }
        Some(())
    }
}

fn closing(open: u8) -> Option<u8> {
    match open {
        b'(' => Some(b')'),
        b'[' => Some(b']'),
        b'{' => Some(b'}'),
        _ => None,
    }
}
