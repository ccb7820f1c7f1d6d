//! The driver on workspaces made for it.

mod driver;
