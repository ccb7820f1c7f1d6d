//! Macros: their tokens, read as what the macro makes of them.
//!
//! A macro that is known by name is read in its own grammar. Any other is tried as expressions, then as statements, then
//! with the keys and separators that macros like; what remains only tells which locals it names.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Token, token};

use super::body::BodyLowering;
use super::builder::Captures;
use super::types::name;
use crate::hir::*;
use crate::knowledge::macros::{Meaning, Shape, macro_row};
use crate::source::TextRange;

impl BodyLowering<'_> {
    pub fn macro_call(&mut self, mac: &syn::Macro) -> ExprId {
        let path = self.slice.path(None, &mac.path);
        let range = path.range.cover(self.slice.range(mac.delimiter.span().close()));
        let inside = self.slice.range(mac.delimiter.span().join());
        let kind = self.known(&path, &mac.tokens, inside).unwrap_or_else(|| {
            let content = self.unknown(&mac.tokens, inside);
            ExprKind::Macro(Box::new(MacroCall { path, content }))
        });
        self.add(kind, range)
    }

    /// A macro whose grammar is known; None if it is not, or if the tokens are something else after all.
    fn known(&mut self, path: &Path, tokens: &TokenStream, inside: TextRange) -> Option<ExprKind> {
        let row = macro_row(&path.last().name)?;
        let content = match row.shape {
            Shape::Select => {
                let arms = select.parse2(tokens.clone()).ok()?;
                return Some(ExprKind::Select(Box::new(self.select(path, &arms))));
            }
            Shape::Join | Shape::TryJoin => {
                let futures = futures.parse2(tokens.clone()).ok()?;
                let futures = futures.iter().map(|future| self.expr(future)).collect();
                return Some(ExprKind::Join { fallible: row.shape == Shape::TryJoin, futures });
            }
            Shape::Stream => return self.stream(false, tokens, inside),
            Shape::TryStream => return self.stream(true, tokens, inside),
            // `pin! { let x = future; }` binds a name for what follows.
            Shape::Args if row.meaning == Meaning::Pin && starts_with_let(tokens) => {
                self.code(tokens, inside)?
            }
            Shape::Args => MacroContent::Args(self.arguments(tokens, Captures::Locals)?),
            Shape::FormatArgs => MacroContent::Args(self.arguments(tokens, Captures::All)?),
            Shape::Matches => self.matches(tokens)?,
            Shape::Code => self.scoped(|this| this.code(tokens, inside))?,
            Shape::Items => self.items(tokens, inside)?,
            Shape::CfgIf => self.cfg_if(tokens, inside)?,
            Shape::Json => MacroContent::Args(self.json(tokens)?),
            Shape::Tokens => MacroContent::Opaque { mentions: self.mentions(tokens) },
        };
        Some(ExprKind::Macro(Box::new(MacroCall { path: path.clone(), content })))
    }

    fn unknown(&mut self, tokens: &TokenStream, inside: TextRange) -> MacroContent {
        if let Some(args) = self.plain_arguments(tokens) {
            return MacroContent::Args(args);
        }
        if let Some(code) = self.scoped(|this| this.code(tokens, inside)) {
            return code;
        }
        self.arguments(tokens, Captures::Locals)
            .or_else(|| self.json(tokens))
            .map_or_else(|| MacroContent::Opaque { mentions: self.mentions(tokens) }, MacroContent::Args)
    }

    fn stream(&mut self, fallible: bool, tokens: &TokenStream, inside: TextRange) -> Option<ExprKind> {
        let statements = statements(tokens).or_else(|| statements(&without_for_await(tokens.clone())))?;
        let kind = BlockKind::Stream { fallible };
        self.scoped(|this| this.statements(&statements, kind, None, inside));
        self.take_last()
    }

    fn code(&mut self, tokens: &TokenStream, inside: TextRange) -> Option<MacroContent> {
        let statements = statements(tokens)?;
        Some(MacroContent::Code(self.statements(&statements, BlockKind::Plain, None, inside)))
    }

    /// Items in a body: `thread_local! { static X: .. }`.
    fn items(&mut self, tokens: &TokenStream, inside: TextRange) -> Option<MacroContent> {
        let items = super::value_items.parse2(tokens.clone()).ok()?;
        let items = items.iter().map(|item| super::value_item(self.slice, item));
        let stmts = items.collect::<Vec<_>>().into_iter().map(|item| self.add_item(item)).collect();
        let block = Block { kind: BlockKind::Plain, label: None, stmts, tail: None };
        Some(MacroContent::Code(self.add(ExprKind::Block(block), inside)))
    }

    /// `matches!(value, pattern if guard)`; a message may follow in its asserting relatives.
    fn matches(&mut self, tokens: &TokenStream) -> Option<MacroContent> {
        let (value, pat) = matches.parse2(tokens.clone()).ok()?;
        let value = self.expr(&value);
        self.scoped(|this| {
            let (pat, guard) = match &pat {
                syn::Pat::Guard(guarded) => (&*guarded.pat, Some(&*guarded.guard)),
                pat => (pat, None),
            };
            let pat = this.bind(pat);
            let guard = guard.map(|guard| this.expr(guard));
            Some(MacroContent::Matches { value, pat, guard })
        })
    }

    /// The arms of `cfg_if!`, as an `if` of which nobody knows the way.
    fn cfg_if(&mut self, tokens: &TokenStream, inside: TextRange) -> Option<MacroContent> {
        let (arms, last) = cfg_if.parse2(tokens.clone()).ok()?;
        let block = |this: &mut Self, block: &syn::Block| {
            let range = this.slice.range(block.brace_token.span.join());
            this.scoped(|this| this.statements(&block.stmts, BlockKind::Plain, None, range))
        };
        let mut otherwise = last.map(|last| block(self, &last));
        for (condition, then) in arms.iter().rev() {
            let then = block(self, then);
            let range = self.slice.range(*condition);
            let condition = self.add(ExprKind::Opaque, range);
            let range = range.cover(self.extent(otherwise.unwrap_or(then)));
            otherwise = Some(self.add(ExprKind::If { condition, then, otherwise }, range));
        }
        let block = Block { kind: BlockKind::Plain, label: None, stmts: Vec::new(), tail: otherwise };
        Some(MacroContent::Code(self.add(ExprKind::Block(block), inside)))
    }

    fn select(&mut self, path: &Path, syntax: &SelectSyntax) -> Select {
        let biased = syntax.biased || path.last().name == "select_biased";
        let arms = syntax.arms.iter().map(|arm| self.select_arm(arm)).collect();
        let otherwise = syntax.otherwise.as_ref().map(|handler| self.expr(handler));
        Select { path: path.clone(), biased, arms, otherwise }
    }

    fn select_arm(&mut self, arm: &SelectArmSyntax) -> SelectArm {
        // The future and the condition are made before anything is bound.
        let future = self.expr(&arm.future);
        let guard = arm.guard.as_ref().map(|guard| self.expr(guard));
        self.scoped(|this| {
            let start = this.extent(future).start;
            let pat = match &arm.pat {
                Some(pat) => this.bind(pat),
                None => this.wild(TextRange { start, end: start }),
            };
            let handler = this.expr(&arm.handler);
            SelectArm { pat, future, guard, handler }
        })
    }
}

