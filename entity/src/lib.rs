#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod id;

pub mod date;
pub mod kind;

pub mod node;
pub mod slug;

pub mod former_id;
pub mod former_revision;

pub mod campaign;
pub mod event;
pub mod organisation;
pub mod person;
pub mod publication;

pub mod classification;
pub mod external_id;
pub mod name;
pub mod place;
pub mod place_period;
pub mod topic;

pub mod affiliation;
pub mod authorship;
pub mod membership;
pub mod participation;
pub mod publishing;

pub mod event_order;
pub mod lineage_link;

pub mod claim;
pub mod source;
pub mod statement;

pub mod dataset;
pub mod revision;
pub mod search_document;
