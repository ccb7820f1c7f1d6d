//! Names that say enough on any type: methods of handles and their collections, adaptors of results and futures, and the
//! words people use for stopping, telling and waiting.
//!
//! They are asked only where the type is known to be such, or where taking a name at its word makes a lint silent.

use super::{has_any, in_lower_case};

/// What a method does to the handle of a task, to a collection of handles, or to what they are wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleMethod {
    /// Waits for the task and gives its outcome.
    Waits,
    Aborts,
    /// Looks at its life; the outcome stays unseen.
    Looks,
    LetsGo,
    /// Gives the handle, or one of several, or what is around it.
    Passes,
    /// Does something else to the collection that the handle is in.
    Ignores,
}

pub fn handle_method(name: &str) -> Option<HandleMethod> {
    Some(match name {
        "join" | "join_next" | "join_next_with_id" | "try_join_next" | "join_all" | "wait"
        | "now_or_never" | "poll" | "poll_unpin" | "poll_join_next" | "try_next" | "select_next_some" => {
            HandleMethod::Waits
        }
        "abort" | "abort_all" | "cancel" | "shutdown" => HandleMethod::Aborts,
        "is_finished" | "abort_handle" | "id" | "thread" | "len" | "is_empty" | "is_some" | "is_none"
        | "contains_key" | "unpark" | "keys" => HandleMethod::Looks,
        "detach" | "forget" | "leak" | "detach_all" => HandleMethod::LetsGo,
        "unwrap"
        | "expect"
        | "ok"
        | "take"
        | "as_mut"
        | "as_ref"
        | "as_deref_mut"
        | "as_deref"
        | "clone"
        | "iter"
        | "iter_mut"
        | "into_iter"
        | "drain"
        | "pop"
        | "pop_front"
        | "pop_back"
        | "remove"
        | "swap_remove"
        | "get"
        | "get_mut"
        | "first"
        | "last"
        | "first_mut"
        | "last_mut"
        | "next"
        | "values"
        | "values_mut"
        | "into_values"
        | "enumerate"
        | "zip"
        | "rev"
        | "chain"
        | "collect"
        | "map"
        | "filter_map"
        | "flat_map"
        | "for_each"
        | "filter"
        | "and_then"
        | "flatten"
        | "inspect"
        | "lock"
        | "try_lock"
        | "write"
        | "read"
        | "borrow"
        | "borrow_mut"
        | "get_or_insert_with"
        | "into_inner"
        | "split_off"
        | "fuse"
        | "boxed"
        | "boxed_local"
        | "shared"
        | "map_err"
        | "map_ok"
        | "then"
        | "as_pin_mut"
        | "get_mut_unchecked"
        | "replace"
        | "ok_or_else"
        | "ok_or"
        | "context"
        | "with_context"
        | "unwrap_or_else"
        | "entry"
        | "or_default"
        | "insert_entry"
        | "if_let"
        | "into_future"
        | "instrument"
        | "in_current_span"
        | "right_future"
        | "left_future"
        | "min"
        | "to_owned"
        | "try_for_each"
        | "for_each_concurrent"
        | "to_vec"
        | "peekable"
        | "skip"
        | "cloned"
        | "remove_entry"
        | "extract_if" => HandleMethod::Passes,
        "spawn" | "spawn_on" | "spawn_local" | "spawn_blocking" | "push" | "push_back" | "push_front"
        | "insert" | "clear" | "retain" | "reserve" | "extend" | "append" | "truncate" | "set_name"
        | "shrink_to_fit" => HandleMethod::Ignores,
        _ => return None,
    })
}

/// Whether a method puts its argument into its receiver.
pub fn adds_to_collection(name: &str) -> bool {
    matches!(
        name,
        "push"
            | "push_back"
            | "push_front"
            | "insert"
            | "extend"
            | "append"
            | "replace"
            | "get_or_insert"
            | "set"
            | "or_insert"
            | "insert_entry"
    )
}

/// What the caller of a closure does with what it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosureUse {
    /// It is in what the method gives.
    Yields,
    Ignores,
}

pub fn closure_use(name: &str) -> Option<ClosureUse> {
    match name {
        "map" | "filter_map" | "flat_map" | "and_then" | "then" | "map_or" | "unwrap_or_else" | "or_else"
        | "map_while" | "get_or_insert_with" | "or_insert_with" => Some(ClosureUse::Yields),
        "for_each" | "inspect" | "inspect_err" | "retain" => Some(ClosureUse::Ignores),
        _ => None,
    }
}

