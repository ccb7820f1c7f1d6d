//! Where the time of a run goes, for `--timings`.

use std::time::{Duration, Instant};
use std::{fmt, fs};

/// The stages of a run in the order of their first ends, and how long each took.
#[derive(Debug)]
pub struct Timings {
    start: Instant,
    last: Instant,
    /// What the threads had worked until then.
    worked: Option<Duration>,
    stages: Vec<Stage>,
}

#[derive(Debug)]
struct Stage {
    name: &'static str,
    time: Duration,
    /// The work of all threads together: what to compare where other programs run beside us. None where the system does
    /// not tell.
    work: Option<Duration>,
}

impl Timings {
    pub fn start() -> Self {
        let now = Instant::now();
        Self { start: now, last: now, worked: work_of_threads(), stages: Vec::new() }
    }

    /// Ends a stage: the time since the last end was spent on it. A stage may come in several parts.
    pub fn end(&mut self, stage: &'static str) {
        let (now, worked) = (Instant::now(), work_of_threads());
        let time = now - self.last;
        // What a thread has worked that is no more is not known any more.
        let work = worked.zip(self.worked).map(|(now, last)| now.saturating_sub(last));
        (self.last, self.worked) = (now, worked);
        match self.stages.iter_mut().find(|known| known.name == stage) {
            Some(known) => {
                known.time += time;
                known.work = known.work.zip(work).map(|(before, more)| before + more);
            }
            None => self.stages.push(Stage { name: stage, time, work }),
        }
    }

    /// How long the run has taken until now.
    pub fn total(&self) -> Duration {
        self.start.elapsed()
    }
}

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = |time: Duration| format!("{:>9.1} ms", time.as_secs_f64() * 1e3);
        let work: Option<Duration> = self.stages.iter().map(|stage| stage.work).sum();
        let total = Stage { name: "total", time: self.total(), work };
        for Stage { name, time, work } in self.stages.iter().chain([&total]) {
            let work = work.map(|work| format!("{} of work", milliseconds(work))).unwrap_or_default();
            writeln!(f, "  {name:<13} {}{work}", milliseconds(*time))?;
        }
        if let Some(peak) = peak_memory() {
            writeln!(f, "  {:<13} {:>9.1} MiB", "memory", peak as f64 / 1024.0)?;
        }
        Ok(())
    }
}

/// How long the threads that there are have been at work, where the system tells.
fn work_of_threads() -> Option<Duration> {
    let tasks = fs::read_dir("/proc/self/task").ok()?.flatten();
    let worked = tasks.filter_map(|task| {
        let text = fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    });
    Some(Duration::from_nanos(worked.sum()))
}

/// The most memory that the process has had at a time, in KiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_in_parts_is_one_line() {
        let mut timings = Timings::start();
        for stage in ["read", "tree", "read", "tree", "link"] {
            timings.end(stage);
        }
        let text = timings.to_string();
        let names: Vec<_> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(names[..4], ["read", "tree", "link", "total"]);
        let sum: Duration = timings.stages.iter().map(|stage| stage.time).sum();
        assert_eq!(sum, timings.last - timings.start);
    }
}
