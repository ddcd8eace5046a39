//! The migrated databases: that every step can be undone, and that they hold what the rows of `entity` say.

mod database;
mod deletion;
mod rows;
mod search;
mod steps;
