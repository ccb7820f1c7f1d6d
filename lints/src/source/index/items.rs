//! Items: of files, and of modules, traits, `impl`s and macros.

use super::tokens::{Kind, Token, begins_item, is_arrow};
use super::*;

/// Macros in macros are read as items so deep. Each level may be read twice: as items, and then as mere tokens.
const MAX_MACRO_DEPTH: u32 = 4;

/// Where the head of an item ends.
enum Head {
    /// At a `{`, which has just been passed.
    Brace,
    /// At a `{`, which with its content has been passed before that could be told.
    Body(TextRange),
    /// At a `;`, which has just been passed.
    Semicolon,
}

/// The items between two braces.
struct Content {
    items: Vec<IndexedItem>,
    body: TextRange,
    closed: bool,
}

impl<'t> Scan<'t> {
    /// Reads items up to the end of the text (true) or past a `}` (false). `around` is the indentation of the item that
    /// holds them, if one does; a line that cannot be inside it also ends them (true).
    pub(super) fn items(&mut self, around: Option<usize>, items: &mut Vec<IndexedItem>) -> Found<bool> {
        // Whether the content is indented at all, so that indentation says something.
        let mut indented = None;
        loop {
            self.doc = None;
            self.mismatched = false;
            let before = self.at;
            let token = self.token();
            let start = self.doc.unwrap_or(token.start);
            match token.kind {
                Kind::End => return Ok(true),
                Kind::Punct(b';') => continue,
                Kind::Cut => {
                    self.problem(token.start, self.at, UNCLOSED);
                    continue;
                }
                Kind::Punct(b'#') if self.inner_attribute(token)? => continue,
                Kind::Close(b'}') => {
                    let closes_something_inside = self.trust == Trust::Indentation
                        && indented == Some(true)
                        && self.is_first_on_line(token.start)
                        && around.is_some_and(|around| self.indentation_at(token.start) > around);
                    if !closes_something_inside {
                        return Ok(false);
                    }
                    self.problem(token.start, self.at, STRAY_CLOSING);
                    continue;
                }
                _ => {}
            }
            if let Some(around) = around
                && self.trust == Trust::Indentation
                && self.is_first_on_line(start)
            {
                let is_indented = self.indentation_at(start) > around;
                if *indented.get_or_insert(is_indented) && !is_indented && begins_item(&self.bytes[start..]) {
                    self.at = before;
                    return Ok(true);
                }
            }
            match self.whole_item(token, start) {
                Ok(item) => items.push(item),
                Err(Lost::NotAnItem) if self.macro_depth > 0 => return Err(Lost::NotAnItem),
                Err(Lost::Brackets) => {
                    self.lost_brackets()?;
                    self.problem(start, self.at, UNMATCHED);
                }
                Err(Lost::NotAnItem) => {
                    self.resynchronise(token, around.is_some())?;
                    self.problem(start, self.at, NOT_AN_ITEM);
                }
            }
        }
    }

    /// Reads one item and weighs it.
    pub(super) fn whole_item(&mut self, first: Token, start: usize) -> Found<IndexedItem> {
        let outer = (self.weight, self.indentation);
        (self.weight, self.indentation) = (Weight::default(), self.indentation_at(start));
        let first_word = self.words.start();
        let item = self.item(first, start);
        let nesting = self.weight.deepest;
        (self.weight, self.indentation) = outer;
        match item? {
            _ if self.mismatched => Err(Lost::Brackets),
            item if item.kind == IndexedKind::Function => {
                let words = first_word..self.words.words.len() as u32;
                Ok(self.with_declared(IndexedItem { nesting, words, ..item }))
            }
            item => {
                // Nobody asks for the words of other items, but those of the functions inside stay.
                if item.children.is_empty() {
                    self.words.words.truncate(first_word as usize);
                }
                Ok(IndexedItem { nesting, ..item })
            }
        }
    }

    /// Reads one item, `first` being its first token.
    fn item(&mut self, first: Token, start: usize) -> Found<IndexedItem> {
        let code = self.attributes(first)?;
        let (visibility, keyword) = self.visibility(code)?;
        let item = self.item_from(keyword, start)?;
        Ok(IndexedItem { code: code.start as u32, visibility, ..item })
    }

