//! Fields that fail, and what becomes of their surroundings.
//!
//! A field fails while it is planned, when nobody knows yet for which objects it would have been asked. The statement
//! leaves a mark in its place. Where an answer has a mark, the field has failed for that object: there is an error with
//! the path to it, list indices included, and the closest place that can be null is null. A field of a list without
//! items fails nowhere.

use apollo_compiler::ast::Type;
use serde_json::Value;

use crate::error::{Error, Report};

/// How a mark starts; a number follows. Data has no control characters.
const MARK: &str = "\u{1}failed\u{1}";

/// A failure with the way to the field that it belongs to.
#[derive(Debug)]
pub struct Failure {
    pub error: Error,
    pub way: Vec<Step>,
}

/// One field on the way to another.
#[derive(Debug, Clone)]
pub struct Step {
    /// The response name.
    pub key: String,
    pub ty: Type,
}

impl Failure {
    /// The error of a failure that ends a root field before anything is asked. No item of a list is known, so its path
    /// leads to the first list on the way, and its message names the rest.
    pub fn report(self) -> Report {
        let list = self.way.iter().position(|step| step.ty.is_list());
        let (path, rest) = self
            .way
            .split_at(list.map_or(self.way.len(), |list| list + 1));
        let mut report = self.error.report();
        if !rest.is_empty() {
            let rest: Vec<&str> = rest.iter().map(|step| step.key.as_str()).collect();
            report.message = format!("{}: {}", rest.join("."), report.message);
        }
        report.on(path.iter().map(|step| step.key.as_str().into()).collect())
    }
}

/// What the failure of this number leaves in a statement, as a literal.
pub fn mark(number: usize) -> String {
    format!("'{MARK}{number}'")
}

/// Failures whose marks may stand in answers, each told of as often as it is met.
pub struct Marked(Vec<(Report, Vec<Type>)>);

impl Marked {
    pub fn new(failures: Vec<Failure>) -> Self {
        let failures = failures.into_iter().map(|failure| {
            let types = failure.way.into_iter().map(|step| step.ty);
            (failure.error.report(), types.collect())
        });
        Self(failures.collect())
    }

    /// The answer of a root field without its marks, and with null where the fields that they stand for failed.
    ///
    /// # Errors
    ///
    /// Internal, if the answer is not JSON.
    pub fn settle(
        &self,
        key: &str,
        json: String,
        reports: &mut Vec<Report>,
    ) -> Result<String, Error> {
        // As JSON text the control character is an escape.
        if self.0.is_empty() || !json.contains("\"\\u0001failed") {
            return Ok(json);
        }
        let mut answer: Value = serde_json::from_str(&json).map_err(Error::internal)?;
        let mut path = vec![Value::from(key)];
        let failed = self.settle_value(&mut answer, &mut path, reports);
        Ok(failed.map_or_else(|| answer.to_string(), |_| "null".to_owned()))
    }

    /// How long the path to the closest place around the value is that has to be null because of what failed in it.
    fn settle_value(
        &self,
        value: &mut Value,
        path: &mut Vec<Value>,
        reports: &mut Vec<Report>,
    ) -> Option<usize> {
        let mut settled = |key: Value, value: &mut Value| {
            path.push(key);
            let length = self.settle_value(value, path, reports);
            let here = path.len();
            path.pop();
            let length = length?;
            if length < here {
                return Some(length);
            }
            *value = Value::Null;
            None
        };
        match value {
            Value::Object(members) => members
                .iter_mut()
                .find_map(|(key, value)| settled(key.as_str().into(), value)),
            Value::Array(items) => items
                .iter_mut()
                .enumerate()
                .find_map(|(index, value)| settled(index.into(), value)),
            Value::String(text) => {
                let number: usize = text.strip_prefix(MARK)?.parse().ok()?;
                let (report, types) = self.0.get(number)?;
                reports.push(report.clone().on(path.clone()));
                Some(nullable(path, types))
            }
            _ => None,
        }
    }
}

/// The length of the longest part of a path that leads to a place that can be null; 0: only the data as a whole can.
fn nullable(path: &[Value], types: &[Type]) -> usize {
    let mut types = types.iter();
    let mut ty = None;
    let mut longest = 0;
    for (index, key) in path.iter().enumerate() {
        ty = if key.is_string() {
            types.next()
        } else {
            ty.and_then(item)
        };
        if ty.is_some_and(|ty| !ty.is_non_null()) {
            longest = index + 1;
        }
    }
    longest
}

fn item(list: &Type) -> Option<&Type> {
    match list {
        Type::List(item) | Type::NonNullList(item) => Some(item),
        Type::Named(_) | Type::NonNullNamed(_) => None,
    }
}
