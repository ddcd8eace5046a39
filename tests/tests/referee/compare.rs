//! The graph's answer beside the interpreter's: the first difference, and what the cursors in between stand for.

use std::collections::HashMap;

use serde_json::Value;

use super::evaluate::{Cursors, Place, Want};

/// Cursors as the graph gave them. One place has one cursor, and one cursor one place.
#[derive(Default)]
pub struct Learnt {
    places: HashMap<String, Place>,
    cursors: HashMap<Place, String>,
    lists: HashMap<String, Vec<String>>,
}

impl Cursors for Learnt {
    fn place(&self, cursor: &str) -> Option<Place> {
        self.places.get(cursor).cloned()
    }
}

impl Learnt {
    /// The cursors that a list has given so far.
    pub fn of(&self, list: &str) -> &[String] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    fn learn(&mut self, cursor: &str, place: &Place) -> Result<(), String> {
        if let Some(known) = self.cursors.get(place) {
            return if known == cursor {
                Ok(())
            } else {
                Err(format!("{place:?} had the cursor {known}, now {cursor}"))
            };
        }
        if let Some(other) = self.places.insert(cursor.to_owned(), place.clone()) {
            return Err(format!("{place:?} has the cursor of {other:?}: {cursor}"));
        }
        self.cursors.insert(place.clone(), cursor.to_owned());
        self.lists
            .entry(place.list.clone())
            .or_default()
            .push(cursor.to_owned());
        Ok(())
    }

    /// The first difference, with the path to it.
    pub fn compare(&mut self, want: &Want, got: &Value, path: &str) -> Result<(), String> {
        let differ = |want: &dyn std::fmt::Display, got: &Value| {
            Err(format!("at {path}\n  expected {want}\n  got      {got}"))
        };
        match (want, got) {
            (Want::Plain(want), got) if want == got => Ok(()),
            (Want::Plain(want), got) => differ(want, got),
            (Want::Cursor(place), Value::String(cursor)) => self
                .learn(cursor, place)
                .map_err(|problem| format!("at {path}\n  {problem}")),
            (Want::List(want), Value::Array(got)) => {
                for (index, (want, got)) in want.iter().zip(got).enumerate() {
                    self.compare(want, got, &format!("{path}[{index}]"))?;
                }
                if want.len() == got.len() {
                    return Ok(());
                }
                differ(
                    &format!("{} items", want.len()),
                    &format!("{} items", got.len()).into(),
                )
            }
            (Want::Object(want), Value::Object(got)) => {
                let keys: Vec<&str> = want.iter().map(|(key, _)| key.as_str()).collect();
                if !got.keys().eq(keys.iter()) {
                    let got: Vec<&String> = got.keys().collect();
                    return differ(&format!("the keys {keys:?}"), &format!("{got:?}").into());
                }
                for ((key, want), got) in want.iter().zip(got.values()) {
                    self.compare(want, got, &format!("{path}.{key}"))?;
                }
                Ok(())
            }
            (want, got) => differ(&short(want), got),
        }
    }
}

fn short(want: &Want) -> String {
    format!("{want:?}").chars().take(300).collect()
}
