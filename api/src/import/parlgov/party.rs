//! Parties: organisations.

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::Result;
use entity::kind::{OrganisationKind, OrganisationStatus};
use serde_json::{Map, Value};

use super::country::{Countries, Country};
use super::date::{self, Date};
use super::family::Families;
use super::names::{Names, Taken};
use super::tables::{Tables, own_id};
use super::wikipedia::Address;
use super::{locator, remark};
use crate::import::cite::cite;
use crate::import::fault::Place;
use crate::import::table::Row;
use crate::import::{Import, slug};
use crate::write::{Content, Draft, ExternalIdDraft, Kind, Match, OrganisationDraft, Stranger};

/// Keys of `data_json` that are taken over, or that say how to read the row.
const KNOWN_DATA: [&str; 5] = ["cmp", "chess", "date_as_is", "name_full", "name_language"];

pub(super) struct Party<'a> {
    pub id: &'a str,
    row: &'a Row,
    pub country: &'a Country,
    pub founded: Option<Date>,
    dissolved: Option<Date>,
    pub names: Names,
    data: Map<String, Value>,
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
            let Some(names) = Names::of(row, &data, taken, &country.code) else {
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
        parties.doubt(import, tables);
        parties
    }

    /// Warns of dates that contradict each other.
    fn doubt(&self, import: &mut Import<'_>, tables: &Tables) {
        for party in &self.all {
            if let (Some(founded), Some(dissolved)) = (party.founded, party.dissolved)
                && dissolved.is_before(founded)
            {
                let message = format!(
                    "{} was dissolved in {} and founded in {}",
                    party.names.shown,
                    dissolved.edtf(),
                    founded.edtf()
                );
                let place = party.row.place().named("dissolution_date");
                import
                    .report
                    .warn("parties dissolved before they were founded", place, message);
            }
        }
        for row in &tables.names {
            let Some(party) = self.get(row.get("party")) else {
                continue;
            };
            let taken = party.names.taken(row.get("id"));
            if let (Some(founded), Some(taken)) = (party.founded, taken)
                && taken.is_before(founded)
            {
                let message = format!(
                    "{} has a name from {} on and was founded in {}",
                    party.names.shown,
                    taken.edtf(),
                    founded.edtf()
                );
                let place = row.place().named("date");
                import
                    .report
                    .warn("names taken before the party's foundation", place, message);
            }
        }
    }

    fn get(&self, id: &str) -> Option<&Party<'a>> {
        self.by_id.get(id).and_then(|index| self.all.get(*index))
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

    pub const fn len(&self) -> usize {
        self.all.len()
    }

    /// How many countries the parties are in.
    pub fn countries(&self) -> usize {
        let countries = self.all.iter().map(|party| &party.country.code);
        countries.collect::<BTreeSet<_>>().len()
    }

    pub fn founded(&self) -> impl Iterator<Item = Option<Date>> {
        self.all.iter().map(|party| party.founded)
    }

    /// Who they are to others. An article that is about an election, as `elections` has it, is not about a party.
    pub fn strangers(
        &self,
        import: &mut Import<'_>,
        elections: &HashSet<(&str, &str)>,
    ) -> Vec<(Stranger, Place)> {
        let parties = self.all.iter();
        parties
            .map(|party| (party.stranger(import, elections), party.row.place()))
            .collect()
    }

    /// The organisations; `found` is what they are known as, in their order.
    pub fn drafts(&self, found: &[Match], families: &Families, source: &str) -> Result<Vec<Draft>> {
        let parties = self.all.iter().zip(found);
        parties
            .map(|(party, found)| party.draft(found, families, source))
            .collect()
    }

    /// Tells what of the rows has no place.
    pub fn lose(&self, import: &mut Import<'_>) {
        let losses = &mut import.report.losses;
        let ascii = self
            .all
            .iter()
            .filter(|it| it.row.filled("name_ascii").is_some());
        let why = "they are the other names without accents, which searches do not regard anyway";
        losses.add("names in ASCII", why, ascii.count());
        let mut keys: Vec<&String> = self
            .all
            .iter()
            .flat_map(|party| party.data.keys())
            .collect();
        keys.sort();
        for key in keys
            .into_iter()
            .filter(|key| !KNOWN_DATA.contains(&key.as_str()))
        {
            let what = format!("`{key}` in data_json of parties");
            losses.add(
                &what,
                "it is a note of the coders, which no field is for",
                1,
            );
        }
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
        let as_is = date::is_as_is(&date::data_json(import, row));
        let date = date::in_column(import, row, "date", as_is);
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
            let names = Taken::new(row, date, country);
            taken.entry(id).or_default().push(names);
        }
    }
    taken
}

