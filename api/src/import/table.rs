//! Tables as CSV: columns by name in any order, rows with the places that they stand at.

use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::fault::{Fault, Place, Refused};
use super::file;

/// What may part the fields of a row; spreadsheets differ in it by country.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A table, read row by row.
pub(super) struct Table {
    name: String,
    text: String,
    header: Vec<String>,
    columns: HashMap<String, usize>,
    /// Columns that nobody knows, as they are written.
    pub unknown: Vec<String>,
    rows: csv::Reader<Cursor<Vec<u8>>>,
}

/// One row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    place: Place,
    fields: HashMap<String, String>,
}

impl Row {
    /// What stands in a column, without space around it; empty when the table has no such column.
    pub fn get(&self, column: &str) -> &str {
        self.fields.get(column).map_or("", |text| text.trim())
    }

    /// The same, when it is not empty.
    pub fn filled(&self, column: &str) -> Option<&str> {
        Some(self.get(column)).filter(|text| !text.is_empty())
    }

    pub fn place(&self) -> Place {
        self.place.clone()
    }

    pub fn fault(&self, column: &str, message: impl Into<String>) -> Fault {
        self.place().named(column).fault(message)
    }

    /// The line that it begins in.
    pub fn line(&self) -> u64 {
        self.place.line.unwrap_or_default()
    }
}

impl Table {
    /// Opens a table that must have the `required` columns and may have the `optional` ones. Names of columns are
    /// compared without regard to case and to space around them; rows give them under the names given here.
    pub fn open(path: &Path, required: &[&str], optional: &[&str]) -> Result<Self, Refused> {
        let name = file::name(path);
        let text = file::text(path)?;
        let known = |column: &str| {
            let mut names = required.iter().chain(optional);
            names.find(|name| name.eq_ignore_ascii_case(column))
        };
        let (delimiter, header) = DELIMITERS
            .into_iter()
            .map(|delimiter| (delimiter, header(&text, delimiter)))
            .rev()
            .max_by_key(|(_, header)| header.iter().filter(|it| known(it).is_some()).count())
            .unwrap_or((b',', Vec::new()));

        let mut columns = HashMap::new();
        let mut unknown = Vec::new();
        let mut faults = Vec::new();
        let place = || Place::file(&name).line(1);
        for (index, column) in header.iter().enumerate() {
            let Some(name) = known(column) else {
                unknown.push(column.clone());
                continue;
            };
            if columns.insert((*name).to_owned(), index).is_some() {
                faults.push(
                    place()
                        .named(column)
                        .fault("there are two columns of this name"),
                );
            }
        }
        for column in required
            .iter()
            .filter(|column| !columns.contains_key(**column))
        {
            faults.push(lacking(&name, &header, &unknown, &[column]));
        }
        if !faults.is_empty() {
            return Err(Refused::new(faults));
        }
        let rows = ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(Cursor::new(text.clone().into_bytes()));
        Ok(Self {
            name,
            text,
            header,
            columns,
            unknown,
            rows,
        })
    }

    /// Refuses a table that has none of these columns.
    pub fn require_any(&self, names: &[&str]) -> Result<(), Refused> {
        if names.iter().any(|name| self.columns.contains_key(*name)) {
            return Ok(());
        }
        Err(lacking(&self.name, &self.header, &self.unknown, names).into())
    }

    /// The next row; none: there are no more.
    pub fn next(&mut self) -> Result<Option<Row>, Refused> {
        let mut record = StringRecord::new();
        let read = self.rows.read_record(&mut record);
        let position = record.position().cloned();
        let line = position.as_ref().map_or(1, csv::Position::line);
        let place = Place::file(&self.name).line(line);
        match read {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(error) => return Err(self.uneven(&error).into()),
        }
        let start = position.map_or(0, |position| position.byte());
        let end = self.rows.position().byte();
        if usize::try_from(end).is_ok_and(|end| end >= self.text.len()) {
            let start = usize::try_from(start).unwrap_or(usize::MAX);
            let rest = self.text.get(start..).unwrap_or_default();
            if is_open(rest) {
                let message =
                    "a quotation mark is opened here and never closed; the file is cut off";
                return Err(place.fault(message).into());
            }
        }
        let fields = self.columns.iter().map(|(column, index)| {
            let text = record.get(*index).unwrap_or_default();
            (column.clone(), text.to_owned())
        });
        Ok(Some(Row {
            place,
            fields: fields.collect(),
        }))
    }

    /// All rows.
    pub fn rows(mut self) -> Result<Vec<Row>, Refused> {
        let mut rows = Vec::new();
        while let Some(row) = self.next()? {
            rows.push(row);
        }
        Ok(rows)
    }

    fn uneven(&self, error: &csv::Error) -> Fault {
        let place = Place::file(&self.name);
        match error.kind() {
            ErrorKind::UnequalLengths {
                pos,
                expected_len,
                len,
            } => {
                let line = pos.as_ref().map_or(1, csv::Position::line);
                place.line(line).fault(format!(
                    "the row has {len} fields and the header {expected_len}; the file may be cut off here, or a field with a comma in it lack its quotation marks"
                ))
            }
            _ => place.fault(format!("the table cannot be read: {error}")),
        }
    }
}

/// Says that a table has none of the columns of these names, and what it may have in their place.
fn lacking(file: &str, header: &[String], unknown: &[String], names: &[&str]) -> Fault {
    let near = unknown.iter().find(|other| {
        let other = other.to_lowercase();
        let mut names = names.iter();
        names.any(|name| {
            let distance = strsim::damerau_levenshtein(&other, &name.to_lowercase());
            distance <= (name.len() / 3).min(2)
        })
    });
    let hint = match near {
        Some(near) => format!("; is it what is called `{near}` here?"),
        None => format!("; the columns here are {}", header.join(", ")),
    };
    let names = names.join("` or `");
    let place = Place::file(file).line(1);
    place.fault(format!("there is no column `{names}`{hint}"))
}

fn header(text: &str, delimiter: u8) -> Vec<String> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map(|header| header.iter().map(|column| column.trim().to_owned()));
    header.map(Iterator::collect).unwrap_or_default()
}

/// Whether a quoted field begins in the text and does not end. Two marks within one stand for a mark, so every mark
/// that comes right after another, or at the start of a field, turns it over.
fn is_open(text: &str) -> bool {
    let mut open = false;
    let mut before = '\n';
    for character in text.chars() {
        let starts = matches!(before, ',' | ';' | '\t' | '\n' | '"');
        if character == '"' && (open || starts) {
            open = !open;
        }
        before = character;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_that_are_not_closed() {
        let check = |text: &str, open| assert_eq!(is_open(text), open, "{text}");
        check("1,\"a\"", false);
        check("1,\"a", true);
        check("1,\"a, \"\"b\"\"\"", false);
        check("1,\"a, \"\"b\"\"", true);
        check("1,5\" gun", false);
        check("", false);
    }
}
