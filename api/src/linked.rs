//! Linked data: what records say as RDF, for exports and for the addresses of single records alike.
//!
//! `describe` puts a whole record into a `Graph`; `label` adds what other things are called. A graph is written as one document (`document`) or, many of them one after the other,
//! as one file (`Writer`); all syntaxes say the same. `vocabulary` describes the terms of our own, `dataset` the
//! data set as a whole.
//!
//! What the mapping keeps to:
//! - Subjects are permanent addresses (`/id/...`), or an address with a fragment for what has no id of its own.
//! - What is said of the relation of two things stands at an address of its own, which reifies the plain triple
//!   (`rdf:subject`, `rdf:predicate`, `rdf:object`). The plain triple itself stands beside it only if a source states
//!   it or if it is derived: not if it is disputed, and not if it is denied.
//! - A date is given in the types of XML Schema only where it is a day, a month or a year without any doubt.
//! - What no source says is left out: "unknown" is not a value.

mod address;
mod concerning;
mod dataset;
mod date;
mod graph;
mod jsonld;
mod licence;
mod map;
mod prefix;
mod vocabulary;
mod write;

pub(crate) use address::ALL_BUT_PLAIN;
pub use address::Addresses;
pub(crate) use dataset::dataset;
pub use graph::Graph;
pub(crate) use map::{describe, label};
pub use vocabulary::vocabulary;
pub use write::{Syntax, Writer, document};
