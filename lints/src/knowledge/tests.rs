//! What every row has to keep to.

use std::collections::HashSet;

use super::handles::{COLLECTIONS, HANDLES};
use super::signatures::{Bound, GROUPS};
use super::spawners::{NOT_SPAWNERS, Returns, SPAWNERS, Starts};
use super::types::{ALIASES, ITEMS, OUTPUTS, PRELUDE, TARGETS, TYPE_ALIASES};
use super::*;

/// The paths and the source of each row of a table.
type Rows = Vec<(&'static [&'static str], &'static str)>;

fn tables() -> Vec<(&'static str, Rows)> {
    macro_rules! table {
        ($rows:expr, $paths:ident) => {
            (stringify!($rows), $rows.iter().map(|row| (row.$paths, row.source)).collect())
        };
    }
    vec![
        table!(SPAWNERS, paths),
        table!(NOT_SPAWNERS, paths),
        table!(HANDLES, path),
        table!(COLLECTIONS, path),
        table!(sinks::SINKS, paths),
        table!(transparent::WRAPPERS, paths),
        table!(streams::CHANNELS, makers),
        table!(streams::SOURCES, paths),
        table!(stop::STOPS, paths),
        table!(delays::DELAYS, paths),
        table!(timeouts::TIMEOUTS, paths),
        table!(timeouts::UNBOUNDED, paths),
        table!(panic_hooks::PANIC_HOOKS, paths),
        table!(errors::ERROR_TYPES, paths),
        table!(servers::SERVES, paths),
        table!(drivers::DRIVERS, types),
        table!(drivers::KEPT, makers),
        table!(hooks::HOOKED, opens),
    ]
}

fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && chars.all(|c| c == '_' || c.is_alphanumeric())
}

fn is_path(text: &str) -> bool {
    text.contains("::") && text.split("::").all(is_identifier)
}

/// A crate and its version, several of them with commas, then letters for the evidence.
fn is_source(text: &str) -> bool {
    let Some((crates, evidence)) = text.rsplit_once(' ') else { return false };
    let is_versioned = |part: &str| {
        part.split_once(' ').is_some_and(|(name, version)| {
            !name.is_empty() && version.starts_with(|c: char| c.is_ascii_digit()) && !version.contains(' ')
        })
    };
    crates.split(", ").all(is_versioned)
        && !evidence.is_empty()
        && evidence.chars().all(|c| "SXDU".contains(c))
}

#[test]
fn names_of_folders() {
    use super::methods::{names_command, names_dev_folder, names_dev_tool, names_folder_of_dev_programs};
    for folder in ["my-cli", "clis", "derpcli", "kubectl", "tools", "g3bench"] {
        assert!(names_command(folder), "{folder}");
    }
    for folder in ["client", "workbench", "clinic", "server"] {
        assert!(!names_command(folder), "{folder}");
    }
    assert!(names_dev_folder("integration") && names_dev_folder("tests"));
    assert!(!names_dev_folder("integrations") && !names_dev_tool("integration"));
    for folder in ["samples", "perf", "e2e-tests"] {
        assert!(names_folder_of_dev_programs(folder), "{folder}");
    }
    for folder in ["perf", "sample", "toydb"] {
        assert!(!names_dev_folder(folder), "{folder}");
    }
}

#[test]
fn names_of_functions_that_stop() {
    use super::methods::names_teardown;
    for name in ["shutdown", "stop_and_join", "graceful_exit", "abort"] {
        assert!(names_teardown(name), "{name}");
    }
    for name in ["join_and_abort", "wait_and_close", "stopwatch", "run"] {
        assert!(!names_teardown(name), "{name}");
    }
}

#[test]
fn keys_that_end_a_program() {
    use super::attended::invites_interrupt;
    for text in ["Press Ctrl+C to stop", "following (ctrl-c to exit)...", "Press Control-C to terminate"] {
        assert!(invites_interrupt(text), "{text}");
    }
    for text in
        ["press ctrl-c again to force", "Ctrl-C to quit immediately", "Ctrl+C received", "Ctrl+C to abort"]
    {
        assert!(!invites_interrupt(text), "{text}");
    }
}

#[test]
fn sources() {
    assert!(is_source("tokio 1.54.1 SX") && is_source("tokio 1.54.1, tokio-util 0.7 S"));
    assert!(
        !is_source("tokio S") && !is_source("tokio 1.54.1") && !is_source("") && !is_source("tokio 1.54.1 Q")
    );
    let tables = tables();
    let of_tables = tables.iter().flat_map(|(_, rows)| rows.iter().map(|row| row.1));
    let relations = [TYPE_ALIASES, OUTPUTS, ITEMS, TARGETS].into_iter().flatten().map(|row| row.source);
    let of_groups = GROUPS.iter().map(|group| group.source);
    let of_clients = clients::CLIENTS.iter().map(|row| row.source);
    for source in of_tables.chain(relations).chain(of_groups).chain(of_clients) {
        assert!(is_source(source), "not a source: {source:?}");
    }
}

