//! The lexical index against the parser, on the sources of every crate in Cargo's registry here: the function bodies that
//! the parser finds are found by the index, at the same places. And on the same sources with pieces cut out, moved and
//! doubled: nothing panics, and every range is one of the text.

mod support;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use syn::visit::Visit;
use taskguard_lints::source::TextRange;
use taskguard_lints::source::index::{Index, IndexedItem, IndexedKind, index};

use support::{Random, mutate, on_all_sources, sources};

const FEWEST_FILES: usize = 500;

#[test]
fn finds_every_function_body_that_the_parser_finds() {
    let mut sum = Comparison::default();
    for Comparison { files, functions, faults } in on_all_sources(compare_all) {
        sum.files += files;
        sum.functions += functions;
        sum.faults.extend(faults);
    }
    assert!(sum.files >= FEWEST_FILES, "only {} files could be compared", sum.files);
    assert!(sum.functions > sum.files, "only {} functions were compared", sum.functions);
    let Comparison { files, functions, faults } = sum;
    assert!(faults.is_empty(), "of {functions} functions in {files} files:\n{}", faults.join("\n"));
}

#[derive(Default)]
struct Comparison {
    files: usize,
    functions: usize,
    faults: Vec<String>,
}

fn compare_all(paths: &[PathBuf]) -> Comparison {
    let mut sum = Comparison::default();
    for path in paths {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let Some(expected) = parsed_bodies(&text) else { continue };
        let index = index(&text);
        let found = indexed_bodies(&index);
        let missed =
            expected.difference(&found).map(|&body| format!("missed {}", describe(path, &text, body)));
        let problems = index.problems.iter();
        let problems = problems.map(|it| format!("{} {}", it.message, describe(path, &text, it.range)));
        sum.files += 1;
        sum.functions += expected.len();
        sum.faults.extend(missed.chain(problems));
    }
    sum
}

#[test]
fn any_text_gives_ranges_of_that_text() {
    let mut random = Random::new(0x5eed_7a5c);
    let mut texts = 0;
    for path in sources().into_iter().step_by(37).take(40) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for _ in 0..25 {
            let mutated = mutate(&text, &mut random);
            check_ranges(&mutated);
            texts += 1;
        }
    }
    assert!(texts > 100, "only {texts} texts were tried");
}

/// The body of each function that the parser sees outside of bodies and macros, without its braces. None if the parser
/// does not take the text.
fn parsed_bodies(text: &str) -> Option<HashSet<TextRange>> {
    // The parser counts from behind what it strips.
    let unmarked = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shebang = unmarked.starts_with("#!") && !unmarked[2..].trim_start().starts_with('[');
    let line = if shebang { unmarked.find('\n').unwrap_or(unmarked.len()) } else { 0 };
    let shift = text.len() - unmarked.len() + line;
    let file = syn::parse_str::<syn::File>(&unmarked[line..]).ok();
    let bodies = file.map(|file| {
        let mut bodies = Bodies { shift, found: HashSet::new() };
        bodies.visit_file(&file);
        bodies.found
    });
    proc_macro2::extra::invalidate_current_thread_spans();
    bodies
}

struct Bodies {
    shift: usize,
    found: HashSet<TextRange>,
}

impl Bodies {
    fn found(&mut self, body: &syn::Block) {
        let (open, close) = (body.brace_token.span.open(), body.brace_token.span.close());
        let range = open.byte_range().end + self.shift..close.byte_range().start + self.shift;
        self.found.insert(TextRange::new(range.start, range.end));
    }
}

impl<'ast> Visit<'ast> for Bodies {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.found(&function.block);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.found(&function.block);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.found(body);
        }
    }

    // What lies inside an initializer, a length or a discriminant is no item of the file.
    fn visit_expr(&mut self, _: &'ast syn::Expr) {}
}

fn indexed_bodies(index: &Index) -> HashSet<TextRange> {
    fn collect(items: &[IndexedItem], found: &mut HashSet<TextRange>) {
        for item in items {
            if item.kind == IndexedKind::Function {
                found.extend(item.body);
            }
            collect(&item.children, found);
        }
    }
    let mut found = HashSet::new();
    collect(&index.items, &mut found);
    found
}

fn describe(path: &Path, text: &str, range: TextRange) -> String {
    let line = text[..range.start as usize].matches('\n').count() + 1;
    let excerpt: String = text[range.as_usize()].chars().take(60).collect();
    format!("{}:{line}: {excerpt:?}", path.display())
}

fn check_ranges(text: &str) {
    let index = index(text);
    let whole = TextRange::new(0, text.len());
    let sound = |range: TextRange| range.start <= range.end && text.get(range.as_usize()).is_some();
    fn check_items(items: &[IndexedItem], outer: TextRange, sound: &dyn Fn(TextRange) -> bool) {
        let mut end = outer.start;
        for item in items {
            assert!(sound(item.range) && outer.contains(item.range), "{item:?} in {outer:?}");
            assert!(end <= item.range.start, "{item:?} begins before {end}");
            end = item.range.end;
            let inner = item.body.unwrap_or(item.range);
            assert!(sound(inner) && item.range.contains(inner), "{item:?}");
            check_items(&item.children, inner, sound);
        }
    }
    check_items(&index.items, whole, &sound);
    assert!(sound(index.inner_attrs));
    assert!(index.problems.iter().all(|problem| sound(problem.range)), "{:?}", index.problems);
    assert!(
        index.directives.iter().all(|&range| sound(range) && text[range.as_usize()].contains("taskguard:"))
    );
}
