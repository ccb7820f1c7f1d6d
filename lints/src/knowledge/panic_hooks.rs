//! What learns of panics anywhere in the process, or ends the process with them.

use std::sync::LazyLock;

use super::{Index, find, has_any, in_lower_case, index};

#[derive(Debug)]
pub struct PanicHook {
    /// Functions, types and macros (without `!`).
    pub paths: &'static [&'static str],
    pub kind: HookKind,
    pub note: &'static str,
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookKind {
    /// Sees every panic of the process.
    Process,
    /// Installs the hook that it is given, which sees every panic of the process.
    Installs,
    /// A function to give to `std::panic::set_hook`.
    Hook,
    /// Sees panics in the browser.
    Wasm,
    /// Decides what panics of tasks do to a runtime.
    Runtime,
    /// Sees the panics of a pool of threads.
    Pool,
    /// Catches the panics of one call, future or request.
    Local,
    /// Ends the process.
    Exit,
}

/// What a function, type or macro has to do with panics.
pub fn panic_hook(path: &str) -> Option<&'static PanicHook> {
    static INDEX: LazyLock<Index<PanicHook>> = LazyLock::new(|| index(PANIC_HOOKS, |row| row.paths));
    find(&INDEX, path)
}

/// Whether a function ends the process.
pub fn ends_process(path: &str) -> bool {
    panic_hook(path).is_some_and(|row| row.kind == HookKind::Exit)
}

/// Whether this is how a path to such a function ends: `process::exit`.
pub fn names_end_of_process(module: &str, name: &str) -> bool {
    let exits = PANIC_HOOKS.iter().filter(|row| row.kind == HookKind::Exit);
    exits.flat_map(|row| row.paths).any(|path| {
        let mut segments = path.rsplit("::");
        segments.next() == Some(name) && segments.next() == Some(module)
    })
}

/// The functions that install the hook they are given.
pub fn that_install() -> impl Iterator<Item = &'static str> {
    PANIC_HOOKS.iter().filter(|row| row.kind == HookKind::Installs).flat_map(|row| row.paths.iter().copied())
}

/// Whether a function or macro of a library that is not known may install a hook, by its name: `setup_panic`,
/// `install_panic_handler`.
pub fn sounds_like_panic_hook(name: &str) -> bool {
    let name = in_lower_case(name);
    name.contains("panic") && has_any(&name, &["hook", "handler", "setup", "install", "init", "log"])
}

const fn row(
    paths: &'static [&'static str],
    kind: HookKind,
    note: &'static str,
    source: &'static str,
) -> PanicHook {
    PanicHook { paths, kind, note, source }
}

pub static PANIC_HOOKS: &[PanicHook] = &[
    row(&["std::panic::set_hook"], HookKind::Installs, "as the closure says", "std 1.95.0 S"),
    row(
        &[
            "color_eyre::install",
            "color_eyre::config::HookBuilder::install",
            "color_eyre::config::PanicHook::install",
        ],
        HookKind::Process,
        "prints to stderr",
        "color-eyre 0.6.5 S",
    ),
    row(&["human_panic::setup_panic"], HookKind::Process, "in release builds only", "human-panic 2.0.8 S"),
    row(
        &["sentry::init", "sentry_panic::PanicIntegration"],
        HookKind::Process,
        "while its guard lives; the former hook runs too",
        "sentry-panic 0.49.5 S",
    ),
    row(&["tracing_panic::panic_hook"], HookKind::Hook, "to tracing", "tracing-panic 0.1.3 S"),
    row(
        &["log_panics::init", "log_panics::Config::install_panic_hook", "panic_log::initialize_hook"],
        HookKind::Process,
        "to log",
        "log-panics 2, panic-log 1 D",
    ),
    row(
        &["better_panic::install", "better_panic::debug_install", "better_panic::Settings::install"],
        HookKind::Process,
        "prints to stderr",
        "better-panic 0.3.0 S",
    ),
    row(&["miette::set_panic_hook"], HookKind::Process, "prints to stderr", "miette 7.6.0 S"),
    row(
        &["console_error_panic_hook::set_once"],
        HookKind::Wasm,
        "to the console of the browser",
        "console_error_panic_hook 0.1.7 S",
    ),
    row(
        &["console_error_panic_hook::hook"],
        HookKind::Hook,
        "to the console of the browser",
        "console_error_panic_hook 0.1.7 S",
    ),
    row(
        &["tokio::runtime::Builder::unhandled_panic", "tokio::task::LocalSet::unhandled_panic"],
        HookKind::Runtime,
        "tokio_unstable; only current_thread runtimes and LocalSet",
        "tokio 1.54.1 S",
    ),
    row(
        &["rayon::ThreadPoolBuilder::panic_handler"],
        HookKind::Pool,
        "without it the process aborts",
        "rayon-core 1.13.0 SX",
    ),
    row(
        &[
            "tower_http::catch_panic::CatchPanicLayer",
            "futures::future::FutureExt::catch_unwind",
            "std::panic::catch_unwind",
        ],
        HookKind::Local,
        "",
        "tower-http 0.7.1, futures 0.3.34, std 1.95.0 S",
    ),
    row(
        &["std::process::exit", "std::process::abort"],
        HookKind::Exit,
        "in a hook it turns the panic of a task into a restart",
        "std 1.95.0 S",
    ),
];