#[test]
fn paths_are_well_formed_canonical_and_in_one_row_only() {
    for (table, rows) in tables() {
        let mut seen = HashSet::new();
        for path in rows.iter().flat_map(|row| row.0) {
            assert!(is_path(path), "{table}: not a path: {path}");
            assert_eq!(canonical(path), *path, "{table}: has another name");
            assert!(seen.insert(*path), "{table}: twice: {path}");
        }
    }
    for client in clients::CLIENTS {
        for path in client.constructors {
            assert!(is_path(path), "{}: not a path: {path}", client.id);
            assert_eq!(canonical(path), *path, "{}: has another name", client.id);
        }
    }
    for rows in [TYPE_ALIASES, OUTPUTS, ITEMS, TARGETS] {
        let mut seen = HashSet::new();
        for row in rows {
            assert!(is_path(row.path), "not a path: {}", row.path);
            assert_eq!(canonical(row.path), row.path);
            assert!(seen.insert(row.path), "twice: {}", row.path);
        }
    }
}

#[test]
fn ids_are_unique() {
    let mut seen = HashSet::new();
    for id in SPAWNERS.iter().map(|row| row.id).chain(clients::CLIENTS.iter().map(|row| row.id)) {
        assert!(!id.is_empty() && seen.insert(id), "{id}");
    }
}

#[test]
fn drivers_are_halves_of_known_clients() {
    for row in drivers::DRIVERS {
        assert!(clients::CLIENTS.iter().any(|client| client.id == row.client), "{}", row.client);
        assert!(row.of.is_none_or(|of| is_path(of) && canonical(of) == of), "{}", row.client);
    }
    for row in drivers::KEPT {
        assert!(clients::CLIENTS.iter().any(|client| client.id == row.client), "{}", row.client);
    }
}

#[test]
fn hooks_and_silence_are_those_of_known_clients() {
    let hooked = hooks::HOOKED.iter().map(|row| (row.client, row.opens));
    let silent = silence::SILENT.iter().map(|row| (row.client, row.subscriptions));
    for (id, paths) in hooked.chain(silent) {
        assert!(clients::CLIENTS.iter().any(|client| client.id == id), "{id}");
        assert!(paths.iter().all(|path| is_path(path) && canonical(path) == *path), "{id}");
    }
}

#[test]
fn words_of_liveness_are_told_from_longer_words() {
    for name in ["ping", "send_ping", "Ping", "PingInterval", "keep_alive", "last_heartbeat", "idle_since"] {
        assert!(silence::names_liveness(name), "{name}");
    }
    for name in ["mapping", "shipping_address", "Pong", "idler", "timeout"] {
        assert!(!silence::names_liveness(name), "{name}");
    }
}

#[test]
fn sources_of_clients_belong_to_known_clients() {
    for row in streams::SOURCES.iter().filter(|row| !row.client.is_empty()) {
        assert!(clients::CLIENTS.iter().any(|client| client.id == row.client), "{}", row.client);
    }
}

#[test]
fn aliases_lead_to_canonical_names() {
    let mut seen = HashSet::new();
    for (alias, name) in ALIASES {
        assert!(
            alias.split("::").all(is_identifier) && name.split("::").all(is_identifier),
            "{alias} {name}"
        );
        assert!(seen.insert(*alias), "twice: {alias}");
        assert_eq!(canonical(alias), *name, "{alias} does not lead to a canonical name");
    }
    for (short, path) in PRELUDE {
        assert!(is_identifier(short) && is_path(path));
        assert_eq!(canonical(path), *path);
    }
}

#[test]
fn canonical_names() {
    assert_eq!(canonical("tokio::spawn"), "tokio::task::spawn");
    assert_eq!(canonical("futures_util::StreamExt::next"), "futures::stream::StreamExt::next");
    assert_eq!(canonical("futures::prelude::Stream"), "futures::stream::Stream");
    assert_eq!(canonical("core::option::Option::take"), "std::option::Option::take");
    assert_eq!(canonical("actix_web::rt::time::sleep"), "tokio::time::sleep");
    assert_eq!(canonical("smol::channel::bounded"), "async_channel::bounded");
    // Only whole names count.
    assert_eq!(canonical("tokio::spawning"), "tokio::spawning");
    assert_eq!(canonical("coredump::take"), "coredump::take");
    assert_eq!(canonical("mine::tokio::spawn"), "mine::tokio::spawn");
    assert_eq!(canonical("crate"), "crate");
    assert_eq!(canonical(""), "");
}

