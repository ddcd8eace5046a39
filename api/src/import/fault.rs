//! What is wrong with a file, and where.

use std::fmt;

use serde::Serialize;

/// How many faults are told at once; a file of the wrong kind has one in each line.
const TOLD: usize = 100;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file's name; none: what is told stands in no one place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
}

/// Where in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Column {
    /// Of a text: the character, counted from 1.
    Character(u64),
    /// Of a table: the column's name.
    Named(String),
}

impl Place {
    pub const fn none() -> Self {
        Self {
            file: None,
            line: None,
            column: None,
        }
    }

    pub fn file(name: impl Into<String>) -> Self {
        Self {
            file: Some(name.into()),
            ..Self::none()
        }
    }

    #[must_use]
    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    #[must_use]
    pub fn character(mut self, character: u64) -> Self {
        self.column = Some(Column::Character(character));
        self
    }

    #[must_use]
    pub fn named(mut self, column: impl Into<String>) -> Self {
        self.column = Some(Column::Named(column.into()));
        self
    }

    /// As it stands before what is told of it.
    pub(super) fn before(&self) -> String {
        match self {
            Self { file: None, .. } => String::new(),
            place => format!("{place}: "),
        }
    }

    /// Something wrong here.
    pub fn fault(self, message: impl Into<String>) -> Fault {
        Fault {
            place: self,
            message: message.into(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            f.write_str(file)?;
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        match &self.column {
            Some(Column::Character(character)) => write!(f, ":{character}"),
            Some(Column::Named(name)) => write!(f, ", column {name}"),
            None => Ok(()),
        }
    }
}

/// One thing that makes a file impossible to understand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", place.before())]
pub struct Fault {
    pub place: Place,
    /// What is wrong; what would be right.
    pub message: String,
}

/// Everything that is wrong with a file, a line each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", list(.0))]
pub struct Refused(Vec<Fault>);

impl Refused {
    pub fn new(faults: Vec<Fault>) -> Self {
        Self(faults)
    }

    pub fn faults(self) -> impl Iterator<Item = Fault> {
        self.0.into_iter()
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

/// What is wrong with a text that is no JSON, without the place in it.
pub(super) fn of_json(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match message.strip_suffix(&place) {
        Some(message) => message.to_owned(),
        None => message,
    }
}

fn list(faults: &[Fault]) -> String {
    if let [fault] = faults {
        return fault.to_string();
    }
    let mut lines = vec![format!("{} things are wrong", faults.len())];
    lines.extend(faults.iter().take(TOLD).map(Fault::to_string));
    if faults.len() > TOLD {
        lines.push(format!("and {} more", faults.len() - TOLD));
    }
    lines.join("\n")
}
