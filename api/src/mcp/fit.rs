//! Answers made small enough to be read: lists and texts are cut, the deepest lists first, and what was left out is
//! told beside the rest.

use std::{collections::BTreeMap, io};

use serde_json::{Map, Value, json};

use super::Refusal;

/// Bytes of an answer: about ten thousand of the tokens in which models count.
const MOST: usize = 40_000;

/// The most places of which is told what was left out there.
const PLACES: usize = 20;

/// The field that tells what was left out.
pub const OMITTED: &str = "omitted";

/// The most items of a list that stands in an item of another, the most of other lists, and the most characters of a
/// text. What does not fit after one step is cut by the next.
const STEPS: [(usize, usize, usize); 9] = [
    (10, usize::MAX, 20_000),
    (3, usize::MAX, 20_000),
    (1, usize::MAX, 10_000),
    (0, 100, 4_000),
    (0, 50, 1_000),
    (0, 20, 1_000),
    (0, 10, 500),
    (0, 5, 500),
    (0, 2, 200),
];

/// What the field is, as JSON Schema.
pub fn schema() -> Value {
    json!({
        "type": "array",
        "description": "What was left out because the answer was too long; absent: nothing. Ask again for less \
            at once, such as with a smaller `first`.",
        "items": {
            "type": "object",
            "properties": {
                "at": { "type": "string", "description": "Where: the field, with [] for each item of a list." },
                "items": { "type": "integer", "description": "How many items of lists are left out there." },
                "characters": { "type": "integer", "description": "How many characters of texts are." },
            },
            "required": ["at", "items", "characters"],
        },
    })
}

/// The answer, an object, cut to what can be sent.
pub fn fit(answer: Value) -> Result<Value, Refusal> {
    if fits(&answer) {
        return Ok(answer);
    }
    for (inner, outer, text) in STEPS {
        let limits = Limits { inner, outer, text };
        let mut omitted = Omitted::new();
        let mut answer = limits.cut(&answer, &mut String::new(), false, &mut omitted);
        answer[OMITTED] = told(omitted);
        if fits(&answer) {
            return Ok(answer);
        }
    }
    Err(Refusal(format!(
        "the answer has more than {MOST} bytes, even with its lists cut; ask for fewer fields"
    )))
}

/// What was left out, as it is told.
fn told(omitted: Omitted) -> Value {
    let mut places: Vec<_> = omitted.into_iter().collect();
    let rest = places.split_off(PLACES.min(places.len()));
    let sum = |which: usize| rest.iter().map(|(_, left_out)| left_out[which]).sum();
    if !rest.is_empty() {
        places.push(("elsewhere".to_owned(), [sum(0), sum(1)]));
    }
    let places = places.into_iter().map(
        |(at, [items, characters])| json!({ "at": at, "items": items, "characters": characters }),
    );
    places.collect()
}

/// Has a page whose items were cut say that more follow, and not where: what its cursor leads to stands behind what was
/// left out.
fn reopen(page: &mut Value) {
    for (field, value) in [("hasNextPage", json!(true)), ("endCursor", Value::Null)] {
        if let Some(told) = page.get_mut(field) {
            *told = value;
        }
    }
}

/// Whether an answer can be sent; no more of it is looked at than that takes.
fn fits(answer: &Value) -> bool {
    serde_json::to_writer(Room(MOST), answer).is_ok()
}

/// So many bytes can be written.
struct Room(usize);

impl io::Write for Room {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self.0.checked_sub(bytes.len());
        self.0 = left.ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Items and characters left out, by where, of what is not left out itself.
type Omitted = BTreeMap<String, [usize; 2]>;

struct Limits {
    inner: usize,
    outer: usize,
    text: usize,
}

impl Limits {
    /// `at` is where the value stands, and is left as it was.
    fn cut(&self, value: &Value, at: &mut String, in_list: bool, omitted: &mut Omitted) -> Value {
        let mut note = |at: &str, left_out: [usize; 2]| {
            let noted = omitted.entry(at.to_owned()).or_default();
            noted[0] += left_out[0];
            noted[1] += left_out[1];
        };
        let length = at.len();
        let cut = match value {
            Value::String(text) => match text.char_indices().nth(self.text) {
                Some((end, _)) => {
                    note(at, [0, text[end..].chars().count()]);
                    json!(text[..end])
                }
                None => value.clone(),
            },
            Value::Array(items) => {
                let most = if in_list { self.inner } else { self.outer };
                if items.len() > most {
                    note(at, [items.len() - most, 0]);
                }
                at.push_str("[]");
                let kept = items.iter().take(most);
                kept.map(|item| self.cut(item, at, true, omitted)).collect()
            }
            Value::Object(fields) => {
                let cut = fields.iter().map(|(name, value)| {
                    at.truncate(length);
                    if length > 0 {
                        at.push('.');
                    }
                    at.push_str(name);
                    (name.clone(), self.cut(value, at, in_list, omitted))
                });
                let mut cut: Map<String, Value> = cut.collect();
                let shortened = cut.iter().any(|(name, kept)| {
                    let whole = fields[name].as_array().map(Vec::len);
                    whole > kept.as_array().map(Vec::len)
                });
                if shortened {
                    cut.values_mut().for_each(reopen);
                }
                Value::Object(cut)
            }
            other => other.clone(),
        };
        at.truncate(length);
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_lists_are_cut_first() {
        let claim = json!({ "quote": "q".repeat(200) });
        let link = json!({ "kind": "SPLIT_FROM", "claims": vec![claim; 20] });
        let cut = |links: usize| {
            let answer = json!({ "lineage": { "links": vec![link.clone(); links] } });
            let Ok(answer) = fit(answer) else {
                panic!("it fits when cut");
            };
            assert!(answer.to_string().len() < MOST + 500);
            let links = &answer["lineage"]["links"];
            let count = |list: &Value| list.as_array().map_or(0, Vec::len);
            (
                count(links),
                count(&links[0]["claims"]),
                answer[OMITTED].clone(),
            )
        };
        assert_eq!(cut(5), (5, 20, Value::Null));
        let at = "lineage.links[].claims";
        assert_eq!(
            cut(15),
            (15, 10, json!([{ "at": at, "items": 150, "characters": 0 }]))
        );
        assert_eq!(
            cut(100),
            (
                100,
                1,
                json!([{ "at": at, "items": 1900, "characters": 0 }])
            )
        );
        let (links, claims, omitted) = cut(5000);
        assert_eq!((links, claims), (100, 0));
        assert_eq!(
            omitted,
            json!([
                { "at": "lineage.links", "items": 4900, "characters": 0 },
                { "at": at, "items": 2000, "characters": 0 },
            ])
        );
    }

    #[test]
    fn what_has_no_list_to_cut_is_refused() {
        let fields = (0..5000).map(|number| (format!("a{number}"), json!("a value")));
        let Err(Refusal(message)) = fit(fields.collect()) else {
            panic!("it does not fit");
        };
        assert!(message.contains("ask for fewer fields"), "{message}");
    }
}
