//! The program as plain data: items, functions, bodies, expressions, patterns, types.
//!
//! Everything here is `Send + Sync`, owned, and free of the parser's types. A place is a byte range in the file of the
//! item. One `Body` holds a whole function with its closures and async blocks; an expression is named by its `ExprId`.
//! Functions are lowered when they are first asked about: see `function`.
//! What a name means is not answered here (locals apart, which are a matter of syntax): that is `semantics`.

mod body;
mod function;
pub mod lower;
mod names;
mod rare;
mod tuples;

pub use crate::source::index::Visibility;
pub use body::*;
pub use function::{Function, Signature};
pub use names::Name;
pub use rare::{MostlyEmpty, Rare};

use crate::source::{TextRange, index};

/// What one source file declares.
#[derive(Debug, Default)]
pub struct File {
    pub items: Vec<Item>,
    /// Which of the items may hold modules: most do not, and who looks for modules passes over them.
    pub with_modules: Box<[u32]>,
    /// What of the items could not be understood; the rest of the file is here all the same.
    pub problems: Vec<Problem>,
    /// `#![..]` attributes at the top.
    pub attrs: Rare<Attributes>,
}

impl File {
    /// The names of the items around a place, from the outside in: modules, types of `impl` blocks, functions.
    pub fn names_around(&self, place: TextRange) -> Vec<Name> {
        let mut names = Vec::new();
        let mut items = &*self.items;
        while let Some(item) = items.iter().find(|item| item.range.contains(place)) {
            let name = match &item.kind {
                ItemKind::Impl(block) => block.self_ty.name().unwrap_or(item.name),
                _ => item.name,
            };
            names.extend((!name.is_empty()).then_some(name));
            items = match &item.kind {
                ItemKind::Module(module) => module.items.as_deref().unwrap_or_default(),
                ItemKind::Impl(block) => &block.items,
                ItemKind::Trait(definition) => &definition.items,
                ItemKind::Function(function) => function.items(),
                ItemKind::Value { body, .. } => body.as_ref().map_or(&[][..], |body| body.items.as_slice()),
                ItemKind::Struct(_)
                | ItemKind::Enum(_)
                | ItemKind::Use(_)
                | ItemKind::TypeAlias { .. }
                | ItemKind::ExternCrate { .. }
                | ItemKind::Macro { .. } => &[],
            };
        }
        names
    }

    /// Whether the file of this text declares what another one does: they differ at most in comments, and inside of
    /// functions that declare nothing themselves.
    pub fn declares_as(&self, text: &str, other: &File, other_text: &str) -> bool {
        self.outside(text).eq(other.outside(other_text))
    }

    /// The tokens of the file, those inside of such functions left out.
    fn outside<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let mut inside = Vec::new();
        outer_functions(&self.items, &mut |function| inside.extend(function.inside()));
        let starts = std::iter::once(0).chain(inside.iter().map(|body| body.end)).collect::<Vec<_>>();
        let ends = inside.into_iter().map(|body| body.start).chain([text.len() as u32]);
        starts.into_iter().zip(ends).flat_map(move |(start, end)| {
            let tokens = index::tokens(text, start).take_while(move |token| token.end <= end);
            tokens.map(|token| &text[token.as_usize()])
        })
    }

    /// What could not be understood of all that has been asked for, functions included, in order of place.
    pub fn problems(&self) -> Vec<&Problem> {
        let mut problems: Vec<&Problem> = self.problems.iter().collect();
        self.for_each_function(&mut |function| problems.extend(function.problem()));
        problems.sort_by_key(|problem| (problem.range.start, problem.range.end));
        problems
    }

    /// Visits all functions, those in the bodies of others too.
    pub fn for_each_function<'f>(&'f self, visit: &mut dyn FnMut(&'f Function)) {
        fn with_inner<'f>(function: &'f Function, visit: &mut dyn FnMut(&'f Function)) {
            visit(function);
            outer_functions(function.items(), &mut |inner| with_inner(inner, visit));
        }
        outer_functions(&self.items, &mut |function| with_inner(function, visit));
    }
}

