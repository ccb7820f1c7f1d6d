//! What functions and methods of libraries return.
//!
//! Only what is sure has a row: a wrong one makes a false finding, a missing one at most misses a bug.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustc_hash::FxHashSet;

use super::types::types_giving;
use super::{Index, canonical};

/// What a call gives. The text of the type is explained in the module above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The type parameters that `output` speaks of, in order: of the receiver's type, which may have more of them; for
    /// functions, those written with `::<..>`.
    pub params: &'static [&'static str],
    pub output: &'static str,
    /// The call gives a future, and awaiting that gives `output`.
    pub is_async: bool,
    pub source: &'static str,
}

/// What the function or method of this path returns.
pub fn signature(path: &str) -> Option<Signature> {
    static INDEX: LazyLock<Index<Group>> =
        LazyLock::new(|| GROUPS.iter().map(|group| (group.of, group)).collect());
    let path = canonical(path);
    let (owner, name) = path.rsplit_once("::")?;
    // The type, or the module of a function, may have names of its own.
    INDEX.get(owner)?.row(name)
}

/// What a method of an extension trait returns, for a receiver that is a future, a stream or the like.
pub fn extension(bound: Bound, name: &str) -> Option<Signature> {
    GROUPS.iter().filter(|group| group.extends == Some(bound)).find_map(|group| group.row(name))
}

/// What a value of some library types can come out of.
#[derive(Debug)]
pub struct Sources {
    /// The types, and those that give them.
    pub types: FxHashSet<&'static str>,
    /// The functions and methods that give a value of one of these types, by their paths.
    pub calls: Vec<String>,
}

/// What a value of these types can come out of. It takes a look at all rows, for the same few types again and again.
pub fn sources_of(of: &[&'static str]) -> Arc<Sources> {
    static KNOWN: Mutex<BTreeMap<Vec<&str>, Arc<Sources>>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(sources) = known.get(of) {
        return sources.clone();
    }
    let types = types_giving(of);
    let speaks = |row: &&Row| types.iter().any(|path| row.output.contains(path));
    let calls = GROUPS
        .iter()
        .flat_map(|group| group.rows.iter().filter(speaks).map(|row| format!("{}::{}", group.of, row.name)));
    let sources = Arc::new(Sources { calls: calls.collect(), types });
    known.insert(of.to_vec(), sources.clone());
    sources
}

/// The functions of a module, or the methods of a type or trait.
#[derive(Debug)]
pub struct Group {
    pub of: &'static str,
    pub params: &'static [&'static str],
    /// A trait whose methods every type of this kind has, once the trait is in scope.
    pub extends: Option<Bound>,
    pub source: &'static str,
    pub rows: &'static [Row],
}

/// What a type has to be for an extension trait to apply to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Future,
    Stream,
    Iterator,
    Sink,
    Read,
    Write,
    AsyncRead,
    AsyncWrite,
}

/// One function or method of a group.
#[derive(Debug)]
pub struct Row {
    pub name: &'static str,
    pub output: &'static str,
    pub is_async: bool,
}

impl Group {
    fn row(&self, name: &str) -> Option<Signature> {
        let row = self.rows.iter().find(|row| row.name == name)?;
        Some(Signature {
            params: self.params,
            output: row.output,
            is_async: row.is_async,
            source: self.source,
        })
    }
}

/// A function that returns.
const fn call(name: &'static str, output: &'static str) -> Row {
    Row { name, output, is_async: false }
}

/// A function that gives a future.
const fn wait(name: &'static str, output: &'static str) -> Row {
    Row { name, output, is_async: true }
}

const fn group(
    of: &'static str,
    params: &'static [&'static str],
    source: &'static str,
    rows: &'static [Row],
) -> Group {
    Group { of, params, extends: None, source, rows }
}

const fn ext(of: &'static str, bound: Bound, source: &'static str, rows: &'static [Row]) -> Group {
    Group { of, params: &[], extends: Some(bound), source, rows }
}

const T: &[&str] = &["T"];
const KV: &[&str] = &["K", "V"];
const NONE: &[&str] = &[];

const STD: &str = "std 1.95.0 D";
const TOKIO: &str = "tokio 1.54.1 S";
const TOKIO_UTIL: &str = "tokio-util 0.7.20 S";
const TOKIO_STREAM: &str = "tokio-stream 0.1.19 S";
const FUTURES: &str = "futures 0.3.34 S";

