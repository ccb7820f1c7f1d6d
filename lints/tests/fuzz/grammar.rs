//! Programs that have the grammar of Rust and make no sense, over the words of the cases: so that calls, types and macros
//! are those that lints look for, in places where nobody would write them.

use std::collections::BTreeSet;

use crate::support::Random;

/// What each symbol may become; `$` begins another symbol. Of one that has grown too long, the first.
const GRAMMAR: &[(&str, &[&str])] = &[
    ("program", &["$use$item$item$item", "$use$use$item$program", "$item$item$item$item$item"]),
    (
        "use",
        &[
            "",
            "use $path;\n",
            "use $path as $function;\n",
            "use tokio::{select, spawn};\n",
            "use super::*;\n",
        ],
    ),
    (
        "item",
        &[
            "$fn",
            "$fn",
            "$fn",
            "struct $Name { rx: $type, tasks: $type, conn: $type }\n",
            "enum $Name { A($type), B { x: $type }, C }\n",
            "type $Name = $type;\n",
            "static X: $type = $expr;\n",
            "impl $Type {\n$fn$fn}\n",
            "impl<T: Server> Drop for $Type {\n$fn}\n",
            "impl $Name for $Type { type Output = $type;\n$fn}\n",
            "trait $Name: $Type { $fn fn $function(&self) -> $type; }\n",
            "$cfg mod a { use super::*;\n$item$item}\n",
            "macro_rules! mine { ($($name:tt)*) => { $expr }; }\n",
        ],
    ),
    (
        "cfg",
        &["", "#[cfg(test)]", "#[cfg(unix)]", "#[cfg_attr(any(), taskguard::allow($lint, reason = \"x\"))]"],
    ),
    (
        "fn",
        &[
            "fn $function($name: $type) -> $type $block\n",
            "async fn $function(&self, $name: $type) -> $type $block\n",
            "pub async fn $function(mut self, $name: $type) $block\n",
            "async fn $function() -> $type $block\n",
            "#[tokio::main]\nasync fn main() -> $type $block\n",
            "#[instrument(err)] $cfg fn $function<T>(&mut self, x: T) where T: $Name $block\n",
        ],
    ),
    ("Name", &["Worker", "Server", "Event", "Fault"]),
    ("Type", &["$Name", "$Name", "$Name", "T", "Self"]),
    (
        "type",
        &[
            "()",
            "$Type",
            "!",
            "u32",
            "TcpStream",
            "CancellationToken",
            "io::Error",
            "Result<$type, $type>",
            "Result<(), $Type>",
            "anyhow::Result<$type>",
            "Option<$type>",
            "Vec<$type>",
            "&mut $type",
            "($type, $type)",
            "Arc<Mutex<$type>>",
            "Box<dyn Future<Output = $type> + Send>",
            "impl Future<Output = $type>",
            "impl Stream<Item = $type>",
            "impl Fn($type) -> $type",
            "JoinHandle<$type>",
            "JoinSet<$type>",
            "tokio::sync::broadcast::Receiver<$type>",
            "tokio::sync::mpsc::Receiver<$type>",
            "tokio::sync::watch::Receiver<$type>",
        ],
    ),
    ("block", &["{ $expr }", "{\n$stmt$stmt}", "{\n$stmt$stmt$stmt$expr\n}", "{\n$stmt$expr\n}"]),
    (
        "stmt",
        &[
            "",
            "$expr;\n",
            "$expr;\n",
            "let $pat = $expr;\n",
            "let $name: $type = $expr;\n",
            "let $pat = ($expr) else $block;\n",
            "let _ = $expr;\n",
            "if ($expr) $block\n",
            "// taskguard: $allow($lint) -- reason\n",
            "// best effort\n",
            "$item",
        ],
    ),
    ("allow", &["allow", "expect", "alow", "allow-file"]),
    ("lint", &["all", "blind_join", "raw_spawn", "detached_task", "nothing"]),
    (
        "pat",
        &[
            "_",
            "$name",
            "$name",
            "Some($pat)",
            "Ok($pat)",
            "Err($pat)",
            "($pat, $pat)",
            "Err(RecvError::Lagged(_))",
            "Some(Ok($name))",
            "None",
            "$Type::B { x, .. }",
            "$name @ $pat",
            "($pat | $pat)",
        ],
    ),
    (
        "expr",
        &[
            "$value",
            "$value",
            "$path($expr)",
            "$path($expr, $expr).await",
            "$path().await?",
            "($expr).$method($expr)",
            "$value.$method().await",
            "$value.$method($expr).await?",
            "$value.$method().await.unwrap()",
            "self.$function($expr).await",
            "($expr).$function()",
            "($expr).await",
            "$value.$method(|$name| $expr)",
            "tokio::spawn(async move $block)",
            "tokio::spawn(self.$function($value))",
            "std::thread::spawn(move || $block)",
            "async move $block",
            "|$name| async move $block",
            "move || $block",
            "loop $block",
            "'a: loop $block",
            "while let $pat = ($expr) $block",
            "while ($expr) $block",
            "for $pat in ($expr) $block",
            "if let $pat = ($expr) $block else $block",
            "match ($expr) { $pat => $expr, $pat if ($expr) => $block, _ => $expr }",
            "match ($expr) { Ok($name) => $expr, Err($name) => $block }",
            "tokio::select! { $pat = $expr => $block $pat = $expr => $expr, else => $block }",
            "select! { biased; _ = $expr => $expr, $pat = &mut $value, if $expr => $block }",
            "tokio::join!($expr, $expr)",
            "$macro!($expr, $expr)",
            "$macro!(\"{x:?} {}\", $expr)",
            "return $expr",
            "return",
            "break",
            "break 'a",
            "continue",
            "Err($expr)",
            "$value = $expr",
            "(Worker { rx: $expr, tasks: $expr, conn })",
            "($expr, $expr)",
            "[$expr, $expr]",
            "&mut $expr",
            "($expr)?",
            "unsafe $block",
            "{ $item $expr }",
        ],
    ),
    (
        "value",
        &[
            "x",
            "rx",
            "tx",
            "handle",
            "stream",
            "listener",
            "client",
            "conn",
            "tasks",
            "token",
            "self",
            "self.rx",
            "self.tasks",
            "self.conn",
            "()",
            "0",
            "true",
            "\"text\"",
            "None",
            "Ok(())",
            "vec![]",
            "X",
            "Self::new",
        ],
    ),
    (
        "name",
        &["x", "rx", "tx", "handle", "stream", "listener", "client", "conn", "tasks", "token", "e", "_x"],
    ),
    ("function", &["run", "serve", "start", "stop", "shutdown", "poll", "connect", "main", "drop", "new"]),
];

