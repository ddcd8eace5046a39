//! Drafts to rows, in one transaction.
