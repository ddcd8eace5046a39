//! Families of parties: topics that parties are put under. Some families say what a record is rather than what it
//! stands for, and some say nothing yet.

use std::collections::{BTreeMap, BTreeSet};

use entity::kind::{OrganisationKind, TopicKind};

use super::tables::Tables;
use super::{locator, remark};
use crate::import::table::Row;
use crate::import::{Import, slug};
use crate::write::{ClaimDraft, ClassificationDraft, Content, Draft, TopicDraft};

/// Families that are no ideology, as the table Code has them in short.
const NO_IDEOLOGY: [&str; 12] = [
    "none", "code", "no-party", "no-seat", "one-seat", "single", "etc-fam", "min-law", "district",
    "abroad", "all", "caucus",
];

/// What the families are that say what kind of body a record is.
fn kind(short: &str) -> Option<OrganisationKind> {
    Some(match short {
        "all" => OrganisationKind::Alliance,
        "caucus" => OrganisationKind::Group,
        "single" | "no-party" => OrganisationKind::Other,
        _ => return None,
    })
}

struct Family {
    short: String,
    name: String,
}

pub(super) struct Families {
    by_id: BTreeMap<String, Family>,
    /// How many families are described, in words or by an article.
    described: usize,
    /// Of each party, by its id: the family's id, and where that stands.
    of: BTreeMap<String, Vec<(String, ClaimDraft)>>,
}

impl Families {
    pub fn read(import: &mut Import<'_>, tables: &Tables) -> Self {
        let codes = tables.codes.iter();
        let families = codes.filter(|row| row.get("table_variable") == "party_family");
        let mut described = 0;
        let by_id = families.map(|row| {
            let more = ["description", "wikipedia"].map(|column| row.filled(column).is_some());
            described += more.into_iter().filter(|it| *it).count();
            let [id, short, name] = ["id", "short", "name"].map(|it| row.get(it).to_owned());
            (id, Family { short, name })
        });
        let mut families = Self {
            by_id: by_id.collect(),
            described,
            of: BTreeMap::new(),
        };
        let parties: BTreeSet<_> = tables.parties.iter().map(|row| row.get("id")).collect();
        let own = tables.parties.iter().map(|row| (row, "id", "Party"));
        let further = tables
            .families
            .iter()
            .map(|row| (row, "party", "PartyFamily"));
        for (row, party, table) in own.chain(further) {
            if !parties.contains(row.get(party)) {
                let message = format!("`{}` is no id of the table Party", row.get(party));
                import.refuse(row.fault(party, message));
            }
            families.enter(import, row, party, table);
        }
        families
    }

    fn enter(&mut self, import: &mut Import<'_>, row: &Row, party: &str, table: &str) {
        let Some(family) = row.filled("family") else {
            return;
        };
        // Without the table Code nobody knows what its ids mean.
        if self.by_id.is_empty() {
            return;
        }
        if !self.by_id.contains_key(family) {
            let message = format!("`{family}` is no id of a family in the table Code");
            import.refuse(row.fault("family", message));
        }
        let claim = remark::claim(locator(table, row.get("id")));
        let families = self.of.entry(row.get(party).to_owned()).or_default();
        families.push((family.to_owned(), claim));
    }

    /// The topics of all ideologies that a party is put under.
    pub fn drafts(&self) -> Vec<Draft> {
        let families = self.of.values().flatten();
        let families = families.filter_map(|(id, _)| self.by_id.get(id));
        let names: BTreeSet<_> = families
            .filter(|family| !NO_IDEOLOGY.contains(&family.short.as_str()))
            .map(|family| &family.name)
            .collect();
        let topic = |name: &String| Draft {
            slug: slug::of(name),
            content: Content::Topic(Box::new(TopicDraft {
                name: name.clone(),
                kind: Some(TopicKind::Ideology),
                ..TopicDraft::default()
            })),
        };
        names.into_iter().map(topic).collect()
    }

    /// What a party is put under; each topic once, however often it is said.
    pub fn ideologies(&self, party: &str) -> Vec<ClassificationDraft> {
        let mut items: Vec<ClassificationDraft> = Vec::new();
        for (family, claim) in self.of(party) {
            if NO_IDEOLOGY.contains(&family.short.as_str()) {
                continue;
            }
            let topic = slug::of(&family.name);
            match items.iter_mut().find(|item| item.topic == topic) {
                Some(item) => item.claims.push(claim.clone()),
                None => items.push(ClassificationDraft {
                    topic,
                    status: None,
                    claims: vec![claim.clone()],
                }),
            }
        }
        items
    }

    /// What kind of body a family says that a party is.
    pub fn kind(&self, party: &str) -> Option<(OrganisationKind, ClaimDraft)> {
        let mut families = self.of(party);
        families.find_map(|(family, claim)| Some((kind(&family.short)?, claim.clone())))
    }

    pub fn tell(&self, import: &mut Import<'_>) {
        let report = &mut import.report;
        for (id, _) in self.of.values().flatten() {
            let Some(family) = self.by_id.get(id) else {
                continue;
            };
            if !NO_IDEOLOGY.contains(&family.short.as_str()) {
                report.carry("families of parties", 1);
            } else if kind(&family.short).is_some() {
                report.carry("families that say what kind of body a party is", 1);
            } else {
                let what = format!("parties in the family `{}`", family.name);
                let why = "it says neither what a party stands for nor what kind of body it is";
                report.losses.add(&what, why, 1);
            }
        }
        let why = "a topic has a name and no more";
        report.losses.add(
            "descriptions of families and articles about them",
            why,
            self.described,
        );
    }

    fn of(&self, party: &str) -> impl Iterator<Item = (&Family, &ClaimDraft)> {
        let families = self.of.get(party).into_iter().flatten();
        families.filter_map(|(id, claim)| Some((self.by_id.get(id)?, claim)))
    }
}