/// How many symbols a program is made of, about.
const FUEL: usize = 400;

/// Of each kind those words that occur in the cases.
pub struct Words {
    /// `tokio::spawn`
    paths: Vec<String>,
    /// `recv` of `.recv(`
    methods: Vec<String>,
    /// `info` of `info!`
    macros: Vec<String>,
}

impl Words {
    pub fn of(texts: &[String]) -> Self {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let is_path = |word: &str| syn::parse_str::<syn::Path>(word).is_ok();
        let [mut paths, mut methods, mut macros] = [(); 3].map(|()| BTreeSet::new());
        for text in texts {
            let mut rest = text.as_str();
            while let Some(start) = rest.find(is_part) {
                let is_method = rest[..start].ends_with('.');
                let length = rest[start..].find(|c| !is_part(c)).unwrap_or(rest.len() - start);
                let (word, after) = rest[start..].split_at(length);
                rest = after;
                let words = match after.chars().next() {
                    Some('(') if is_method => &mut methods,
                    Some('!') if !after.starts_with("!=") && word != "macro_rules" => &mut macros,
                    Some('(') => &mut paths,
                    _ if word.contains("::") => &mut paths,
                    _ => continue,
                };
                if is_path(word) {
                    words.insert(word.to_owned());
                }
            }
        }
        let [paths, methods, macros] = [paths, methods, macros].map(|set| set.into_iter().collect());
        Self { paths, methods, macros }
    }
}

/// A file of a program.
pub fn program(words: &Words, random: &mut Random) -> String {
    let mut text = String::new();
    let mut fuel = FUEL / 4 + random.below(FUEL);
    write("program", words, random, &mut text, &mut fuel);
    text
}

fn write(symbol: &str, words: &Words, random: &mut Random, text: &mut String, fuel: &mut usize) {
    let own = match symbol {
        "path" => &words.paths,
        "method" => &words.methods,
        "macro" => &words.macros,
        _ => {
            // What is no symbol is a word of a `macro_rules!`.
            let Some((_, choices)) = GRAMMAR.iter().find(|(name, _)| *name == symbol) else {
                return text.push_str(&format!("${symbol}"));
            };
            let choice = if *fuel == 0 { 0 } else { random.below(choices.len()) };
            *fuel = fuel.saturating_sub(1);
            let mut pieces = choices[choice].split('$');
            text.push_str(pieces.next().unwrap_or_default());
            for piece in pieces {
                let end = piece.find(|c: char| !c.is_alphabetic()).unwrap_or(piece.len());
                let (symbol, rest) = piece.split_at(end);
                write(symbol, words, random, text, fuel);
                text.push_str(rest);
            }
            return;
        }
    };
    text.push_str(&own[random.below(own.len())]);
}