#[test]
fn lookups_know_all_names() {
    assert_eq!(spawners::spawner("tokio::spawn").map(|row| row.id), Some("tokio.spawn"));
    assert_eq!(spawners::spawner("actix_web::rt::spawn").map(|row| row.id), Some("actix_rt.spawn"));
    assert!(spawners::spawner("tokio::process::Command::spawn").is_none());
    assert!(spawners::not_spawner("tokio::process::Command::spawn").is_some());
    assert!(spawners::spawner("spawn").is_none());
    assert!(handles::handle("smol::Task").is_some());
    assert!(handles::handle("tokio::task::JoinSet").is_none());
    assert!(handles::collection("tokio::task::JoinSet").is_some());
    assert_eq!(
        streams::channel_kind("tokio::sync::broadcast::Receiver"),
        Some(streams::ChannelKind::Broadcast)
    );
    assert_eq!(streams::channel_kind("crossbeam::channel::Receiver"), Some(streams::ChannelKind::Blocking));
    assert_eq!(streams::channel_kind("mine::Receiver"), None);
    assert!(clients::clients("axum::serve").next().is_some());
    assert_eq!(clients::clients("hyper_util::server::conn::auto::Builder::serve_connection").count(), 1);
    assert!(clients::clients_of("redis").count() == 3);
    let join_next = signatures::signature("tokio::task::JoinSet::join_next").expect("has a row");
    assert_eq!((join_next.params, join_next.is_async), (&["T"][..], true));
    assert!(signatures::signature("flume::bounded").is_some());
    assert!(signatures::signature("Option").is_none());
    assert!(signatures::signature("tokio::task").is_none());
    assert_eq!(
        signatures::extension(Bound::Stream, "next").map(|row| row.output),
        Some("Option<Self::Item>")
    );
    assert!(signatures::extension(Bound::Future, "next").is_none());
    assert_eq!(types::type_alias("std::io::Result").map(|row| row.text), Some("Result<T, std::io::Error>"));
    assert!(transparent::wrapping_method("instrument").is_some_and(|row| row.future.is_none()));
    assert!(transparent::wrapping_method("unconstrained").is_none());
}

#[test]
fn every_handle_of_a_spawner_has_a_row() {
    for row in SPAWNERS {
        if let Returns::Handle(path) | Returns::ResultOfHandle(path) = row.returns {
            let handle = handles::handle(path);
            assert!(handle.is_some(), "{}: {path} is not in HANDLES", row.id);
            let agrees = handle.is_some_and(|handle| handle.on_drop == row.on_drop);
            assert!(agrees || row.starts == Starts::Lazy, "{}: drop differs from that of {path}", row.id);
        }
    }
}

#[test]
fn nothing_is_a_spawner_and_none() {
    for path in NOT_SPAWNERS.iter().flat_map(|row| row.paths) {
        assert!(spawners::spawner(path).is_none(), "{path}");
    }
}

#[test]
fn every_method_that_inserts_into_a_set_of_tasks_is_a_spawner() {
    for row in COLLECTIONS {
        for (method, argument) in row.inserting.iter().filter(|(method, _)| method.starts_with("spawn")) {
            let path = format!("{}::{method}", row.path[0]);
            let spawner = spawners::spawner(&path);
            assert_eq!(spawner.and_then(|row| row.argument), Some(*argument), "{path}");
        }
    }
}

#[test]
fn channels_have_receivers_whose_values_are_known() {
    for row in streams::CHANNELS {
        for path in [row.sender, row.receiver] {
            assert_eq!(canonical(path), path);
            assert_eq!(streams::channel_kind(path), Some(row.kind), "{path}");
        }
        let methods = ["recv", "changed"].map(|method| format!("{}::{method}", row.receiver));
        let is_known = |path: &String| streams::source(path).is_some();
        assert!(methods.iter().any(is_known) || streams::source(row.receiver).is_some(), "{}", row.receiver);
        for maker in row.makers {
            assert!(signatures::signature(maker).is_some(), "no signature: {maker}");
        }
    }
}

#[test]
fn groups_are_well_formed() {
    let mut seen = HashSet::new();
    let mut count = 0;
    for group in GROUPS {
        assert!(group.of.split("::").all(is_identifier), "{}", group.of);
        assert_eq!(canonical(group.of), group.of);
        assert!(seen.insert(group.of), "two groups of {}", group.of);
        let mut names = HashSet::new();
        for row in group.rows {
            assert!(is_identifier(row.name) && names.insert(row.name), "{}::{} twice", group.of, row.name);
            // A row under a name that is an alias would never be found.
            let path = format!("{}::{}", group.of, row.name);
            assert_eq!(canonical(&path), path);
            check_type(row.output, group.params)
                .unwrap_or_else(|why| panic!("{path}: {}: {why}", row.output));
            count += 1;
        }
    }
    assert!(count > 350, "only {count}");
}

