//! Drafts to rows, in one transaction.
pub mod text;