/// Visits all functions but those in the bodies of others.
fn outer_functions<'f>(items: &'f [Item], visit: &mut dyn FnMut(&'f Function)) {
    for item in items {
        if let ItemKind::Function(function) = &item.kind {
            visit(function);
        }
        outer_functions(item.items(), visit);
    }
}

/// A part of a file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub range: TextRange,
    pub message: String,
}

#[derive(Debug)]
pub struct Item {
    /// Empty where items have none (`impl`, `use`).
    pub name: Name,
    pub name_range: TextRange,
    /// The whole item, attributes included.
    pub range: TextRange,
    pub attrs: Rare<Attributes>,
    pub visibility: Visibility,
    pub kind: ItemKind,
}

/// What there are millions of in a large program, in bytes: memory is most of what a larger one would cost.
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<Expr>() <= 64);
    assert!(size_of::<Pat>() <= 80);
    assert!(size_of::<Type>() <= 40);
    assert!(size_of::<Segment>() <= 24);
    assert!(size_of::<Item>() <= 96);
    assert!(size_of::<Function>() <= 160);
};

impl Item {
    /// The items that are written in a module, an `impl` or a trait; not those in the bodies of functions.
    pub fn items(&self) -> &[Item] {
        match &self.kind {
            ItemKind::Module(it) => it.items.as_deref().unwrap_or_default(),
            ItemKind::Impl(it) => &it.items,
            ItemKind::Trait(it) => &it.items,
            ItemKind::Function(_)
            | ItemKind::Struct(_)
            | ItemKind::Enum(_)
            | ItemKind::Use(_)
            | ItemKind::TypeAlias { .. }
            | ItemKind::Value { .. }
            | ItemKind::ExternCrate { .. }
            | ItemKind::Macro { .. } => &[],
        }
    }

    /// Whether this is a module, or has one in it: the body of a function may.
    pub fn holds_module(&self) -> bool {
        match &self.kind {
            ItemKind::Module(_) => true,
            ItemKind::Function(function) => function.items().iter().any(Self::holds_module),
            _ => self.items().iter().any(Self::holds_module),
        }
    }
}

#[derive(Debug)]
pub enum ItemKind {
    Function(Box<Function>),
    Struct(Struct),
    Enum(Enum),
    Impl(Box<Impl>),
    Trait(Trait),
    Module(Module),
    Use(Vec<Import>),
    TypeAlias {
        generics: Rare<Generics>,
        ty: Option<Type>,
    },
    /// A `const` or `static`; its initializer is a body of its own, which is not there where it holds neither items nor
    /// suppressions: nobody asks what else is in it.
    Value {
        ty: Type,
        body: Option<Box<Body>>,
    },
    ExternCrate {
        original: Name,
    },
    /// An item macro whose content is not known to be items.
    Macro {
        path: Path,
    },
}

/// What the attributes of an item or statement say, as far as anybody asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `#[cfg(test)]`, also inside `all(..)`.
    pub cfg_test: bool,
    /// Any `#[cfg(..)]`: the item may be absent.
    pub cfg: bool,
    /// `#[test]` and every attribute whose last segment is or ends in `test` (`tokio::test`, `rstest`, `test_case`), `#[bench]`.
    pub is_test: bool,
    /// `#[path = ".."]` of a module.
    pub path: Option<String>,
    /// `#[cfg_attr(.., path = "..")]`: files that the module has by some configurations.
    pub cfg_paths: Vec<String>,
    /// `#[macro_use]`.
    pub macro_use: bool,
    /// The paths of all other attributes, as written: `tokio::main`, `async_trait`, `tracing::instrument`.
    pub paths: Vec<Name>,
    /// `#[instrument(err)]`, also `tracing::instrument(.., err(..))`: an `Err` result is logged.
    pub logs_err: bool,
    /// `allow(clippy::disallowed_methods)`: this is the place for what is not to be called elsewhere.
    pub allows_disallowed: bool,
    /// `allow(dead_code)`: nothing may call it.
    pub allows_dead: bool,
    /// `taskguard::allow(..)` behind `cfg_attr(any(), ..)` or `cfg_attr(false, ..)`, and native `allow(taskguard::..)`.
    pub suppressions: Vec<AttributeSuppression>,
}

