//! Places, names, paths, types and generics.

use proc_macro2::{Ident, LineColumn, Span};
use syn::spanned::Spanned as _;

use crate::hir::{GenericArgs, Generics, Name, Path, Problem, Segment, Type, TypeParam};
use crate::source::TextRange;

/// The part of a file that was given to the parser. Alive as long as the parser's tree of it.
pub(super) struct Slice<'a> {
    /// Its text, without comments.
    text: &'a str,
    pub range: TextRange,
    /// Where in the slice its lines start. None where the slice is not all ASCII, and characters are not bytes.
    lines: Option<Vec<usize>>,
}

impl<'a> Slice<'a> {
    pub fn new(text: &'a str, range: TextRange) -> Self {
        let lines = text.is_ascii().then(|| {
            let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
            std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect()
        });
        Self { text, range, lines }
    }
}

impl Slice<'_> {
    /// The slice without the space before its code.
    pub fn code_range(&self) -> TextRange {
        let space = self.text.len() - self.text.trim_start().len();
        TextRange { start: self.range.start + space as u32, ..self.range }
    }

    /// Where in the file a span of the parser is. A span that stands for no text is the empty range at the start of the
    /// slice, and one in text added behind the slice is the empty range at its end.
    pub fn range(&self, span: Span) -> TextRange {
        let bytes = self.bytes(span);
        let len = self.range.len();
        let start = self.range.start as usize;
        TextRange::new(start + bytes.start.min(len), start + bytes.end.min(len))
    }

    /// The bytes of a span in what the parser was given. The parser counts characters and finds their bytes by a search
    /// in the text; its lines and columns are to be had for less.
    fn bytes(&self, span: Span) -> std::ops::Range<usize> {
        let offset = |place: LineColumn| {
            let lines = self.lines.as_deref()?;
            Some(lines.get(place.line.checked_sub(1)?)? + place.column)
        };
        match (offset(span.start()), offset(span.end())) {
            (Some(start), Some(end)) if start <= end => start..end,
            _ => span.byte_range(),
        }
    }

    pub fn cover(&self, first: Span, last: Span) -> TextRange {
        self.range(first).cover(self.range(last))
    }

    pub fn text_of(&self, span: Span) -> &str {
        self.text_at(self.range(span))
    }

    /// The text at a place of the file that is in the slice.
    pub fn text_at(&self, range: TextRange) -> &str {
        &self.text[(range.start - self.range.start) as usize..(range.end - self.range.start) as usize]
    }

    /// The name of an identifier, and its place. Its text is at hand there: the parser gives it as a new string.
    pub fn named(&self, ident: &Ident) -> (Name, TextRange) {
        let range = self.range(ident.span());
        match self.text_at(range) {
            "" => (name(ident), range),
            text => (Name::from(text.strip_prefix("r#").unwrap_or(text)), range),
        }
    }

    /// As `named`, for a field, which may be numbered.
    pub fn member(&self, member: &syn::Member) -> (Name, TextRange) {
        match member {
            syn::Member::Named(ident) => self.named(ident),
            syn::Member::Unnamed(index) => (Name::from(&index.index.to_string()), self.range(index.span)),
        }
    }

    pub fn problem(&self, error: &syn::Error) -> Problem {
        let bytes = self.bytes(error.span());
        // The parser has no place for what is missing at the end.
        let range = if bytes.is_empty() {
            TextRange { start: self.range.end, end: self.range.end }
        } else {
            self.range(error.span())
        };
        Problem { range, message: error.to_string() }
    }

    pub fn path(&self, qself: Option<&syn::QSelf>, path: &syn::Path) -> Path {
        let segments: Box<[Segment]> = path.segments.iter().map(|segment| self.segment(segment)).collect();
        let start = match (qself, &path.leading_colon) {
            (Some(qself), _) => Some(qself.lt_token.span),
            (None, Some(colons)) => Some(colons.spans[0]),
            (None, None) => path.segments.first().map(|segment| segment.ident.span()),
        };
        let range = match (start, path.segments.last()) {
            (Some(start), Some(last)) => self.range(start).cover(self.segment_extent(last)),
            _ => TextRange { start: self.range.start, end: self.range.start },
        };
        Path {
            // In `<T>::name` the parser takes the colons for leading ones.
            global: path.leading_colon.is_some() && qself.is_none_or(|qself| qself.position > 0),
            self_ty: qself.map(|qself| Box::new(self.ty(&qself.ty))),
            segments: if segments.is_empty() {
                Box::new([Segment::of_name(Name::from("_"), range)])
            } else {
                segments
            },
            range,
        }
    }

    fn segment(&self, segment: &syn::PathSegment) -> Segment {
        let args = match &segment.arguments {
            syn::PathArguments::None => None,
            syn::PathArguments::AngleBracketed(args) => Some(Box::new(self.generic_args(args))),
            syn::PathArguments::Parenthesized(args) => {
                let inputs = args.inputs.iter().map(|input| self.ty(&input.ty)).collect();
                let output = self.output(&args.output).unwrap_or_else(Type::unit);
                Some(Box::new(GenericArgs { types: inputs, bindings: vec![(Name::from("Output"), output)] }))
            }
        };
        let (name, range) = self.named(&segment.ident);
        Segment { name, range, args }
    }

    fn segment_extent(&self, segment: &syn::PathSegment) -> TextRange {
        let ident = self.range(segment.ident.span());
        match &segment.arguments {
            syn::PathArguments::None => ident,
            syn::PathArguments::AngleBracketed(args) => ident.cover(self.range(args.gt_token.span)),
            syn::PathArguments::Parenthesized(args) => ident.cover(self.range(args.span())),
        }
    }

    pub fn generic_args(&self, args: &syn::AngleBracketedGenericArguments) -> GenericArgs {
        let mut lowered = GenericArgs::default();
        for arg in &args.args {
            match arg {
                syn::GenericArgument::Type(ty) => lowered.types.push(self.ty(ty)),
                syn::GenericArgument::AssocType(assoc) => {
                    lowered.bindings.push((name(&assoc.ident), self.ty(&assoc.ty)));
                }
                syn::GenericArgument::Constraint(constraint) => {
                    lowered
                        .bindings
                        .push((name(&constraint.ident), Type::Impl(self.bounds(&constraint.bounds))));
                }
                _ => {}
            }
        }
        lowered
    }

    pub fn ty(&self, ty: &syn::Type) -> Type {
        match ty {
            syn::Type::Path(ty) => Type::Path(self.path(ty.qself.as_ref(), &ty.path)),
            syn::Type::Reference(ty) => Type::Ref(Box::new(self.ty(&ty.elem))),
            syn::Type::Ptr(ty) => Type::Ref(Box::new(self.ty(&ty.elem))),
            syn::Type::Tuple(ty) => Type::Tuple(ty.elems.iter().map(|elem| self.ty(elem)).collect()),
            syn::Type::Array(ty) => Type::Slice(Box::new(self.ty(&ty.elem))),
            syn::Type::Slice(ty) => Type::Slice(Box::new(self.ty(&ty.elem))),
            syn::Type::Paren(ty) => self.ty(&ty.elem),
            syn::Type::Group(ty) => self.ty(&ty.elem),
            syn::Type::Never(_) => Type::Never,
            syn::Type::Infer(_) => Type::Infer,
            syn::Type::ImplTrait(ty) => Type::Impl(self.bounds(&ty.bounds)),
            syn::Type::TraitObject(ty) => Type::Dyn(self.bounds(&ty.bounds)),
            syn::Type::FnPtr(ty) => Type::Fn {
                params: ty.inputs.iter().map(|input| self.ty(&input.ty)).collect(),
                output: Box::new(self.output(&ty.output).unwrap_or_else(Type::unit)),
            },
            _ => Type::Other,
        }
    }

    /// The type behind `->`; None where nothing is written.
    pub fn output(&self, output: &syn::ReturnType) -> Option<Type> {
        match output {
            syn::ReturnType::Default => None,
            syn::ReturnType::Type(_, ty) => Some(self.ty(ty)),
        }
    }

    /// The traits among some bounds, `?Sized` and lifetimes apart.
    pub fn bounds<'b>(&self, bounds: impl IntoIterator<Item = &'b syn::TypeParamBound>) -> Vec<Path> {
        let traits = bounds.into_iter().filter_map(|bound| match bound {
            syn::TypeParamBound::Trait(bound) if bound.maybe.is_none() => Some(self.path(None, &bound.path)),
            _ => None,
        });
        traits.collect()
    }

    pub fn generics(&self, generics: &syn::Generics) -> Generics {
        let params = generics.type_params();
        let params =
            params.map(|param| TypeParam { name: name(&param.ident), bounds: self.bounds(&param.bounds) });
        let mut lowered = Generics { params: params.collect(), bounds: Vec::new() };
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            let syn::WherePredicate::Type(predicate) = predicate else { continue };
            let ty = self.ty(&predicate.bounded_ty);
            let bounds = self.bounds(&predicate.bounds);
            add_where(&mut lowered, ty, bounds);
        }
        lowered
    }
}

/// Adds what a `where` clause says of a type: bounds of a parameter belong to that.
pub(super) fn add_where(generics: &mut Generics, ty: Type, bounds: Vec<Path>) {
    let plain = if let Type::Path(path) = &ty { path.as_name() } else { None };
    match generics.params.iter_mut().find(|param| Some(param.name) == plain) {
        Some(param) => param.bounds.extend(bounds),
        None => generics.bounds.push((ty, bounds)),
    }
}

/// A name without the `r#` of raw identifiers.
pub(super) fn name(ident: &Ident) -> Name {
    let name = ident.to_string();
    Name::from(name.strip_prefix("r#").unwrap_or(&name))
}
