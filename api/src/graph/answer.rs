//! The answer to a request: the JSON of its root fields put together, and the errors beside it.

use bytes::Bytes;

use super::failure::{Failure, Marked};
use crate::error::{Error, Report};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The GraphQL response as JSON.
    pub body: Bytes,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Data without errors.
    Whole,
    /// Data, also null as a whole, with errors of fields beside it.
    Partial,
    /// A request error: nothing ran, the body has no data.
    Refused,
    /// A request error: the operation is of a kind that [`KindAllowed`](super::KindAllowed) rules out.
    KindRefused,
}

/// The response under way: JSON of the root fields, joined as text.
pub struct Answer {
    data: String,
    reports: Vec<Report>,
    /// Of root fields, told of in their place.
    failed: Vec<Failure>,
    marked: Marked,
    /// A non-null root field failed, so that the data as a whole is null.
    nulled: bool,
}

impl Answer {
    pub fn new(failed: Vec<Failure>, marked: Vec<Failure>) -> Self {
        Self {
            data: String::from("{"),
            reports: Vec::new(),
            failed,
            marked: Marked::new(marked),
            nulled: false,
        }
    }

    pub fn add(&mut self, key: &str, json: Result<String, Error>, non_null: bool) {
        let here = |failure: &mut Failure| failure.way.first().is_some_and(|root| root.key == key);
        let failed = self.failed.extract_if(.., here);
        self.reports.extend(failed.map(Failure::report));
        let json = json.and_then(|json| self.marked.settle(key, json, &mut self.reports));
        let json = json.unwrap_or_else(|error| {
            self.reports.push(error.report().on(vec![key.into()]));
            "null".to_owned()
        });
        self.nulled |= non_null && json == "null";
        if self.data.len() > 1 {
            self.data.push(',');
        }
        self.data.push('"');
        self.data.push_str(key);
        self.data.push_str("\":");
        self.data.push_str(&json);
    }

    pub fn finish(mut self) -> Response {
        self.data.push('}');
        let data = if self.nulled {
            "null"
        } else {
            self.data.as_str()
        };
        let (outcome, body) = if self.reports.is_empty() {
            (Outcome::Whole, format!("{{\"data\":{data}}}"))
        } else {
            let errors = serde_json::json!(self.reports);
            let body = format!("{{\"errors\":{errors},\"data\":{data}}}");
            (Outcome::Partial, body)
        };
        Response {
            body: body.into(),
            outcome,
        }
    }
}
