//! The migrated databases: that every step can be undone, and that they hold what the rows of `entity` say.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what a test needs and does not get fails it"
)]

mod database;
mod deletion;
mod rows;
mod search;
mod steps;
