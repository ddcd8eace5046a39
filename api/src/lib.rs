//! Schismograph.

pub mod error;
