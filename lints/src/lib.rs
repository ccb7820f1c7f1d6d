//! The lints of taskguard, and all that they stand on: text in, diagnostics out.

pub mod knowledge;
pub mod source;