    /// Passes what says who may name an item, and gives the token after it.
    fn visibility(&mut self, first: Token) -> Found<(Visibility, Token)> {
        if !self.is_word(first, "pub") {
            return Ok((Visibility::Private, first));
        }
        let token = self.next();
        if token.kind != Kind::Open(b'(') {
            return Ok((Visibility::Public, token));
        }
        self.group(b'(')?;
        Ok((Visibility::Restricted, self.next()))
    }

    /// Reads an item from its first keyword.
    fn item_from(&mut self, keyword: Token, start: usize) -> Found<IndexedItem> {
        let mut token = keyword;
        loop {
            if token.kind != Kind::Word {
                return self.item_macro(token, None, start);
            }
            let word = self.word(token);
            let before_next = self.at;
            let next = self.next();
            let next_is_word = next.kind == Kind::Word;
            token = match word {
                "fn" => return self.with_head(IndexedKind::Function, next, "<(", start),
                "struct" => return self.with_head(IndexedKind::Struct, next, "<{(;w", start),
                "enum" => return self.with_head(IndexedKind::Enum, next, "<{w", start),
                "union" if next_is_word => {
                    return self.with_head(IndexedKind::Union, next, "<{w", start);
                }
                "trait" => return self.with_head(IndexedKind::Trait, next, "<{:=w", start),
                "mod" => return self.with_head(IndexedKind::Module, next, "{;", start),
                "macro" if next_is_word => {
                    return self.with_head(IndexedKind::MacroRules, next, "{(", start);
                }
                "impl" => {
                    self.at = before_next;
                    return self.after_head(IndexedKind::Impl, start);
                }
                "use" => return self.statement(IndexedKind::Use, next, start),
                "type" if next_is_word => {
                    self.expect("<=:;w")?;
                    return self.statement(IndexedKind::TypeAlias, next, start);
                }
                "static" if next_is_word => {
                    let is_mut = self.is_word(next, "mut");
                    let name = if is_mut { self.next() } else { next };
                    return self.constant(IndexedKind::Static, name, start);
                }
                "const" if next_is_word => match self.word(next) {
                    "fn" | "async" | "unsafe" | "extern" | "gen" | "trait" | "impl" | "auto" => next,
                    _ => return self.constant(IndexedKind::Const, next, start),
                },
                "extern" => {
                    let after_abi = if next.kind == Kind::Text { self.next() } else { next };
                    if after_abi.kind == Kind::Open(b'{') {
                        return self.container(IndexedKind::ForeignModule, start);
                    }
                    if self.is_word(after_abi, "crate") {
                        return self.statement(IndexedKind::ExternCrate, after_abi, start);
                    }
                    after_abi
                }
                "async" | "unsafe" if next_is_word => next,
                // Words that are keywords only before certain others, and `crate` as an old visibility.
                "default" | "safe" | "auto" | "gen" | "crate" if next_is_word => next,
                "macro_rules" if next.kind == Kind::Punct(b'!') => {
                    let name = self.next();
                    if name.kind != Kind::Word {
                        return self.give_up_at(name.start);
                    }
                    let open = self.next();
                    return self.macro_group(IndexedKind::MacroRules, open, start);
                }
                _ => {
                    self.at = before_next;
                    return self.item_macro(token, Some(word), start);
                }
            };
        }
    }

    /// Passes outer attributes and gives the token after them.
    fn attributes(&mut self, first: Token) -> Found<Token> {
        let mut token = first;
        self.weight.weigh(self.bytes, token);
        while token.kind == Kind::Punct(b'#') {
            let open = self.next();
            if open.kind != Kind::Open(b'[') {
                return self.give_up_at(open.start);
            }
            self.group(b'[')?;
            token = self.next();
        }
        Ok(token)
    }

    /// An item that has a name, then one of `expected` (`w` stands for `where`), then a head, then perhaps a body.
    fn with_head(
        &mut self,
        kind: IndexedKind,
        name: Token,
        expected: &str,
        start: usize,
    ) -> Found<IndexedItem> {
        if name.kind != Kind::Word {
            return self.give_up_at(name.start);
        }
        self.expect(expected)?;
        let raw = if self.word(name).starts_with("r#") { 2 } else { 0 };
        let name = TextRange::new(name.start + raw, name.end);
        Ok(IndexedItem { name, ..self.after_head(kind, start)? })
    }

