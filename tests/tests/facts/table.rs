//! The tables as they are written: facts with their rows.

use std::{collections::BTreeMap, fmt, fs, path::Path as File};

use serde_json::Value;

use crate::path::Path;

/// One fact: what it says, and all that must be found for it.
#[derive(Debug)]
pub struct Fact {
    pub number: String,
    pub words: String,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub struct Row {
    pub asked_of: String,
    pub way: String,
    pub path: Path,
    pub expected: Expected,
    pub citation: Option<Citation>,
}

#[derive(Debug)]
pub enum Expected {
    /// It is among what is found.
    Value(String),
    /// They are what is found, and nothing else.
    Only(Vec<String>),
    Nothing,
}

#[derive(Debug)]
pub struct Citation {
    pub section: String,
    pub quote: String,
    pub status: String,
}

impl fmt::Display for Expected {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => write!(out, "`{value}`"),
            Self::Only(values) => write!(out, "only `{}`", values.join("`, `")),
            Self::Nothing => write!(out, "nothing"),
        }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            section,
            quote,
            status,
        } = self;
        write!(out, "{status} {section:?} {quote:?}")
    }
}

/// Short names, each with its query and slug.
#[derive(Debug)]
pub struct Names(BTreeMap<String, (String, Option<String>)>);

pub struct Tables {
    pub facts: Vec<Fact>,
    pub names: Names,
}

impl Tables {
    pub fn read(folder: &File) -> Result<Self, String> {
        let read = |file: &File| {
            fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
        };
        let names = Names::parse(&read(&folder.join("names.md"))?)?;
        let mut files: Vec<_> = fs::read_dir(folder)
            .map_err(|error| error.to_string())?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|file| file.extension().is_some_and(|extension| extension == "md"))
            .filter(|file| {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                name.starts_with(|letter: char| letter.is_ascii_digit())
            })
            .collect();
        files.sort();
        let mut facts = Vec::new();
        for file in files {
            for (number, cells) in rows(&read(&file)?) {
                add(&mut facts, &cells, &names)
                    .map_err(|error| format!("{}:{number}: {error}", file.display()))?;
            }
        }
        Ok(Self { facts, names })
    }
}

impl Names {
    fn parse(text: &str) -> Result<Self, String> {
        let mut names = BTreeMap::new();
        for (number, cells) in rows(text) {
            let [name, asked] = &cells[..] else {
                return Err(format!("names.md:{number}: two columns"));
            };
            let asked = match asked.split_once('/') {
                Some((query, slug)) => (query.to_owned(), Some(slug.to_owned())),
                None => (asked.clone(), None),
            };
            names.insert(name.clone(), asked);
        }
        Ok(Self(names))
    }

    /// The query that a name stands for, and the slug it is asked with.
    pub fn query(&self, name: &str) -> Option<(&str, Option<&str>)> {
        let (query, slug) = self.0.get(name)?;
        Some((query, slug.as_deref()))
    }

    /// Whether a value of an answer is what a cell names.
    pub fn same(&self, value: &Value, cell: &str) -> bool {
        match value {
            Value::String(text) => text == cell,
            Value::Object(fields) => {
                let slug = self.0.get(cell).and_then(|(_, slug)| slug.as_deref());
                ["slug", "edtf"]
                    .iter()
                    .filter_map(|key| fields.get(*key)?.as_str())
                    .any(|text| text == slug.unwrap_or(cell))
            }
            Value::Number(number) => number.to_string() == cell,
            Value::Bool(is) => is.to_string() == cell,
            Value::Null | Value::Array(_) => false,
        }
    }
}

/// The rows of the tables in a text, without their heads, with the number of their line.
fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    let mut in_body = false;
    for (number, line) in (1..).zip(text.lines()) {
        if !line.starts_with('|') {
            in_body = false;
        } else if line.starts_with("|---") {
            in_body = true;
        } else if in_body {
            let inside = line
                .trim_start_matches('|')
                .trim_end()
                .trim_end_matches('|');
            let inside = inside.replace("\\|", "\0");
            let cells = inside.split('|').map(|cell| cell.trim().replace('\0', "|"));
            found.push((number, cells.collect()));
        }
    }
    found
}

fn add(facts: &mut Vec<Fact>, cells: &[String], names: &Names) -> Result<(), String> {
    let [number, words, asked_of, way, expected, section, quote] = cells else {
        return Err(format!("{} columns, where 7 are needed", cells.len()));
    };
    if names.query(asked_of).is_none() {
        return Err(format!("`{asked_of}` is not in names.md"));
    }
    let expected = match (&**expected, expected.strip_prefix("only ")) {
        ("", _) => return Err("nothing is expected".to_owned()),
        ("none", _) => Expected::Nothing,
        (_, Some(list)) => Expected::Only(list.split("; ").map(str::to_owned).collect()),
        (value, None) => Expected::Value(value.to_owned()),
    };
    if section.is_empty() != quote.is_empty() {
        return Err("section and quote come together".to_owned());
    }
    let (section, status) = section.split_once(", ").unwrap_or((section, "stated"));
    let row = Row {
        asked_of: asked_of.clone(),
        way: way.clone(),
        path: Path::parse(way)?,
        expected,
        citation: (!quote.is_empty()).then(|| Citation {
            section: section.to_owned(),
            quote: quote.clone(),
            status: status.to_uppercase(),
        }),
    };
    if number.is_empty() {
        let fact = facts.last_mut().ok_or("a row without a fact")?;
        fact.rows.push(row);
    } else {
        facts.push(Fact {
            number: number.clone(),
            words: words.clone(),
            rows: vec![row],
        });
    }
    Ok(())
}
