//! Schismograph.
