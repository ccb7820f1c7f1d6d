//! How code is told to stop: tokens, flags, signals, and the functions that wait for them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{Index, find, index};

/// A type, function or method that tells a task to stop.
#[derive(Debug)]
pub struct Stop {
    pub paths: &'static [&'static str],
    pub kind: StopKind,
    pub source: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopKind {
    /// A type whose values carry the wish to stop, whatever they are called.
    Token,
    /// Waits until stopping is asked for.
    Waits,
    /// Says whether stopping is asked for; only helps where it is looked at again and again.
    Flag,
    /// Waits for a signal of the operating system, or registers what is to happen then.
    Signal(Signal),
    /// A server or runtime that stops by itself when the operating system asks for it, with SIGTERM as with SIGINT.
    HandlesSignals,
    /// Ends what it wraps, a future or a stream, when stopping is asked for.
    Wraps,
    /// Gives a server a way to end.
    Server,
    /// Asks others to stop.
    Stops,
    /// A channel type often used for it: counts when the name says so.
    Channel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// SIGINT, Ctrl-C: what a terminal sends.
    Interrupt,
    /// SIGTERM among them: what docker, kubernetes and systemd send.
    Terminate,
    /// As the arguments say.
    Chosen,
}

/// What a function or type has to do with stopping.
pub fn stop(path: &str) -> Option<&'static Stop> {
    static INDEX: LazyLock<Index<Stop>> = LazyLock::new(|| index(STOPS, |row| row.paths));
    find(&INDEX, path)
}

/// The last names of calls that may wait for a signal; of `new`, which says nothing, with the type.
fn names_of_waits() -> &'static FxHashSet<(Option<&'static str>, &'static str)> {
    static NAMES: LazyLock<FxHashSet<(Option<&str>, &str)>> = LazyLock::new(|| {
        let rows = STOPS.iter().filter(|row| matches!(row.kind, StopKind::Signal(_)));
        let names = |path: &&'static str| {
            let mut names = path.rsplit("::");
            let name = names.next().unwrap_or_default();
            (names.next().filter(|_| name == "new"), name)
        };
        rows.flat_map(|row| row.paths.iter().map(names)).collect()
    });
    &NAMES
}

/// Whether a call may wait for a signal, by the last two names of its path: what is worth a look.
pub fn may_wait_for_signal(owner: Option<&str>, name: &str) -> bool {
    names_of_waits().contains(&(owner.filter(|_| name == "new"), name))
}

/// What is in the text of every such call.
pub fn words_of_waits() -> impl Iterator<Item = &'static str> {
    names_of_waits().iter().map(|&(owner, name)| owner.unwrap_or(name))
}

/// The names that stand for SIGTERM, some of them only with the right one before; see [`named_signal`].
pub const TERMINATE_NAMES: &[&str] =
    &["SIGTERM", "TERM_SIGNALS", "Sigterm", "SigTerm", "terminate", "Term", "TERM", "Terminate"];

/// The signal that a path names, by its last two names: `SignalKind::terminate`, `libc::SIGTERM`, `Signal::Term`. A set
/// with SIGTERM in it counts as that.
pub fn named_signal(owner: Option<&str>, name: &str) -> Option<Signal> {
    let of_signals = owner.is_some_and(|owner| owner.contains("Signal") || owner.starts_with("Sig"));
    match name {
        "SIGTERM" | "TERM_SIGNALS" | "Sigterm" | "SigTerm" => Some(Signal::Terminate),
        "SIGINT" | "Sigint" | "SigInt" => Some(Signal::Interrupt),
        "terminate" | "Term" | "TERM" | "Terminate" if of_signals => Some(Signal::Terminate),
        "interrupt" | "Int" | "INT" | "Interrupt" if of_signals => Some(Signal::Interrupt),
        _ => None,
    }
}

/// A function that sends signals to others, by its name.
pub fn sends_signal(name: &str) -> bool {
    matches!(
        name,
        "kill"
            | "killpg"
            | "raise"
            | "pthread_kill"
            | "kill_process"
            | "kill_process_group"
            | "send_signal"
            | "signal_child"
    )
}