impl Party<'_> {
    fn stranger(&self, import: &mut Import<'_>, elections: &HashSet<(&str, &str)>) -> Stranger {
        let id = |scheme: &str, value: String| ExternalIdDraft {
            scheme: scheme.to_owned(),
            value,
            url: None,
        };
        let mut external_ids = vec![id("parlgov", self.id.to_owned())];
        if let Some(Address::Article(article)) = self.address() {
            if elections.contains(&(&article.scheme, &article.value)) {
                let message = format!(
                    "the article {} is about an election, not about {}",
                    article.value, self.names.shown
                );
                let place = self.row.place().named("wikipedia");
                let kind = "articles of parties that are about an election";
                import.report.warn(kind, place, message);
            } else {
                external_ids.push(article);
            }
        }
        for scheme in ["cmp", "chess"] {
            let values = match self.data.get(scheme) {
                Some(Value::Array(values)) => values.clone(),
                Some(value) => vec![value.clone()],
                None => Vec::new(),
            };
            let values = values.iter().map(|value| match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            external_ids.extend(values.map(|value| id(scheme, value)));
        }
        Stranger {
            kind: Kind::Organisation,
            external_ids,
            slugs: slug::candidates(&self.names.distinct, &[&self.country.short, self.id]),
        }
    }

    fn address(&self) -> Option<Address> {
        self.row.filled("wikipedia").map(Address::read)
    }

    fn draft(&self, found: &Match, families: &Families, source: &str) -> Result<Draft> {
        let locator = locator("Party", self.id);
        let kind = families.kind(self.id);
        let see = match self.address() {
            Some(Address::Elsewhere) => {
                self.row.filled("wikipedia").map(|url| format!("See {url}"))
            }
            _ => None,
        };
        let mut organisation = OrganisationDraft {
            name: self.names.shown.clone(),
            source: Some(source.to_owned()),
            summary: self.row.filled("description").map(str::to_owned),
            names: self.names.all.clone(),
            external_ids: found.external_ids.clone(),
            abbreviation: self.names.abbreviation.clone(),
            kind: Some(
                kind.as_ref()
                    .map_or(OrganisationKind::Party, |(kind, _)| *kind),
            ),
            status: self.dissolved.map(|_| OrganisationStatus::Dissolved),
            founded: self.founded.map(Date::draft),
            dissolved: self.dissolved.map(Date::draft),
            country: Some(self.country.slug.clone()),
            ideologies: families.ideologies(self.id),
            ..OrganisationDraft::default()
        };
        let mut name = remark::claim(locator.clone());
        name.note = remark::note(self.row, see);
        let claims = &mut organisation.claims;
        claims.insert("name".to_owned(), self.names.claims(name));
        if let Some(said) = self.names.claims_on_abbreviation() {
            claims.insert("abbreviation".to_owned(), said);
        }
        if let Some((_, claim)) = kind {
            claims.insert("kind".to_owned(), vec![claim]);
        }
        let draft = Draft {
            slug: found.slug.clone(),
            content: Content::Organisation(Box::new(organisation)),
        };
        Ok(cite(draft, &locator)?)
    }
}
