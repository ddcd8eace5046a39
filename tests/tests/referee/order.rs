//! The order of lists, as a key that sorts: text by code point, numbers by size, what descends reversed, and the
//! row's id at the end.

use std::cmp::Ordering;

use serde_json::Value;

use super::{
    store::{Row, number, value},
    table::Rows,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    parts: Vec<(Part, bool)>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(i64),
    Text(String),
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        for ((one, descending), (two, _)) in self.parts.iter().zip(&other.parts) {
            let order = one.cmp(two);
            if order.is_ne() {
                return if *descending { order.reverse() } else { order };
            }
        }
        Ordering::Equal
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn part(row: &Row, column: &str) -> Part {
    match value(row, column) {
        Value::String(text) => Part::Text(text.clone()),
        Value::Bool(value) => Part::Number(i64::from(*value)),
        Value::Number(number) => Part::Number(number.as_i64().unwrap()),
        other => panic!("{column} orders nothing: {other}"),
    }
}

/// The key of a row of a list in the list's own order; its ids ascend.
pub fn key(list: &Rows, row: &Row, joined: Option<&Row>) -> Key {
    by(
        &list
            .order
            .iter()
            .map(|key| (*key).to_owned())
            .collect::<Vec<_>>(),
        false,
        row,
        joined,
    )
}

/// The key of a row by columns, `-` in front of what descends and `joined.` of what the joined row has.
pub fn by(order: &[String], id_descends: bool, row: &Row, joined: Option<&Row>) -> Key {
    let mut parts: Vec<(Part, bool)> = order
        .iter()
        .map(|key| {
            let (key, descending) = match key.strip_prefix('-') {
                Some(key) => (key, true),
                None => (key.as_str(), false),
            };
            let part = match key.strip_prefix("joined.") {
                Some(column) => part(joined.unwrap(), column),
                None => part(row, key),
            };
            (part, descending)
        })
        .collect();
    parts.push((Part::Number(number(row, "id").unwrap()), id_descends));
    Key { parts }
}