#[test]
fn relations_are_well_formed() {
    for row in [TYPE_ALIASES, OUTPUTS, ITEMS, TARGETS].into_iter().flatten() {
        check_type(row.text, row.params).unwrap_or_else(|why| panic!("{}: {}: {why}", row.path, row.text));
    }
}

#[test]
fn the_check_of_types_finds_mistakes() {
    assert_eq!(check_type("Result<(Option<&mut T>, [u8]), std::io::Error>", &["T"]), Ok(()));
    assert_eq!(check_type("impl Iterator<Item = (usize, Self::Item)>", &[]), Ok(()));
    assert_eq!(check_type("Box<dyn Fn(&Arg0) -> Arg0::Return>", &[]), Ok(()));
    for wrong in
        ["", "Option<T", "Option<T>>", "Option<U>", "Reslt<T, T>", "(T", "Vec<T,>", "Option<>", "a b", "T;"]
    {
        assert!(check_type(wrong, &["T"]).is_err(), "{wrong}");
    }
    assert!(check_type("tokio::spawn::Handle", &[]).is_err(), "not canonical");
}

/// Whether a text is a type as far as rows use them, and speaks only of names that are known.
fn check_type(text: &str, params: &[&str]) -> Result<(), String> {
    let mut parser = Parser { rest: text, params };
    parser.ty()?;
    if parser.rest.is_empty() { Ok(()) } else { Err(format!("left over: {:?}", parser.rest)) }
}

struct Parser<'a> {
    rest: &'a str,
    params: &'a [&'a str],
}

impl Parser<'_> {
    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.eat(token) { Ok(()) } else { Err(format!("expected {token:?} before {:?}", self.rest)) }
    }

    fn ty(&mut self) -> Result<(), String> {
        if self.eat("&") {
            self.eat("mut ");
            self.ty()
        } else if self.eat("[") {
            self.ty()?;
            self.expect("]")
        } else if self.eat("(") {
            self.list(")")
        } else if self.eat("!") || (self.rest.starts_with('_') && self.eat("_")) {
            Ok(())
        } else {
            let _ = self.eat("impl ") || self.eat("dyn ");
            self.path()
        }
    }

    /// Types with commas between them, up to and with the token at the end.
    fn list(&mut self, end: &str) -> Result<(), String> {
        if self.eat(end) {
            return Ok(());
        }
        loop {
            self.ty()?;
            if self.eat(end) {
                return Ok(());
            }
            self.expect(", ")?;
        }
    }

    fn path(&mut self) -> Result<(), String> {
        let end = self
            .rest
            .find(|c: char| !(c == ':' || c == '_' || c.is_alphanumeric()))
            .unwrap_or(self.rest.len());
        let (path, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.name(path)?;
        if self.eat("<") {
            self.arguments()?;
        } else if self.eat("(") {
            self.list(")")?;
            if self.eat(" -> ") {
                self.ty()?;
            }
        }
        Ok(())
    }

    fn arguments(&mut self) -> Result<(), String> {
        loop {
            let _ = self.eat("Item = ") || self.eat("Output = ");
            self.ty()?;
            if self.eat(">") {
                return Ok(());
            }
            self.expect(", ")?;
        }
    }

    fn name(&self, path: &str) -> Result<(), String> {
        const PRIMITIVES: &[&str] =
            &["bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i32", "i64", "f64"];
        if !path.split("::").all(is_identifier) {
            return Err(format!("not a path: {path:?}"));
        }
        let (head, tail) = path.split_once("::").unwrap_or((path, ""));
        let is_argument = head.strip_prefix("Arg").is_some_and(|index| index.parse::<usize>().is_ok());
        if is_argument || head == "Self" || self.params.contains(&head) {
            let is_projection = |name| ["", "Item", "Output", "Return", "Ok", "Error"].contains(&name);
            return if tail.split("::").all(is_projection) {
                Ok(())
            } else {
                Err(format!("no projection: {tail}"))
            };
        }
        if tail.is_empty() {
            let is_known = PRIMITIVES.contains(&head) || prelude(head).is_some();
            return if is_known { Ok(()) } else { Err(format!("not a known name: {head}")) };
        }
        if canonical(path) == path { Ok(()) } else { Err(format!("has another name: {path}")) }
    }
}
