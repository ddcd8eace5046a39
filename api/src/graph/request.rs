//! What is asked for: as it comes in, and made ready to be answered.

use std::sync::Arc;

use apollo_compiler::{response::JsonMap, validation::Valid};
use serde_json::{Map, Value};

use super::{
    document::{Document, Plan, Values},
    failure::Failure,
};

/// One operation that a client asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub query: String,
    pub operation_name: Option<String>,
    pub variables: Map<String, Value>,
    pub kind_allowed: KindAllowed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindAllowed {
    /// Nothing that writes: the request came in a way that must be safe to repeat.
    QueryOnly,
    Any,
}

/// An operation that is ready to be answered.
pub struct Prepared {
    pub(super) document: Arc<Document>,
    pub(super) name: Option<String>,
    pub(super) variables: Valid<JsonMap>,
    pub(super) plan: Arc<Plan>,
    pub(super) values: Vec<Vec<Values>>,
    pub(super) failed: Vec<Failure>,
    pub(super) marked: Vec<Failure>,
}

impl Prepared {
    /// How many values the answer can hold, by the sizes of its pages.
    #[must_use]
    pub fn cost(&self) -> u64 {
        self.plan.cost
    }

    /// What the operation is called, as its author has named it, and of which type it is.
    #[must_use]
    pub fn operation(&self) -> (Option<&str>, &'static str) {
        let operation = self.document.operation(self.name.as_deref()).ok();
        let name = operation.and_then(|operation| operation.name.as_deref());
        let kind = operation.map_or("query", |operation| operation.operation_type.name());
        (name, kind)
    }
}