/// What an adaptor of a `Result`, or of a future of one, does to the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorAdaptor {
    /// It is there still, perhaps changed by a closure that may tell somebody.
    Keeps,
    /// A closure takes its place.
    Replaces,
    /// An `Option` becomes a `Result`: the error is made here.
    Makes,
}

pub fn error_adaptor(name: &str) -> Option<ErrorAdaptor> {
    match name {
        "map_err" | "inspect_err" | "context" | "with_context" | "wrap_err" | "wrap_err_with" | "map"
        | "map_ok" | "and_then" | "inspect" | "into_diagnostic" | "err_into" | "change_context"
        | "attach_printable" | "attach" | "ok_into" | "map_into" | "tap_err" | "log_err" | "flatten" => {
            Some(ErrorAdaptor::Keeps)
        }
        "or_else" | "unwrap_or_else" | "then" | "map_or_else" | "map_ok_or_else" => {
            Some(ErrorAdaptor::Replaces)
        }
        "ok_or" | "ok_or_else" => Some(ErrorAdaptor::Makes),
        _ => None,
    }
}

/// An adaptor whose closure is given the error, never the value.
pub fn gives_error_only(name: &str) -> bool {
    matches!(
        name,
        "map_err"
            | "inspect_err"
            | "or_else"
            | "unwrap_or_else"
            | "ok_or_else"
            | "with_context"
            | "wrap_err_with"
    )
}

/// A method that puts something into a collection or buffer.
pub fn fills(name: &str) -> bool {
    adds_to_collection(name)
        || matches!(
            name,
            "extend_from_slice"
                | "push_str"
                | "put"
                | "put_slice"
                | "put_bytes"
                | "write_all"
                | "write"
                | "update"
        )
}

/// A function that opens a connection to somebody: `connect_async`, `dial`.
pub fn names_dial(name: &str) -> bool {
    name.starts_with("connect") || name.starts_with("dial") || name.starts_with("client_async")
}

/// A function that serves one peer that came: `handle_connection`, `websocket_handler`.
pub fn names_peer_handler(name: &str) -> bool {
    let peer = ["connection", "socket", "websocket", "client", "peer", "conn", "ws", "upgrade"];
    let serves = ["handle", "handler", "serve", "on", "process", "accept"];
    let words = || name.split('_');
    words().any(|word| peer.contains(&word)) && words().any(|word| serves.contains(&word))
}

/// A function whose name says that it tells a person: `report_error`, `log_failure`, `capture_exception`.
pub fn names_report(name: &str) -> bool {
    has_any(
        name,
        &[
            "report",
            "log_",
            "_log",
            "warn",
            "capture_",
            "notify_err",
            "alert",
            "print_err",
            "eprint",
            "emit",
            "record_err",
            "tap_err",
            "handle_err",
            "on_error",
        ],
    ) || matches!(name, "log" | "trace" | "debug" | "info" | "error" | "fatal")
}

/// A method of a result whose name says that it logs the error: `log_err`, `log_if_error`, `or_log_error`.
pub fn logs_error(name: &str) -> bool {
    let has = |wanted: &[&str]| name.split('_').any(|word| wanted.contains(&word));
    has(&["log", "logs", "logged"]) && has(&["err", "error", "errors"])
}

/// A method that hands a value to somebody else.
pub fn names_send(name: &str) -> bool {
    matches!(
        name,
        "send"
            | "try_send"
            | "blocking_send"
            | "send_async"
            | "unbounded_send"
            | "send_replace"
            | "feed"
            | "do_send"
            | "publish"
            | "notify_one"
            | "notify_waiters"
            | "cancel"
            | "set_exception"
            | "fail"
            | "send_modify"
            | "send_if_modified"
    ) || name.starts_with("send_")
        || name.starts_with("set_status")
        || name.starts_with("set_error")
        || name.starts_with("mark_")
}

/// The methods that wait for the next message, item, connection or tick.
pub const RECEIVING: &[&str] = &[
    "recv",
    "recv_async",
    "blocking_recv",
    "recv_timeout",
    "recv_many",
    "next",
    "try_next",
    "changed",
    "accept",
    "poll",
    "tick",
    "join_next",
    "notified",
    "select_next_some",
    "recv_direct",
    "receive",
    "read_message",
    "next_line",
    "poll_message",
    "incoming",
];

/// One of [`RECEIVING`].
pub fn is_receive(name: &str) -> bool {
    RECEIVING.contains(&name)
}

/// A receiving method that blocks the thread rather than giving a future.
pub fn blocks_for_message(name: &str) -> bool {
    matches!(name, "blocking_recv" | "recv_timeout")
}