/// Whether a function may wait for signals that no row has, by its name; what the crates with rows have is known.
pub fn may_handle_signals(path: &str) -> bool {
    static CRATES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        STOPS.iter().flat_map(|row| row.paths).filter_map(|path| path.split("::").next()).collect()
    });
    let mut names = path.split("::");
    let is_known = names.next().is_some_and(|krate| CRATES.contains(krate));
    !is_known && names.last().is_some_and(sounds_like_signal)
}

/// A function whose name says what it stops: `stop_io`, `shutdown_workers`; not one that waits to be told: `stop_requested`.
pub fn stops_others(name: &str) -> bool {
    let mut words = words(name);
    let asks = matches!(words.next(), Some("stop" | "shutdown" | "cancel" | "close" | "disconnect" | "quit"));
    let says_when = [
        "signal",
        "signals",
        "request",
        "requests",
        "requested",
        "event",
        "events",
        "token",
        "flag",
        "rx",
        "recv",
        "receiver",
        "future",
        "notify",
        "notified",
        "notification",
        "wait",
        "listener",
        "handler",
        "handle",
        "trigger",
        "triggered",
        "complete",
        "completed",
        "done",
        "reason",
        "channel",
        "command",
        "message",
    ];
    let mut rest = words.peekable();
    asks && rest.peek().is_some() && rest.all(|word| !says_when.contains(&word))
}

/// Whether a function of a library that is not known may wait for signals, by its name: `service::shutdown_signal`.
pub fn sounds_like_signal(name: &str) -> bool {
    let has = |wanted: &[&str]| {
        words(name).any(|word| wanted.iter().any(|wanted| word.eq_ignore_ascii_case(wanted)))
    };
    has(&["signal", "signals", "sigterm", "sigint", "ctrlc", "interrupt", "termination"])
        || has(&["shutdown", "stop", "exit"])
            && has(&["wait", "await", "until", "listen", "listener", "handler", "on"])
}

/// The attribute of a `main` that makes it stop by itself when it is asked to.
pub fn attribute_handles_signals(path: &str) -> bool {
    matches!(
        path,
        "launch" | "rocket::launch" | "rocket::main" | "shuttle_runtime::main" | "shuttle_service::main"
    )
}

/// The crate, feature by feature, with which Ctrl-C stands for SIGTERM as well.
pub const WITH_TERMINATION: &[(&str, &str)] = &[("ctrlc", "termination"), ("async_ctrlc", "termination")];

/// Crates that turn on such a feature of one of those: the features of one build are shared by all of its crates.
pub const TURN_ON_TERMINATION: &[(&str, &str)] = &[("ceviche", "ctrlc")];

/// A method whose name alone says that it waits for, asks for or wraps with a wish to stop.
pub fn is_stop_method(name: &str) -> bool {
    STOP_METHODS.contains(&name)
}

/// A method that waits for a wish to stop if the name of its receiver says so; see [`sounds_like_stop`].
pub fn is_stop_method_if_named(name: &str) -> bool {
    STOP_METHODS_IF_NAMED.contains(&name)
}

/// Whether a name such as `shutdown_rx`, `quit` or `StopSignal` speaks of stopping.
pub fn sounds_like_stop(name: &str) -> bool {
    words(name).any(|word| STOP_WORDS.iter().any(|stop| word.eq_ignore_ascii_case(stop)))
}

/// The words of a name in snake or camel case.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split('_').flat_map(|part| {
        let starts = part.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
        let mut cuts: Vec<usize> = starts.filter(|at| *at > 0).collect();
        // `SIGTERM` is one word.
        if part.chars().all(|c| !c.is_lowercase()) {
            cuts.clear();
        }
        cuts.push(part.len());
        cuts.into_iter().scan(0, move |from, to| Some(&part[std::mem::replace(from, to)..to]))
    })
}

pub const STOP_METHODS: &[&str] = &[
    "cancelled",
    "cancelled_owned",
    "is_cancelled",
    "run_until_cancelled",
    "run_until_cancelled_owned",
    "with_cancellation_token",
    "with_cancellation_token_owned",
    "on_shutdown_requested",
    "is_shutdown_requested",
    "cancel_on_shutdown",
    "wait_shutdown_triggered",
    "wait_shutdown_complete",
    "wrap_cancel",
    "wrap_trigger_shutdown",
    "take_until",
    "take_until_if",
    "abortable",
    "with_graceful_shutdown",
    "graceful_shutdown",
    "serve_with_shutdown",
    "serve_with_incoming_shutdown",
    "run_with_graceful_shutdown",
    "shutdown_on_signal",
    "graceful_shutdown_on",
    "enable_ctrlc_handler",
    "ctrl_c",
    "ctrl_break",
];

