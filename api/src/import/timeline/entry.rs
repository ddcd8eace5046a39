//! The entries of a table: its rows, with the ids that they name looked up.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;

use crate::format::cell::plain;
use crate::format::timeline::{
    COLOR, COLOUR, END, END_ESTIMATE, GROUP, ID, IRREGULAR, LABEL, LINKS, NAME, NO, ONGOING,
    OPTIONAL, ROW, START, TIES, Tie, WIKIPEDIA, YES,
};
use crate::import::table::{Row, Table};
use crate::import::{Import, date, slug, wikipedia};
use crate::write::text::{is_slug, nearest};
use crate::write::{DateDraft, ExternalIdDraft};

/// Characters of an id that can be read in an address.
const SHORTEST: usize = 3;

/// One entry. Others are told by their positions.
pub(super) struct Entry {
    pub row: Row,
    pub id: String,
    pub name: String,
    /// Another name.
    pub label: Option<String>,
    pub start: Option<DateDraft>,
    /// The end as it is stated.
    pub end: Option<DateDraft>,
    /// An estimate of the end that is not the end stated.
    pub estimate: Option<DateDraft>,
    /// It goes on, as the table says.
    pub is_active: bool,
    /// Which others it came out of or became, by columns; none of the lists is empty.
    pub ties: Vec<(&'static Tie, Vec<usize>)>,
    pub links: Vec<usize>,
    pub group: Option<Group>,
    pub article: Option<ExternalIdDraft>,
}

/// What an entry is kept together with.
pub(super) enum Group {
    Entry(usize),
    Named(String),
}

impl Entry {
    /// Where something stands in the file, for claims. Lines change more often than ids.
    pub fn locator(&self, column: &str) -> String {
        format!("entry {}, column {column}", self.id)
    }

    /// The slugs that its organisation might have: its id where that is one, as in a table of this program, else its
    /// name with `distinctions`.
    pub fn slugs(&self, distinctions: &[&str]) -> Vec<String> {
        let id = Some(&self.id).filter(|id| id.len() >= SHORTEST && is_slug(id));
        let own = id.filter(|id| id.contains(|it: char| it.is_ascii_alphabetic()));
        let others = slug::candidates(&self.name, distinctions);
        own.cloned().into_iter().chain(others).collect()
    }

    /// The others that a column names.
    pub fn tied(&self, tie: &Tie) -> &[usize] {
        let found = self.ties.iter().find(|(it, _)| it.column == tie.column);
        found.map_or(&[], |(_, others)| others)
    }
}

/// Reads all entries. What cannot be understood is noted; what has no place is a loss.
pub(super) fn read(import: &mut Import<'_>, path: &Path) -> Result<Vec<Entry>> {
    let table = Table::open(path, &[ID], &OPTIONAL)?;
    table.require_any(&[NAME, LABEL])?;
    for column in &table.unknown {
        let what = format!("column `{column}`");
        import
            .report
            .losses
            .add(&what, "timelines have no such column", 1);
    }
    let mut rows = table.rows()?;
    // Spreadsheets write rows that were once filled.
    rows.retain(|row| {
        row.filled(ID).is_some() || OPTIONAL.iter().any(|it| row.filled(it).is_some())
    });
    let ids = Ids::of(&rows);
    let entries = rows.iter().enumerate().map(|(position, row)| {
        ids.check(import, position, &rows);
        ids.entry(import, position, row)
    });
    Ok(entries.collect())
}

/// Where the entry of an id stands.
struct Ids<'a>(HashMap<&'a str, usize>);

impl<'a> Ids<'a> {
    fn of(rows: &'a [Row]) -> Self {
        let mut positions = HashMap::new();
        for (position, row) in rows.iter().enumerate() {
            if let Some(id) = row.filled(ID) {
                positions.entry(id).or_insert(position);
            }
        }
        Self(positions)
    }

    /// Whether the entry's id is its own.
    fn check(&self, import: &mut Import<'_>, position: usize, rows: &[Row]) {
        let Some(row) = rows.get(position) else {
            return;
        };
        match self.0.get(row.get(ID)) {
            None => import.refuse(row.fault(ID, "the entry has no id; give it one of its own")),
            Some(first) if *first == position => {}
            Some(first) => {
                let id = row.get(ID);
                let line = rows.get(*first).map_or(0, Row::line);
                let message =
                    format!("`{id}` is the id of line {line} already; each entry has its own");
                import.refuse(row.fault(ID, message));
            }
        }
    }

