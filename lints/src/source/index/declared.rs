//! Items in the bodies of functions.

use super::tokens::{Kind, Token};
use super::*;
use crate::source::words::FewWords;

static WORDS_OF_ITEMS: FewWords = FewWords::of(&ITEM_WORDS);

impl Scan<'_> {
    /// A function that has just been passed, with the items that its body declares.
    pub(super) fn with_declared(&mut self, function: IndexedItem) -> IndexedItem {
        let Some(body) = function.body else { return function };
        let words = &self.words.words[function.words.start as usize..function.words.end as usize];
        if !words.iter().any(|word| WORDS_OF_ITEMS.contains(*word)) {
            return function;
        }
        let (at, weight, trust, problems) = (self.at, self.weight, self.trust, self.problems.len());
        let end_of_words = self.words.words.len();
        self.at = body.start as usize;
        // The brackets of this function match, whatever those of the file do.
        self.trust = Trust::Brackets;
        self.depth += 1;
        let declared = if self.depth > MAX_DEPTH { None } else { self.declared() };
        self.depth -= 1;
        let declared = declared.filter(|_| self.problems.len() == problems);
        self.problems.truncate(problems);
        (self.at, self.weight, self.trust) = (at, weight, trust);
        match declared {
            Some(children) => IndexedItem { children, ..function },
            None => {
                self.words.words.truncate(end_of_words);
                IndexedItem { hides_items: true, ..function }
            }
        }
    }

    /// The items from here to the end of a body, those in its blocks and closures too, not those inside of other items.
    /// None where only the parser can say what is an item: where a word of items is in the argument of a macro, or where
    /// an item might begin that is none.
    fn declared(&mut self) -> Option<Vec<IndexedItem>> {
        let mut items = Vec::new();
        let mut open = Vec::new();
        // So many brackets were open when a macro was called.
        let mut in_macro = None;
        let mut before = Kind::Open(b'{');
        let mut may_begin = true;
        loop {
            let token = self.token();
            let begins_statement = in_macro.is_none()
                && matches!(before, Kind::Open(b'{') | Kind::Close(b'}') | Kind::Punct(b';'))
                && matches!(open.last(), None | Some(b'{'));
            if begins_statement && self.is_item_ahead(token)? {
                let item = self.whole_item(token, token.start).ok()?;
                items.push(self.as_in_body(item)?);
                before = Kind::Close(b'}');
                continue;
            }
            may_begin = match token.kind {
                Kind::End | Kind::Cut => return None,
                Kind::Word => {
                    let word = self.word(token);
                    // `(fn(u8), impl A)`.
                    let begins_type = in_macro.is_none() && matches!(before, Kind::Open(b'(' | b'['));
                    let may_be_item = may_begin && !begins_statement && !begins_type;
                    if matches!(word, "macro_rules" | "macro") || may_be_item && ITEM_WORDS.contains(&word) {
                        return None;
                    }
                    matches!(word, "pub" | "unsafe" | "async" | "default" | "safe" | "auto")
                }
                Kind::Open(bracket) => {
                    if before == Kind::Punct(b'!') && in_macro.is_none() {
                        in_macro = Some(open.len());
                    }
                    open.push(bracket);
                    true
                }
                Kind::Close(_) => {
                    if open.pop().is_none() {
                        return Some(items);
                    }
                    in_macro = in_macro.filter(|outer| *outer < open.len());
                    true
                }
                Kind::Punct(b';') => true,
                _ => false,
            };
            before = token.kind;
        }
    }

    /// Whether what begins with this token is an item and no statement, by its first words. The scan stays where it is.
    fn is_item_ahead(&mut self, first: Token) -> Option<bool> {
        let before = self.at;
        let mut token = first;
        while token.kind == Kind::Punct(b'#') {
            if self.token().kind != Kind::Open(b'[') {
                break;
            }
            self.group(b'[').ok()?;
            token = self.token();
        }
        while ["async", "unsafe", "auto"].iter().any(|word| self.is_word(token, word)) {
            token = self.token();
        }
        let is_item = token.kind == Kind::Word
            && match self.word(token) {
                // `const {` is a block, `static ||` a closure, `union.len()` a variable.
                "const" | "static" | "union" => self.peek().kind == Kind::Word,
                "pub" => true,
                word => ITEM_WORDS.contains(&word),
            };
        self.at = before;
        Some(is_item)
    }

    /// An item of a body, as the parser gives it: documentation is no part of it. None where a body makes something else
    /// of it than a file does: of `extern` blocks and macros, and of what is no item without a body.
    fn as_in_body(&self, mut item: IndexedItem) -> Option<IndexedItem> {
        let is_plain = match item.kind {
            IndexedKind::Use => true,
            // The macro may make anything of what is written in it.
            _ if self.macro_depth > 0 => false,
            IndexedKind::Function => item.body.is_some(),
            IndexedKind::Impl => item.children.iter().all(|it| is_member(it.kind) && !is_required_method(it)),
            IndexedKind::Trait => item.children.iter().all(|it| is_member(it.kind)),
            IndexedKind::Struct
            | IndexedKind::Enum
            | IndexedKind::Union
            | IndexedKind::TypeAlias
            | IndexedKind::Const
            | IndexedKind::Static
            | IndexedKind::ExternCrate => true,
            IndexedKind::Module
            | IndexedKind::ForeignModule
            | IndexedKind::Macro
            | IndexedKind::MacroRules => false,
        };
        for child in &mut item.children {
            let code = tokens(self.text, child.range.start).next()?;
            child.range.start = code.start;
        }
        is_plain.then_some(item)
    }
}

fn is_member(kind: IndexedKind) -> bool {
    matches!(kind, IndexedKind::Function | IndexedKind::Const | IndexedKind::TypeAlias)
}

fn is_required_method(item: &IndexedItem) -> bool {
    item.kind == IndexedKind::Function && item.body.is_none()
}