/// A method that reads what a peer has sent: `read_exact`, `read_datagram`. A plain `read` may be that of a lock.
pub fn names_read(name: &str) -> bool {
    name.starts_with("read_")
}

/// A function that waits for something from outside and gives it: `wait_for_request`.
pub fn names_wait(name: &str) -> bool {
    name.split('_').any(|word| word == "wait")
}

/// A timer, or what makes one: `flush_timer`, `ping_interval`, `new_interval_stream`.
pub fn names_timer(name: &str) -> bool {
    name.split('_').any(|word| matches!(word, "timer" | "interval" | "ticker" | "tick" | "ticks"))
}

/// A method that says how many messages it has received, and never that it failed.
pub fn counts_messages(name: &str) -> bool {
    matches!(name, "recv_many" | "blocking_recv_many")
}

/// A method that gives a `Result` more to say of its error, and keeps its value: those of the crates for errors.
pub fn adds_context(name: &str) -> bool {
    matches!(
        name,
        "context"
            | "with_context"
            | "wrap_err"
            | "wrap_err_with"
            | "into_diagnostic"
            | "change_context"
            | "attach_printable"
            | "attach"
            | "tap_err"
    )
}

/// A function that makes a connection or a subscription, by its name: `connect`, `connect_async`, `subscribe`, `redial`.
pub fn names_connect(name: &str) -> bool {
    name.split('_').any(|word| {
        matches!(
            word,
            "connect"
                | "connecting"
                | "connection"
                | "reconnect"
                | "subscribe"
                | "resubscribe"
                | "dial"
                | "redial"
                | "handshake"
                | "tunnel"
        )
    })
}

/// A function that takes work from somewhere, by its name: what fails once will fail again at once.
pub fn names_poll(name: &str) -> bool {
    name.split('_').any(|word| matches!(word, "poll" | "recv" | "receive" | "consume" | "listen" | "watch"))
}

/// A function that runs what it is given only until something else happens, by its name: `run_until_cancelled`,
/// `cancel_on_shutdown`, `race`.
pub fn names_race(name: &str) -> bool {
    has_any(
        name,
        &["until", "cancel", "abort", "race", "timeout", "shutdown", "select", "or_stop", "interrupt"],
    )
}

/// A function that lets time pass, by its name: `wait_for_retry`, `apply_backoff`, `throttle`, `pause`.
pub fn names_pause(name: &str) -> bool {
    name.split('_').any(|word| {
        matches!(
            word,
            "sleep"
                | "wait"
                | "delay"
                | "backoff"
                | "pause"
                | "throttle"
                | "retry"
                | "retries"
                | "snooze"
                | "tick"
                | "interval"
                | "cooldown"
                | "debounce"
                | "park"
                | "timeout"
        )
    })
}

/// A condition that holds as long as nobody has asked to stop: `running`, `is_alive`.
pub fn names_running(name: &str) -> bool {
    name.split('_').any(|word| matches!(word, "running" | "run" | "alive" | "active" | "keep" | "continue"))
}

/// A name of the wish that something stop: `shutdown_rx`, `cancelled`, `stop_signal`; not `closed`, `exited`, `done`.
pub fn names_wish_to_stop(name: &str) -> bool {
    let is_wish = |word: &str| {
        matches!(
            word,
            "shutdown" | "cancel" | "cancelled" | "canceled" | "cancellation" | "stop" | "quit" | "terminate"
        )
    };
    name == "ctrl_c" || name.split('_').any(is_wish)
}

/// A name that speaks of stopping: `shutdown`, `cancel_token`, `should_exit`, `is_closed`.
pub fn names_stop(name: &str) -> bool {
    let name = in_lower_case(name);
    has_any(
        &name,
        &[
            "shutdown",
            "shut_down",
            "shutting",
            "cancel",
            "stop",
            "exit",
            "quit",
            "terminat",
            "closed",
            "closing",
            "running",
            "drain",
            "kill",
            "abort",
            "signal",
            "destroy",
            "ctrl_c",
            "done",
            "finish",
            "alive",
            "halt",
            "token",
        ],
    )
}

/// A function that runs when something is being stopped, by its name. What is to `join_and_abort` waits first.
pub fn names_teardown(name: &str) -> bool {
    let name = in_lower_case(name);
    if name.starts_with("join_and_") || name.starts_with("wait_and_") {
        return false;
    }
    let name = format!("_{name}_");
    [
        "shutdown",
        "shut_down",
        "stop",
        "close",
        "drop",
        "terminate",
        "teardown",
        "tear_down",
        "cancel",
        "abort",
        "disconnect",
        "kill",
        "drain",
        "cleanup",
        "graceful",
        "finish",
        "halt",
        "dispose",
        "destroy",
        "join_all",
    ]
    .iter()
    .any(|word| name.contains(&format!("_{word}_")))
}