    fn entry(&self, import: &mut Import<'_>, position: usize, row: &Row) -> Entry {
        for column in OPTIONAL.iter().chain([&ID]) {
            if row
                .get(column)
                .contains(|it: char| it.is_control() && !['\t', '\n', '\r'].contains(&it))
            {
                let message =
                    "it holds a control character other than a tab or a line break; leave it out";
                import.refuse(row.fault(column, message));
            }
        }
        let name = row.filled(NAME).or(row.filled(LABEL)).map(words);
        if name.is_none() {
            import.refuse(row.fault(NAME, "the entry has no name"));
        }
        let name = name.unwrap_or_default();
        let start = row
            .filled(START)
            .and_then(|text| read_date(import, row, START, text));
        let mut entry = Entry {
            row: row.clone(),
            id: row.get(ID).to_owned(),
            label: row.filled(LABEL).map(words).filter(|label| *label != name),
            name,
            start,
            end: None,
            estimate: None,
            is_active: false,
            ties: Vec::new(),
            links: self.others(import, position, row, LINKS),
            group: self.group(import, position, row),
            article: None,
        };
        end(import, &mut entry);
        for tie in TIES {
            let others = self.others(import, position, row, tie.column);
            if !others.is_empty() {
                entry.ties.push((tie, others));
            }
        }
        if let Some(text) = row.filled(WIKIPEDIA) {
            entry.article = wikipedia::article(plain(text));
            if entry.article.is_none() {
                let message =
                    format!("`{text}` leads to no article of Wikipedia as a whole; it is left out");
                let place = row.place().named(WIKIPEDIA);
                import.report.warn(
                    "addresses that lead to no article of Wikipedia",
                    place,
                    message,
                );
            }
        }
        losses(import, row);
        entry
    }

    /// The entries that a cell names: one, or several between spaces, commas or semicolons.
    fn others(&self, import: &mut Import<'_>, own: usize, row: &Row, column: &str) -> Vec<usize> {
        let Some(cell) = row.filled(column) else {
            return Vec::new();
        };
        // An id may have a space in it.
        let mut ids: Vec<&str> = if self.0.contains_key(cell) {
            vec![cell]
        } else {
            let parts = cell.split(|it: char| it.is_whitespace() || it == ',' || it == ';');
            parts.filter(|part| !part.is_empty()).collect()
        };
        if !ids.iter().any(|id| self.0.contains_key(id)) {
            ids = vec![cell];
        }
        let mut others = Vec::new();
        for id in ids {
            match self.0.get(id) {
                Some(other) if *other == own => {
                    let message = format!("`{id}` is the entry itself; name another one");
                    import.refuse(row.fault(column, message));
                }
                Some(other) if others.contains(other) => {}
                Some(other) => others.push(*other),
                None => {
                    let hint = match nearest(id, self.0.keys().copied()) {
                        Some(near) => format!("; did you mean `{near}`?"),
                        None => String::new(),
                    };
                    import.refuse(row.fault(column, format!("no entry has the id `{id}`{hint}")));
                }
            }
        }
        others
    }

    fn group(&self, import: &mut Import<'_>, own: usize, row: &Row) -> Option<Group> {
        let text = row.filled(GROUP)?;
        match self.0.get(text) {
            Some(other) if *other == own => None,
            Some(other) => Some(Group::Entry(*other)),
            None if text.contains(char::is_alphabetic) => Some(Group::Named(words(text))),
            None => {
                let why = "the number of a group does not say what its members have in common";
                import.report.losses.add("groups", why, 1);
                None
            }
        }
    }
}

/// Reads what the table says on the entry's end.
fn end(import: &mut Import<'_>, entry: &mut Entry) {
    let row = entry.row.clone();
    if let Some(text) = row.filled(END) {
        entry.is_active = ONGOING.contains(&&*text.to_lowercase());
        if !entry.is_active {
            entry.end = read_date(import, &row, END, text);
        }
    }
    let Some(text) = row.filled(END_ESTIMATE) else {
        return;
    };
    let lower = text.to_lowercase();
    if NO.contains(&&*lower) {
        return;
    }
    let stated = entry.end.as_mut();
    if YES.contains(&&*lower) {
        match stated {
            Some(end) => end.edtf = date::estimated(&end.edtf),
            // Who became another ended when that one began.
            None if row.filled("become").is_some() => {}
            None => {
                let message = "the end is said to be an estimate, and there is none";
                let place = row.place().named(END_ESTIMATE);
                import.report.warn("estimates of no end", place, message);
            }
        }
        return;
    }
    match date::read(text) {
        Ok(mut estimate) => {
            estimate.edtf = date::estimated(&estimate.edtf);
            match stated {
                Some(end) if date::estimated(&end.edtf) == estimate.edtf => *end = estimate,
                Some(_) => entry.estimate = Some(estimate),
                None => entry.end = Some(estimate),
            }
        }
        Err(message) => {
            let message = format!("{message}; or say true where the end is an estimate");
            import.refuse(row.fault(END_ESTIMATE, message));
        }
    }
}

fn read_date(import: &mut Import<'_>, row: &Row, column: &str, text: &str) -> Option<DateDraft> {
    date::read(text)
        .map_err(|message| import.refuse(row.fault(column, message)))
        .ok()
}

fn losses(import: &mut Import<'_>, row: &Row) {
    let losses = &mut import.report.losses;
    if row.filled(COLOUR).or(row.filled(COLOR)).is_some() {
        losses.add(
            "colours",
            "the graph has no place for how a line is drawn",
            1,
        );
    }
    if row.filled(ROW).is_some() {
        losses.add(
            "rows",
            "the graph has no place for where a line is drawn",
            1,
        );
    }
    let irregular = row.filled(IRREGULAR).map(str::to_lowercase);
    if irregular.is_some_and(|text| !NO.contains(&&*text)) {
        let why = "the graph has no place for interruptions whose times are not known";
        losses.add("irregular entries", why, 1);
    }
}

/// A text on one line, as it was before it was made safe for spreadsheets.
fn words(text: &str) -> String {
    crate::write::text::squeeze(plain(text))
}