impl MostlyEmpty for Attributes {
    const EMPTY: &'static Self = &Self {
        cfg_test: false,
        cfg: false,
        is_test: false,
        path: None,
        cfg_paths: Vec::new(),
        macro_use: false,
        paths: Vec::new(),
        logs_err: false,
        allows_disallowed: false,
        allows_dead: false,
        suppressions: Vec::new(),
    };

    fn is_empty(&self) -> bool {
        self == Self::EMPTY
    }
}

impl Attributes {
    /// Adds what other attributes of the same item say.
    fn add(&mut self, inner: Attributes) {
        self.cfg_test |= inner.cfg_test;
        self.cfg |= inner.cfg;
        self.is_test |= inner.is_test;
        self.macro_use |= inner.macro_use;
        self.logs_err |= inner.logs_err;
        self.path = self.path.take().or(inner.path);
        self.paths.extend(inner.paths);
        self.suppressions.extend(inner.suppressions);
    }
}

/// One lint named in a suppressing attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeSuppression {
    pub lint: Name,
    /// Where the lint is named.
    pub range: TextRange,
    /// The whole attribute.
    pub attribute: TextRange,
    pub reason: Option<String>,
    /// `expect` rather than `allow`.
    pub expect: bool,
}

#[derive(Debug)]
pub struct Struct {
    pub generics: Rare<Generics>,
    pub fields: Vec<Field>,
}

/// A field; the fields of a tuple struct are named `0`, `1`, ...
#[derive(Debug)]
pub struct Field {
    pub name: Name,
    pub name_range: TextRange,
    pub ty: Type,
    pub visibility: Visibility,
}

#[derive(Debug)]
pub struct Enum {
    pub generics: Rare<Generics>,
    pub variants: Vec<Variant>,
}

#[derive(Debug)]
pub struct Variant {
    pub name: Name,
    pub fields: Vec<Field>,
}

#[derive(Debug)]
pub struct Impl {
    pub generics: Rare<Generics>,
    pub trait_: Option<Path>,
    pub self_ty: Type,
    pub items: Vec<Item>,
}

#[derive(Debug)]
pub struct Trait {
    pub generics: Rare<Generics>,
    pub supertraits: Vec<Path>,
    pub items: Vec<Item>,
}

#[derive(Debug)]
pub struct Module {
    /// None for `mod name;`, whose items are in another file.
    pub items: Option<Vec<Item>>,
}

/// One name that a `use` brings in: `use a::{b as c, d::*};` gives two.
#[derive(Debug)]
pub struct Import {
    pub path: Path,
    pub kind: ImportKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// The name it is known by here; `_` is kept as it is.
    Name(Name),
    Glob,
}

#[derive(Clone, Debug, Default)]
pub struct Generics {
    /// Type parameters with their bounds, those of the `where` clause included.
    pub params: Vec<TypeParam>,
    /// `where` bounds on anything but a plain type parameter.
    pub bounds: Vec<(Type, Vec<Path>)>,
}

impl MostlyEmpty for Generics {
    const EMPTY: &'static Self = &Self { params: Vec::new(), bounds: Vec::new() };

    fn is_empty(&self) -> bool {
        self.params.is_empty() && self.bounds.is_empty()
    }
}

#[derive(Clone, Debug)]
pub struct TypeParam {
    pub name: Name,
    pub bounds: Vec<Path>,
}

/// A path as written, with its generic arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// `::a::b`.
    pub global: bool,
    /// The `T` of `<T as Trait>::name`; the path is then `Trait::name`, or only `name` for `<T>::name`.
    pub self_ty: Option<Box<Type>>,
    pub segments: Box<[Segment]>,
    pub range: TextRange,
}

impl Path {
    /// A path of one plain name.
    pub(crate) fn of_name(name: Name, range: TextRange) -> Self {
        Self { global: false, self_ty: None, segments: Box::new([Segment::of_name(name, range)]), range }
    }

    /// The name itself, when the path is one plain segment.
    pub fn as_name(&self) -> Option<Name> {
        match &*self.segments {
            [only] if !self.global && self.self_ty.is_none() => Some(only.name),
            _ => None,
        }
    }

