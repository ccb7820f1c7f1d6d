//! Where the time of a run goes, for `--timings`.

use std::fmt;
use std::time::{Duration, Instant};

/// The stages of a run in the order of their first ends, and how long each took.
#[derive(Debug)]
pub struct Timings {
    start: Instant,
    last: Instant,
    stages: Vec<(&'static str, Duration)>,
}

impl Timings {
    pub fn start() -> Self {
        let now = Instant::now();
        Self { start: now, last: now, stages: Vec::new() }
    }

    /// Ends a stage: the time since the last end was spent on it. A stage may come in several parts.
    pub fn end(&mut self, stage: &'static str) {
        let now = Instant::now();
        let spent = now - self.last;
        self.last = now;
        match self.stages.iter_mut().find(|(known, _)| *known == stage) {
            Some((_, time)) => *time += spent,
            None => self.stages.push((stage, spent)),
        }
    }

    /// How long the run has taken until now.
    pub fn total(&self) -> Duration {
        self.start.elapsed()
    }
}

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (stage, time) in self.stages.iter().chain([&("total", self.total())]) {
            writeln!(f, "  {stage:<13} {:>9.1} ms", time.as_secs_f64() * 1e3)?;
        }
        Ok(())
    }
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
        assert_eq!(names, ["read", "tree", "link", "total"]);
        let sum: Duration = timings.stages.iter().map(|&(_, time)| time).sum();
        assert_eq!(sum, timings.last - timings.start);
    }
}