    /// Looks whether the next token is one of `expected`; `w` stands for the word `where`.
    fn expect(&mut self, expected: &str) -> Found<()> {
        let before = self.at;
        let token = self.token();
        let is_expected = match token.kind {
            Kind::Word => expected.contains('w') && self.word(token) == "where",
            Kind::Open(byte) | Kind::Punct(byte) => expected.as_bytes().contains(&byte),
            _ => false,
        };
        self.at = before;
        if is_expected { Ok(()) } else { Err(Lost::NotAnItem) }
    }

    /// The rest of an item from somewhere in its head.
    fn after_head(&mut self, kind: IndexedKind, start: usize) -> Found<IndexedItem> {
        match self.head()? {
            Head::Semicolon => Ok(self.finished(kind, start, None)),
            Head::Body(body) => Ok(self.finished(kind, start, Some(body))),
            Head::Brace => match kind {
                IndexedKind::Module | IndexedKind::Impl | IndexedKind::Trait => self.container(kind, start),
                _ => {
                    let body = self.group(b'{')?;
                    Ok(self.finished(kind, start, Some(body)))
                }
            },
        }
    }

    /// Passes a head: generics, parameters, types, `where` clauses. A `{` inside `<` and `>` is a constant and part of it.
    fn head(&mut self) -> Found<Head> {
        let mut angles = 0u32;
        // Words that may begin the next item, when this one was left unfinished.
        let mut qualifiers = None;
        loop {
            let before = self.at;
            let token = self.next();
            match token.kind {
                Kind::Punct(b'<') => angles += 1,
                Kind::Punct(b'>') if !is_arrow(self.bytes, token) => angles = angles.saturating_sub(1),
                Kind::Punct(b';') => return Ok(Head::Semicolon),
                Kind::Open(b'{') if angles == 0 => return Ok(Head::Brace),
                Kind::Open(b'{') => {
                    let body = self.group(b'{')?;
                    if !matches!(self.peek().kind, Kind::Punct(b'>' | b',')) {
                        return Ok(Head::Body(body));
                    }
                }
                Kind::Open(bracket) => {
                    self.group(bracket)?;
                }
                Kind::Punct(b'#') if angles == 0 => return self.give_up_at(before),
                Kind::Close(_) => return self.give_up_at(before),
                Kind::Cut => return Err(Lost::Brackets),
                Kind::End => return Err(Lost::NotAnItem),
                Kind::Word => match self.word(token) {
                    "pub" | "struct" | "enum" | "mod" | "trait" | "type" | "let" => {
                        return self.give_up_at(qualifiers.unwrap_or(before));
                    }
                    "fn" if self.peek().kind == Kind::Word => {
                        return self.give_up_at(qualifiers.unwrap_or(before));
                    }
                    "async" | "unsafe" | "const" | "extern" | "default" => {
                        qualifiers = qualifiers.or(Some(before));
                        continue;
                    }
                    _ => {}
                },
                Kind::Text => continue,
                _ => {}
            }
            qualifiers = None;
        }
    }

    /// The item is not one; reading may go on at `at`.
    fn give_up_at<T>(&mut self, at: usize) -> Found<T> {
        self.at = at;
        Err(Lost::NotAnItem)
    }

    fn constant(&mut self, kind: IndexedKind, name: Token, start: usize) -> Found<IndexedItem> {
        if name.kind != Kind::Word {
            return self.give_up_at(name.start);
        }
        self.expect(":<")?;
        self.statement(kind, name, start)
    }

