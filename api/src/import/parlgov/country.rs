//! Countries: places with a code.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use entity::kind::PlaceKind;

use super::tables::{Tables, own_id};
use crate::import::Import;
use crate::import::table::Row;
use crate::write::{Content, Draft, PlaceDraft};

pub(super) struct Country {
    pub name: String,
    /// ISO 3166, two letters.
    pub code: String,
    /// ISO 3166, three letters.
    pub short: String,
    pub slug: String,
}

/// The countries that parties and elections are in.
pub(super) struct Countries(HashMap<String, Country>, Vec<String>);

impl Countries {
    pub async fn read(import: &mut Import<'_>, tables: &Tables) -> Result<Self> {
        let rows = tables.parties.iter().chain(&tables.elections);
        let used: HashSet<_> = rows.map(|row| row.get("country")).collect();
        let mut ids = HashSet::new();
        let mut countries = HashMap::new();
        let mut order = Vec::new();
        for row in &tables.countries {
            let [id, name, short, code] =
                ["id", "name", "name_short", "code_iso2"].map(|column| row.get(column));
            own_id(import, row, &mut ids);
            for column in ["name", "code_iso2"] {
                if row.get(column).is_empty() {
                    import.refuse(row.fault(column, "this is empty, and a country has one"));
                }
            }
            if !used.contains(id) {
                continue;
            }
            let slug = import.country(code, name).await?;
            let [name, short, code] = [name, short, code].map(str::to_owned);
            let country = Country {
                name,
                code,
                short,
                slug,
            };
            countries.insert(id.to_owned(), country);
            order.push(id.to_owned());
        }
        Ok(Self(countries, order))
    }

    /// The country that a row names; none, and refused: there is no such country.
    pub fn of(&self, import: &mut Import<'_>, row: &Row) -> Option<&Country> {
        let id = row.get("country");
        let country = self.0.get(id);
        if country.is_none() {
            let message = format!("`{id}` is no id of the table Country");
            import.refuse(row.fault("country", message));
        }
        country
    }

    /// The two letters of a country, by its id.
    pub fn code(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(|country| country.code.as_str())
    }

    pub fn drafts(&self) -> impl Iterator<Item = Draft> {
        let countries = self.1.iter().filter_map(|id| self.0.get(id));
        countries.map(|country| Draft {
            slug: country.slug.clone(),
            content: Content::Place(Box::new(PlaceDraft {
                name: country.name.clone(),
                kind: Some(PlaceKind::State),
                code: Some(country.code.clone()),
                ..PlaceDraft::default()
            })),
        })
    }
}

/// Tells what of the countries has no place.
pub(super) fn lose(import: &mut Import<'_>, tables: &Tables) {
    let filled = |columns: &[&str]| {
        let rows = tables.countries.iter();
        rows.flat_map(|row| columns.iter().filter_map(|column| row.filled(column)))
            .count()
    };
    let accessions = filled(&["oecd_accession_date", "eu_accession_date"]);
    let remarks = filled(&["flag", "comment", "data_json"]);
    let losses = &mut import.report.losses;
    let what = "dates when countries joined the OECD and the EU";
    losses.add(what, "a place has no history of its own", accessions);
    let why = "a place has a name and a code, and no more";
    losses.add("flags of countries and remarks on them", why, remarks);
}
