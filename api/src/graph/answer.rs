//! The answer to a request: the JSON of its root fields put together, the errors beside it, and what it all cost.

use bytes::Bytes;

use super::{
    document::Root,
    failure::{Failure, Marked},
};
use crate::error::{Error, Report};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The GraphQL response as JSON.
    pub body: Bytes,
    pub outcome: Outcome,
    /// The errors that stand in it.
    pub errors: Vec<Report>,
    pub cost: Cost,
}

/// What was asked for and what came of it; nothing of what is refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// How many values the answer could hold.
    pub asked: u64,
    /// How many it holds.
    pub spent: u64,
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

/// A request that is not executed.
pub struct Refusal {
    pub reports: Vec<Report>,
    pub outcome: Outcome,
}

impl Refusal {
    pub fn kind() -> Self {
        Self {
            reports: vec![Error::bad_request("a mutation needs POST").report()],
            outcome: Outcome::KindRefused,
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::from(vec![error.report()])
    }
}

impl From<Vec<Report>> for Refusal {
    fn from(reports: Vec<Report>) -> Self {
        Self {
            reports,
            outcome: Outcome::Refused,
        }
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        let Refusal { reports, outcome } = refusal;
        Self {
            body: serde_json::json!({ "errors": reports }).to_string().into(),
            outcome,
            errors: reports,
            cost: Cost::default(),
        }
    }
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
    cost: Cost,
}

impl Answer {
    pub fn new(failed: Vec<Failure>, marked: Vec<Failure>, cost: u64) -> Self {
        Self {
            data: String::from("{"),
            reports: Vec::new(),
            failed,
            marked: Marked::new(marked),
            nulled: false,
            cost: Cost {
                asked: cost,
                spent: 0,
            },
        }
    }

    pub fn add(&mut self, root: &Root, json: Result<String, Error>) {
        let key = root.key.as_str();
        let here = |failure: &mut Failure| failure.way.first().is_some_and(|root| root.key == key);
        let failed = self.failed.extract_if(.., here);
        self.reports.extend(failed.map(Failure::report));
        let json = json.and_then(|json| self.marked.settle(key, json, &mut self.reports));
        let json = json.unwrap_or_else(|error| {
            self.reports.push(error.report().on(vec![key.into()]));
            "null".to_owned()
        });
        self.nulled |= root.non_null && json == "null";
        if root.ask.is_some() {
            self.cost.spent += 1 + members(&json);
        }
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
        let Cost { asked, spent } = self.cost;
        let cost = format!("\"extensions\":{{\"cost\":{{\"asked\":{asked},\"spent\":{spent}}}}}");
        let (outcome, body) = if self.reports.is_empty() {
            (Outcome::Whole, format!("{{\"data\":{data},{cost}}}"))
        } else {
            let errors = serde_json::json!(self.reports);
            let body = format!("{{\"errors\":{errors},\"data\":{data},{cost}}}");
            (Outcome::Partial, body)
        };
        Response {
            body: body.into(),
            outcome,
            errors: self.reports,
            cost: self.cost,
        }
    }
}

/// How many members the objects of a JSON text have: as many as there are colons outside of its texts.
fn members(json: &str) -> u64 {
    let (mut count, mut in_text, mut escaped) = (0, false, false);
    for byte in json.bytes() {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if byte == b'"' {
            in_text = true;
        } else if byte == b':' {
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_counted() {
        let check = |json, count| assert_eq!(members(json), count, "{json}");
        check("null", 0);
        check(r#"{"a" : 1, "b":[{"c":": x"},{"c":null}]}"#, 4);
        check(r#"{"a":"\":\":","b":"\\", "c:": ":"}"#, 3);
    }
}
