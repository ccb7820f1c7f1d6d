//! What attributes say.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;

use super::reader::Reader;
use super::types::{Slice, name};
use crate::hir::{AttributeSuppression, Attributes, Name};
use crate::source::TextRange;

/// The attributes that a reader comes to, where they say no more than their paths do, as `#[test]` and `#[derive(Debug)]`, or
/// are plain conditions and permissions. None where there are others.
pub(super) fn plain_attributes(reader: &mut Reader<'_>) -> Option<Attributes> {
    let mut lowered = Attributes::default();
    while reader.skip("#") {
        reader.expect("[")?;
        let start = reader.place();
        reader.name()?;
        while reader.skip_joined(b"::") {
            reader.name()?;
        }
        let path = reader.text_since(start);
        let is_list = reader.peek() == "(";
        match path {
            "doc" => {}
            "cfg" if is_list => {
                lowered.cfg = true;
                lowered.cfg_test |= plain_conditions(reader)?.first() == Some(&true);
            }
            "allow" | "expect" if is_list => lowered.allows_dead |= plain_allow(reader)?,
            "cfg" | "cfg_attr" | "allow" | "expect" | "path" | "macro_use" => return None,
            _ if is_list && path.ends_with("instrument") => return None,
            _ => lowered.add_path(path),
        }
        match reader.byte() {
            b'(' | b'[' | b'{' => reader.skip_group()?,
            b'=' => {
                reader.next();
                reader.next()?.starts_with('"').then_some(())?;
            }
            _ => {}
        }
        reader.expect("]")?;
    }
    Some(lowered)
}

/// Of each condition between parentheses whether it requires a test: see `requires_test`.
fn plain_conditions(reader: &mut Reader<'_>) -> Option<Vec<bool>> {
    reader.expect("(")?;
    let mut conditions = Vec::new();
    while !reader.skip(")") {
        let (word, _) = reader.name()?;
        conditions.push(match reader.peek() {
            "(" => all_require_test(&word, &plain_conditions(reader)?),
            "=" => {
                reader.next();
                reader.next()?.starts_with('"').then_some(false)?
            }
            _ => word == "test",
        });
        if !reader.skip(",") {
            reader.expect(")")?;
            break;
        }
    }
    Some(conditions)
}

/// Whether dead code is among what is allowed. None where something is that we are asked to allow, or that we ask about.
fn plain_allow(reader: &mut Reader<'_>) -> Option<bool> {
    reader.expect("(")?;
    let mut allows_dead = false;
    while !reader.skip(")") {
        match reader.next()? {
            "taskguard" | "disallowed_methods" | "(" => return None,
            word => allows_dead |= word == "dead_code",
        }
    }
    Some(allows_dead)
}

impl Attributes {
    /// An attribute that says what its path says.
    fn add_path(&mut self, path: &str) {
        let last = path.rsplit("::").next().unwrap_or(path);
        self.is_test |= last.ends_with("test") || matches!(last, "test_case" | "bench");
        self.paths.push(Name::from(path));
    }
}

