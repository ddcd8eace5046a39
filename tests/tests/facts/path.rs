//! The way into an answer: `places[place=glasgow, role=main base].note`.

use serde_json::Value;

use crate::table::Names;

/// One step: a field, empty for the answer's own list, and the conditions that its values must meet.
#[derive(Debug, Clone)]
struct Step {
    field: String,
    conditions: Vec<(Path, String)>,
}

#[derive(Debug, Clone)]
pub struct Path(Vec<Step>);

/// A value at the end of a path, and the last thing on the way that has claims or is one; none for the entity itself.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    pub value: &'a Value,
    pub item: Option<&'a Value>,
}

impl Path {
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        let mut rest = text;
        loop {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (field, after) = rest.split_at(end);
            let mut conditions = Vec::new();
            rest = after;
            if let Some(after) = rest.strip_prefix('[') {
                let (inside, after) = after
                    .split_once(']')
                    .ok_or_else(|| format!("`{text}`: `]` is missing"))?;
                for condition in inside.split(", ") {
                    let (path, value) = condition
                        .split_once('=')
                        .ok_or_else(|| format!("`{text}`: `{condition}` is no condition"))?;
                    conditions.push((Self::parse(path)?, value.to_owned()));
                }
                rest = after;
            }
            if field.is_empty() && (conditions.is_empty() || !steps.is_empty()) {
                return Err(format!("`{text}`: a field is missing"));
            }
            steps.push(Step {
                field: field.to_owned(),
                conditions,
            });
            if rest.is_empty() {
                return Ok(Self(steps));
            }
            rest = rest
                .strip_prefix('.')
                .ok_or_else(|| format!("`{text}`: `.` is missing before `{rest}`"))?;
        }
    }

    /// The property under which the entity has its claims.
    pub fn property(&self) -> &str {
        &self.0[0].field
    }

    /// Every field that it names.
    pub fn fields(&self) -> Vec<&str> {
        let conditions = self.0.iter().flat_map(|step| &step.conditions);
        let mut fields: Vec<_> = conditions.flat_map(|(path, _)| path.fields()).collect();
        fields.extend(self.0.iter().map(|step| &*step.field));
        fields.retain(|field| !field.is_empty());
        fields
    }

    /// All values at its end; null and empty lists are no values.
    pub fn find<'a>(&self, answer: &'a Value, names: &Names) -> Result<Vec<Found<'a>>, String> {
        let whole = elements(Found {
            value: answer,
            item: None,
        })?;
        let mut found: Vec<_> = whole
            .iter()
            .map(|one| Found { item: None, ..*one })
            .collect();
        for step in &self.0 {
            let mut next = Vec::new();
            for on_the_way in found {
                let owners = if step.field.is_empty() {
                    vec![on_the_way]
                } else {
                    let value = on_the_way.value.get(&step.field).ok_or_else(|| {
                        format!("`{}` is not in {}", step.field, brief(on_the_way.value))
                    })?;
                    elements(Found {
                        value,
                        ..on_the_way
                    })?
                };
                for owner in owners {
                    if step.meets(owner.value, names)? {
                        next.push(owner);
                    }
                }
            }
            found = next;
        }
        Ok(found)
    }
}

impl Step {
    fn meets(&self, value: &Value, names: &Names) -> Result<bool, String> {
        for (path, expected) in &self.conditions {
            let found = path.find(value, names)?;
            if !found.iter().any(|one| names.same(one.value, expected)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What a value stands for: itself, or what its list or connection holds.
fn elements(found: Found<'_>) -> Result<Vec<Found<'_>>, String> {
    let list = match found.value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(list) => list,
        Value::Object(fields) => {
            let list = fields.get("nodes").or_else(|| fields.get("edges"));
            let Some(list) = list.and_then(Value::as_array) else {
                let claimed = fields.contains_key("claims") || fields.contains_key("quote");
                let item = claimed.then_some(found.value).or(found.item);
                return Ok(vec![Found { item, ..found }]);
            };
            if fields.get("totalCount") != Some(&list.len().into()) {
                return Err(format!("not the whole of {}", brief(found.value)));
            }
            list
        }
        _ => return Ok(vec![found]),
    };
    let elements = list.iter().map(|value| elements(Found { value, ..found }));
    Ok(elements.collect::<Result<Vec<_>, _>>()?.concat())
}

/// So much of a value as a message can hold.
pub fn brief(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(900) {
        Some((end, _)) => format!("{} ..", &text[..end]),
        None => text,
    }
}
