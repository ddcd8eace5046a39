//! What is asked for: as it comes in, and made ready to be answered.

use std::sync::Arc;

use apollo_compiler::{response::JsonMap, validation::Valid};
use serde_json::{Map, Value};

use super::{
    COSTS, Graph,
    answer::{Refusal, Response},
    document::{self, Document, Plan, Values},
    failure::Failure,
    limit::{self, Limits},
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

impl Graph {
    /// Makes ready to answer one operation, and tells what that will cost; nothing is asked of the database yet.
    ///
    /// # Errors
    /// The answer to what is refused.
    pub fn prepare(&self, request: Request) -> Result<Prepared, Response> {
        self.ready(request, &self.limits).map_err(Response::from)
    }

    /// The same for a document of our own, with values of a client's: whatever documents may come to, only what it
    /// costs is bounded.
    ///
    /// # Errors
    /// The answer to what is refused.
    pub fn prepare_own(&self, request: Request) -> Result<Prepared, Response> {
        let limits = self.limits.of_answers();
        self.ready(request, &limits).map_err(Response::from)
    }

    pub(super) fn ready(&self, request: Request, limits: &Limits) -> Result<Prepared, Refusal> {
        let name = request.operation_name;
        let document = match self.document(&request.query, limits) {
            // The way a request came in is judged before the schema is: a mutation asked for by GET is refused
            // as such, whatever else is wrong with it.
            Err(_)
                if request.kind_allowed == KindAllowed::QueryOnly
                    && document::writes(&request.query, limits) =>
            {
                return Err(Refusal::kind());
            }
            document => document?,
        };
        let operation = document.operation(name.as_deref())?;
        if request.kind_allowed == KindAllowed::QueryOnly && !operation.is_query() {
            return Err(Refusal::kind());
        }
        let variables = self.variables(operation, request.variables)?;
        // A kept plan takes no value that its place refuses: where the failure belongs, only planning tells.
        let kept = document
            .plan(name.as_deref(), &variables)
            .and_then(|plan| Some((plan.values(&variables).ok()?, plan)));
        let (values, plan, failed, marked) = if let Some((values, plan)) = kept {
            (values, plan, Vec::new(), Vec::new())
        } else {
            let (plan, failed, marked) = self.plan(&document, operation, &variables, limits);
            limit::within("cost_limit", limits.cost, plan.cost, COSTS)?;
            if failed.is_empty() && marked.is_empty() {
                document.keep(name.as_deref(), &plan);
                // Weighed again: a few lines can stand for a statement of megabytes.
                self.documents.insert(request.query, Arc::clone(&document));
            }
            (plan.values(&variables)?, plan, failed, marked)
        };
        Ok(Prepared {
            document,
            name,
            variables,
            plan,
            values,
            failed,
            marked,
        })
    }
}
