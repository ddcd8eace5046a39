//! JSON that knows where each of its values stands, so that what is wrong with one can be told.

use std::sync::{Arc, Mutex};

use anyhow::Result;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::import::fault::{self, Fault, Place, Refused};
use crate::import::{Import, date};
use crate::write::DateDraft;

/// The whole text.
pub(super) struct Text<'a> {
    name: String,
    whole: &'a str,
    /// Where a value was last: the next one that is asked for stands behind it, mostly.
    last: Mutex<Mark>,
}

#[derive(Clone, Copy)]
struct Mark {
    offset: usize,
    line: u64,
    character: u64,
}

const START: Mark = Mark {
    offset: 0,
    line: 1,
    character: 1,
};

impl<'a> Text<'a> {
    pub fn new(name: String, text: &'a str) -> Self {
        Self {
            name,
            // So that a text that is cut off ends where it was cut.
            whole: text.trim_end(),
            last: Mutex::new(START),
        }
    }

    /// The text as one value.
    ///
    /// # Errors
    /// When it is no JSON: where, and why.
    pub fn value(&'a self) -> Result<Value<'a>, Refused> {
        let raw = parse::<&RawValue>(self.whole).map_err(|error| {
            let before = error.line().saturating_sub(1);
            let lines = self.whole.split_inclusive('\n').take(before);
            let offset = if error.is_eof() {
                self.whole.len()
            } else {
                lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1)
            };
            let message = fault::of_json(&error);
            let hint = if error.is_eof() {
                "; the file is cut off"
            } else {
                ""
            };
            self.at(offset).fault(format!("{message}{hint}"))
        })?;
        Ok(Value {
            text: self,
            within: Arc::from(""),
            name: String::new(),
            raw: raw.get(),
        })
    }

    fn at(&self, offset: usize) -> Place {
        let offset = (0..=offset.min(self.whole.len()))
            .rev()
            .find(|it| self.whole.is_char_boundary(*it));
        let offset = offset.unwrap_or_default();
        let mut mark = self.last.lock().map_or(START, |last| *last);
        if mark.offset > offset {
            mark = START;
        }
        for letter in self
            .whole
            .get(mark.offset..offset)
            .unwrap_or_default()
            .chars()
        {
            if letter == '\n' {
                mark.line += 1;
                mark.character = 1;
            } else {
                mark.character += 1;
            }
        }
        mark.offset = offset;
        if let Ok(mut last) = self.last.lock() {
            *last = mark;
        }
        Place::file(&self.name)
            .line(mark.line)
            .character(mark.character)
    }
}

/// A value, and the path that leads to it.
#[derive(Clone)]
pub(super) struct Value<'a> {
    text: &'a Text<'a>,
    within: Arc<str>,
    name: String,
    raw: &'a str,
}

impl<'a> Value<'a> {
    pub fn path(&self) -> String {
        match &*self.within {
            "" => self.name.clone(),
            within if self.name.starts_with('[') => format!("{within}{}", self.name),
            within => format!("{within}.{}", self.name),
        }
    }

    pub fn place(&self) -> Place {
        // Every value is a part of the text, so that its address tells where in it.
        let offset = self
            .raw
            .as_ptr()
            .addr()
            .saturating_sub(self.text.whole.as_ptr().addr());
        self.text.at(offset)
    }

    pub fn fault(&self, message: &str) -> Fault {
        let path = self.path();
        let path = if path.is_empty() {
            String::new()
        } else {
            format!("{path}: ")
        };
        self.place().fault(format!("{path}{message}"))
    }

    pub fn is_object(&self) -> bool {
        self.raw.starts_with('{')
    }

    /// A text or a number.
    pub fn is_text(&self) -> bool {
        self.raw
            .starts_with(|it: char| it == '"' || it == '-' || it.is_ascii_digit())
    }

    pub fn is_list(&self) -> bool {
        self.raw.starts_with('[')
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match self.raw.as_bytes() {
            b"null" | b"\"\"" => true,
            [b'[', rest @ .., b']'] | [b'{', rest @ .., b'}'] => rest.trim_ascii().is_empty(),
            _ => false,
        }
    }

    pub fn says_the_same(&self, other: &Self) -> bool {
        self.raw == other.raw
    }