impl Slice<'_> {
    pub fn attributes(&self, attrs: &[syn::Attribute]) -> Attributes {
        let mut lowered = Attributes::default();
        for attr in attrs {
            self.attribute(attr, &mut lowered);
        }
        lowered
    }

    fn attribute(&self, attr: &syn::Attribute, lowered: &mut Attributes) {
        let path = path_text(attr.path());
        let list = match &attr.meta {
            syn::Meta::List(list) => Some(&list.tokens),
            syn::Meta::Path(_) | syn::Meta::NameValue(_) => None,
        };
        match (&*path, list) {
            ("doc", _) => {}
            ("cfg", list) => {
                lowered.cfg = true;
                lowered.cfg_test |= list.is_some_and(requires_test);
            }
            ("cfg_attr", Some(tokens)) => self.cfg_attr(attr, tokens, lowered),
            ("allow" | "expect", Some(tokens)) => {
                self.suppressions(attr, path == "expect", true, tokens, lowered)
            }
            ("path", _) => lowered.path = string_value(&attr.meta),
            ("macro_use", _) => lowered.macro_use = true,
            _ => {
                let last = path.rsplit("::").next().unwrap_or(&path);
                lowered.logs_err |= last == "instrument" && list.is_some_and(names_err);
                lowered.add_path(&path);
            }
        }
    }

    /// `cfg_attr(any(), taskguard::allow(..))`: a condition that never holds keeps the attribute from the compiler.
    /// `cfg_attr(unix, path = "unix.rs")`: conditions are not evaluated, the module may have this file.
    fn cfg_attr(&self, attr: &syn::Attribute, tokens: &TokenStream, lowered: &mut Attributes) {
        let parts = split_at_commas(tokens);
        let Some((condition, attributes)) = parts.split_first() else { return };
        let is_comment = never_holds(condition);
        for attribute in attributes {
            let Ok(meta) = syn::parse2::<syn::Meta>(attribute.iter().cloned().collect()) else { continue };
            match (&*path_text(meta.path()), &meta) {
                ("taskguard::allow", syn::Meta::List(list)) if is_comment => {
                    self.suppressions(attr, false, false, &list.tokens, lowered)
                }
                ("taskguard::expect", syn::Meta::List(list)) if is_comment => {
                    self.suppressions(attr, true, false, &list.tokens, lowered)
                }
                ("path", _) if !is_comment => lowered.cfg_paths.extend(string_value(&meta)),
                _ => {}
            }
        }
    }

    /// The lints named in `allow(..)`; only those of `taskguard::` when they need the prefix.
    fn suppressions(
        &self,
        attr: &syn::Attribute,
        expect: bool,
        prefixed: bool,
        tokens: &TokenStream,
        lowered: &mut Attributes,
    ) {
        let metas = syn::punctuated::Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated;
        let Ok(metas) = metas.parse2(tokens.clone()) else { return };
        let reason = metas.iter().find(|meta| meta.path().is_ident("reason")).and_then(string_value);
        let reason = reason.filter(|reason| !reason.trim().is_empty());
        let attribute = self.range(attr.pound_token.span).cover(self.range(attr.bracket_token.span.close()));
        for meta in &metas {
            let syn::Meta::Path(path) = meta else { continue };
            lowered.allows_disallowed |= prefixed && path_text(path) == "clippy::disallowed_methods";
            lowered.allows_dead |= prefixed && path.is_ident("dead_code");
            let ours = path.segments.len() == 2 && path.segments[0].ident == "taskguard";
            let Some(last) = path.segments.last().filter(|_| ours || !prefixed) else { continue };
            let range: TextRange = self.range(path.span());
            lowered.suppressions.push(AttributeSuppression {
                lint: name(&last.ident),
                range,
                attribute,
                reason: reason.clone(),
                expect,
            });
        }
    }
}

fn path_text(path: &syn::Path) -> String {
    let segments: Vec<String> =
        path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect();
    segments.join("::")
}

fn string_value(meta: &syn::Meta) -> Option<String> {
    let syn::Meta::NameValue(meta) = meta else { return None };
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &meta.value else { return None };
    Some(text.value())
}

fn split_at_commas(tokens: &TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in tokens.clone() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => parts.push(Vec::new()),
            _ => parts.last_mut().expect("it starts with one part").push(token),
        }
    }
    parts
}

/// `false`, `any()`.
fn never_holds(condition: &[TokenTree]) -> bool {
    match condition {
        [TokenTree::Ident(word)] => word == "false",
        [TokenTree::Ident(word), TokenTree::Group(group)] => word == "any" && group.stream().is_empty(),
        _ => false,
    }
}

/// Whether `err` or `err(..)` is among the arguments of `instrument`, or `ret`, which logs a whole `Result`.
fn names_err(arguments: &TokenStream) -> bool {
    split_at_commas(arguments).iter().any(|argument| match &**argument {
        [TokenTree::Ident(word)] => word == "err" || word == "ret",
        [TokenTree::Ident(word), TokenTree::Group(group)] => {
            (word == "err" || word == "ret") && group.delimiter() == Delimiter::Parenthesis
        }
        _ => false,
    })
}

/// Whether a `cfg` condition holds in test builds only.
fn requires_test(condition: &TokenStream) -> bool {
    let conditions = |input: ParseStream| input.parse_terminated(condition_requires_test, syn::Token![,]);
    conditions.parse2(condition.clone()).is_ok_and(|conditions| conditions.first() == Some(&true))
}

fn condition_requires_test(input: ParseStream) -> syn::Result<bool> {
    let word = input.call(proc_macro2::Ident::parse_any)?;
    if input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in input);
        let parts = content.parse_terminated(condition_requires_test, syn::Token![,])?;
        let parts: Vec<bool> = parts.into_iter().collect();
        return Ok(all_require_test(&word.to_string(), &parts));
    }
    if input.peek(syn::Token![=]) {
        input.parse::<syn::Token![=]>()?;
        input.parse::<syn::Lit>()?;
        return Ok(false);
    }
    Ok(word == "test")
}

/// Whether `all(..)`, `any(..)` or the like requires a test, by what its parts do.
fn all_require_test(word: &str, parts: &[bool]) -> bool {
    match word {
        "all" => parts.iter().any(|&part| part),
        "any" => !parts.is_empty() && parts.iter().all(|&part| part),
        _ => false,
    }
}
