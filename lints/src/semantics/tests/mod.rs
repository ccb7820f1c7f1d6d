//! What the semantic layer says of snippets of code.

mod failure;
mod fates;
mod flow;
mod life;
mod mentions;
mod names;
mod reach;
mod scale;
mod swallow;
mod types;
mod ways;