    /// A text; a number is one too. None: it is empty, or is none, which is noted.
    pub fn text(&self, import: &mut Import<'_>) -> Option<String> {
        if !self.is_text() {
            import.refuse(self.fault("this is no text"));
            return None;
        }
        let text = self.unquoted();
        if text.contains(|it: char| it.is_control() && !['\t', '\n', '\r'].contains(&it)) {
            let message =
                "it holds a control character other than a tab or a line break; leave it out";
            import.refuse(self.fault(message));
        }
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// As it stands, without the marks around a text.
    pub fn unquoted(&self) -> String {
        parse::<String>(self.raw).unwrap_or_else(|_| self.raw.to_owned())
    }

    /// A date; a time of day is left out. None: there is none, or it cannot be understood, which is noted.
    pub fn date(&self, import: &mut Import<'_>) -> Option<DateDraft> {
        let text = self.text(import)?;
        date::read(&text)
            .map_err(|message| import.refuse(self.fault(&message)))
            .ok()
    }

    /// The items of a list. A value that is no list is noted.
    pub fn list(&self, import: &mut Import<'_>) -> Vec<Value<'a>> {
        let Ok(items) = parse::<Vec<&'a RawValue>>(self.raw) else {
            import.refuse(self.fault("this is no list; put it in brackets"));
            return Vec::new();
        };
        let within: Arc<str> = self.path().into();
        let items = items.into_iter().enumerate().map(|(index, raw)| Value {
            text: self.text,
            within: Arc::clone(&within),
            name: format!("[{index}]"),
            raw: raw.get(),
        });
        items.collect()
    }

    /// The fields of an object. A value that is none is noted.
    pub fn record(&self, import: &mut Import<'_>) -> Option<Record<'a>> {
        let Ok(fields) = parse::<IndexMap<String, &'a RawValue>>(self.raw) else {
            import.refuse(
                self.fault("this is no object; write it as in {\"id\": \"1\", \"name\": \"One\"}"),
            );
            return None;
        };
        let within: Arc<str> = self.path().into();
        let fields = fields.into_iter().map(|(name, raw)| {
            let value = Value {
                text: self.text,
                within: Arc::clone(&within),
                name: name.clone(),
                raw: raw.get(),
            };
            (name, value)
        });
        Some(Record {
            whole: self.clone(),
            fields: fields.filter(|(_, value)| !value.is_empty()).collect(),
        })
    }

    /// How many things it is.
    pub fn count(&self) -> usize {
        parse::<Vec<&RawValue>>(self.raw).map_or(1, |items| items.len())
    }
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> serde_json::Result<T> {
    serde_json::from_str(text)
}

/// An object whose fields are taken one by one, so that those nobody has a place for are left.
#[derive(Clone)]
pub(super) struct Record<'a> {
    pub whole: Value<'a>,
    fields: IndexMap<String, Value<'a>>,
}

impl<'a> Record<'a> {
    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    pub fn get(&self, field: &str) -> Option<&Value<'a>> {
        self.fields.get(field)
    }

    pub fn take(&mut self, field: &str) -> Option<Value<'a>> {
        self.fields.shift_remove(field)
    }

    pub fn text(&mut self, field: &str, import: &mut Import<'_>) -> Option<String> {
        self.take(field)?.text(import)
    }

    pub fn date(&mut self, field: &str, import: &mut Import<'_>) -> Option<DateDraft> {
        self.take(field)?.date(import)
    }

    pub fn list(&mut self, field: &str, import: &mut Import<'_>) -> Vec<Value<'a>> {
        let value = self.take(field);
        value.map_or_else(Vec::new, |value| value.list(import))
    }

    /// The objects of a list.
    pub fn records(&mut self, field: &str, import: &mut Import<'_>) -> Vec<Record<'a>> {
        let items = self.list(field, import);
        items
            .iter()
            .filter_map(|item| item.record(import))
            .collect()
    }

    /// Adds what the same record says elsewhere. Fields that say something else there are told.
    pub fn join(&mut self, other: Record<'a>) -> Vec<String> {
        let mut differing = Vec::new();
        for (field, value) in other.fields {
            match self.fields.get(&field) {
                Some(known) if known.says_the_same(&value) => {}
                Some(_) => differing.push(field),
                None => {
                    self.fields.insert(field, value);
                }
            }
        }
        differing
    }

    /// What has not been taken.
    pub fn rest(&self) -> impl Iterator<Item = (&str, &Value<'a>)> {
        self.fields
            .iter()
            .map(|(field, value)| (field.as_str(), value))
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}