/// A folder or file of commands that a person gives: `tools`, `my-cli`, `commands`.
pub fn names_command(folder: &str) -> bool {
    folder.split(['-', '_']).any(|word| {
        matches!(word, "clis" | "tool" | "tools" | "cmd" | "cmds" | "command" | "commands")
            || word.ends_with("cli")
            || word.ends_with("ctl")
            || (word.ends_with("bench") && word != "workbench")
    })
}

/// A command for those who develop something with a program, by the name of its file or folder: it runs in their terminal.
pub fn names_dev_command(name: &str) -> bool {
    matches!(name, "dev" | "develop" | "playground")
}

/// A function or method that calls what it is given again: `retry`, `Retry::spawn`, `supervise`.
pub fn tries_again(name: &str) -> bool {
    let name = in_lower_case(name);
    has_any(
        &name,
        &["retry", "backoff", "reconnect", "supervis", "restart", "respawn", "keep_alive", "forever"],
    )
}

/// The type of one peer, or of what one peer asked for: `TcpStream`, `WebSocket`, `Request`.
pub fn names_one_peer(ty: &str) -> bool {
    has_any(
        ty,
        &[
            "TcpStream",
            "UnixStream",
            "TlsStream",
            "WebSocket",
            "Connection",
            "Conn",
            "Session",
            "Peer",
            "Socket",
            "Request",
            "Sink",
        ],
    )
}

/// A socket that is connected to one peer.
pub fn names_socket(ty: &str) -> bool {
    matches!(ty, "TcpStream" | "UnixStream" | "TlsStream" | "WebSocket")
}

/// As `names_socket`, also by a name of the project's own: `PeerSocket`, `WebSocketStream`.
pub fn names_connected_socket(ty: &str) -> bool {
    names_socket(ty)
        || ty.contains("WebSocket")
        || (ty.ends_with("Socket") && !ty.contains("Udp") && !ty.contains("Datagram"))
}

/// A trait of whatever bytes are read from or written to.
pub fn names_byte_stream(bound: &str) -> bool {
    matches!(bound, "AsyncRead" | "AsyncWrite" | "Read" | "Write")
}

/// A function that deals with one peer, by its name.
pub fn deals_with_one_peer(function: &str) -> bool {
    let function = in_lower_case(function);
    has_any(
        &function,
        &["connection", "_conn", "conn_", "session", "peer", "request", "_client", "handshake", "upgrade"],
    )
}

/// A method that starts what it is given beside its caller, by its name: `set.spawn(..)`, `executor.spawn_local(..)`.
pub fn names_spawn(name: &str) -> bool {
    name.split('_').any(|word| matches!(word, "spawn" | "spawned" | "spawner"))
}

/// As `names_spawn`, of what does nothing else with what it is given: `spawn_server(stopped())` starts something else, with it.
pub fn spawns_what_it_is_given(name: &str) -> bool {
    let is_plain = |word| {
        matches!(
            word,
            "spawn"
                | "local"
                | "blocking"
                | "on"
                | "with"
                | "name"
                | "named"
                | "task"
                | "detached"
                | "pinned"
        )
    };
    names_spawn(name) && name.split('_').all(is_plain)
}

/// A crate or folder for developers: its binaries and tasks are not a service.
pub fn names_dev_folder(name: &str) -> bool {
    name == "integration" || names_dev_tool(name)
}

/// As `names_dev_folder`, of a folder that a program lies in. Within a service `mod perf` and `mod sample` are parts of it.
pub fn names_folder_of_dev_programs(name: &str) -> bool {
    names_dev_folder(name)
        || matches!(
            name,
            "sample"
                | "samples"
                | "tutorial"
                | "tutorials"
                | "perf"
                | "scratch"
                | "toy"
                | "toys"
                | "poc"
                | "pocs"
                | "prototype"
                | "prototypes"
        )
}

/// A word in the name of a crate or program that says so.
pub fn names_dev_tool(name: &str) -> bool {
    let name = name.replace('-', "_");
    name.split('_').any(|word| {
        matches!(
            word,
            "test"
                | "tests"
                | "testing"
                | "bench"
                | "benches"
                | "benchmark"
                | "benchmarks"
                | "example"
                | "examples"
                | "mock"
                | "mocks"
                | "dummy"
                | "fuzz"
                | "xtask"
                | "simulator"
                | "simulation"
                | "testkit"
                | "e2e"
                | "demo"
                | "madsim"
                | "loadtest"
                | "loadgen"
                | "perftest"
                | "perftests"
                | "stresstest"
                | "stresser"
                | "fixture"
                | "fixtures"
                | "playground"
                | "playgrounds"
        )
    })
}