/// Arguments.
impl BodyLowering<'_> {
    /// Expressions between commas, and nothing else.
    fn plain_arguments(&mut self, tokens: &TokenStream) -> Option<Vec<ExprId>> {
        let exprs = plain_exprs.parse2(tokens.clone()).ok()?;
        let exprs = exprs.into_iter().map(|value| Argument { key: None, value });
        Some(self.lower_arguments(&exprs.collect::<Vec<_>>(), Captures::Locals))
    }

    fn arguments(&mut self, tokens: &TokenStream, captures: Captures) -> Option<Vec<ExprId>> {
        let arguments = arguments.parse2(tokens.clone()).ok()?;
        Some(self.lower_arguments(&arguments, captures))
    }

    fn json(&mut self, tokens: &TokenStream) -> Option<Vec<ExprId>> {
        let values = json_values.parse2(tokens.clone()).ok()?;
        Some(values.iter().map(|value| self.expr(value)).collect())
    }

    fn lower_arguments(&mut self, arguments: &[Argument], captures: Captures) -> Vec<ExprId> {
        let format = arguments.iter().position(|argument| argument.format_string().is_some());
        // `format!("{x}", x = y)` is about `y`; the fields of `tracing`, which come before the text, name nothing in it.
        let named = &arguments[format.map_or(0, |format| format + 1)..];
        let named: Vec<Name> = named.iter().filter_map(|argument| argument.key).collect();
        let mut lowered = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            lowered.push(self.expr(&argument.value));
            let captures = if Some(index) == format { captures } else { Captures::Locals };
            if let Some(text) = argument.format_string() {
                self.captures(text, &named, captures, &mut lowered);
            }
        }
        lowered
    }

    fn captures(&mut self, text: &syn::LitStr, named: &[Name], which: Captures, lowered: &mut Vec<ExprId>) {
        let literal = self.slice.range(text.span());
        self.builder.captures((self.slice.text_at(literal), literal), named, which, lowered);
    }

    /// The locals that some tokens name, in format strings too.
    pub fn mentions(&mut self, tokens: &TokenStream) -> Vec<ExprId> {
        let mut mentions = Vec::new();
        self.collect_mentions(tokens.clone(), &mut mentions);
        mentions
    }

    fn collect_mentions(&mut self, tokens: TokenStream, mentions: &mut Vec<ExprId>) {
        let mut rest = vec![tokens.into_iter()];
        while let Some(tokens) = rest.last_mut() {
            match tokens.next() {
                None => drop(rest.pop()),
                Some(TokenTree::Group(group)) => rest.push(group.stream().into_iter()),
                Some(TokenTree::Ident(ident)) => {
                    let written = self.slice.text_of(ident.span());
                    // A doc comment is the tokens `#[doc = ".."]`, which the text does not hold.
                    let is_written = written.strip_prefix("r#").unwrap_or(written) == &*name(&ident);
                    if let Some(kind) = self.local_kind(name(&ident)).filter(|_| is_written) {
                        let range = self.slice.range(ident.span());
                        mentions.push(self.add(kind, range));
                    }
                }
                Some(TokenTree::Literal(literal)) => {
                    let is_comment = self.slice.text_of(literal.span()).starts_with('/');
                    if let (syn::Lit::Str(text), false) = (syn::Lit::new(literal), is_comment) {
                        self.captures(&text, &[], Captures::Locals, mentions);
                    }
                }
                Some(TokenTree::Punct(_)) => {}
            }
        }
    }
}