    /// An item that ends with `;`, from the token after its keyword.
    fn statement(&mut self, kind: IndexedKind, first: Token, start: usize) -> Found<IndexedItem> {
        let mut token = first;
        let mut before = first.start;
        loop {
            match token.kind {
                Kind::Punct(b';') => return Ok(self.finished(kind, start, None)),
                Kind::Open(bracket) => {
                    self.group(bracket)?;
                }
                Kind::Close(_) => return self.give_up_at(before),
                Kind::Cut => return Err(Lost::Brackets),
                Kind::End => return Err(Lost::NotAnItem),
                // The `;` may be missing. A type, though, may have `impl`, `unsafe` and `extern` at the start of a line.
                Kind::Word | Kind::Punct(b'#')
                    if kind != IndexedKind::TypeAlias
                        && before > first.start
                        && self.begins_item_at(token) =>
                {
                    return self.give_up_at(before);
                }
                _ => {}
            }
            before = self.at;
            token = self.next();
        }
    }

    /// `path! { .. }`, `path! name (..);`, from its first token, whose word is given if it is one.
    fn item_macro(&mut self, first: Token, word: Option<&str>, start: usize) -> Found<IndexedItem> {
        let mut name = word;
        let mut token = if word.is_some() { self.next() } else { first };
        while token.kind == Kind::Punct(b':') {
            token = self.next();
            if token.kind == Kind::Word {
                name = Some(self.word(token));
                token = self.next();
            }
        }
        let Some(name) = name.filter(|_| token.kind == Kind::Punct(b'!')) else {
            return self.give_up_at(token.start);
        };
        let mut open = self.next();
        if open.kind == Kind::Word {
            open = self.next();
        }
        if open.kind == Kind::Open(b'{')
            && let Some(content) = self.macro_items(name)?
        {
            let item = self.finished(IndexedKind::Macro, start, Some(content.body));
            return Ok(IndexedItem { children: content.items, ..item });
        }
        self.macro_group(IndexedKind::Macro, open, start)
    }

    /// The rest of an item macro from its bracket, which has just been passed.
    fn macro_group(&mut self, kind: IndexedKind, open: Token, start: usize) -> Found<IndexedItem> {
        let Kind::Open(bracket) = open.kind else { return self.give_up_at(open.start) };
        let content = self.group(bracket)?;
        if bracket == b'{' {
            return Ok(self.finished(kind, start, Some(content)));
        }
        if self.peek().kind == Kind::Punct(b';') {
            self.next();
        }
        Ok(self.finished(kind, start, None))
    }

    /// The content of an item macro, if it reads as items; the scan then stands after the `}`. Else nothing is passed.
    fn macro_items(&mut self, name: &str) -> Found<Option<Content>> {
        if self.macro_depth == MAX_MACRO_DEPTH || self.depth == MAX_DEPTH {
            return Ok(None);
        }
        let (at, problems, mismatched) = (self.at, self.problems.len(), self.mismatched);
        self.macro_depth += 1;
        self.depth += 1;
        let content = self.macro_content(name);
        self.macro_depth -= 1;
        self.depth -= 1;
        self.mismatched = mismatched;
        match content {
            Ok(content) if content.closed => Ok(Some(content)),
            Err(Lost::Brackets) if self.trust == Trust::Brackets => Err(Lost::Brackets),
            _ => {
                self.at = at;
                self.problems.truncate(problems);
                Ok(None)
            }
        }
    }

    fn macro_content(&mut self, name: &str) -> Found<Content> {
        let first = self.peek();
        if self.is_word(first, "if") {
            self.branches()
        } else if name == "cfg_select" {
            self.selected_branches()
        } else {
            self.content()
        }
    }

    /// `if #[cfg(..)] { items } else if #[cfg(..)] { items } else { items } }`.
    fn branches(&mut self) -> Found<Content> {
        let start = self.at;
        let mut items = Vec::new();
        loop {
            let mut token = self.token();
            if token.kind == Kind::Close(b'}') {
                return Ok(Content { items, body: TextRange::new(start, token.start), closed: true });
            }
            if self.is_word(token, "else") {
                token = self.token();
            }
            if self.is_word(token, "if") {
                if self.token().kind != Kind::Punct(b'#') || self.token().kind != Kind::Open(b'[') {
                    return Err(Lost::NotAnItem);
                }
                self.group(b'[')?;
                token = self.token();
            }
            self.branch(token, &mut items)?;
        }
    }

