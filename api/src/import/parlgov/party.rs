//! Parties, as their rows and those of their names have them.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};

use super::country::{Countries, Country};
use super::date::{self, Date};
use super::names::{Names, Taken};
use super::remark;
use super::tables::{Tables, own_id};
use crate::import::Import;
use crate::import::table::Row;

pub(super) struct Party<'a> {
    pub id: &'a str,
    pub row: &'a Row,
    pub country: &'a Country,
    pub founded: Option<Date>,
    pub dissolved: Option<Date>,
    pub names: Names,
    /// What its column `data_json` says.
    pub data: Map<String, Value>,
}

pub(super) struct Parties<'a> {
    all: Vec<Party<'a>>,
    by_id: HashMap<&'a str, usize>,
    /// Of all rows, those that were refused among them.
    ids: HashSet<&'a str>,
}

impl<'a> Parties<'a> {
    pub fn read(import: &mut Import<'_>, tables: &'a Tables, countries: &'a Countries) -> Self {
        let mut taken = names_taken(import, tables, countries);
        let mut parties = Self {
            all: Vec::new(),
            by_id: HashMap::new(),
            ids: HashSet::new(),
        };
        for row in &tables.parties {
            let id = own_id(import, row, &mut parties.ids);
            let data = date::data_json(import, row);
            let as_is = date::is_as_is(&data);
            let [founded, dissolved] = ["foundation_date", "dissolution_date"]
                .map(|column| date::in_column(import, row, column, as_is));
            let Some(country) = countries.of(import, row) else {
                continue;
            };
            let taken = taken.remove(id).unwrap_or_default();
            let Some(names) = Names::read(row, &data, taken, &country.code) else {
                import.refuse(row.fault("name_english", "the party has no name"));
                continue;
            };
            parties.by_id.insert(id, parties.all.len());
            parties.all.push(Party {
                id,
                row,
                country,
                founded,
                dissolved,
                names,
                data,
            });
        }
        parties
    }

    pub fn at(&self, index: usize) -> Option<&Party<'a>> {
        self.all.get(index)
    }

    /// The party that a column names, by its place in the list; none, and refused: there is no such party, or it was
    /// refused itself.
    pub fn index(&self, import: &mut Import<'_>, row: &Row, column: &str) -> Option<usize> {
        let id = row.get(column);
        if !self.ids.contains(id) {
            let message = format!("`{id}` is no id of the table Party");
            import.refuse(row.fault(column, message));
        }
        self.by_id.get(id).copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Party<'a>> {
        self.all.iter()
    }

    pub const fn len(&self) -> usize {
        self.all.len()
    }

    /// How many countries the parties are in.
    pub fn countries(&self) -> usize {
        let countries = self.all.iter().map(|party| &party.country.code);
        countries.collect::<BTreeSet<_>>().len()
    }
}

/// The names that parties took, by the parties' ids.
fn names_taken<'a>(
    import: &mut Import<'_>,
    tables: &'a Tables,
    countries: &Countries,
) -> HashMap<&'a str, Vec<Taken>> {
    let parties: HashMap<_, _> = tables
        .parties
        .iter()
        .map(|row| (row.get("id"), row))
        .collect();
    let mut taken: HashMap<&str, Vec<Taken>> = HashMap::new();
    for row in &tables.names {
        let json = date::data_json(import, row);
        remark::lose(import, "PartyNameChange", &json);
        let date = date::in_column(import, row, "date", date::is_as_is(&json));
        if row.filled("date").is_none() {
            import.refuse(row.fault("date", "this is empty, and a name is taken on a date"));
        }
        let id = row.get("party");
        let Some(party) = parties.get(id) else {
            let message = format!("`{id}` is no id of the table Party");
            import.refuse(row.fault("party", message));
            continue;
        };
        if let Some(date) = date {
            // A country that there is not is refused where the party is read.
            let country = countries.code(party.get("country")).unwrap_or_default();
            let names = Taken::read(row, &json, date, country);
            taken.entry(id).or_default().push(names);
        }
    }
    taken
}