/// An argument of a macro: `value`, `key = value`, `%value`, `"key" => value`.
struct Argument {
    key: Option<Name>,
    value: syn::Expr,
}

impl Argument {
    /// The text, if this is a string literal without a key.
    fn format_string(&self) -> Option<&syn::LitStr> {
        match &self.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) if self.key.is_none() => Some(text),
            _ => None,
        }
    }
}

fn plain_exprs(input: ParseStream) -> syn::Result<Vec<syn::Expr>> {
    let expr = |input: ParseStream| {
        // `let` is an expression to the parser, and a statement to everybody else.
        if input.peek(Token![let]) { Err(input.error("expected an expression")) } else { input.parse() }
    };
    Ok(input.parse_terminated(expr, Token![,])?.into_iter().collect())
}

fn arguments(input: ParseStream) -> syn::Result<Vec<Argument>> {
    let mut arguments = Vec::new();
    while !input.is_empty() {
        argument(input, &mut arguments)?;
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        } else if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
        } else if !input.is_empty() {
            return Err(input.error("expected `,`"));
        }
    }
    Ok(arguments)
}

fn argument(input: ParseStream, arguments: &mut Vec<Argument>) -> syn::Result<()> {
    if input.peek(Token![let]) {
        return Err(input.error("expected an expression"));
    }
    if input.peek(token::Brace) && fields_in_braces(input, arguments) {
        return Ok(());
    }
    let key = key(input);
    sigil(input)?;
    if let Some(key) = &key {
        let ends = input.is_empty() || input.peek(Token![,]) || input.peek(Token![;]);
        if let (true, Key::Name(ident)) = (ends, key) {
            // `key:%` of `log`: the value is the variable of that name.
            let value = syn::parse_quote!(#ident);
            arguments.push(Argument { key: Some(name(ident)), value });
            return Ok(());
        }
    }
    let value = input.parse()?;
    let key = key.map(|key| match key {
        Key::Name(ident) => name(&ident),
        Key::Other => Name::from(""),
    });
    // `key => value` where the key is an expression: both are evaluated.
    if input.peek(Token![=>]) {
        input.parse::<Token![=>]>()?;
        sigil(input)?;
        arguments.push(Argument { key: Some(Name::from("")), value });
        arguments.push(Argument { key: Some(Name::from("")), value: input.parse()? });
    } else {
        arguments.push(Argument { key, value });
    }
    Ok(())
}

/// `info!({ field = 1 }, "text")`: the fields of `tracing` may stand in braces.
fn fields_in_braces(input: ParseStream, outer: &mut Vec<Argument>) -> bool {
    let ahead = input.fork();
    let fields = (|| {
        let content;
        syn::braced!(content in ahead);
        arguments(&content)
    })();
    let ends = ahead.is_empty() || ahead.peek(Token![,]);
    match fields {
        Ok(fields) if ends => {
            outer.extend(fields);
            input.advance_to(&ahead);
            true
        }
        _ => false,
    }
}

enum Key {
    Name(Ident),
    /// A text, or a dotted name.
    Other,
}

/// `name =`, `name.sub =`, `"name" =`, `"name" =>`, `name:`; nothing is taken where it is not a key after all.
fn key(input: ParseStream) -> Option<Key> {
    let ahead = input.fork();
    let key = if ahead.peek(syn::LitStr) {
        ahead.parse::<syn::LitStr>().ok()?;
        Key::Other
    } else {
        let first = ahead.call(Ident::parse_any).ok()?;
        let mut key = Key::Name(first);
        while ahead.peek(Token![.]) && !ahead.peek(Token![..]) {
            ahead.parse::<Token![.]>().ok()?;
            ahead.call(Ident::parse_any).ok()?;
            key = Key::Other;
        }
        key
    };
    if ahead.peek(Token![=>]) && matches!(key, Key::Other) {
        ahead.parse::<Token![=>]>().ok()?;
    } else if ahead.peek(Token![=]) && !ahead.peek(Token![==]) && !ahead.peek(Token![=>]) {
        ahead.parse::<Token![=]>().ok()?;
    } else if ahead.peek(Token![:]) && !ahead.peek(Token![::]) {
        ahead.parse::<Token![:]>().ok()?;
        capture_mode(&ahead);
    } else {
        return None;
    }
    input.advance_to(&ahead);
    Some(key)
}

/// The `? =`, `% =`, `err =` behind the colon of `log`'s keys.
fn capture_mode(input: ParseStream) {
    let ahead = input.fork();
    let mode = sigil(&ahead).is_ok_and(|taken| taken) || ahead.call(Ident::parse_any).is_ok();
    let assigns = ahead.peek(Token![=]) && !ahead.peek(Token![==]) && !ahead.peek(Token![=>]);
    if mode && assigns && ahead.parse::<Token![=]>().is_ok() {
        input.advance_to(&ahead);
    }
}

/// `%`, `?`, and `#%`, `#?` of `slog`: how a value is shown.
fn sigil(input: ParseStream) -> syn::Result<bool> {
    if input.peek(Token![#]) && (input.peek2(Token![%]) || input.peek2(Token![?])) {
        input.parse::<Token![#]>()?;
    }
    Ok(input.parse::<Option<Token![%]>>()?.is_some() || input.parse::<Option<Token![?]>>()?.is_some())
}

struct SelectSyntax {
    biased: bool,
    arms: Vec<SelectArmSyntax>,
    otherwise: Option<syn::Expr>,
}

struct SelectArmSyntax {
    /// None for a future without a pattern.
    pat: Option<syn::Pat>,
    future: syn::Expr,
    guard: Option<syn::Expr>,
    handler: syn::Expr,
}

fn select(input: ParseStream) -> syn::Result<SelectSyntax> {
    let mut select = SelectSyntax { biased: biased(input)?, arms: Vec::new(), otherwise: None };
    while !input.is_empty() {
        input.call(syn::Attribute::parse_outer)?;
        if is_otherwise(input) {
            input.call(Ident::parse_any)?;
            input.parse::<Token![=>]>()?;
            select.otherwise = Some(handler(input)?);
        } else {
            select.arms.push(select_arm(input)?);
        }
    }
    Ok(select)
}

/// `biased;`.
fn biased(input: ParseStream) -> syn::Result<bool> {
    let biased = input.peek2(Token![;]) && input.fork().parse::<Ident>().is_ok_and(|word| word == "biased");
    if biased {
        input.parse::<Ident>()?;
        input.parse::<Token![;]>()?;
    }
    Ok(biased)
}

/// `else =>`, `complete =>`, `default =>`.
fn is_otherwise(input: ParseStream) -> bool {
    let ahead = input.fork();
    let word = ahead.call(Ident::parse_any);
    ahead.peek(Token![=>])
        && word.is_ok_and(|word| ["else", "complete", "default"].iter().any(|known| word == known))
}

fn select_arm(input: ParseStream) -> syn::Result<SelectArmSyntax> {
    let mut pat = pattern_before_equals(input);
    let future = input.parse()?;
    // `recv(channel) -> message => ..` of crossbeam.
    if input.peek(Token![->]) {
        input.parse::<Token![->]>()?;
        pat = Some(syn::Pat::parse_single(input)?);
    }
    let guarded = input.peek(Token![,]) && input.peek2(Token![if]);
    let guard = if guarded {
        input.parse::<Token![,]>()?;
        input.parse::<Token![if]>()?;
        Some(input.parse()?)
    } else {
        None
    };
    input.parse::<Token![=>]>()?;
    Ok(SelectArmSyntax { pat, future, guard, handler: handler(input)? })
}

fn pattern_before_equals(input: ParseStream) -> Option<syn::Pat> {
    let ahead = input.fork();
    let pat = syn::Pat::parse_multi_with_leading_vert(&ahead).ok()?;
    // The parser takes the start of `=>` for `=`.
    if ahead.peek(Token![=>]) {
        return None;
    }
    ahead.parse::<Token![=]>().ok()?;
    input.advance_to(&ahead);
    Some(pat)
}

/// A handler ends as the arm of a `match` does: a block needs no comma.
fn handler(input: ParseStream) -> syn::Result<syn::Expr> {
    let handler = syn::Expr::parse_with_earlier_boundary_rule(input)?;
    input.parse::<Option<Token![,]>>()?;
    Ok(handler)
}

fn futures(input: ParseStream) -> syn::Result<Punctuated<syn::Expr, Token![,]>> {
    biased(input)?;
    Punctuated::parse_terminated(input)
}

fn matches(input: ParseStream) -> syn::Result<(syn::Expr, syn::Pat)> {
    let value = input.parse()?;
    input.parse::<Token![,]>()?;
    let mut pat = syn::Pat::parse_multi_with_leading_vert(input)?;
    if input.peek(Token![if]) {
        let if_token = input.parse()?;
        let guard = Box::new(input.parse()?);
        pat = syn::Pat::Guard(syn::PatGuard { attrs: Vec::new(), pat: Box::new(pat), if_token, guard });
    }
    if input.parse::<Option<Token![,]>>()?.is_some() {
        input.parse::<TokenStream>()?;
    }
    Ok((value, pat))
}

/// The arms, each with the span of its condition, and the block of the last `else`.
type CfgIf = (Vec<(proc_macro2::Span, syn::Block)>, Option<syn::Block>);

fn cfg_if(input: ParseStream) -> syn::Result<CfgIf> {
    let mut arms = Vec::new();
    loop {
        input.parse::<Token![if]>()?;
        let condition = input.call(syn::Attribute::parse_outer)?;
        let Some(condition) = condition.first() else { return Err(input.error("expected `#[cfg(..)]`")) };
        arms.push((condition.span(), input.parse()?));
        if input.parse::<Option<Token![else]>>()?.is_none() {
            return Ok((arms, None));
        }
        if !input.peek(Token![if]) {
            return Ok((arms, Some(input.parse()?)));
        }
    }
}

/// The expressions in a JSON value, constant keys apart; the braces of an object may be those of the macro.
fn json_values(input: ParseStream) -> syn::Result<Vec<syn::Expr>> {
    let mut values = Vec::new();
    if is_json_entry(input) {
        json_entries(input, &mut values)?;
    } else {
        json_value(input, &mut values)?;
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(values)
}

fn json_value(input: ParseStream, values: &mut Vec<syn::Expr>) -> syn::Result<()> {
    let content;
    if input.peek(token::Brace) && is_json_object(input) {
        syn::braced!(content in input);
        json_entries(&content, values)
    } else if input.peek(token::Bracket) {
        syn::bracketed!(content in input);
        while !content.is_empty() {
            json_value(&content, values)?;
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        Ok(())
    } else {
        values.push(input.parse()?);
        Ok(())
    }
}

fn json_entries(input: ParseStream, values: &mut Vec<syn::Expr>) -> syn::Result<()> {
    while !input.is_empty() {
        let key: syn::Expr = input.parse()?;
        if !matches!(key, syn::Expr::Lit(_)) {
            values.push(key);
        }
        input.parse::<Token![:]>()?;
        json_value(input, values)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

/// `{}`, `{ key: ..`: not a block.
fn is_json_object(input: ParseStream) -> bool {
    let ahead = input.fork();
    let object: syn::Result<bool> = (|| {
        let content;
        syn::braced!(content in ahead);
        Ok(content.is_empty() || is_json_entry(&content))
    })();
    object.unwrap_or(false)
}

fn is_json_entry(input: ParseStream) -> bool {
    let ahead = input.fork();
    ahead.parse::<syn::Expr>().is_ok() && ahead.peek(Token![:])
}

fn statements(tokens: &TokenStream) -> Option<Vec<syn::Stmt>> {
    syn::Block::parse_within.parse2(tokens.clone()).ok()
}

fn starts_with_let(tokens: &TokenStream) -> bool {
    matches!(tokens.clone().into_iter().next(), Some(TokenTree::Ident(word)) if word == "let")
}

/// `for await x in stream` of `async-stream` as `for x in stream`.
fn without_for_await(tokens: TokenStream) -> TokenStream {
    let mut after_for = false;
    let mut kept = Vec::new();
    for token in tokens {
        let is = |word: &str| matches!(&token, TokenTree::Ident(ident) if ident == word);
        if after_for && is("await") {
            after_for = false;
            continue;
        }
        after_for = is("for");
        kept.push(match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::None => {
                let mut inner = Group::new(group.delimiter(), without_for_await(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            token => token,
        });
    }
    kept.into_iter().collect()
}