    /// `unix => { items } _ => { items } }`.
    fn selected_branches(&mut self) -> Found<Content> {
        let start = self.at;
        let mut items = Vec::new();
        loop {
            let token = self.token();
            match token.kind {
                Kind::Close(b'}') => {
                    return Ok(Content { items, body: TextRange::new(start, token.start), closed: true });
                }
                Kind::Punct(b'=') if self.peek().kind == Kind::Punct(b'>') => {
                    self.token();
                    let open = self.token();
                    self.branch(open, &mut items)?;
                }
                Kind::Word | Kind::Punct(b',') => {}
                Kind::Open(b'(') => {
                    self.group(b'(')?;
                }
                _ => return Err(Lost::NotAnItem),
            }
        }
    }

    fn branch(&mut self, open: Token, items: &mut Vec<IndexedItem>) -> Found<()> {
        if open.kind != Kind::Open(b'{') {
            return Err(Lost::NotAnItem);
        }
        let outer = self.indentation;
        self.indentation = self.indentation_at(open.start);
        let content = self.content();
        self.indentation = outer;
        let content = content?;
        items.extend(content.items);
        if content.closed { Ok(()) } else { Err(Lost::Brackets) }
    }

    /// A module, `impl`, `trait` or `extern` block from its `{`, which has just been passed.
    fn container(&mut self, kind: IndexedKind, start: usize) -> Found<IndexedItem> {
        let open = self.at - 1;
        if self.depth == MAX_DEPTH {
            let body = self.group(b'{')?;
            self.problem(start, self.at, TOO_DEEP);
            return Ok(self.finished(kind, start, Some(body)));
        }
        self.depth += 1;
        let content = self.content();
        self.depth -= 1;
        let content = content?;
        self.mismatched = false;
        if !content.closed {
            self.problem(open, open + 1, UNCLOSED);
        }
        let item = self.finished(kind, start, Some(content.body));
        Ok(IndexedItem { children: content.items, ..item })
    }

    /// The items up to the `}` of the item around them.
    fn content(&mut self) -> Found<Content> {
        let start = self.at;
        let mut items = Vec::new();
        let unclosed = self.items(Some(self.indentation), &mut items)?;
        if unclosed && self.trust == Trust::Brackets {
            return Err(Lost::Brackets);
        }
        let end = if unclosed { self.at } else { self.at - 1 };
        Ok(Content { items, body: TextRange::new(start, end), closed: !unclosed })
    }

    /// An item that ends where the scan stands.
    fn finished(&self, kind: IndexedKind, start: usize, body: Option<TextRange>) -> IndexedItem {
        let range = TextRange::new(start, self.at);
        IndexedItem {
            kind,
            range,
            code: range.start,
            visibility: Visibility::Private,
            name: TextRange { end: range.start, ..range },
            body,
            children: Vec::new(),
            hides_items: false,
            nesting: 0,
            words: 0..0,
        }
    }

    /// Goes on to where an item may begin: a line that looks like one, or behind a `;` or a block.
    fn resynchronise(&mut self, first: Token, inside: bool) -> Found<()> {
        loop {
            let before = self.at;
            let token = self.token();
            match token.kind {
                Kind::End | Kind::Punct(b';') => return Ok(()),
                Kind::Open(bracket) => {
                    if self.group(bracket).is_err() {
                        return self.lost_brackets();
                    }
                    if bracket == b'{' {
                        return Ok(());
                    }
                }
                Kind::Close(b'}') if inside => {
                    self.at = before;
                    return Ok(());
                }
                Kind::Close(_) => self.lost_brackets()?,
                Kind::Word | Kind::Punct(b'#') if token.start > first.start && self.begins_item_at(token) => {
                    self.at = before;
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    /// Notes a problem; one that follows another of its kind is the same.
    pub(super) fn problem(&mut self, start: usize, end: usize, message: &'static str) {
        let range = TextRange::new(start, end.clamp(start, self.bytes.len()));
        if let Some(last) = self.problems.last_mut()
            && last.message == message
            && self.bytes[last.range.end as usize..start.max(last.range.end as usize)]
                .iter()
                .all(u8::is_ascii_whitespace)
        {
            last.range = last.range.cover(range);
            return;
        }
        if self.problems.len() == MAX_PROBLEMS {
            return;
        }
        self.problems.push(IndexProblem { range, message });
    }
}
