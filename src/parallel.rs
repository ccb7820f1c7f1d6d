//! Work on all threads. The only user of rayon.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use rayon::prelude::*;
use taskguard_lints::semantics::Join;

use crate::emit::Message;

/// Deeply nested code is read by recursion.
const STACK_SIZE: usize = 64 << 20;

/// Does work that reads and checks files, on its own threads: as many as are asked for, or one a core. A panic in it is a
/// mistake of ours.
pub fn on_threads<T: Send>(
    threads: Option<usize>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, Box<Message>> {
    let threads = threads.unwrap_or_default();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_SIZE).build();
    let pool = pool.map_err(|error| Message::failure(format!("cannot start threads: {error}")))?;
    panic::set_hook(Box::new(|panic| LAST_PANIC.set(panic.to_string())));
    let done = pool.install(|| guarded(work));
    let _ = panic::take_hook();
    done.map_err(|panic| Box::new(internal_error(Message::failure, &panic)))
}

/// What becomes of each, in their order. They are begun one by one, the first ones first.
pub fn map<T: Sync, R: Send>(all: &[T], become_of: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    all.par_iter().with_max_len(1).map(become_of).collect()
}

/// Does two pieces of work at the same time.
pub const JOIN: Join = |first, second| _ = rayon::join(first, second);

/// Does work that hands out jobs, which are done beside it, in the order in which it hands them out. All is done on return.
pub fn with_jobs<J: Send, T>(job: impl Fn(J) + Sync, work: impl FnOnce(&dyn Fn(J)) -> T) -> T {
    let job = &job;
    rayon::in_place_scope_fifo(|scope| work(&|handed| scope.spawn_fifo(move |_| job(handed))))
}

thread_local! {
    /// What the last panic on this thread said, and where it was.
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Does some work of the lints; a panic in it, which would be a mistake of ours, costs this work only.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_: Box<dyn Any + Send>| LAST_PANIC.take())
}

/// What to say of a panic.
pub fn internal_error(message: impl FnOnce(String) -> Message, panic: &str) -> Message {
    message("internal error: this is a mistake in taskguard, not in the code".to_owned())
        .note(panic)
        .help(concat!("please report it at ", env!("CARGO_PKG_REPOSITORY"), "/issues"))
}