    pub fn last(&self) -> &Segment {
        self.segments.last().expect("a path has at least one segment")
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub name: Name,
    pub range: TextRange,
    pub args: Option<Box<GenericArgs>>,
}

impl Segment {
    pub(crate) fn of_name(name: Name, range: TextRange) -> Self {
        Self { name, range, args: None }
    }
}

/// `<A, B, Item = C>`, or `(A, B) -> C` of the function traits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GenericArgs {
    /// Types only: lifetimes and constants are left out.
    pub types: Vec<Type>,
    /// `Output = T`; the result of `Fn(A) -> B` is bound to `Output`.
    pub bindings: Vec<(Name, Type)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Path(Path),
    /// `&T`, `&mut T`, `*const T`.
    Ref(Box<Type>),
    Tuple(Vec<Type>),
    /// `[T]` and `[T; N]`.
    Slice(Box<Type>),
    Never,
    Infer,
    /// `impl A + B`.
    Impl(Vec<Path>),
    /// `dyn A + B`.
    Dyn(Vec<Path>),
    /// `fn(A, B) -> C`.
    Fn {
        params: Vec<Type>,
        output: Box<Type>,
    },
    /// A type macro or something as rare.
    Other,
}

impl Type {
    pub fn unit() -> Self {
        Type::Tuple(Vec::new())
    }

    /// The last name of its path, references looked through.
    pub fn name(&self) -> Option<Name> {
        match self {
            Type::Path(path) => Some(path.last().name),
            Type::Ref(inner) => inner.name(),
            _ => None,
        }
    }
}

/// What is in a type.
impl Type {
    /// Whether a tuple is in there, `()` not counted.
    pub fn has_tuple(&self) -> bool {
        match self {
            Type::Tuple(parts) => !parts.is_empty(),
            Type::Ref(inner) | Type::Slice(inner) => inner.has_tuple(),
            Type::Path(path) => path.has_tuple(),
            Type::Impl(bounds) | Type::Dyn(bounds) => bounds.iter().any(Path::has_tuple),
            Type::Fn { params, output } => output.has_tuple() || params.iter().any(Type::has_tuple),
            Type::Never | Type::Infer | Type::Other => false,
        }
    }

    pub fn has_name(&self, wanted: &dyn Fn(Name) -> bool) -> bool {
        match self {
            Type::Path(path) => path.has_name(wanted),
            Type::Ref(inner) | Type::Slice(inner) => inner.has_name(wanted),
            Type::Tuple(parts) => parts.iter().any(|part| part.has_name(wanted)),
            Type::Impl(bounds) | Type::Dyn(bounds) => bounds.iter().any(|bound| bound.has_name(wanted)),
            Type::Fn { params, output } => {
                output.has_name(wanted) || params.iter().any(|param| param.has_name(wanted))
            }
            Type::Never | Type::Infer | Type::Other => false,
        }
    }
}

impl Path {
    fn has_tuple(&self) -> bool {
        self.self_ty.as_ref().is_some_and(|ty| ty.has_tuple())
            || self.segments.iter().filter_map(|segment| segment.args.as_ref()).any(|args| {
                args.types.iter().any(Type::has_tuple) || args.bindings.iter().any(|(_, ty)| ty.has_tuple())
            })
    }

    pub fn has_name(&self, wanted: &dyn Fn(Name) -> bool) -> bool {
        self.self_ty.as_ref().is_some_and(|ty| ty.has_name(wanted))
            || self.segments.iter().any(|segment| wanted(segment.name))
            || self.has_name_in_args(wanted)
    }

    /// Whether such a name is in the arguments: `Future<Output = Name>`.
    pub fn has_name_in_args(&self, wanted: &dyn Fn(Name) -> bool) -> bool {
        self.segments.iter().filter_map(|segment| segment.args.as_ref()).any(|args| {
            args.types.iter().any(|ty| ty.has_name(wanted))
                || args.bindings.iter().any(|(_, ty)| ty.has_name(wanted))
        })
    }
}

impl Generics {
    /// The parameters with such a name in their bounds.
    pub fn params_with_name<'g>(
        &'g self,
        wanted: &'g dyn Fn(Name) -> bool,
    ) -> impl Iterator<Item = Name> + 'g {
        let params = self.params.iter().filter(|param| param.bounds.iter().any(|it| it.has_name(wanted)));
        params.map(|param| param.name)
    }
}
