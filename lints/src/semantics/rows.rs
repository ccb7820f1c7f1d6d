//! Reads the types that rows of the knowledge tables write as text.
//!
//! The language is Rust's, with the names that the tables explain: the parameters of a row, `Self`, `Arg0`, and their
//! projections `::Item` (what it yields), `::Output` (what awaiting it gives), `::Return` (what calling it gives).

use std::sync::Arc;

use super::ty::ITERATOR;
use super::{Ty, Workspace};
use crate::hir::Name;
use crate::knowledge::bounds::{BoundKind, bound_kind};
use crate::knowledge::{self, types};

/// The values that the text of a row speaks of.
#[derive(Clone, Copy, Default)]
pub struct Given<'g> {
    /// The names of type parameters, and what they are.
    pub params: &'g [&'g str],
    pub type_args: &'g [Ty],
    /// `Self`.
    pub receiver: Option<&'g Ty>,
    /// `Arg0`, `Arg1`: the receiver not counted.
    pub args: &'g [Ty],
}

impl Workspace<'_> {
    /// The type that a text of a row stands for. What is not given is unknown.
    pub fn row_ty(&self, text: &str, given: &Given<'_>) -> Ty {
        Reader { workspace: self, text, given }.ty()
    }
}

struct Reader<'w, 'a, 't> {
    workspace: &'w Workspace<'a>,
    /// What is still to be read.
    text: &'t str,
    given: &'t Given<'t>,
}

impl<'t> Reader<'_, '_, 't> {
    fn eat(&mut self, token: &str) -> bool {
        self.text = self.text.trim_start();
        match self.text.strip_prefix(token) {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    fn list(&mut self, close: &str) -> Vec<Ty> {
        let mut parts = Vec::new();
        while !self.eat(close) && !self.text.is_empty() {
            parts.push(self.ty());
            self.eat(",");
        }
        parts
    }

    fn word(&mut self) -> &'t str {
        self.text = self.text.trim_start();
        let end =
            self.text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(self.text.len());
        let (word, rest) = self.text.split_at(end);
        self.text = rest;
        word
    }

    fn ty(&mut self) -> Ty {
        while self.eat("&") || self.eat("mut ") || self.eat("dyn ") || self.eat("impl ") {}
        if self.eat("(") {
            return Ty::Tuple(self.list(")").into());
        }
        if self.eat("[") {
            let item = self.list("]").into_iter().next().unwrap_or_default();
            return Ty::Slice(Arc::new(item));
        }
        if self.eat("!") {
            return Ty::Never;
        }
        let path = self.word();
        if path.is_empty() {
            // Nothing that begins a type: step over it, so that the end is reached.
            let mut rest = self.text.chars();
            rest.next();
            self.text = rest.as_str();
            return Ty::Unknown;
        }
        let (args, binding) = if self.eat("<") { self.arguments() } else { (Vec::new(), None) };
        let ty = self.given(path).unwrap_or_else(|| self.named(path, args, binding));
        while self.eat("+") {
            self.ty();
        }
        ty
    }

    /// Type arguments, and what `Output = T` or `Item = T` binds.
    fn arguments(&mut self) -> (Vec<Ty>, Option<Ty>) {
        let mut args = Vec::new();
        let mut binding = None;
        while !self.eat(">") && !self.text.is_empty() {
            let before = self.text;
            self.word();
            if self.eat("=") {
                binding = Some(self.ty());
            } else {
                self.text = before;
                args.push(self.ty());
            }
            self.eat(",");
        }
        (args, binding)
    }

    /// A name of the row itself, with its projections.
    fn given(&self, path: &str) -> Option<Ty> {
        let mut names = path.split("::");
        let first = names.next()?;
        let ty = match first.strip_prefix("Arg").and_then(|index| index.parse::<usize>().ok()) {
            Some(index) => self.given.args.get(index).cloned().unwrap_or_default(),
            None if first == "Self" => self.given.receiver.cloned().unwrap_or_default(),
            None if first == "_" => Ty::Unknown,
            None => {
                let index = self.given.params.iter().position(|param| *param == first)?;
                self.given.type_args.get(index).cloned().unwrap_or_default()
            }
        };
        Some(names.fold(ty, |ty, projection| match (projection, &ty) {
            ("Output", _) => self.workspace.awaited(&ty),
            ("Item", _) => self.workspace.item(&ty),
            ("Return", Ty::Callable(output)) => (**output).clone(),
            _ => Ty::Unknown,
        }))
    }

    fn named(&self, path: &str, args: Vec<Ty>, binding: Option<Ty>) -> Ty {
        let path = knowledge::prelude(path).map_or_else(|| knowledge::canonical(path), |path| path.into());
        match bound_kind(&path) {
            Some(BoundKind::Future) => {
                return Ty::future(binding.or(args.into_iter().next()).unwrap_or_default());
            }
            Some(BoundKind::Iterator) => return Ty::external(ITERATOR, [binding.unwrap_or_default()]),
            Some(BoundKind::Stream) => return Ty::external(&path, [binding.unwrap_or_default()]),
            Some(BoundKind::TryFuture | BoundKind::Callable | BoundKind::AsyncCallable) => {
                return Ty::Unknown;
            }
            None => {}
        }
        if knowledge::is_pointer(&path) {
            return args.into_iter().next().unwrap_or_default();
        }
        match types::type_alias(&path) {
            Some(row) => self
                .workspace
                .row_ty(row.text, &Given { params: row.params, type_args: &args, ..Given::default() }),
            None => Ty::External(Name::from(&path), args.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_types_of_the_tables() {
        let workspace = Workspace::link(&[], &[]);
        let number = Ty::external("u8", []);
        let read = |text: &str, given: &Given<'_>| workspace.row_ty(text, given);
        let of_t = Given { params: &["T"], type_args: std::slice::from_ref(&number), ..Given::default() };
        let (ok, error) =
            read("Result<(T, std::net::SocketAddr), std::io::Error>", &of_t).as_result().unwrap();
        assert_eq!(ok, Ty::Tuple([number.clone(), Ty::external("std::net::SocketAddr", [])].into()));
        assert!(error.is("std::io::Error"));
        assert_eq!(
            read("std::pin::Pin<Box<dyn std::future::Future<Output = T> + Send>>", &of_t),
            Ty::future(number.clone())
        );
        assert_eq!(read("Option<&[u8]>", &of_t).as_option(), Some(Ty::Slice(number.clone().into())));
        assert_eq!(read("!", &of_t), Ty::Never);
        // What no row should say still ends.
        assert_eq!(read("?<,", &of_t), Ty::Unknown);
    }

    #[test]
    fn projects_what_is_given() {
        let workspace = Workspace::link(&[], &[]);
        let number = Ty::external("u8", []);
        let futures = Ty::external(super::super::ty::VEC, [Ty::future(number.clone())]);
        let args = [futures, Ty::callable(Ty::future(number.clone()))];
        let given = Given { args: &args, ..Given::default() };
        assert_eq!(workspace.row_ty("Arg0::Item::Output", &given), number);
        assert_eq!(workspace.row_ty("Arg1::Return::Output", &given), number);
        assert_eq!(workspace.row_ty("Arg2", &given), Ty::Unknown);
        assert_eq!(workspace.row_ty("Self::Item", &given), Ty::Unknown);
    }
}