/// Methods so common that having one of this name in the workspace says nothing about the receiver.
pub fn is_common_method(name: &str) -> bool {
    matches!(
        name,
        "new"
            | "get"
            | "set"
            | "next"
            | "send"
            | "recv"
            | "clone"
            | "len"
            | "push"
            | "pop"
            | "insert"
            | "remove"
            | "contains"
            | "iter"
            | "map"
            | "then"
            | "take"
            | "start"
            | "stop"
            | "run"
            | "close"
            | "read"
            | "write"
            | "flush"
            | "poll"
            | "call"
            | "into"
            | "from"
            | "as_ref"
            | "as_mut"
            | "name"
            | "id"
            | "path"
            | "kind"
            | "build"
            | "default"
            | "connect"
            | "accept"
            | "bind"
            | "listen"
            | "join"
            | "wait"
            | "spawn"
            | "execute"
            | "query"
            | "update"
            | "delete"
            | "create"
            | "open"
            | "load"
            | "save"
            | "parse"
            | "to_string"
            | "fmt"
            | "eq"
            | "cmp"
            | "hash"
            | "drop"
            | "await"
            | "shutdown"
            | "cancel"
            | "subscribe"
            | "publish"
            | "handle"
            | "process"
            | "request"
            | "response"
            | "status"
            | "state"
            | "inner"
            | "into_inner"
            | "lock"
            | "unlock"
            | "reset"
            | "clear"
            | "extend"
            | "append"
            | "split"
            | "error"
    )
}

/// A method that ends tasks or asks them to end.
pub fn stops_tasks(name: &str) -> bool {
    matches!(
        name,
        "abort"
            | "abort_all"
            | "cancel"
            | "close"
            | "shutdown"
            | "stop"
            | "notify_waiters"
            | "trigger"
            | "kill"
            | "terminate"
    ) || name.starts_with("send_shutdown")
        || name.starts_with("signal_shutdown")
        || name.starts_with("trigger_shutdown")
}

/// A method, function or macro that makes the end or the panic of what it is called in known to others.
pub fn guards_task(name: &str) -> bool {
    matches!(
        name,
        "catch_unwind"
            | "drop_guard"
            | "drop_guard_ref"
            | "defer"
            | "guard"
            | "DropGuard"
            | "AbortOnPanic"
            | "scopeguard"
    ) || name.starts_with("cancel_on")
        || name.ends_with("_or_abort")
        || name.ends_with("_or_exit")
}

/// A method that ends a task at once: what it gives after that is of no interest.
pub fn ends_task(name: &str) -> bool {
    matches!(name, "abort" | "abort_all" | "cancel" | "kill")
}

/// A function or method that reads a value from a text, which is all that can be wrong with it.
pub fn names_parse(name: &str) -> bool {
    matches!(name, "parse" | "from_str" | "try_new")
}

/// A function or method whose call, when a program stops, changes nothing that the end of the process would not: it looks
/// at something, turns it into a text, prints it, or ends the program.
pub fn leaves_nothing_done(name: &str) -> bool {
    matches!(
        name,
        "unwrap"
            | "expect"
            | "ok"
            | "err"
            | "is_ok"
            | "is_err"
            | "is_some"
            | "is_none"
            | "unwrap_or_default"
            | "unwrap_or_else"
            | "unwrap_or"
            | "map"
            | "map_err"
            | "context"
            | "with_context"
            | "clone"
            | "into"
            | "from"
            | "to_string"
            | "to_owned"
            | "as_ref"
            | "as_str"
            | "exit"
            | "abort"
            | "abort_all"
            | "drop"
            | "now"
            | "elapsed"
            | "len"
            | "id"
            | "pid"
            | "Ok"
            | "Err"
            | "Some"
            | "new"
            | "default"
    )
}

/// A function that a derive gives to a type and that makes a value of it: of `Default`, and of those who read arguments.
pub fn is_derived_constructor(name: &str) -> bool {
    matches!(name, "default" | "parse" | "parse_from" | "from_args")
}

/// A function or method that runs a future to its end where it is called.
pub fn blocks_on(name: &str) -> bool {
    matches!(name, "block_on" | "block_on_all")
}