pub const STOP_METHODS_IF_NAMED: &[&str] = &[
    "recv",
    "changed",
    "wait_for",
    "notified",
    "closed",
    "is_closed",
    "load",
    "has_changed",
    "wait",
    "try_recv",
];

pub const STOP_WORDS: &[&str] = &[
    "shutdown",
    "cancel",
    "canceled",
    "cancelled",
    "cancellation",
    "stop",
    "stopped",
    "stopping",
    "token",
    "quit",
    "kill",
    "term",
    "terminate",
    "exit",
    "signal",
    "sigterm",
    "sigint",
    "close",
    "closing",
    "abort",
    "done",
    "tripwire",
    "valve",
];

const fn row(paths: &'static [&'static str], kind: StopKind, source: &'static str) -> Stop {
    Stop { paths, kind, source }
}

pub static STOPS: &[Stop] = &[
    // Dropping a parent token cancels nothing; `let _ = token.drop_guard()` cancels at once.
    row(&["tokio_util::sync::CancellationToken"], StopKind::Token, "tokio-util 0.7.20 S"),
    row(
        &[
            "tokio_util::sync::CancellationToken::cancelled",
            "tokio_util::sync::CancellationToken::cancelled_owned",
        ],
        StopKind::Waits,
        "tokio-util 0.7.20 S",
    ),
    row(&["tokio_util::sync::CancellationToken::is_cancelled"], StopKind::Flag, "tokio-util 0.7.20 S"),
    row(
        &[
            "tokio_util::sync::CancellationToken::run_until_cancelled",
            "tokio_util::sync::CancellationToken::run_until_cancelled_owned",
            "tokio_util::future::FutureExt::with_cancellation_token",
            "tokio_util::future::FutureExt::with_cancellation_token_owned",
        ],
        StopKind::Wraps,
        "tokio-util 0.7.20 S",
    ),
    row(&["tokio_util::sync::CancellationToken::cancel"], StopKind::Stops, "tokio-util 0.7.20 S"),
    row(
        &[
            "tokio::sync::watch::Receiver",
            "tokio::sync::broadcast::Receiver",
            "tokio::sync::oneshot::Receiver",
            "tokio::sync::mpsc::Receiver",
            "tokio::sync::mpsc::UnboundedReceiver",
            "tokio::sync::Notify",
            "tokio::sync::SetOnce",
            "tokio::sync::Semaphore",
            "std::sync::atomic::AtomicBool",
        ],
        StopKind::Channel,
        "tokio 1.54.1 SX",
    ),
    // The sender waits for the receiver to go.
    row(
        &[
            "tokio::sync::mpsc::Sender::closed",
            "tokio::sync::mpsc::UnboundedSender::closed",
            "tokio::sync::oneshot::Sender::closed",
            "tokio::sync::watch::Sender::closed",
            "tokio::sync::broadcast::Sender::closed",
        ],
        StopKind::Waits,
        "tokio 1.54.1 S",
    ),
    row(
        &["tokio::sync::mpsc::Sender::is_closed", "tokio::sync::mpsc::UnboundedSender::is_closed"],
        StopKind::Flag,
        "tokio 1.54.1 S",
    ),
    // SIGINT only. Once polled, the default action is off for the whole process.
    row(&["tokio::signal::ctrl_c"], StopKind::Signal(Signal::Interrupt), "tokio 1.54.1 S"),
    row(&["tokio::signal::unix::signal"], StopKind::Signal(Signal::Chosen), "tokio 1.54.1 S"),
    row(
        &["tokio::signal::windows::ctrl_c", "tokio::signal::windows::ctrl_break"],
        StopKind::Signal(Signal::Interrupt),
        "tokio 1.54.1 S",
    ),
    row(
        &["tokio::signal::windows::ctrl_close", "tokio::signal::windows::ctrl_shutdown"],
        StopKind::Signal(Signal::Terminate),
        "tokio 1.54.1 S",
    ),
    // SIGTERM too, with the feature `termination`.
    row(
        &["ctrlc::set_handler", "ctrlc::try_set_handler", "async_ctrlc::CtrlC::new"],
        StopKind::Signal(Signal::Interrupt),
        "ctrlc 3.5.2 S",
    ),
    row(
        &[
            "signal_hook::flag::register",
            "signal_hook::iterator::Signals::new",
            "signal_hook_tokio::Signals::new",
            "async_signal::Signals::new",
        ],
        StopKind::Signal(Signal::Chosen),
        "signal-hook 0.3.18 S",
    ),
    row(
        &["tokio_graceful_shutdown::Toplevel::catch_signals"],
        StopKind::HandlesSignals,
        "tokio-graceful-shutdown 0.17.1 S",
    ),
    // Unless `disable_signals` is called.
    row(
        &[
            "actix_web::HttpServer::new",
            "actix_web::dev::Server::build",
            "actix_server::ServerBuilder::new",
            "ntex::web::HttpServer::new",
            "ntex::web::server",
        ],
        StopKind::HandlesSignals,
        "actix-web 4.18.1, actix-server 2.10.0, ntex 2 D",
    ),
    row(
        &[
            "rocket::build",
            "rocket::custom",
            "rocket::ignite",
            "rocket::Rocket::build",
            "rocket::Rocket::custom",
        ],
        StopKind::HandlesSignals,
        "rocket 0.5.1 D",
    ),
    row(
        &["pingora_core::server::Server::new", "pingora_core::server::Server::new_with_opt_and_conf"],
        StopKind::HandlesSignals,
        "pingora-core 0.6 D",
    ),
    row(
        &[
            "tokio_graceful::Shutdown::default",
            "tokio_graceful::Shutdown::builder",
            "tokio_graceful::default_signal",
            "tokio_shutdown::Shutdown::new",
        ],
        StopKind::HandlesSignals,
        "tokio-graceful 0.2, tokio-shutdown 0.1.5 D",
    ),
    row(&["loco_rs::cli::main"], StopKind::HandlesSignals, "loco-rs 0.16 D"),
    row(
        &["tokio_graceful_shutdown::SubsystemHandle::on_shutdown_requested"],
        StopKind::Waits,
        "tokio-graceful-shutdown 0.17.1 S",
    ),
    row(
        &["tokio_graceful_shutdown::SubsystemHandle::is_shutdown_requested"],
        StopKind::Flag,
        "tokio-graceful-shutdown 0.17.1 S",
    ),
    row(
        &["tokio_graceful_shutdown::FutureExt::cancel_on_shutdown"],
        StopKind::Wraps,
        "tokio-graceful-shutdown 0.17.1 S",
    ),
    row(
        &[
            "tokio_graceful_shutdown::SubsystemHandle",
            "async_shutdown::ShutdownManager",
            "tokio_shutdown::Shutdown",
            "stream_cancel::Tripwire",
            "stream_cancel::Valve",
        ],
        StopKind::Token,
        "tokio-graceful-shutdown 0.17.1, async-shutdown 0.2.2, tokio-shutdown 0.1.5, stream-cancel 0.8.2 S",
    ),
    // A dropped Trigger is an end at once, in silence.
    row(
        &["stream_cancel::Valve::wrap", "stream_cancel::StreamExt::take_until_if"],
        StopKind::Wraps,
        "stream-cancel 0.8.2 S",
    ),
    row(
        &[
            "async_shutdown::ShutdownManager::wait_shutdown_triggered",
            "async_shutdown::ShutdownManager::wait_shutdown_complete",
            "tokio_shutdown::Shutdown::handle",
        ],
        StopKind::Waits,
        "async-shutdown 0.2.2, tokio-shutdown 0.1.5 S",
    ),
    row(
        &[
            "async_shutdown::ShutdownManager::wrap_cancel",
            "async_shutdown::ShutdownManager::wrap_trigger_shutdown",
        ],
        StopKind::Wraps,
        "async-shutdown 0.2.2 S",
    ),
    row(
        &[
            "futures::stream::StreamExt::take_until",
            "futures::future::abortable",
            "futures::stream::abortable",
        ],
        StopKind::Wraps,
        "futures 0.3.34 S",
    ),
    row(&["futures::future::AbortHandle::abort"], StopKind::Stops, "futures 0.3.34 S"),
    row(&["axum::serve::Serve::with_graceful_shutdown"], StopKind::Server, "axum 0.8.9 S"),
    row(
        &["axum_server::Handle::graceful_shutdown", "axum_server::Handle::shutdown"],
        StopKind::Stops,
        "axum-server 0.9.0 S",
    ),
    row(
        &[
            "tonic::transport::Server::serve_with_shutdown",
            "tonic::transport::server::Router::serve_with_shutdown",
            "tonic::transport::server::Router::serve_with_incoming_shutdown",
        ],
        StopKind::Server,
        "tonic 0.14.9 S",
    ),
    row(&["actix_web::dev::ServerHandle::stop"], StopKind::Stops, "actix-server 2.10.0 S"),
    row(
        &[
            "poem::Server::run_with_graceful_shutdown",
            "hyper_util::server::graceful::GracefulShutdown::watch",
            "hyper_util::server::graceful::GracefulShutdown::shutdown",
        ],
        StopKind::Server,
        "poem 3.1.12, hyper-util 0.1.21 S",
    ),
    row(
        &[
            "kube::runtime::Controller::graceful_shutdown_on",
            "teloxide::dispatching::DispatcherBuilder::enable_ctrlc_handler",
        ],
        StopKind::Server,
        "kube-runtime 5.0.0, teloxide 0.17.0 S",
    ),
    row(&["kube::runtime::Controller::shutdown_on_signal"], StopKind::HandlesSignals, "kube-runtime 5.0.0 S"),
    row(&["std::sync::atomic::AtomicBool::load"], StopKind::Channel, "std 1.95.0 S"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names() {
        let of = |name| words(name).collect::<Vec<_>>();
        assert_eq!(of("shutdown_rx"), ["shutdown", "rx"]);
        assert_eq!(of("StopSignal"), ["Stop", "Signal"]);
        assert_eq!(of("SIGTERM"), ["SIGTERM"]);
        assert_eq!(of("großeÄnderung"), ["große", "Änderung"]);
    }

    #[test]
    fn names_of_signals() {
        let of = |path: &str| {
            let (owner, name) =
                path.split_once("::").map_or((None, path), |(owner, name)| (Some(owner), name));
            named_signal(owner, name)
        };
        for path in
            ["SignalKind::terminate", "libc::SIGTERM", "SIGTERM", "consts::TERM_SIGNALS", "Signal::Term"]
        {
            assert_eq!(of(path), Some(Signal::Terminate), "{path}");
        }
        assert_eq!(of("SignalKind::interrupt"), Some(Signal::Interrupt));
        for path in ["SignalKind::hangup", "terminate", "Process::terminate", "Term", ""] {
            assert_eq!(of(path), None, "{path}");
        }
    }

    #[test]
    fn calls_worth_a_look_for_signals() {
        assert!(may_wait_for_signal(Some("signal"), "ctrl_c") && may_wait_for_signal(None, "set_handler"));
        assert!(may_wait_for_signal(Some("Signals"), "new") && may_wait_for_signal(None, "signal"));
        assert!(!may_wait_for_signal(Some("Vec"), "new") && !may_wait_for_signal(None, "new"));
    }

    #[test]
    fn functions_of_unknown_libraries_that_may_wait_for_signals() {
        for name in ["shutdown_signal", "wait_for_shutdown", "sigterm", "on_exit", "ctrlc"] {
            assert!(sounds_like_signal(name), "{name}");
        }
        assert!(may_handle_signals("platform::shutdown_signal"));
        assert!(!may_handle_signals("tokio::signal::unix::SignalKind::interrupt"));
        for name in ["shutdown_tracer_provider", "exit", "spawn", "wait", "stop"] {
            assert!(!sounds_like_signal(name), "{name}");
        }
    }

    #[test]
    fn names_that_speak_of_stopping() {
        for name in ["shutdown_rx", "quit", "StopSignal", "SIGTERM", "is_done", "cancel2_token"] {
            assert!(sounds_like_stop(name), "{name}");
        }
        for name in ["terms", "stopwatch", "nonstop", "rx", "", "_", "tokens", "exiting"] {
            assert!(!sounds_like_stop(name), "{name}");
        }
    }
}