#[rustfmt::skip]
pub static GROUPS: &[Group] = &[
    // std: values
    group("std::option::Option", T, STD, &[
        call("is_some", "bool"), call("is_none", "bool"), call("is_some_and", "bool"), call("is_none_or", "bool"),
        call("unwrap", "T"), call("expect", "T"), call("unwrap_or", "T"), call("unwrap_or_else", "T"), call("unwrap_or_default", "T"),
        call("take", "Option<T>"), call("replace", "Option<T>"), call("insert", "&mut T"), call("get_or_insert", "&mut T"),
        call("get_or_insert_with", "&mut T"), call("or", "Option<T>"), call("or_else", "Option<T>"), call("xor", "Option<T>"),
        call("filter", "Option<T>"), call("inspect", "Option<T>"), call("take_if", "Option<T>"), call("flatten", "T"),
        call("transpose", "Result<Option<T::Ok>, T::Error>"),
        call("as_ref", "Option<&T>"), call("as_mut", "Option<&mut T>"), call("cloned", "Option<T>"), call("copied", "Option<T>"),
        call("map", "Option<Arg0::Return>"), call("and_then", "Arg0::Return"), call("and", "Arg0"),
        call("map_or", "Arg0"), call("map_or_else", "Arg0::Return"),
        call("ok_or", "Result<T, Arg0>"), call("ok_or_else", "Result<T, Arg0::Return>"),
        call("iter", "impl Iterator<Item = &T>"), call("into_iter", "impl Iterator<Item = T>"),
    ]),
    group("std::result::Result", &["T", "E"], STD, &[
        call("is_ok", "bool"), call("is_err", "bool"), call("is_ok_and", "bool"), call("is_err_and", "bool"),
        call("ok", "Option<T>"), call("err", "Option<E>"),
        call("unwrap", "T"), call("expect", "T"), call("unwrap_or", "T"), call("unwrap_or_else", "T"), call("unwrap_or_default", "T"),
        call("unwrap_err", "E"), call("expect_err", "E"),
        call("as_ref", "Result<&T, &E>"), call("as_mut", "Result<&mut T, &mut E>"), call("cloned", "Result<T, E>"), call("copied", "Result<T, E>"),
        call("map", "Result<Arg0::Return, E>"), call("map_err", "Result<T, Arg0::Return>"), call("and_then", "Arg0::Return"),
        call("or_else", "Arg0::Return"), call("and", "Arg0"), call("or", "Arg0"),
        call("map_or", "Arg0"), call("map_or_else", "Arg0::Return"),
        call("inspect", "Result<T, E>"), call("inspect_err", "Result<T, E>"), call("flatten", "T"), call("transpose", "Option<Result<T::Item, E>>"),
        call("iter", "impl Iterator<Item = &T>"), call("into_iter", "impl Iterator<Item = T>"),
    ]),
    group("std::vec::Vec", T, STD, &[
        call("new", "Vec<T>"), call("with_capacity", "Vec<T>"), call("push", "()"), call("pop", "Option<T>"), call("insert", "()"),
        call("remove", "T"), call("swap_remove", "T"), call("clear", "()"), call("truncate", "()"), call("append", "()"),
        call("extend", "()"), call("retain", "()"), call("retain_mut", "()"), call("reserve", "()"), call("split_off", "Vec<T>"),
        call("len", "usize"), call("is_empty", "bool"), call("drain", "impl Iterator<Item = T>"),
        call("iter", "impl Iterator<Item = &T>"), call("iter_mut", "impl Iterator<Item = &mut T>"), call("into_iter", "impl Iterator<Item = T>"),
        call("first", "Option<&T>"), call("first_mut", "Option<&mut T>"), call("last", "Option<&T>"), call("last_mut", "Option<&mut T>"),
        call("contains", "bool"), call("sort", "()"), call("sort_by", "()"), call("sort_by_key", "()"), call("reverse", "()"),
        call("as_slice", "&[T]"), call("as_mut_slice", "&mut [T]"), call("into_boxed_slice", "Box<[T]>"), call("to_vec", "Vec<T>"),
        // With a range they give slices, which nobody takes for elements.
        call("get", "Option<&T>"), call("get_mut", "Option<&mut T>"),
        call("chunks", "impl Iterator<Item = &[T]>"), call("windows", "impl Iterator<Item = &[T]>"), call("pop_if", "Option<T>"),
    ]),
    group("std::collections::VecDeque", T, STD, &[
        call("new", "std::collections::VecDeque<T>"), call("with_capacity", "std::collections::VecDeque<T>"),
        call("push_back", "()"), call("push_front", "()"), call("pop_back", "Option<T>"), call("pop_front", "Option<T>"),
        call("front", "Option<&T>"), call("front_mut", "Option<&mut T>"), call("back", "Option<&T>"), call("back_mut", "Option<&mut T>"),
        call("remove", "Option<T>"), call("drain", "impl Iterator<Item = T>"), call("clear", "()"), call("len", "usize"), call("is_empty", "bool"),
        call("iter", "impl Iterator<Item = &T>"), call("iter_mut", "impl Iterator<Item = &mut T>"), call("into_iter", "impl Iterator<Item = T>"),
        call("extend", "()"), call("get", "Option<&T>"), call("get_mut", "Option<&mut T>"), call("retain", "()"),
    ]),
    group("std::collections::HashMap", KV, STD, &[
        call("new", "std::collections::HashMap<K, V>"), call("with_capacity", "std::collections::HashMap<K, V>"),
        call("insert", "Option<V>"), call("remove", "Option<V>"), call("remove_entry", "Option<(K, V)>"),
        call("get", "Option<&V>"), call("get_mut", "Option<&mut V>"), call("get_key_value", "Option<(&K, &V)>"), call("contains_key", "bool"),
        call("clear", "()"), call("len", "usize"), call("is_empty", "bool"), call("retain", "()"), call("extend", "()"),
        call("iter", "impl Iterator<Item = (&K, &V)>"), call("iter_mut", "impl Iterator<Item = (&K, &mut V)>"), call("into_iter", "impl Iterator<Item = (K, V)>"),
        call("keys", "impl Iterator<Item = &K>"), call("values", "impl Iterator<Item = &V>"), call("values_mut", "impl Iterator<Item = &mut V>"),
        call("into_keys", "impl Iterator<Item = K>"), call("into_values", "impl Iterator<Item = V>"), call("drain", "impl Iterator<Item = (K, V)>"),
        call("entry", "std::collections::hash_map::Entry<K, V>"),
    ]),
    group("std::collections::hash_map::Entry", KV, STD, &[
        call("or_insert", "&mut V"), call("or_insert_with", "&mut V"), call("or_insert_with_key", "&mut V"), call("or_default", "&mut V"),
        call("and_modify", "std::collections::hash_map::Entry<K, V>"), call("key", "&K"),
    ]),
    group("std::collections::BTreeMap", KV, STD, &[
        call("new", "std::collections::BTreeMap<K, V>"), call("insert", "Option<V>"), call("remove", "Option<V>"),
        call("get", "Option<&V>"), call("get_mut", "Option<&mut V>"), call("contains_key", "bool"), call("clear", "()"),
        call("len", "usize"), call("is_empty", "bool"), call("retain", "()"), call("first_key_value", "Option<(&K, &V)>"),
        call("last_key_value", "Option<(&K, &V)>"), call("pop_first", "Option<(K, V)>"), call("pop_last", "Option<(K, V)>"),
        call("iter", "impl Iterator<Item = (&K, &V)>"), call("iter_mut", "impl Iterator<Item = (&K, &mut V)>"), call("into_iter", "impl Iterator<Item = (K, V)>"),
        call("keys", "impl Iterator<Item = &K>"), call("values", "impl Iterator<Item = &V>"), call("values_mut", "impl Iterator<Item = &mut V>"),
        call("into_keys", "impl Iterator<Item = K>"), call("into_values", "impl Iterator<Item = V>"),
        call("entry", "std::collections::btree_map::Entry<K, V>"),
    ]),
    group("std::collections::btree_map::Entry", KV, STD, &[
        call("or_insert", "&mut V"), call("or_insert_with", "&mut V"), call("or_default", "&mut V"),
        call("and_modify", "std::collections::btree_map::Entry<K, V>"), call("key", "&K"),
    ]),
    group("std::collections::HashSet", T, STD, &[
        call("new", "std::collections::HashSet<T>"), call("with_capacity", "std::collections::HashSet<T>"), call("insert", "bool"),
        call("remove", "bool"), call("take", "Option<T>"), call("contains", "bool"), call("get", "Option<&T>"), call("clear", "()"),
        call("len", "usize"), call("is_empty", "bool"), call("retain", "()"), call("drain", "impl Iterator<Item = T>"),
        call("iter", "impl Iterator<Item = &T>"), call("into_iter", "impl Iterator<Item = T>"), call("extend", "()"),
    ]),
    group("std::collections::BTreeSet", T, STD, &[
        call("new", "std::collections::BTreeSet<T>"), call("insert", "bool"), call("remove", "bool"), call("contains", "bool"),
        call("first", "Option<&T>"), call("last", "Option<&T>"), call("pop_first", "Option<T>"), call("pop_last", "Option<T>"),
        call("len", "usize"), call("is_empty", "bool"), call("iter", "impl Iterator<Item = &T>"), call("into_iter", "impl Iterator<Item = T>"),
    ]),
    group("std::string::String", NONE, STD, &[
        call("new", "String"), call("with_capacity", "String"), call("from_utf8", "Result<String, std::string::FromUtf8Error>"),
        call("push", "()"), call("push_str", "()"), call("clear", "()"), call("len", "usize"), call("is_empty", "bool"), call("pop", "Option<char>"),
        call("as_str", "&str"), call("as_bytes", "&[u8]"), call("into_bytes", "Vec<u8>"), call("truncate", "()"),
        call("trim", "&str"), call("to_lowercase", "String"), call("to_uppercase", "String"), call("to_owned", "String"),
        call("starts_with", "bool"), call("ends_with", "bool"), call("contains", "bool"), call("lines", "impl Iterator<Item = &str>"),
        call("chars", "impl Iterator<Item = char>"), call("split_once", "Option<(&str, &str)>"),
    ]),
    group("std::boxed::Box", T, STD, &[
        call("new", "Box<Arg0>"), call("pin", "std::pin::Pin<Box<Arg0>>"), call("leak", "&mut T"), call("from_raw", "Box<Arg0>"), call("into_raw", "Arg0"), call("into_pin", "std::pin::Pin<Box<T>>"),
    ]),
    group("std::sync::Arc", T, STD, &[
        call("new", "std::sync::Arc<Arg0>"), call("pin", "std::pin::Pin<std::sync::Arc<Arg0>>"),
        call("try_unwrap", "Result<T, std::sync::Arc<T>>"), call("into_inner", "Option<T>"), call("get_mut", "Option<&mut T>"), call("make_mut", "&mut T"),
        call("unwrap_or_clone", "T"), call("downgrade", "std::sync::Weak<T>"), call("strong_count", "usize"), call("weak_count", "usize"), call("ptr_eq", "bool"),
        call("clone", "std::sync::Arc<T>"),
    ]),
    group("std::sync::Weak", T, STD, &[
        call("new", "std::sync::Weak<T>"), call("upgrade", "Option<std::sync::Arc<T>>"), call("clone", "std::sync::Weak<T>"),
        call("strong_count", "usize"),
    ]),
    group("std::rc::Rc", T, STD, &[
        call("new", "std::rc::Rc<Arg0>"), call("try_unwrap", "Result<T, std::rc::Rc<T>>"), call("into_inner", "Option<T>"),
        call("get_mut", "Option<&mut T>"), call("downgrade", "std::rc::Weak<T>"), call("clone", "std::rc::Rc<T>"), call("strong_count", "usize"),
    ]),
    group("std::rc::Weak", T, STD, &[call("new", "std::rc::Weak<T>"), call("upgrade", "Option<std::rc::Rc<T>>"), call("clone", "std::rc::Weak<T>")]),
    group("std::pin::Pin", T, STD, &[call("new", "std::pin::Pin<Arg0>"), call("as_mut", "std::pin::Pin<&mut T>"), call("set", "()")]),
    group("std::cell::Cell", T, STD, &[
        call("new", "std::cell::Cell<Arg0>"), call("get", "T"), call("set", "()"), call("take", "T"), call("replace", "T"), call("into_inner", "T"),
    ]),
    group("std::cell::RefCell", T, STD, &[
        call("new", "std::cell::RefCell<Arg0>"), call("borrow", "std::cell::Ref<T>"), call("borrow_mut", "std::cell::RefMut<T>"),
        call("try_borrow", "Result<std::cell::Ref<T>, std::cell::BorrowError>"), call("try_borrow_mut", "Result<std::cell::RefMut<T>, std::cell::BorrowMutError>"),
        call("take", "T"), call("replace", "T"), call("into_inner", "T"),
    ]),
    group("std::cell::OnceCell", T, STD, &[
        call("new", "std::cell::OnceCell<T>"), call("get", "Option<&T>"), call("set", "Result<(), T>"), call("get_or_init", "&T"), call("take", "Option<T>"), call("into_inner", "Option<T>"),
    ]),
    group("std::sync::OnceLock", T, STD, &[
        call("new", "std::sync::OnceLock<T>"), call("get", "Option<&T>"), call("set", "Result<(), T>"), call("get_or_init", "&T"), call("take", "Option<T>"), call("into_inner", "Option<T>"),
    ]),
    group("std::sync::LazyLock", NONE, STD, &[call("new", "std::sync::LazyLock<Arg0::Return>")]),
    group("std::mem", NONE, STD, &[
        call("take", "Arg0"), call("replace", "Arg0"), call("swap", "()"), call("drop", "()"), call("forget", "()"),
    ]),
    group("std::clone::Clone", NONE, STD, &[call("clone", "Self")]),
    group("std::string::ToString", NONE, STD, &[call("to_string", "String")]),

    // std: iterators
    ext("std::iter::Iterator", Bound::Iterator, STD, &[
        call("next", "Option<Self::Item>"), call("last", "Option<Self::Item>"), call("nth", "Option<Self::Item>"), call("count", "usize"),
        call("map", "impl Iterator<Item = Arg0::Return>"), call("filter", "impl Iterator<Item = Self::Item>"),
        call("filter_map", "impl Iterator<Item = Arg0::Return::Item>"), call("flat_map", "impl Iterator<Item = Arg0::Return::Item>"),
        call("flatten", "impl Iterator<Item = Self::Item::Item>"), call("enumerate", "impl Iterator<Item = (usize, Self::Item)>"),
        call("zip", "impl Iterator<Item = (Self::Item, Arg0::Item)>"), call("chain", "impl Iterator<Item = Self::Item>"),
        call("rev", "impl Iterator<Item = Self::Item>"), call("skip", "impl Iterator<Item = Self::Item>"), call("take", "impl Iterator<Item = Self::Item>"),
        call("skip_while", "impl Iterator<Item = Self::Item>"), call("take_while", "impl Iterator<Item = Self::Item>"),
        call("step_by", "impl Iterator<Item = Self::Item>"), call("inspect", "impl Iterator<Item = Self::Item>"), call("fuse", "impl Iterator<Item = Self::Item>"),
        call("cycle", "impl Iterator<Item = Self::Item>"), call("peekable", "impl Iterator<Item = Self::Item>"), call("by_ref", "&mut Self"),
        call("into_iter", "Self"), call("for_each", "()"), call("find", "Option<Self::Item>"), call("find_map", "Arg0::Return"), call("position", "Option<usize>"),
        call("any", "bool"), call("all", "bool"), call("max_by_key", "Option<Self::Item>"), call("min_by_key", "Option<Self::Item>"),
        call("max", "Option<Self::Item>"), call("min", "Option<Self::Item>"), call("next_back", "Option<Self::Item>"),
        call("fold", "Arg0"), call("reduce", "Option<Self::Item>"), call("try_for_each", "Arg0::Return"),
    ]),

    // std: threads and locks
    group("std::thread", NONE, STD, &[
        call("spawn", "std::thread::JoinHandle<Arg0::Return>"), call("scope", "Arg0::Return"), call("sleep", "()"), call("yield_now", "()"),
        call("current", "std::thread::Thread"), call("park", "()"), call("park_timeout", "()"), call("panicking", "bool"),
        call("available_parallelism", "std::io::Result<std::num::NonZero<usize>>"),
    ]),
    group("std::thread::JoinHandle", T, STD, &[
        call("join", "std::thread::Result<T>"), call("is_finished", "bool"), call("thread", "&std::thread::Thread"),
    ]),
    group("std::thread::ScopedJoinHandle", T, STD, &[call("join", "std::thread::Result<T>"), call("is_finished", "bool"), call("thread", "&std::thread::Thread")]),
    group("std::thread::Scope", NONE, STD, &[call("spawn", "std::thread::ScopedJoinHandle<Arg0::Return>")]),
    group("std::thread::Builder", NONE, STD, &[
        call("new", "std::thread::Builder"), call("name", "std::thread::Builder"), call("stack_size", "std::thread::Builder"),
        call("spawn", "std::io::Result<std::thread::JoinHandle<Arg0::Return>>"), call("spawn_scoped", "std::io::Result<std::thread::ScopedJoinHandle<Arg1::Return>>"),
    ]),
    group("std::sync::mpsc", T, STD, &[
        call("channel", "(std::sync::mpsc::Sender<T>, std::sync::mpsc::Receiver<T>)"),
        call("sync_channel", "(std::sync::mpsc::SyncSender<T>, std::sync::mpsc::Receiver<T>)"),
    ]),
    group("std::sync::mpsc::Sender", T, STD, &[call("send", "Result<(), std::sync::mpsc::SendError<T>>"), call("clone", "std::sync::mpsc::Sender<T>")]),
    group("std::sync::mpsc::SyncSender", T, STD, &[
        call("send", "Result<(), std::sync::mpsc::SendError<T>>"), call("try_send", "Result<(), std::sync::mpsc::TrySendError<T>>"), call("clone", "std::sync::mpsc::SyncSender<T>"),
    ]),
    group("std::sync::mpsc::Receiver", T, STD, &[
        call("recv", "Result<T, std::sync::mpsc::RecvError>"), call("try_recv", "Result<T, std::sync::mpsc::TryRecvError>"),
        call("recv_timeout", "Result<T, std::sync::mpsc::RecvTimeoutError>"), call("iter", "impl Iterator<Item = T>"),
        call("try_iter", "impl Iterator<Item = T>"), call("into_iter", "impl Iterator<Item = T>"),
    ]),
    group("std::sync::Mutex", T, STD, &[
        call("new", "std::sync::Mutex<Arg0>"), call("lock", "std::sync::LockResult<std::sync::MutexGuard<T>>"),
        call("try_lock", "std::sync::TryLockResult<std::sync::MutexGuard<T>>"), call("into_inner", "std::sync::LockResult<T>"),
        call("get_mut", "std::sync::LockResult<&mut T>"), call("is_poisoned", "bool"),
    ]),
    group("std::sync::RwLock", T, STD, &[
        call("new", "std::sync::RwLock<Arg0>"), call("read", "std::sync::LockResult<std::sync::RwLockReadGuard<T>>"),
        call("write", "std::sync::LockResult<std::sync::RwLockWriteGuard<T>>"), call("into_inner", "std::sync::LockResult<T>"),
        call("try_read", "std::sync::TryLockResult<std::sync::RwLockReadGuard<T>>"), call("try_write", "std::sync::TryLockResult<std::sync::RwLockWriteGuard<T>>"),
    ]),
    group("std::sync::Condvar", NONE, STD, &[
        call("new", "std::sync::Condvar"), call("wait", "std::sync::LockResult<Arg0>"), call("wait_while", "std::sync::LockResult<Arg0>"), call("notify_one", "()"), call("notify_all", "()"),
    ]),
    group("std::sync::PoisonError", T, STD, &[call("into_inner", "T"), call("get_ref", "&T"), call("get_mut", "&mut T")]),
    group("std::sync::atomic::AtomicBool", NONE, STD, &[
        call("new", "std::sync::atomic::AtomicBool"), call("load", "bool"), call("store", "()"), call("swap", "bool"), call("fetch_or", "bool"), call("fetch_and", "bool"),
        call("compare_exchange", "Result<bool, bool>"),
    ]),
    group("std::sync::atomic::AtomicUsize", NONE, STD, &[
        call("new", "std::sync::atomic::AtomicUsize"), call("load", "usize"), call("store", "()"), call("fetch_add", "usize"), call("fetch_sub", "usize"), call("swap", "usize"),
    ]),
    group("std::sync::atomic::AtomicU64", NONE, STD, &[
        call("new", "std::sync::atomic::AtomicU64"), call("load", "u64"), call("store", "()"), call("fetch_add", "u64"), call("fetch_sub", "u64"), call("swap", "u64"),
    ]),

    // std: the world
    group("std::process", NONE, STD, &[call("exit", "!"), call("abort", "!"), call("id", "u32")]),
    group("std::process::Command", NONE, STD, &[
        call("new", "std::process::Command"), call("arg", "&mut std::process::Command"), call("args", "&mut std::process::Command"), call("env", "&mut std::process::Command"),
        call("envs", "&mut std::process::Command"), call("current_dir", "&mut std::process::Command"), call("stdin", "&mut std::process::Command"),
        call("stdout", "&mut std::process::Command"), call("stderr", "&mut std::process::Command"),
        call("spawn", "std::io::Result<std::process::Child>"), call("output", "std::io::Result<std::process::Output>"), call("status", "std::io::Result<std::process::ExitStatus>"),
    ]),
    group("std::process::Child", NONE, STD, &[
        call("wait", "std::io::Result<std::process::ExitStatus>"), call("try_wait", "std::io::Result<Option<std::process::ExitStatus>>"),
        call("wait_with_output", "std::io::Result<std::process::Output>"), call("kill", "std::io::Result<()>"), call("id", "u32"),
    ]),
    group("std::process::ExitStatus", NONE, STD, &[call("success", "bool"), call("code", "Option<i32>")]),
    group("std::fs", NONE, STD, &[
        call("read", "std::io::Result<Vec<u8>>"), call("read_to_string", "std::io::Result<String>"), call("write", "std::io::Result<()>"),
        call("remove_file", "std::io::Result<()>"), call("remove_dir", "std::io::Result<()>"), call("remove_dir_all", "std::io::Result<()>"),
        call("create_dir", "std::io::Result<()>"), call("create_dir_all", "std::io::Result<()>"), call("rename", "std::io::Result<()>"), call("copy", "std::io::Result<u64>"),
        call("metadata", "std::io::Result<std::fs::Metadata>"), call("read_dir", "std::io::Result<std::fs::ReadDir>"), call("canonicalize", "std::io::Result<std::path::PathBuf>"),
        call("exists", "std::io::Result<bool>"),
    ]),
    group("std::fs::File", NONE, STD, &[
        call("open", "std::io::Result<std::fs::File>"), call("create", "std::io::Result<std::fs::File>"), call("sync_all", "std::io::Result<()>"),
        call("sync_data", "std::io::Result<()>"), call("set_len", "std::io::Result<()>"), call("metadata", "std::io::Result<std::fs::Metadata>"), call("try_clone", "std::io::Result<std::fs::File>"),
    ]),
    group("std::fs::OpenOptions", NONE, STD, &[
        call("new", "std::fs::OpenOptions"), call("read", "&mut std::fs::OpenOptions"), call("write", "&mut std::fs::OpenOptions"), call("append", "&mut std::fs::OpenOptions"),
        call("create", "&mut std::fs::OpenOptions"), call("truncate", "&mut std::fs::OpenOptions"), call("open", "std::io::Result<std::fs::File>"),
    ]),
    group("std::net::TcpListener", NONE, STD, &[
        call("bind", "std::io::Result<std::net::TcpListener>"), call("accept", "std::io::Result<(std::net::TcpStream, std::net::SocketAddr)>"),
        call("local_addr", "std::io::Result<std::net::SocketAddr>"), call("set_nonblocking", "std::io::Result<()>"),
        call("incoming", "impl Iterator<Item = std::io::Result<std::net::TcpStream>>"),
    ]),
    group("std::net::TcpStream", NONE, STD, &[
        call("connect", "std::io::Result<std::net::TcpStream>"), call("connect_timeout", "std::io::Result<std::net::TcpStream>"), call("shutdown", "std::io::Result<()>"),
        call("peer_addr", "std::io::Result<std::net::SocketAddr>"), call("local_addr", "std::io::Result<std::net::SocketAddr>"), call("set_nodelay", "std::io::Result<()>"),
        call("set_read_timeout", "std::io::Result<()>"), call("set_write_timeout", "std::io::Result<()>"), call("set_nonblocking", "std::io::Result<()>"), call("try_clone", "std::io::Result<std::net::TcpStream>"),
    ]),
    group("std::net::UdpSocket", NONE, STD, &[
        call("bind", "std::io::Result<std::net::UdpSocket>"), call("recv", "std::io::Result<usize>"), call("recv_from", "std::io::Result<(usize, std::net::SocketAddr)>"),
        call("send", "std::io::Result<usize>"), call("send_to", "std::io::Result<usize>"), call("connect", "std::io::Result<()>"),
    ]),
    group("std::io", NONE, STD, &[
        call("stdin", "std::io::Stdin"), call("stdout", "std::io::Stdout"), call("stderr", "std::io::Stderr"), call("copy", "std::io::Result<u64>"),
    ]),
    group("std::io::Stdin", NONE, STD, &[call("read_line", "std::io::Result<usize>"), call("lines", "impl Iterator<Item = std::io::Result<String>>")]),
    ext("std::io::Read", Bound::Read, STD, &[
        call("read", "std::io::Result<usize>"), call("read_exact", "std::io::Result<()>"), call("read_to_end", "std::io::Result<usize>"), call("read_to_string", "std::io::Result<usize>"),
    ]),
    ext("std::io::Write", Bound::Write, STD, &[
        call("write", "std::io::Result<usize>"), call("write_all", "std::io::Result<()>"), call("flush", "std::io::Result<()>"), call("write_fmt", "std::io::Result<()>"),
    ]),
    group("std::env", NONE, STD, &[
        call("var", "Result<String, std::env::VarError>"), call("var_os", "Option<std::ffi::OsString>"), call("args", "impl Iterator<Item = String>"),
        call("current_dir", "std::io::Result<std::path::PathBuf>"), call("current_exe", "std::io::Result<std::path::PathBuf>"), call("vars", "impl Iterator<Item = (String, String)>"),
    ]),
    group("std::time::Instant", NONE, STD, &[
        call("now", "std::time::Instant"), call("elapsed", "std::time::Duration"), call("duration_since", "std::time::Duration"), call("checked_add", "Option<std::time::Instant>"),
    ]),
    group("std::time::SystemTime", NONE, STD, &[
        call("now", "std::time::SystemTime"), call("elapsed", "Result<std::time::Duration, std::time::SystemTimeError>"), call("duration_since", "Result<std::time::Duration, std::time::SystemTimeError>"),
    ]),
    group("std::time::Duration", NONE, STD, &[
        call("from_secs", "std::time::Duration"), call("from_millis", "std::time::Duration"), call("from_micros", "std::time::Duration"), call("from_nanos", "std::time::Duration"),
        call("from_secs_f64", "std::time::Duration"), call("from_secs_f32", "std::time::Duration"), call("from_mins", "std::time::Duration"), call("from_hours", "std::time::Duration"), call("as_secs", "u64"), call("as_millis", "u128"), call("as_secs_f64", "f64"),
    ]),
    group("std::panic", NONE, STD, &[
        call("set_hook", "()"), call("take_hook", "Box<dyn Fn(&std::panic::PanicHookInfo)>"), call("catch_unwind", "std::thread::Result<Arg0::Return>"), call("resume_unwind", "!"),
    ]),
    group("std::future", NONE, STD, &[wait("pending", "_"), wait("ready", "Arg0"), wait("poll_fn", "_")]),

    // tokio: tasks and runtimes
    group("tokio::task", NONE, TOKIO, &[
        call("spawn", "tokio::task::JoinHandle<Arg0::Output>"), call("spawn_local", "tokio::task::JoinHandle<Arg0::Output>"),
        call("spawn_blocking", "tokio::task::JoinHandle<Arg0::Return>"), call("block_in_place", "Arg0::Return"), wait("yield_now", "()"),
        wait("unconstrained", "Arg0::Output"), wait("consume_budget", "()"),
    ]),
    group("tokio::task::JoinHandle", T, TOKIO, &[
        call("abort", "()"), call("is_finished", "bool"), call("abort_handle", "tokio::task::AbortHandle"), call("id", "tokio::task::Id"),
    ]),
    group("tokio::task::AbortHandle", NONE, TOKIO, &[
        call("abort", "()"), call("is_finished", "bool"), call("id", "tokio::task::Id"), call("clone", "tokio::task::AbortHandle"),
    ]),
    group("tokio::task::JoinError", NONE, TOKIO, &[
        call("is_panic", "bool"), call("is_cancelled", "bool"), call("into_panic", "Box<dyn std::any::Any>"), call("try_into_panic", "Result<Box<dyn std::any::Any>, tokio::task::JoinError>"),
        call("id", "tokio::task::Id"),
    ]),
    group("tokio::task::JoinSet", T, TOKIO, &[
        call("new", "tokio::task::JoinSet<T>"), call("spawn", "tokio::task::AbortHandle"), call("spawn_on", "tokio::task::AbortHandle"),
        call("spawn_local", "tokio::task::AbortHandle"), call("spawn_local_on", "tokio::task::AbortHandle"), call("spawn_blocking", "tokio::task::AbortHandle"),
        call("spawn_blocking_on", "tokio::task::AbortHandle"),
        wait("join_next", "Option<Result<T, tokio::task::JoinError>>"), wait("join_next_with_id", "Option<Result<(tokio::task::Id, T), tokio::task::JoinError>>"),
        call("try_join_next", "Option<Result<T, tokio::task::JoinError>>"), call("try_join_next_with_id", "Option<Result<(tokio::task::Id, T), tokio::task::JoinError>>"),
        wait("join_all", "Vec<T>"), wait("shutdown", "()"), call("abort_all", "()"), call("detach_all", "()"), call("len", "usize"), call("is_empty", "bool"),
    ]),
    group("tokio::task::LocalSet", NONE, TOKIO, &[
        call("new", "tokio::task::LocalSet"), call("spawn_local", "tokio::task::JoinHandle<Arg0::Output>"), wait("run_until", "Arg0::Output"), call("block_on", "Arg1::Output"),
    ]),
    group("tokio::runtime::Runtime", NONE, TOKIO, &[
        call("new", "std::io::Result<tokio::runtime::Runtime>"), call("spawn", "tokio::task::JoinHandle<Arg0::Output>"), call("spawn_blocking", "tokio::task::JoinHandle<Arg0::Return>"),
        call("block_on", "Arg0::Output"), call("handle", "&tokio::runtime::Handle"), call("shutdown_timeout", "()"), call("shutdown_background", "()"),
    ]),
    group("tokio::runtime::Handle", NONE, TOKIO, &[
        call("current", "tokio::runtime::Handle"), call("try_current", "Result<tokio::runtime::Handle, tokio::runtime::TryCurrentError>"),
        call("spawn", "tokio::task::JoinHandle<Arg0::Output>"), call("spawn_blocking", "tokio::task::JoinHandle<Arg0::Return>"), call("block_on", "Arg0::Output"), call("clone", "tokio::runtime::Handle"),
    ]),
    group("tokio::task::Builder", NONE, TOKIO, &[call("new", "tokio::task::Builder"), call("name", "tokio::task::Builder")]),
    group("tokio::runtime::Builder", NONE, TOKIO, &[
        call("new_multi_thread", "tokio::runtime::Builder"), call("new_current_thread", "tokio::runtime::Builder"), call("enable_all", "&mut tokio::runtime::Builder"),
        call("enable_io", "&mut tokio::runtime::Builder"), call("enable_time", "&mut tokio::runtime::Builder"), call("worker_threads", "&mut tokio::runtime::Builder"),
        call("max_blocking_threads", "&mut tokio::runtime::Builder"), call("thread_name", "&mut tokio::runtime::Builder"), call("thread_stack_size", "&mut tokio::runtime::Builder"),
        call("build", "std::io::Result<tokio::runtime::Runtime>"),
    ]),

    // tokio: channels
    group("tokio::sync::mpsc", T, TOKIO, &[
        call("channel", "(tokio::sync::mpsc::Sender<T>, tokio::sync::mpsc::Receiver<T>)"),
        call("unbounded_channel", "(tokio::sync::mpsc::UnboundedSender<T>, tokio::sync::mpsc::UnboundedReceiver<T>)"),
    ]),
    group("tokio::sync::mpsc::Sender", T, TOKIO, &[
        wait("send", "Result<(), tokio::sync::mpsc::error::SendError<T>>"), call("try_send", "Result<(), tokio::sync::mpsc::error::TrySendError<T>>"),
        wait("send_timeout", "Result<(), tokio::sync::mpsc::error::SendTimeoutError<T>>"), call("blocking_send", "Result<(), tokio::sync::mpsc::error::SendError<T>>"),
        wait("reserve", "Result<tokio::sync::mpsc::Permit<T>, tokio::sync::mpsc::error::SendError<()>>"),
        wait("reserve_owned", "Result<tokio::sync::mpsc::OwnedPermit<T>, tokio::sync::mpsc::error::SendError<()>>"),
        call("try_reserve", "Result<tokio::sync::mpsc::Permit<T>, tokio::sync::mpsc::error::TrySendError<()>>"),
        wait("closed", "()"), call("is_closed", "bool"), call("capacity", "usize"), call("max_capacity", "usize"), call("same_channel", "bool"),
        call("downgrade", "tokio::sync::mpsc::WeakSender<T>"), call("clone", "tokio::sync::mpsc::Sender<T>"),
    ]),
    group("tokio::sync::mpsc::WeakSender", T, TOKIO, &[call("upgrade", "Option<tokio::sync::mpsc::Sender<T>>")]),
    group("tokio::sync::mpsc::Permit", T, TOKIO, &[call("send", "()")]),
    group("tokio::sync::mpsc::OwnedPermit", T, TOKIO, &[call("send", "tokio::sync::mpsc::Sender<T>")]),
    group("tokio::sync::mpsc::Receiver", T, TOKIO, &[
        wait("recv", "Option<T>"), call("try_recv", "Result<T, tokio::sync::mpsc::error::TryRecvError>"), call("blocking_recv", "Option<T>"), wait("recv_many", "usize"),
        call("close", "()"), call("is_closed", "bool"), call("is_empty", "bool"), call("len", "usize"), call("poll_recv", "std::task::Poll<Option<T>>"),
    ]),
    group("tokio::sync::mpsc::UnboundedSender", T, TOKIO, &[
        call("send", "Result<(), tokio::sync::mpsc::error::SendError<T>>"), wait("closed", "()"), call("is_closed", "bool"), call("same_channel", "bool"),
        call("downgrade", "tokio::sync::mpsc::WeakUnboundedSender<T>"), call("clone", "tokio::sync::mpsc::UnboundedSender<T>"),
    ]),
    group("tokio::sync::mpsc::WeakUnboundedSender", T, TOKIO, &[call("upgrade", "Option<tokio::sync::mpsc::UnboundedSender<T>>")]),
    group("tokio::sync::mpsc::UnboundedReceiver", T, TOKIO, &[
        wait("recv", "Option<T>"), call("try_recv", "Result<T, tokio::sync::mpsc::error::TryRecvError>"), call("blocking_recv", "Option<T>"), wait("recv_many", "usize"),
        call("close", "()"), call("is_closed", "bool"), call("is_empty", "bool"), call("len", "usize"), call("poll_recv", "std::task::Poll<Option<T>>"),
    ]),
    group("tokio::sync::broadcast", T, TOKIO, &[call("channel", "(tokio::sync::broadcast::Sender<T>, tokio::sync::broadcast::Receiver<T>)")]),
    group("tokio::sync::broadcast::Sender", T, TOKIO, &[
        call("new", "tokio::sync::broadcast::Sender<T>"), call("send", "Result<usize, tokio::sync::broadcast::error::SendError<T>>"), call("subscribe", "tokio::sync::broadcast::Receiver<T>"),
        call("receiver_count", "usize"), call("len", "usize"), call("is_empty", "bool"), wait("closed", "()"), call("clone", "tokio::sync::broadcast::Sender<T>"),
    ]),
    group("tokio::sync::broadcast::Receiver", T, TOKIO, &[
        wait("recv", "Result<T, tokio::sync::broadcast::error::RecvError>"), call("try_recv", "Result<T, tokio::sync::broadcast::error::TryRecvError>"),
        call("blocking_recv", "Result<T, tokio::sync::broadcast::error::RecvError>"), call("resubscribe", "tokio::sync::broadcast::Receiver<T>"), call("len", "usize"), call("is_empty", "bool"),
    ]),
    group("tokio::sync::watch", NONE, TOKIO, &[call("channel", "(tokio::sync::watch::Sender<Arg0>, tokio::sync::watch::Receiver<Arg0>)")]),
    group("tokio::sync::watch::Sender", T, TOKIO, &[
        call("new", "tokio::sync::watch::Sender<Arg0>"), call("send", "Result<(), tokio::sync::watch::error::SendError<T>>"), call("send_modify", "()"), call("send_if_modified", "bool"),
        call("send_replace", "T"), call("borrow", "tokio::sync::watch::Ref<T>"), call("subscribe", "tokio::sync::watch::Receiver<T>"), call("is_closed", "bool"), wait("closed", "()"),
        call("receiver_count", "usize"), call("clone", "tokio::sync::watch::Sender<T>"),
    ]),
    group("tokio::sync::watch::Receiver", T, TOKIO, &[
        wait("changed", "Result<(), tokio::sync::watch::error::RecvError>"), wait("wait_for", "Result<tokio::sync::watch::Ref<T>, tokio::sync::watch::error::RecvError>"),
        call("has_changed", "Result<bool, tokio::sync::watch::error::RecvError>"), call("borrow", "tokio::sync::watch::Ref<T>"), call("borrow_and_update", "tokio::sync::watch::Ref<T>"),
        call("mark_changed", "()"), call("mark_unchanged", "()"), call("same_channel", "bool"), call("clone", "tokio::sync::watch::Receiver<T>"),
    ]),
    group("tokio::sync::oneshot", T, TOKIO, &[call("channel", "(tokio::sync::oneshot::Sender<T>, tokio::sync::oneshot::Receiver<T>)")]),
    group("tokio::sync::oneshot::Sender", T, TOKIO, &[call("send", "Result<(), T>"), wait("closed", "()"), call("is_closed", "bool")]),
    group("tokio::sync::oneshot::Receiver", T, TOKIO, &[
        call("try_recv", "Result<T, tokio::sync::oneshot::error::TryRecvError>"), call("blocking_recv", "Result<T, tokio::sync::oneshot::error::RecvError>"), call("close", "()"),
    ]),

    // tokio: locks
    group("tokio::sync::Mutex", T, TOKIO, &[
        call("new", "tokio::sync::Mutex<Arg0>"), call("const_new", "tokio::sync::Mutex<Arg0>"), wait("lock", "tokio::sync::MutexGuard<T>"), wait("lock_owned", "tokio::sync::OwnedMutexGuard<T>"),
        call("try_lock", "Result<tokio::sync::MutexGuard<T>, tokio::sync::TryLockError>"), call("try_lock_owned", "Result<tokio::sync::OwnedMutexGuard<T>, tokio::sync::TryLockError>"),
        call("blocking_lock", "tokio::sync::MutexGuard<T>"), call("into_inner", "T"), call("get_mut", "&mut T"),
    ]),
    group("tokio::sync::RwLock", T, TOKIO, &[
        call("new", "tokio::sync::RwLock<Arg0>"), wait("read", "tokio::sync::RwLockReadGuard<T>"), wait("write", "tokio::sync::RwLockWriteGuard<T>"),
        wait("read_owned", "tokio::sync::OwnedRwLockReadGuard<T>"), wait("write_owned", "tokio::sync::OwnedRwLockWriteGuard<T>"),
        call("try_read", "Result<tokio::sync::RwLockReadGuard<T>, tokio::sync::TryLockError>"), call("try_write", "Result<tokio::sync::RwLockWriteGuard<T>, tokio::sync::TryLockError>"),
        call("blocking_read", "tokio::sync::RwLockReadGuard<T>"), call("blocking_write", "tokio::sync::RwLockWriteGuard<T>"), call("into_inner", "T"),
    ]),
    group("tokio::sync::Semaphore", NONE, TOKIO, &[
        call("new", "tokio::sync::Semaphore"), wait("acquire", "Result<tokio::sync::SemaphorePermit, tokio::sync::AcquireError>"), wait("acquire_many", "Result<tokio::sync::SemaphorePermit, tokio::sync::AcquireError>"),
        wait("acquire_owned", "Result<tokio::sync::OwnedSemaphorePermit, tokio::sync::AcquireError>"), wait("acquire_many_owned", "Result<tokio::sync::OwnedSemaphorePermit, tokio::sync::AcquireError>"),
        call("try_acquire", "Result<tokio::sync::SemaphorePermit, tokio::sync::TryAcquireError>"), call("try_acquire_owned", "Result<tokio::sync::OwnedSemaphorePermit, tokio::sync::TryAcquireError>"),
        call("add_permits", "()"), call("available_permits", "usize"), call("close", "()"), call("is_closed", "bool"),
    ]),
    group("tokio::sync::Notify", NONE, TOKIO, &[
        call("new", "tokio::sync::Notify"), wait("notified", "()"), wait("notified_owned", "()"), call("notify_one", "()"), call("notify_last", "()"), call("notify_waiters", "()"),
    ]),
    group("tokio::sync::Barrier", NONE, TOKIO, &[call("new", "tokio::sync::Barrier"), wait("wait", "tokio::sync::BarrierWaitResult")]),
    group("tokio::sync::OnceCell", T, TOKIO, &[
        call("new", "tokio::sync::OnceCell<T>"), call("get", "Option<&T>"), call("set", "Result<(), tokio::sync::SetError<T>>"), wait("get_or_init", "&T"), call("initialized", "bool"), call("into_inner", "Option<T>"),
    ]),

    // tokio: time, signals
    group("tokio::time", NONE, TOKIO, &[
        wait("sleep", "()"), wait("sleep_until", "()"), call("interval", "tokio::time::Interval"), call("interval_at", "tokio::time::Interval"),
        wait("timeout", "Result<Arg1::Output, tokio::time::error::Elapsed>"), wait("timeout_at", "Result<Arg1::Output, tokio::time::error::Elapsed>"),
        call("pause", "()"), call("resume", "()"), wait("advance", "()"),
    ]),
    group("tokio::time::Interval", NONE, TOKIO, &[
        wait("tick", "tokio::time::Instant"), call("reset", "()"), call("reset_immediately", "()"), call("period", "std::time::Duration"), call("set_missed_tick_behavior", "()"),
    ]),
    group("tokio::time::Instant", NONE, TOKIO, &[call("now", "tokio::time::Instant"), call("elapsed", "std::time::Duration"), call("duration_since", "std::time::Duration")]),
    group("tokio::signal", NONE, TOKIO, &[wait("ctrl_c", "std::io::Result<()>")]),
    group("tokio::signal::unix", NONE, TOKIO, &[call("signal", "std::io::Result<tokio::signal::unix::Signal>")]),
    group("tokio::signal::unix::Signal", NONE, TOKIO, &[wait("recv", "Option<()>")]),
    group("tokio::signal::unix::SignalKind", NONE, TOKIO, &[
        call("terminate", "tokio::signal::unix::SignalKind"), call("interrupt", "tokio::signal::unix::SignalKind"), call("hangup", "tokio::signal::unix::SignalKind"), call("quit", "tokio::signal::unix::SignalKind"),
        call("user_defined1", "tokio::signal::unix::SignalKind"), call("user_defined2", "tokio::signal::unix::SignalKind"), call("child", "tokio::signal::unix::SignalKind"), call("pipe", "tokio::signal::unix::SignalKind"),
        call("alarm", "tokio::signal::unix::SignalKind"),
    ]),
    group("tokio::signal::windows", NONE, TOKIO, &[
        call("ctrl_c", "std::io::Result<tokio::signal::windows::CtrlC>"), call("ctrl_break", "std::io::Result<tokio::signal::windows::CtrlBreak>"),
        call("ctrl_close", "std::io::Result<tokio::signal::windows::CtrlClose>"), call("ctrl_shutdown", "std::io::Result<tokio::signal::windows::CtrlShutdown>"),
    ]),
    group("tokio::signal::windows::CtrlC", NONE, TOKIO, &[wait("recv", "Option<()>")]),
    group("tokio::signal::windows::CtrlBreak", NONE, TOKIO, &[wait("recv", "Option<()>")]),
    group("tokio::signal::windows::CtrlClose", NONE, TOKIO, &[wait("recv", "Option<()>")]),
    group("tokio::signal::windows::CtrlShutdown", NONE, TOKIO, &[wait("recv", "Option<()>")]),

    // tokio: net, io, fs, process
    group("tokio::net", NONE, TOKIO, &[wait("lookup_host", "std::io::Result<impl Iterator<Item = std::net::SocketAddr>>")]),
    group("tokio::net::TcpListener", NONE, TOKIO, &[
        wait("bind", "std::io::Result<tokio::net::TcpListener>"), wait("accept", "std::io::Result<(tokio::net::TcpStream, std::net::SocketAddr)>"),
        call("from_std", "std::io::Result<tokio::net::TcpListener>"), call("into_std", "std::io::Result<std::net::TcpListener>"), call("local_addr", "std::io::Result<std::net::SocketAddr>"),
        call("set_ttl", "std::io::Result<()>"),
    ]),
    group("tokio::net::TcpStream", NONE, TOKIO, &[
        wait("connect", "std::io::Result<tokio::net::TcpStream>"), call("from_std", "std::io::Result<tokio::net::TcpStream>"), call("into_std", "std::io::Result<std::net::TcpStream>"),
        call("split", "(tokio::net::tcp::ReadHalf, tokio::net::tcp::WriteHalf)"), call("into_split", "(tokio::net::tcp::OwnedReadHalf, tokio::net::tcp::OwnedWriteHalf)"),
        call("local_addr", "std::io::Result<std::net::SocketAddr>"), call("peer_addr", "std::io::Result<std::net::SocketAddr>"), call("set_nodelay", "std::io::Result<()>"),
        wait("readable", "std::io::Result<()>"), wait("writable", "std::io::Result<()>"), wait("peek", "std::io::Result<usize>"),
        call("try_read", "std::io::Result<usize>"), call("try_write", "std::io::Result<usize>"),
    ]),
    group("tokio::net::TcpSocket", NONE, TOKIO, &[
        call("new_v4", "std::io::Result<tokio::net::TcpSocket>"), call("new_v6", "std::io::Result<tokio::net::TcpSocket>"), call("bind", "std::io::Result<()>"),
        call("listen", "std::io::Result<tokio::net::TcpListener>"), wait("connect", "std::io::Result<tokio::net::TcpStream>"), call("set_reuseaddr", "std::io::Result<()>"),
    ]),
    group("tokio::net::UdpSocket", NONE, TOKIO, &[
        wait("bind", "std::io::Result<tokio::net::UdpSocket>"), call("from_std", "std::io::Result<tokio::net::UdpSocket>"), wait("connect", "std::io::Result<()>"), wait("send", "std::io::Result<usize>"), wait("recv", "std::io::Result<usize>"),
        wait("send_to", "std::io::Result<usize>"), wait("recv_from", "std::io::Result<(usize, std::net::SocketAddr)>"), wait("readable", "std::io::Result<()>"), wait("writable", "std::io::Result<()>"),
        call("try_recv_from", "std::io::Result<(usize, std::net::SocketAddr)>"), call("local_addr", "std::io::Result<std::net::SocketAddr>"),
    ]),
    group("tokio::net::UnixListener", NONE, TOKIO, &[
        call("bind", "std::io::Result<tokio::net::UnixListener>"), wait("accept", "std::io::Result<(tokio::net::UnixStream, tokio::net::unix::SocketAddr)>"), call("from_std", "std::io::Result<tokio::net::UnixListener>"),
    ]),
    group("tokio::net::UnixStream", NONE, TOKIO, &[
        wait("connect", "std::io::Result<tokio::net::UnixStream>"), call("pair", "std::io::Result<(tokio::net::UnixStream, tokio::net::UnixStream)>"),
        call("into_split", "(tokio::net::unix::OwnedReadHalf, tokio::net::unix::OwnedWriteHalf)"), call("split", "(tokio::net::unix::ReadHalf, tokio::net::unix::WriteHalf)"),
    ]),
    group("tokio::io", NONE, TOKIO, &[
        call("stdin", "tokio::io::Stdin"), call("stdout", "tokio::io::Stdout"), call("stderr", "tokio::io::Stderr"), wait("copy", "std::io::Result<u64>"), wait("copy_buf", "std::io::Result<u64>"),
        wait("copy_bidirectional", "std::io::Result<(u64, u64)>"), call("split", "(tokio::io::ReadHalf<Arg0>, tokio::io::WriteHalf<Arg0>)"), call("duplex", "(tokio::io::DuplexStream, tokio::io::DuplexStream)"),
    ]),
    group("tokio::io::BufReader", T, TOKIO, &[call("new", "tokio::io::BufReader<Arg0>"), call("with_capacity", "tokio::io::BufReader<Arg1>"), call("into_inner", "T")]),
    group("tokio::io::BufWriter", T, TOKIO, &[call("new", "tokio::io::BufWriter<Arg0>"), call("with_capacity", "tokio::io::BufWriter<Arg1>"), call("into_inner", "T")]),
    group("tokio::io::Lines", T, TOKIO, &[wait("next_line", "std::io::Result<Option<String>>")]),
    group("tokio::io::Split", T, TOKIO, &[wait("next_segment", "std::io::Result<Option<Vec<u8>>>")]),
    ext("tokio::io::AsyncReadExt", Bound::AsyncRead, TOKIO, &[
        wait("read", "std::io::Result<usize>"), wait("read_exact", "std::io::Result<usize>"), wait("read_to_end", "std::io::Result<usize>"), wait("read_to_string", "std::io::Result<usize>"), wait("read_buf", "std::io::Result<usize>"),
        wait("read_u8", "std::io::Result<u8>"), wait("read_u16", "std::io::Result<u16>"), wait("read_u32", "std::io::Result<u32>"), wait("read_u64", "std::io::Result<u64>"), wait("read_i32", "std::io::Result<i32>"),
    ]),
    ext("tokio::io::AsyncBufReadExt", Bound::AsyncRead, TOKIO, &[
        wait("read_line", "std::io::Result<usize>"), wait("read_until", "std::io::Result<usize>"), wait("fill_buf", "std::io::Result<&[u8]>"),
        call("lines", "tokio::io::Lines<Self>"), call("split", "tokio::io::Split<Self>"),
    ]),
    ext("tokio::io::AsyncWriteExt", Bound::AsyncWrite, TOKIO, &[
        wait("write", "std::io::Result<usize>"), wait("write_all", "std::io::Result<()>"), wait("write_buf", "std::io::Result<usize>"), wait("write_all_buf", "std::io::Result<()>"), wait("flush", "std::io::Result<()>"),
        wait("shutdown", "std::io::Result<()>"), wait("write_u8", "std::io::Result<()>"), wait("write_u16", "std::io::Result<()>"), wait("write_u32", "std::io::Result<()>"), wait("write_u64", "std::io::Result<()>"),
    ]),
    group("tokio::fs", NONE, TOKIO, &[
        wait("read", "std::io::Result<Vec<u8>>"), wait("read_to_string", "std::io::Result<String>"), wait("write", "std::io::Result<()>"), wait("remove_file", "std::io::Result<()>"), wait("remove_dir", "std::io::Result<()>"),
        wait("remove_dir_all", "std::io::Result<()>"), wait("create_dir", "std::io::Result<()>"), wait("create_dir_all", "std::io::Result<()>"), wait("rename", "std::io::Result<()>"), wait("copy", "std::io::Result<u64>"),
        wait("metadata", "std::io::Result<std::fs::Metadata>"), wait("read_dir", "std::io::Result<tokio::fs::ReadDir>"), wait("canonicalize", "std::io::Result<std::path::PathBuf>"), wait("try_exists", "std::io::Result<bool>"),
    ]),
    group("tokio::fs::ReadDir", NONE, TOKIO, &[wait("next_entry", "std::io::Result<Option<tokio::fs::DirEntry>>")]),
    group("tokio::fs::DirEntry", NONE, TOKIO, &[
        call("path", "std::path::PathBuf"), call("file_name", "std::ffi::OsString"), wait("metadata", "std::io::Result<std::fs::Metadata>"), wait("file_type", "std::io::Result<std::fs::FileType>"),
    ]),
    group("tokio::fs::File", NONE, TOKIO, &[
        wait("open", "std::io::Result<tokio::fs::File>"), wait("create", "std::io::Result<tokio::fs::File>"), wait("sync_all", "std::io::Result<()>"), wait("sync_data", "std::io::Result<()>"), wait("set_len", "std::io::Result<()>"),
        wait("metadata", "std::io::Result<std::fs::Metadata>"), call("from_std", "tokio::fs::File"), wait("into_std", "std::fs::File"), wait("try_clone", "std::io::Result<tokio::fs::File>"),
    ]),
    group("tokio::fs::OpenOptions", NONE, TOKIO, &[
        call("new", "tokio::fs::OpenOptions"), call("read", "&mut tokio::fs::OpenOptions"), call("write", "&mut tokio::fs::OpenOptions"), call("append", "&mut tokio::fs::OpenOptions"), call("create", "&mut tokio::fs::OpenOptions"),
        call("truncate", "&mut tokio::fs::OpenOptions"), wait("open", "std::io::Result<tokio::fs::File>"),
    ]),
    group("tokio::process::Command", NONE, TOKIO, &[
        call("new", "tokio::process::Command"), call("arg", "&mut tokio::process::Command"), call("args", "&mut tokio::process::Command"), call("env", "&mut tokio::process::Command"), call("envs", "&mut tokio::process::Command"),
        call("current_dir", "&mut tokio::process::Command"), call("stdin", "&mut tokio::process::Command"), call("stdout", "&mut tokio::process::Command"), call("stderr", "&mut tokio::process::Command"),
        call("kill_on_drop", "&mut tokio::process::Command"), call("spawn", "std::io::Result<tokio::process::Child>"), wait("output", "std::io::Result<std::process::Output>"), wait("status", "std::io::Result<std::process::ExitStatus>"),
    ]),
    group("tokio::process::Child", NONE, TOKIO, &[
        wait("wait", "std::io::Result<std::process::ExitStatus>"), call("try_wait", "std::io::Result<Option<std::process::ExitStatus>>"), wait("wait_with_output", "std::io::Result<std::process::Output>"),
        wait("kill", "std::io::Result<()>"), call("start_kill", "std::io::Result<()>"), call("id", "Option<u32>"),
    ]),

    // tokio-util
    group("tokio_util::codec::FramedRead", &["R", "D"], TOKIO_UTIL, &[call("new", "tokio_util::codec::FramedRead<Arg0, Arg1>")]),
    group("tokio_util::codec::Framed", &["R", "D"], TOKIO_UTIL, &[call("new", "tokio_util::codec::Framed<Arg0, Arg1>")]),
    group("tokio_util::codec::BytesCodec", NONE, TOKIO_UTIL, &[call("new", "tokio_util::codec::BytesCodec")]),
    group("tokio_util::sync::CancellationToken", NONE, TOKIO_UTIL, &[
        call("new", "tokio_util::sync::CancellationToken"), call("child_token", "tokio_util::sync::CancellationToken"), call("clone", "tokio_util::sync::CancellationToken"), call("cancel", "()"),
        call("is_cancelled", "bool"), wait("cancelled", "()"), wait("cancelled_owned", "()"), wait("run_until_cancelled", "Option<Arg0::Output>"), wait("run_until_cancelled_owned", "Option<Arg0::Output>"),
        call("drop_guard", "tokio_util::sync::DropGuard"),
    ]),
    group("tokio_util::sync::DropGuard", NONE, TOKIO_UTIL, &[call("disarm", "tokio_util::sync::CancellationToken")]),
    group("tokio_util::task::TaskTracker", NONE, TOKIO_UTIL, &[
        call("new", "tokio_util::task::TaskTracker"), call("clone", "tokio_util::task::TaskTracker"), wait("wait", "()"), call("close", "bool"), call("reopen", "bool"), call("is_closed", "bool"), call("len", "usize"), call("is_empty", "bool"),
        call("spawn", "tokio::task::JoinHandle<Arg0::Output>"), call("spawn_on", "tokio::task::JoinHandle<Arg0::Output>"), call("spawn_local", "tokio::task::JoinHandle<Arg0::Output>"),
        call("spawn_blocking", "tokio::task::JoinHandle<Arg0::Return>"), wait("track_future", "Arg0::Output"),
    ]),
    group("tokio_util::task::AbortOnDropHandle", T, TOKIO_UTIL, &[
        call("new", "tokio_util::task::AbortOnDropHandle<_>"), call("abort", "()"), call("is_finished", "bool"), call("abort_handle", "tokio::task::AbortHandle"), call("detach", "tokio::task::JoinHandle<T>"),
    ]),
    group("tokio_util::task::JoinMap", KV, TOKIO_UTIL, &[
        call("new", "tokio_util::task::JoinMap<K, V>"), call("spawn", "()"), call("spawn_blocking", "()"), call("spawn_local", "()"), wait("join_next", "Option<(K, Result<V, tokio::task::JoinError>)>"), wait("shutdown", "()"),
        call("abort", "bool"), call("abort_all", "()"), call("detach_all", "()"), call("len", "usize"), call("is_empty", "bool"), call("contains_key", "bool"),
    ]),
    ext("tokio_util::future::FutureExt", Bound::Future, TOKIO_UTIL, &[
        wait("timeout", "Result<Self::Output, tokio::time::error::Elapsed>"), wait("timeout_at", "Result<Self::Output, tokio::time::error::Elapsed>"),
        wait("with_cancellation_token", "Option<Self::Output>"), wait("with_cancellation_token_owned", "Option<Self::Output>"),
    ]),

    // tokio-stream
    group("tokio_stream::wrappers::ReceiverStream", T, TOKIO_STREAM, &[call("new", "tokio_stream::wrappers::ReceiverStream<_>"), call("into_inner", "tokio::sync::mpsc::Receiver<T>")]),
    group("tokio_stream::wrappers::UnboundedReceiverStream", T, TOKIO_STREAM, &[call("new", "tokio_stream::wrappers::UnboundedReceiverStream<_>"), call("into_inner", "tokio::sync::mpsc::UnboundedReceiver<T>")]),
    group("tokio_stream::wrappers::BroadcastStream", T, TOKIO_STREAM, &[call("new", "tokio_stream::wrappers::BroadcastStream<_>")]),
    group("tokio_stream::wrappers::WatchStream", T, TOKIO_STREAM, &[call("new", "tokio_stream::wrappers::WatchStream<_>"), call("from_changes", "tokio_stream::wrappers::WatchStream<_>")]),
    group("tokio_stream::wrappers::IntervalStream", NONE, TOKIO_STREAM, &[call("new", "tokio_stream::wrappers::IntervalStream")]),
    group("tokio_stream::wrappers::TcpListenerStream", NONE, TOKIO_STREAM, &[call("new", "tokio_stream::wrappers::TcpListenerStream")]),
    group("tokio_stream::wrappers::UnixListenerStream", NONE, TOKIO_STREAM, &[call("new", "tokio_stream::wrappers::UnixListenerStream")]),
    ext("tokio_stream::StreamExt", Bound::Stream, TOKIO_STREAM, &[
        wait("next", "Option<Self::Item>"), call("timeout", "impl futures::stream::Stream<Item = Result<Self::Item, tokio_stream::Elapsed>>"),
        call("throttle", "impl futures::stream::Stream<Item = Self::Item>"), call("merge", "impl futures::stream::Stream<Item = Self::Item>"), call("chunks_timeout", "impl futures::stream::Stream<Item = Vec<Self::Item>>"),
    ]),

    // futures
    ext("futures::future::FutureExt", Bound::Future, FUTURES, &[
        wait("map", "Arg0::Return"), wait("then", "Arg0::Return::Output"), wait("boxed", "Self::Output"), wait("boxed_local", "Self::Output"), wait("fuse", "Self::Output"), wait("shared", "Self::Output"), wait("inspect", "Self::Output"),
        wait("catch_unwind", "std::thread::Result<Self::Output>"), wait("left_future", "Self::Output"), wait("right_future", "Self::Output"), call("now_or_never", "Option<Self::Output>"),
        wait("unit_error", "Result<Self::Output, ()>"), call("into_stream", "impl futures::stream::Stream<Item = Self::Output>"),
    ]),
    ext("futures::future::TryFutureExt", Bound::Future, FUTURES, &[
        wait("map_ok", "Result<Arg0::Return, Self::Output::Error>"), wait("map_err", "Result<Self::Output::Ok, Arg0::Return>"), wait("and_then", "Arg0::Return::Output"), wait("or_else", "Arg0::Return::Output"),
        wait("inspect_ok", "Self::Output"), wait("inspect_err", "Self::Output"), wait("unwrap_or_else", "Self::Output::Ok"), wait("into_future", "Self::Output"),
    ]),
    ext("futures::stream::TryStreamExt", Bound::Stream, FUTURES, &[
        wait("try_next", "Result<Option<Self::Item::Ok>, Self::Item::Error>"), wait("try_for_each", "Result<(), Self::Item::Error>"), wait("try_for_each_concurrent", "Result<(), Self::Item::Error>"),
        wait("try_fold", "Result<Arg0, Self::Item::Error>"), wait("try_collect", "Result<_, Self::Item::Error>"), call("into_stream", "impl futures::stream::Stream<Item = Self::Item>"),
        call("map_ok", "impl futures::stream::Stream<Item = Result<Arg0::Return, Self::Item::Error>>"), call("map_err", "impl futures::stream::Stream<Item = Result<Self::Item::Ok, Arg0::Return>>"),
        call("inspect_ok", "impl futures::stream::Stream<Item = Self::Item>"), call("inspect_err", "impl futures::stream::Stream<Item = Self::Item>"),
    ]),
    ext("futures::sink::SinkExt", Bound::Sink, FUTURES, &[
        wait("send", "Result<(), _>"), wait("send_all", "Result<(), _>"), wait("feed", "Result<(), _>"), wait("flush", "Result<(), _>"), wait("close", "Result<(), _>"),
    ]),
    ext("futures::stream::StreamExt", Bound::Stream, FUTURES, &[
        wait("next", "Option<Self::Item>"), wait("select_next_some", "Self::Item"), wait("for_each", "()"), wait("for_each_concurrent", "()"), wait("count", "usize"), wait("fold", "Arg0"), wait("any", "bool"), wait("all", "bool"),
        call("map", "impl futures::stream::Stream<Item = Arg0::Return>"), call("then", "impl futures::stream::Stream<Item = Arg0::Return::Output>"), call("filter", "impl futures::stream::Stream<Item = Self::Item>"),
        call("filter_map", "impl futures::stream::Stream<Item = Arg0::Return::Output::Item>"), call("take", "impl futures::stream::Stream<Item = Self::Item>"), call("skip", "impl futures::stream::Stream<Item = Self::Item>"),
        call("take_while", "impl futures::stream::Stream<Item = Self::Item>"), call("skip_while", "impl futures::stream::Stream<Item = Self::Item>"), call("take_until", "impl futures::stream::Stream<Item = Self::Item>"),
        call("enumerate", "impl futures::stream::Stream<Item = (usize, Self::Item)>"), call("zip", "impl futures::stream::Stream<Item = (Self::Item, Arg0::Item)>"), call("chain", "impl futures::stream::Stream<Item = Self::Item>"),
        call("inspect", "impl futures::stream::Stream<Item = Self::Item>"), call("fuse", "impl futures::stream::Stream<Item = Self::Item>"), call("peekable", "impl futures::stream::Stream<Item = Self::Item>"),
        call("chunks", "impl futures::stream::Stream<Item = Vec<Self::Item>>"), call("ready_chunks", "impl futures::stream::Stream<Item = Vec<Self::Item>>"), call("flatten", "impl futures::stream::Stream<Item = Self::Item::Item>"),
        call("buffered", "impl futures::stream::Stream<Item = Self::Item::Output>"), call("buffer_unordered", "impl futures::stream::Stream<Item = Self::Item::Output>"),
        call("boxed", "futures::stream::BoxStream<Self::Item>"), call("boxed_local", "futures::stream::LocalBoxStream<Self::Item>"), call("by_ref", "&mut Self"), wait("into_future", "(Option<Self::Item>, Self)"),
        call("split", "(futures::stream::SplitSink<Self, _>, futures::stream::SplitStream<Self>)"),
    ]),
    group("futures::future", NONE, FUTURES, &[
        wait("join_all", "Vec<Arg0::Item::Output>"), wait("join", "(Arg0::Output, Arg1::Output)"), wait("join3", "(Arg0::Output, Arg1::Output, Arg2::Output)"), wait("select_all", "(Arg0::Item::Output, usize, Vec<Arg0::Item>)"),
        // Of handles the `Ok` is the inner output, which may be a `Result` itself.
        wait("try_join_all", "Result<Vec<Arg0::Item::Output::Ok>, Arg0::Item::Output::Error>"), wait("try_join", "Result<(Arg0::Output::Ok, Arg1::Output::Ok), Arg0::Output::Error>"),
        wait("try_join3", "Result<(Arg0::Output::Ok, Arg1::Output::Ok, Arg2::Output::Ok), Arg0::Output::Error>"), wait("select_ok", "Result<(Arg0::Item::Output::Ok, Vec<Arg0::Item>), Arg0::Item::Output::Error>"),
        wait("ready", "Arg0"), wait("ok", "Result<Arg0, _>"), wait("err", "Result<_, Arg0>"), wait("pending", "_"), wait("lazy", "Arg0::Return"),
        wait("select", "futures::future::Either<(Arg0::Output, Arg1), (Arg1::Output, Arg0)>"), call("abortable", "(futures::future::Abortable<Arg0>, futures::future::AbortHandle)"),
    ]),
    group("futures::future::AbortHandle", NONE, FUTURES, &[
        call("new_pair", "(futures::future::AbortHandle, futures::future::AbortRegistration)"), call("abort", "()"), call("is_aborted", "bool"),
    ]),
    group("futures::future::Abortable", NONE, FUTURES, &[wait("new", "Result<Arg0::Output, futures::future::Aborted>")]),
    group("futures::stream", NONE, FUTURES, &[
        call("iter", "impl futures::stream::Stream<Item = Arg0::Item>"), call("once", "impl futures::stream::Stream<Item = Arg0::Output>"), call("pending", "impl futures::stream::Stream<Item = _>"),
        call("empty", "impl futures::stream::Stream<Item = _>"), call("select", "impl futures::stream::Stream<Item = Arg0::Item>"), call("select_all", "futures::stream::SelectAll<Arg0::Item>"),
        call("unfold", "impl futures::stream::Stream<Item = _>"), call("poll_fn", "impl futures::stream::Stream<Item = _>"),
    ]),
    group("futures::stream::FuturesUnordered", T, FUTURES, &[call("new", "futures::stream::FuturesUnordered<T>"), call("push", "()"), call("len", "usize"), call("is_empty", "bool"), call("clear", "()")]),
    group("futures::stream::FuturesOrdered", T, FUTURES, &[call("new", "futures::stream::FuturesOrdered<T>"), call("push_back", "()"), call("push_front", "()"), call("len", "usize"), call("is_empty", "bool")]),
    group("futures::channel::mpsc", T, FUTURES, &[
        call("channel", "(futures::channel::mpsc::Sender<T>, futures::channel::mpsc::Receiver<T>)"), call("unbounded", "(futures::channel::mpsc::UnboundedSender<T>, futures::channel::mpsc::UnboundedReceiver<T>)"),
    ]),
    group("futures::channel::mpsc::Sender", T, FUTURES, &[
        call("try_send", "Result<(), futures::channel::mpsc::TrySendError<T>>"), call("start_send", "Result<(), futures::channel::mpsc::SendError>"), wait("send", "Result<(), futures::channel::mpsc::SendError>"),
        call("is_closed", "bool"), call("close_channel", "()"), call("disconnect", "()"), call("clone", "futures::channel::mpsc::Sender<T>"),
    ]),
    group("futures::channel::mpsc::UnboundedSender", T, FUTURES, &[
        call("unbounded_send", "Result<(), futures::channel::mpsc::TrySendError<T>>"), call("start_send", "Result<(), futures::channel::mpsc::SendError>"), wait("send", "Result<(), futures::channel::mpsc::SendError>"),
        call("is_closed", "bool"), call("close_channel", "()"), call("disconnect", "()"), call("clone", "futures::channel::mpsc::UnboundedSender<T>"),
    ]),
    group("futures::channel::mpsc::Receiver", T, FUTURES, &[call("close", "()")]),
    group("futures::channel::mpsc::UnboundedReceiver", T, FUTURES, &[call("close", "()")]),
    group("futures::channel::oneshot", T, FUTURES, &[call("channel", "(futures::channel::oneshot::Sender<T>, futures::channel::oneshot::Receiver<T>)")]),
    group("futures::channel::oneshot::Sender", T, FUTURES, &[call("send", "Result<(), T>"), call("is_canceled", "bool")]),
    group("futures::channel::oneshot::Receiver", T, FUTURES, &[call("try_recv", "Result<Option<T>, futures::channel::oneshot::Canceled>"), call("close", "()")]),
    group("futures::executor", NONE, FUTURES, &[call("block_on", "Arg0::Output")]),
    group("futures::lock::Mutex", T, FUTURES, &[call("new", "futures::lock::Mutex<Arg0>"), wait("lock", "futures::lock::MutexGuard<T>"), call("try_lock", "Option<futures::lock::MutexGuard<T>>"), call("into_inner", "T")]),

    // other channels
    group("async_channel", T, "async-channel 2.5.0 S", &[
        call("bounded", "(async_channel::Sender<T>, async_channel::Receiver<T>)"), call("unbounded", "(async_channel::Sender<T>, async_channel::Receiver<T>)"),
    ]),
    group("async_channel::Sender", T, "async-channel 2.5.0 S", &[
        wait("send", "Result<(), async_channel::SendError<T>>"), call("try_send", "Result<(), async_channel::TrySendError<T>>"), call("send_blocking", "Result<(), async_channel::SendError<T>>"),
        call("force_send", "Result<Option<T>, async_channel::SendError<T>>"), call("close", "bool"), call("is_closed", "bool"), call("clone", "async_channel::Sender<T>"),
    ]),
    group("async_channel::Receiver", T, "async-channel 2.5.0 S", &[
        wait("recv", "Result<T, async_channel::RecvError>"), call("try_recv", "Result<T, async_channel::TryRecvError>"), call("recv_blocking", "Result<T, async_channel::RecvError>"),
        call("close", "bool"), call("is_closed", "bool"), call("clone", "async_channel::Receiver<T>"),
    ]),
    group("flume", T, "flume 0.11.1 S", &[call("bounded", "(flume::Sender<T>, flume::Receiver<T>)"), call("unbounded", "(flume::Sender<T>, flume::Receiver<T>)")]),
    group("flume::Sender", T, "flume 0.11.1 S", &[
        call("send", "Result<(), flume::SendError<T>>"), wait("send_async", "Result<(), flume::SendError<T>>"), call("try_send", "Result<(), flume::TrySendError<T>>"), call("send_timeout", "Result<(), flume::SendTimeoutError<T>>"),
        call("is_disconnected", "bool"), call("clone", "flume::Sender<T>"),
    ]),
    group("flume::Receiver", T, "flume 0.11.1 S", &[
        call("recv", "Result<T, flume::RecvError>"), wait("recv_async", "Result<T, flume::RecvError>"), call("try_recv", "Result<T, flume::TryRecvError>"), call("recv_timeout", "Result<T, flume::RecvTimeoutError>"),
        call("iter", "impl Iterator<Item = T>"), call("try_iter", "impl Iterator<Item = T>"), call("drain", "impl Iterator<Item = T>"), call("into_iter", "impl Iterator<Item = T>"), call("is_disconnected", "bool"),
        call("stream", "impl futures::stream::Stream<Item = T>"), call("into_stream", "impl futures::stream::Stream<Item = T>"), call("clone", "flume::Receiver<T>"),
    ]),
    group("crossbeam_channel", T, "crossbeam-channel 0.5.17 S", &[
        call("bounded", "(crossbeam_channel::Sender<T>, crossbeam_channel::Receiver<T>)"), call("unbounded", "(crossbeam_channel::Sender<T>, crossbeam_channel::Receiver<T>)"),
        call("after", "crossbeam_channel::Receiver<std::time::Instant>"), call("tick", "crossbeam_channel::Receiver<std::time::Instant>"), call("never", "crossbeam_channel::Receiver<T>"),
    ]),
    group("crossbeam_channel::Sender", T, "crossbeam-channel 0.5.17 S", &[
        call("send", "Result<(), crossbeam_channel::SendError<T>>"), call("try_send", "Result<(), crossbeam_channel::TrySendError<T>>"), call("send_timeout", "Result<(), crossbeam_channel::SendTimeoutError<T>>"), call("clone", "crossbeam_channel::Sender<T>"),
    ]),
    group("crossbeam_channel::Receiver", T, "crossbeam-channel 0.5.17 S", &[
        call("recv", "Result<T, crossbeam_channel::RecvError>"), call("try_recv", "Result<T, crossbeam_channel::TryRecvError>"), call("recv_timeout", "Result<T, crossbeam_channel::RecvTimeoutError>"),
        call("iter", "impl Iterator<Item = T>"), call("try_iter", "impl Iterator<Item = T>"), call("into_iter", "impl Iterator<Item = T>"), call("clone", "crossbeam_channel::Receiver<T>"),
    ]),
    group("kanal", T, "kanal 0.1.1 S", &[
        call("bounded", "(kanal::Sender<T>, kanal::Receiver<T>)"), call("unbounded", "(kanal::Sender<T>, kanal::Receiver<T>)"),
        call("bounded_async", "(kanal::AsyncSender<T>, kanal::AsyncReceiver<T>)"), call("unbounded_async", "(kanal::AsyncSender<T>, kanal::AsyncReceiver<T>)"),
    ]),
    group("kanal::Sender", T, "kanal 0.1.1 S", &[call("send", "Result<(), kanal::SendError>"), call("close", "Result<(), kanal::CloseError>"), call("is_closed", "bool"), call("to_async", "kanal::AsyncSender<T>"), call("clone", "kanal::Sender<T>")]),
    group("kanal::Receiver", T, "kanal 0.1.1 S", &[call("recv", "Result<T, kanal::ReceiveError>"), call("try_recv", "Result<Option<T>, kanal::ReceiveError>"), call("is_closed", "bool"), call("to_async", "kanal::AsyncReceiver<T>"), call("clone", "kanal::Receiver<T>")]),
    group("kanal::AsyncSender", T, "kanal 0.1.1 S", &[wait("send", "Result<(), kanal::SendError>"), call("is_closed", "bool"), call("to_sync", "kanal::Sender<T>"), call("clone", "kanal::AsyncSender<T>")]),
    group("kanal::AsyncReceiver", T, "kanal 0.1.1 S", &[wait("recv", "Result<T, kanal::ReceiveError>"), call("try_recv", "Result<Option<T>, kanal::ReceiveError>"), call("is_closed", "bool"), call("to_sync", "kanal::Receiver<T>"), call("clone", "kanal::AsyncReceiver<T>")]),

    // other runtimes and locks
    group("async_std::task", NONE, "async-std 1.13.2 S", &[
        call("spawn", "async_std::task::JoinHandle<Arg0::Output>"), call("spawn_local", "async_std::task::JoinHandle<Arg0::Output>"), call("spawn_blocking", "async_std::task::JoinHandle<Arg0::Return>"),
        wait("sleep", "()"), wait("yield_now", "()"), call("block_on", "Arg0::Output"),
    ]),
    group("async_std::task::JoinHandle", T, "async-std 1.13.2 S", &[wait("cancel", "Option<T>")]),
    group("async_std::future", NONE, "async-std 1.13.2 S", &[wait("timeout", "Result<Arg1::Output, async_std::future::TimeoutError>")]),
    group("smol", NONE, "smol 2.0.2 S", &[call("spawn", "async_task::Task<Arg0::Output>"), call("block_on", "Arg0::Output")]),
    group("blocking", NONE, "blocking 1.7.0 S", &[call("unblock", "async_task::Task<Arg0::Return>")]),
    group("async_executor::Executor", NONE, "async-executor 1.14.1 S", &[call("new", "async_executor::Executor"), call("spawn", "async_task::Task<Arg0::Output>"), wait("run", "Arg0::Output"), wait("tick", "()")]),
    group("async_executor::LocalExecutor", NONE, "async-executor 1.14.1 S", &[call("new", "async_executor::LocalExecutor"), call("spawn", "async_task::Task<Arg0::Output>"), wait("run", "Arg0::Output"), wait("tick", "()")]),
    group("async_task::Task", T, "async-task 4.7.1 S", &[call("detach", "()"), wait("cancel", "Option<T>"), wait("fallible", "Option<T>"), call("is_finished", "bool")]),
    group("actix_rt", NONE, "actix-rt 2.15.0 S", &[call("spawn", "tokio::task::JoinHandle<Arg0::Output>")]),
    group("actix_rt::Arbiter", NONE, "actix-rt 2.15.0 S", &[call("new", "actix_rt::Arbiter"), call("spawn", "bool"), call("spawn_fn", "bool"), call("stop", "bool")]),
    group("parking_lot::Mutex", T, "parking_lot 0.12 S", &[call("new", "parking_lot::Mutex<Arg0>"), call("lock", "parking_lot::MutexGuard<T>"), call("try_lock", "Option<parking_lot::MutexGuard<T>>"), call("into_inner", "T")]),
    group("parking_lot::RwLock", T, "parking_lot 0.12 S", &[call("new", "parking_lot::RwLock<Arg0>"), call("read", "parking_lot::RwLockReadGuard<T>"), call("write", "parking_lot::RwLockWriteGuard<T>"), call("into_inner", "T")]),
    group("dashmap::DashMap", KV, "dashmap 6 S", &[call("new", "dashmap::DashMap<K, V>"), call("insert", "Option<V>"), call("remove", "Option<(K, V)>"), call("contains_key", "bool"), call("len", "usize"), call("is_empty", "bool"), call("clear", "()")]),

    // servers
    group("axum", NONE, "axum 0.8.9 S", &[call("serve", "axum::serve::Serve")]),
    group("axum::serve::Serve", NONE, "axum 0.8.9 S", &[call("with_graceful_shutdown", "axum::serve::WithGracefulShutdown"), call("local_addr", "std::io::Result<_>")]),
    group("axum::extract::ws::WebSocket", NONE, "axum 0.8.9 S", &[wait("recv", "Option<Result<axum::extract::ws::Message, axum::Error>>"), wait("send", "Result<(), axum::Error>")]),
    group("axum_server", NONE, "axum-server 0.9.0 S", &[call("bind", "axum_server::Server"), call("from_tcp", "std::io::Result<axum_server::Server>")]),
    group("axum_server::Server", NONE, "axum-server 0.9.0 S", &[call("bind", "axum_server::Server"), call("handle", "axum_server::Server"), wait("serve", "std::io::Result<()>")]),
    group("tonic::transport::Server", NONE, "tonic 0.14.9 S", &[
        // `layer` changes only a type parameter.
        call("accept_http1", "Self"), call("concurrency_limit_per_connection", "Self"), call("load_shed", "Self"), call("timeout", "Self"), call("initial_stream_window_size", "Self"), call("initial_connection_window_size", "Self"), call("max_concurrent_streams", "Self"), call("http2_keepalive_interval", "Self"), call("http2_keepalive_timeout", "Self"), call("http2_adaptive_window", "Self"), call("http2_max_header_list_size", "Self"), call("http2_max_pending_accept_reset_streams", "Self"), call("tcp_keepalive", "Self"), call("tcp_nodelay", "Self"), call("max_frame_size", "Self"), call("max_connection_age", "Self"), call("trace_fn", "Self"), call("layer", "Self"),
        call("tls_config", "Result<Self, tonic::transport::Error>"), call("add_optional_service", "tonic::transport::server::Router"), call("add_routes", "tonic::transport::server::Router"),
        call("builder", "tonic::transport::Server"), call("add_service", "tonic::transport::server::Router"), wait("serve", "Result<(), tonic::transport::Error>"), wait("serve_with_shutdown", "Result<(), tonic::transport::Error>"),
        wait("serve_with_incoming", "Result<(), tonic::transport::Error>"), wait("serve_with_incoming_shutdown", "Result<(), tonic::transport::Error>"),
    ]),
    group("tonic::transport::server::Router", NONE, "tonic 0.14.9 S", &[
        call("add_service", "tonic::transport::server::Router"), call("add_optional_service", "tonic::transport::server::Router"),
        wait("serve", "Result<(), tonic::transport::Error>"), wait("serve_with_shutdown", "Result<(), tonic::transport::Error>"),
        wait("serve_with_incoming", "Result<(), tonic::transport::Error>"), wait("serve_with_incoming_shutdown", "Result<(), tonic::transport::Error>"),
    ]),
    group("tonic::transport::Endpoint", NONE, "tonic 0.14.9 S", &[
        call("from_static", "tonic::transport::Endpoint"), call("from_shared", "Result<tonic::transport::Endpoint, tonic::transport::Error>"), wait("connect", "Result<tonic::transport::Channel, tonic::transport::Error>"),
        call("connect_lazy", "tonic::transport::Channel"), call("timeout", "tonic::transport::Endpoint"), call("connect_timeout", "tonic::transport::Endpoint"),
    ]),
    group("tonic::Streaming", T, "tonic 0.14.9 S", &[wait("message", "Result<Option<T>, tonic::Status>")]),
    group("tonic::Response", T, "tonic 0.14.9 S", &[call("new", "tonic::Response<Arg0>"), call("into_inner", "T"), call("get_ref", "&T"), call("get_mut", "&mut T")]),
    group("tonic::Request", T, "tonic 0.14.9 S", &[call("new", "tonic::Request<Arg0>"), call("into_inner", "T"), call("get_ref", "&T"), call("get_mut", "&mut T")]),
    group("warp", NONE, "warp 0.3.7 S", &[call("serve", "warp::Server")]),
    group("warp::Server", NONE, "warp 0.3.7 S", &[wait("run", "()"), wait("run_incoming", "()"), wait("bind", "()"), wait("try_bind", "()"), wait("serve_incoming", "()"), wait("serve_incoming_with_graceful_shutdown", "()")]),
    group("actix_web::HttpServer", NONE, "actix-web 4.18.1 S", &[
        call("new", "actix_web::HttpServer"), call("bind", "std::io::Result<actix_web::HttpServer>"), call("listen", "std::io::Result<actix_web::HttpServer>"), call("bind_uds", "std::io::Result<actix_web::HttpServer>"),
        call("bind_rustls_0_23", "std::io::Result<actix_web::HttpServer>"), call("workers", "actix_web::HttpServer"), call("shutdown_timeout", "actix_web::HttpServer"), call("disable_signals", "actix_web::HttpServer"),
        call("run", "actix_web::dev::Server"),
    ]),
    group("actix_web::dev::Server", NONE, "actix-server 2.10.0 S", &[call("handle", "actix_web::dev::ServerHandle")]),
    group("actix_web::dev::ServerHandle", NONE, "actix-server 2.10.0 S", &[wait("stop", "()"), wait("pause", "()"), wait("resume", "()")]),
    group("poem::Server", NONE, "poem 3.1.12 S", &[call("new", "poem::Server"), wait("run", "std::io::Result<()>"), wait("run_with_graceful_shutdown", "std::io::Result<()>")]),
    group("hyper::client::conn::http1", NONE, "hyper 1.12.0 S", &[wait("handshake", "Result<(hyper::client::conn::http1::SendRequest<_>, hyper::client::conn::http1::Connection), hyper::Error>")]),
    group("hyper::client::conn::http2", NONE, "hyper 1.12.0 S", &[wait("handshake", "Result<(hyper::client::conn::http2::SendRequest<_>, hyper::client::conn::http2::Connection), hyper::Error>")]),
    group("hyper::client::conn::http1::Builder", NONE, "hyper 1.12.0 S", &[call("new", "hyper::client::conn::http1::Builder"), wait("handshake", "Result<(hyper::client::conn::http1::SendRequest<_>, hyper::client::conn::http1::Connection), hyper::Error>")]),
    group("hyper::client::conn::http2::Builder", NONE, "hyper 1.12.0 S", &[call("new", "hyper::client::conn::http2::Builder"), wait("handshake", "Result<(hyper::client::conn::http2::SendRequest<_>, hyper::client::conn::http2::Connection), hyper::Error>")]),
    group("hyper::server::conn::http1::Builder", NONE, "hyper 1.12.0 S", &[call("new", "hyper::server::conn::http1::Builder"), call("serve_connection", "hyper::server::conn::http1::Connection")]),
    group("hyper::server::conn::http2::Builder", NONE, "hyper 1.12.0 S", &[call("new", "hyper::server::conn::http2::Builder"), call("serve_connection", "hyper::server::conn::http2::Connection")]),
    group("http::Request", NONE, "http 1.5.0 S", &[
        call("builder", "http::request::Builder"), call("get", "http::request::Builder"), call("put", "http::request::Builder"), call("post", "http::request::Builder"), call("delete", "http::request::Builder"),
        call("options", "http::request::Builder"), call("head", "http::request::Builder"), call("connect", "http::request::Builder"), call("patch", "http::request::Builder"), call("trace", "http::request::Builder"),
    ]),
    group("http::request::Builder", NONE, "http 1.5.0 S", &[
        call("new", "http::request::Builder"), call("method", "http::request::Builder"), call("uri", "http::request::Builder"), call("version", "http::request::Builder"), call("header", "http::request::Builder"),
        call("extension", "http::request::Builder"), call("body", "Result<http::Request<_>, http::Error>"),
    ]),
    group("http::Response", NONE, "http 1.5.0 S", &[call("builder", "http::response::Builder")]),
    group("http::response::Builder", NONE, "http 1.5.0 S", &[
        call("new", "http::response::Builder"), call("status", "http::response::Builder"), call("version", "http::response::Builder"), call("header", "http::response::Builder"),
        call("extension", "http::response::Builder"), call("body", "Result<http::Response<_>, http::Error>"),
    ]),

    // clients
    group("reqwest", NONE, "reqwest 0.13.5 S", &[wait("get", "Result<reqwest::Response, reqwest::Error>")]),
    group("reqwest::Client", NONE, "reqwest 0.13.5 S", &[
        call("new", "reqwest::Client"), call("builder", "reqwest::ClientBuilder"), call("get", "reqwest::RequestBuilder"), call("post", "reqwest::RequestBuilder"), call("put", "reqwest::RequestBuilder"), call("patch", "reqwest::RequestBuilder"),
        call("delete", "reqwest::RequestBuilder"), call("head", "reqwest::RequestBuilder"), call("request", "reqwest::RequestBuilder"), wait("execute", "Result<reqwest::Response, reqwest::Error>"), call("clone", "reqwest::Client"),
    ]),
    group("reqwest::ClientBuilder", NONE, "reqwest 0.13.5 S", &[
        call("new", "reqwest::ClientBuilder"), call("timeout", "reqwest::ClientBuilder"), call("connect_timeout", "reqwest::ClientBuilder"), call("read_timeout", "reqwest::ClientBuilder"), call("user_agent", "reqwest::ClientBuilder"), call("build", "Result<reqwest::Client, reqwest::Error>"),
    ]),
    group("reqwest::RequestBuilder", NONE, "reqwest 0.13.5 S", &[
        // Of an extension trait of reqwest-eventsource.
        call("eventsource", "Result<reqwest_eventsource::EventSource, reqwest_eventsource::CannotCloneRequestError>"),
        wait("send", "Result<reqwest::Response, reqwest::Error>"), call("build", "Result<reqwest::Request, reqwest::Error>"), call("header", "reqwest::RequestBuilder"), call("headers", "reqwest::RequestBuilder"), call("body", "reqwest::RequestBuilder"),
        call("json", "reqwest::RequestBuilder"), call("form", "reqwest::RequestBuilder"), call("query", "reqwest::RequestBuilder"), call("bearer_auth", "reqwest::RequestBuilder"), call("basic_auth", "reqwest::RequestBuilder"), call("timeout", "reqwest::RequestBuilder"),
    ]),
    group("reqwest::Response", T, "reqwest 0.13.5 S", &[
        call("status", "reqwest::StatusCode"), wait("text", "Result<String, reqwest::Error>"), wait("bytes", "Result<bytes::Bytes, reqwest::Error>"), wait("chunk", "Result<Option<bytes::Bytes>, reqwest::Error>"),
        call("error_for_status", "Result<reqwest::Response, reqwest::Error>"), call("error_for_status_ref", "Result<&reqwest::Response, reqwest::Error>"),
        wait("json", "Result<_, reqwest::Error>"), call("bytes_stream", "impl futures::stream::Stream<Item = Result<bytes::Bytes, reqwest::Error>>"),
    ]),
    group("tokio_tungstenite", NONE, "tokio-tungstenite 0.30.0 S", &[
        wait("connect_async", "Result<(tokio_tungstenite::WebSocketStream<_>, _), tungstenite::Error>"), wait("client_async", "Result<(tokio_tungstenite::WebSocketStream<Arg1>, _), tungstenite::Error>"),
        wait("connect_async_with_config", "Result<(tokio_tungstenite::WebSocketStream<_>, _), tungstenite::Error>"), wait("connect_async_tls_with_config", "Result<(tokio_tungstenite::WebSocketStream<_>, _), tungstenite::Error>"),
        wait("client_async_with_config", "Result<(tokio_tungstenite::WebSocketStream<Arg1>, _), tungstenite::Error>"), wait("client_async_tls", "Result<(tokio_tungstenite::WebSocketStream<_>, _), tungstenite::Error>"),
        wait("client_async_tls_with_config", "Result<(tokio_tungstenite::WebSocketStream<_>, _), tungstenite::Error>"),
        wait("accept_async", "Result<tokio_tungstenite::WebSocketStream<Arg0>, tungstenite::Error>"),
    ]),
    group("tokio_postgres", NONE, "tokio-postgres 0.7.18 S", &[wait("connect", "Result<(tokio_postgres::Client, tokio_postgres::Connection<_, _>), tokio_postgres::Error>")]),
    group("tokio_postgres::Config", NONE, "tokio-postgres 0.7.18 S", &[
        wait("connect", "Result<(tokio_postgres::Client, tokio_postgres::Connection<_, _>), tokio_postgres::Error>"), wait("connect_raw", "Result<(tokio_postgres::Client, tokio_postgres::Connection<_, _>), tokio_postgres::Error>"),
    ]),
    group("tokio_postgres::Client", NONE, "tokio-postgres 0.7.18 S", &[
        wait("query", "Result<Vec<tokio_postgres::Row>, tokio_postgres::Error>"), wait("query_one", "Result<tokio_postgres::Row, tokio_postgres::Error>"), wait("query_opt", "Result<Option<tokio_postgres::Row>, tokio_postgres::Error>"),
        wait("execute", "Result<u64, tokio_postgres::Error>"), wait("batch_execute", "Result<(), tokio_postgres::Error>"), wait("prepare", "Result<tokio_postgres::Statement, tokio_postgres::Error>"), call("is_closed", "bool"),
    ]),
    group("sqlx::postgres::PgListener", NONE, "sqlx-postgres 0.8.6 S", &[
        wait("connect", "Result<sqlx::postgres::PgListener, sqlx::Error>"), wait("connect_with", "Result<sqlx::postgres::PgListener, sqlx::Error>"), wait("listen", "Result<(), sqlx::Error>"), wait("listen_all", "Result<(), sqlx::Error>"),
        wait("recv", "Result<sqlx::postgres::PgNotification, sqlx::Error>"), wait("try_recv", "Result<Option<sqlx::postgres::PgNotification>, sqlx::Error>"),
        call("into_stream", "impl futures::stream::Stream<Item = Result<sqlx::postgres::PgNotification, sqlx::Error>>"),
    ]),
    group("redis::Client", NONE, "redis 1.8.1 S", &[
        call("open", "Result<redis::Client, redis::RedisError>"), wait("get_multiplexed_async_connection", "Result<redis::aio::MultiplexedConnection, redis::RedisError>"), wait("get_async_pubsub", "Result<redis::aio::PubSub, redis::RedisError>"),
        wait("get_connection_manager", "Result<redis::aio::ConnectionManager, redis::RedisError>"),
    ]),
    group("redis::aio::PubSub", NONE, "redis 1.8.1 S", &[
        wait("subscribe", "Result<(), redis::RedisError>"), wait("psubscribe", "Result<(), redis::RedisError>"), call("on_message", "impl futures::stream::Stream<Item = redis::Msg>"), call("into_on_message", "impl futures::stream::Stream<Item = redis::Msg>"),
    ]),
    group("redis::aio::MultiplexedConnection", NONE, "redis 1.8.1 S", &[
        // The second is an `impl Future` without a name.
        wait("new", "Result<(redis::aio::MultiplexedConnection, redis::aio::MultiplexedConnectionDriver), redis::RedisError>"),
        wait("new_with_config", "Result<(redis::aio::MultiplexedConnection, redis::aio::MultiplexedConnectionDriver), redis::RedisError>"),
        wait("new_with_response_timeout", "Result<(redis::aio::MultiplexedConnection, redis::aio::MultiplexedConnectionDriver), redis::RedisError>"),
    ]),
    group("redis::aio::ConnectionManager", NONE, "redis 1.8.1 S", &[wait("new", "Result<redis::aio::ConnectionManager, redis::RedisError>")]),
    group("fred::interfaces::ClientLike", NONE, "fred 10.1.0 S", &[
        call("connect", "tokio::task::JoinHandle<Result<(), fred::error::Error>>"), wait("init", "Result<tokio::task::JoinHandle<Result<(), fred::error::Error>>, fred::error::Error>"), wait("wait_for_connect", "Result<(), fred::error::Error>"),
        wait("quit", "Result<(), fred::error::Error>"),
    ]),
    group("etcd_client::Client", NONE, "etcd-client 0.21.1 S", &[
        wait("connect", "Result<etcd_client::Client, etcd_client::Error>"), wait("lease_keep_alive", "Result<(etcd_client::LeaseKeeper, etcd_client::LeaseKeepAliveStream), etcd_client::Error>"),
        wait("watch", "Result<etcd_client::WatchStream, etcd_client::Error>"), call("lease_client", "etcd_client::LeaseClient"), call("watch_client", "etcd_client::WatchClient"), call("clone", "etcd_client::Client"),
    ]),
    group("etcd_client::LeaseClient", NONE, "etcd-client 0.21.1 S", &[wait("keep_alive", "Result<(etcd_client::LeaseKeeper, etcd_client::LeaseKeepAliveStream), etcd_client::Error>")]),
    group("etcd_client::WatchClient", NONE, "etcd-client 0.21.1 S", &[wait("watch", "Result<etcd_client::WatchStream, etcd_client::Error>")]),
    group("etcd_client::WatchStream", NONE, "etcd-client 0.21.1 S", &[wait("message", "Result<Option<etcd_client::WatchResponse>, etcd_client::Error>")]),
    group("etcd_client::LeaseKeepAliveStream", NONE, "etcd-client 0.21.1 S", &[wait("message", "Result<Option<etcd_client::LeaseKeepAliveResponse>, etcd_client::Error>")]),
    group("h2::client", NONE, "h2 0.4.20 S", &[wait("handshake", "Result<(h2::client::SendRequest, h2::client::Connection), h2::Error>")]),
    group("h2::client::Builder", NONE, "h2 0.4.20 S", &[call("new", "h2::client::Builder"), wait("handshake", "Result<(h2::client::SendRequest, h2::client::Connection), h2::Error>")]),
    group("hyper::client::conn", NONE, "hyper 0.14.32 S", &[wait("handshake", "Result<(hyper::client::conn::SendRequest<_>, hyper::client::conn::Connection), hyper::Error>")]),
    group("hyper::client::conn::Builder", NONE, "hyper 0.14.32 S", &[call("new", "hyper::client::conn::Builder"), wait("handshake", "Result<(hyper::client::conn::SendRequest<_>, hyper::client::conn::Connection), hyper::Error>")]),
    group("aws_sdk_s3::Client", NONE, "aws-sdk-s3 1.119 D", &[
        call("head_bucket", "aws_sdk_s3::operation::head_bucket::builders::HeadBucketFluentBuilder"), call("head_object", "aws_sdk_s3::operation::head_object::builders::HeadObjectFluentBuilder"), call("list_buckets", "aws_sdk_s3::operation::list_buckets::builders::ListBucketsFluentBuilder"), call("list_objects_v2", "aws_sdk_s3::operation::list_objects_v2::builders::ListObjectsV2FluentBuilder"),
    ]),
    group("aws_sdk_s3::operation::head_bucket::builders::HeadBucketFluentBuilder", NONE, "aws-sdk-s3 1.119 D", &[
        call("bucket", "aws_sdk_s3::operation::head_bucket::builders::HeadBucketFluentBuilder"), wait("send", "Result<_, _>"),
    ]),
    group("aws_sdk_s3::operation::head_object::builders::HeadObjectFluentBuilder", NONE, "aws-sdk-s3 1.119 D", &[
        call("bucket", "aws_sdk_s3::operation::head_object::builders::HeadObjectFluentBuilder"), call("key", "aws_sdk_s3::operation::head_object::builders::HeadObjectFluentBuilder"), wait("send", "Result<_, _>"),
    ]),
    group("aws_sdk_s3::operation::list_buckets::builders::ListBucketsFluentBuilder", NONE, "aws-sdk-s3 1.119 D", &[
        call("max_buckets", "aws_sdk_s3::operation::list_buckets::builders::ListBucketsFluentBuilder"), wait("send", "Result<_, _>"),
    ]),
    group("aws_sdk_s3::operation::list_objects_v2::builders::ListObjectsV2FluentBuilder", NONE, "aws-sdk-s3 1.119 D", &[
        call("bucket", "aws_sdk_s3::operation::list_objects_v2::builders::ListObjectsV2FluentBuilder"), call("prefix", "aws_sdk_s3::operation::list_objects_v2::builders::ListObjectsV2FluentBuilder"), call("max_keys", "aws_sdk_s3::operation::list_objects_v2::builders::ListObjectsV2FluentBuilder"), wait("send", "Result<_, _>"),
    ]),
    group("lapin::Connection", NONE, "lapin 4.12.3 S", &[
        wait("connect", "Result<lapin::Connection, lapin::Error>"), wait("connect_uri", "Result<lapin::Connection, lapin::Error>"), wait("create_channel", "Result<lapin::Channel, lapin::Error>"),
    ]),
    group("lapin::Channel", NONE, "lapin 4.12.3 S", &[wait("basic_consume", "Result<lapin::Consumer, lapin::Error>"), wait("queue_declare", "Result<lapin::Queue, lapin::Error>"), wait("basic_ack", "Result<(), lapin::Error>")]),
    group("rumqttc::AsyncClient", NONE, "rumqttc 0.25.1 S", &[
        call("new", "(rumqttc::AsyncClient, rumqttc::EventLoop)"), wait("publish", "Result<(), rumqttc::ClientError>"), wait("subscribe", "Result<(), rumqttc::ClientError>"), wait("disconnect", "Result<(), rumqttc::ClientError>"), call("clone", "rumqttc::AsyncClient"),
    ]),
    group("rumqttc::Client", NONE, "rumqttc 0.25.1 S", &[call("new", "(rumqttc::Client, rumqttc::Connection)")]),
    group("rumqttc::v5::AsyncClient", NONE, "rumqttc 0.25.1 S", &[
        call("new", "(rumqttc::v5::AsyncClient, rumqttc::v5::EventLoop)"), wait("publish", "Result<(), rumqttc::v5::ClientError>"), wait("subscribe", "Result<(), rumqttc::v5::ClientError>"), call("clone", "rumqttc::v5::AsyncClient"),
    ]),
    group("rumqttc::v5::Client", NONE, "rumqttc 0.25.1 S", &[call("new", "(rumqttc::v5::Client, rumqttc::v5::Connection)")]),
    group("rumqttc::v5::EventLoop", NONE, "rumqttc 0.25.1 S", &[wait("poll", "Result<rumqttc::v5::Event, rumqttc::v5::ConnectionError>")]),
    group("rumqttc::EventLoop", NONE, "rumqttc 0.25.1 S", &[wait("poll", "Result<rumqttc::Event, rumqttc::ConnectionError>")]),
    group("async_nats", NONE, "async-nats 0.51.0 S", &[wait("connect", "Result<async_nats::Client, async_nats::ConnectError>"), wait("connect_with_options", "Result<async_nats::Client, async_nats::ConnectError>")]),
    group("async_nats::Client", NONE, "async-nats 0.51.0 S", &[
        wait("subscribe", "Result<async_nats::Subscriber, async_nats::SubscribeError>"), wait("queue_subscribe", "Result<async_nats::Subscriber, async_nats::SubscribeError>"), wait("publish", "Result<(), async_nats::PublishError>"),
        wait("request", "Result<async_nats::Message, async_nats::RequestError>"), wait("flush", "Result<(), async_nats::client::FlushError>"), call("clone", "async_nats::Client"),
    ]),
    group("async_nats::jetstream", NONE, "async-nats 0.51.0 S", &[call("new", "async_nats::jetstream::Context"), call("with_domain", "async_nats::jetstream::Context")]),
    group("async_nats::jetstream::Context", NONE, "async-nats 0.51.0 S", &[
        wait("get_stream", "Result<async_nats::jetstream::stream::Stream, _>"), wait("get_or_create_stream", "Result<async_nats::jetstream::stream::Stream, _>"),
        wait("create_stream", "Result<async_nats::jetstream::stream::Stream, _>"), call("clone", "async_nats::jetstream::Context"),
    ]),
    group("async_nats::jetstream::stream::Stream", NONE, "async-nats 0.51.0 S", &[
        wait("get_consumer", "Result<async_nats::jetstream::consumer::Consumer, _>"), wait("create_consumer", "Result<async_nats::jetstream::consumer::Consumer, _>"),
        wait("get_or_create_consumer", "Result<async_nats::jetstream::consumer::Consumer, _>"),
    ]),
    group("async_nats::jetstream::consumer::Consumer", NONE, "async-nats 0.51.0 S", &[wait("messages", "Result<async_nats::jetstream::consumer::pull::Stream, _>")]),
    group("reqwest_eventsource::EventSource", NONE, "reqwest-eventsource 0.6.0 D", &[
        call("new", "Result<reqwest_eventsource::EventSource, reqwest_eventsource::CannotCloneRequestError>"), call("get", "reqwest_eventsource::EventSource"), call("close", "()"),
    ]),
    group("jsonrpsee::ws_client::WsClientBuilder", NONE, "jsonrpsee-ws-client 0.26.1 S", &[
        call("new", "jsonrpsee::ws_client::WsClientBuilder"), call("default", "jsonrpsee::ws_client::WsClientBuilder"),
        wait("build", "Result<jsonrpsee::ws_client::WsClient, jsonrpsee::core::client::Error>"),
    ]),
    group("jsonrpsee::ws_client::WsClient", NONE, "jsonrpsee-core 0.26.1 S", &[
        wait("subscribe", "Result<jsonrpsee::core::client::Subscription, jsonrpsee::core::client::Error>"), call("is_connected", "bool"),
    ]),
    group("alloy::providers::Provider", NONE, "alloy-provider 2.5.0 D", &[
        wait("subscribe_blocks", "Result<alloy::pubsub::Subscription, _>"), wait("subscribe_logs", "Result<alloy::pubsub::Subscription, _>"),
    ]),
    group("alloy::pubsub::Subscription", NONE, "alloy-pubsub 2.5.0 S", &[wait("recv", "Result<_, tokio::sync::broadcast::error::RecvError>"), call("into_stream", "alloy::pubsub::SubscriptionStream")]),
    group("quinn::Endpoint", NONE, "quinn 0.11.12 S", &[
        call("server", "std::io::Result<quinn::Endpoint>"), call("client", "std::io::Result<quinn::Endpoint>"), wait("accept", "Option<quinn::Incoming>"), call("connect", "Result<quinn::Connecting, quinn::ConnectError>"), wait("wait_idle", "()"), call("close", "()"),
    ]),
    group("quinn::Connection", NONE, "quinn 0.11.12 S", &[
        wait("open_uni", "Result<quinn::SendStream, quinn::ConnectionError>"), wait("open_bi", "Result<(quinn::SendStream, quinn::RecvStream), quinn::ConnectionError>"), wait("accept_uni", "Result<quinn::RecvStream, quinn::ConnectionError>"),
        wait("accept_bi", "Result<(quinn::SendStream, quinn::RecvStream), quinn::ConnectionError>"), wait("closed", "quinn::ConnectionError"), wait("read_datagram", "Result<bytes::Bytes, quinn::ConnectionError>"), call("close", "()"),
        call("close_reason", "Option<quinn::ConnectionError>"),
    ]),
    group("notify", NONE, "notify 8.2.2 S", &[call("recommended_watcher", "Result<notify::RecommendedWatcher, notify::Error>")]),
];
