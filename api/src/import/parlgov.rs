//! `parlgov`: the tables of ParlGov, the database of parties, elections and cabinets in established democracies, in a
//! folder, a file each.
//!
//! | table | what becomes of it |
//! |---|---|
//! | `Country` | places with a code; only those that have parties or elections |
//! | `Party` | organisations |
//! | `PartyNameChange` | their names, each until the next one was taken |
//! | `PartyChange` | events of which lineage follows: rows of one date and type around one party are one event |
//! | `Code`, `PartyFamily` | what the parties are put under; may be missing |
//! | `Election` | events; may be missing |
//!
//! Whatever is taken over cites its row: "Party.csv, id 244".

mod change;
mod country;
mod date;
mod election;
mod event;
mod family;
mod name;
mod names;
mod party;
mod remark;
mod tables;
mod wikipedia;

use std::collections::HashSet;
use std::path::Path;

use anyhow::Result;

use super::Import;
use super::fault::Place;
use crate::write::{Content, Draft, Kind, SourceDraft, Stranger};
use entity::kind::SourceKind;

use country::Countries;
use date::Precisions;
use election::Elections;
use event::Happening;
use family::Families;
use party::Parties;
use tables::Tables;

/// The source's own slug, where nobody has chosen another source.
const SOURCE: &str = "parlgov";

pub(super) async fn load(import: &mut Import<'_>, path: &Path) -> Result<()> {
    let tables = Tables::open(import, path)?;
    let all = tables.rows();
    import.progress.start("rows", all);

    let countries = Countries::read(import, &tables).await?;
    let parties = Parties::read(import, &tables, &countries);
    let families = Families::read(import, &tables);
    let changes = change::read(import, &tables, &parties);
    let elections = Elections::read(import, &tables, &countries);
    import.settle()?;
    let happenings = event::happenings(&changes);
    change::doubt(import, &changes, &parties);

    let taken: HashSet<_> = elections.articles().collect();
    let mut strangers: Vec<(Stranger, Place)> = parties.strangers(import, &taken);
    strangers.extend(happenings.iter().map(|it| it.stranger(&parties)));
    strangers.extend(elections.strangers());
    let (strangers, places): (Vec<_>, Vec<_>) = strangers.into_iter().unzip();
    let place = |index: usize| places.get(index).cloned().unwrap_or_else(Place::none);
    let mut matches = import.match_all(&strangers, place).await?.into_iter();

    let source = import.source.unwrap_or(SOURCE).to_owned();
    let mut drafts = Vec::new();
    if import.source.is_none() {
        drafts.push(described());
    }
    drafts.extend(countries.drafts());
    drafts.extend(families.drafts());
    let known: Vec<_> = matches.by_ref().take(parties.len()).collect();
    drafts.extend(parties.drafts(&known, &families, &source)?);
    for (happening, found) in happenings.iter().zip(&mut matches) {
        drafts.push(happening.draft(found, &parties, &known, &source)?);
    }
    drafts.extend(elections.drafts(matches, &source)?);

    tell(import, &tables, &parties, &happenings);
    change::tell(import, &changes);
    families.tell(import);
    elections.tell(import);
    import.write(drafts).await?;
    import.progress.reach(all);
    Ok(())
}

/// What was carried over of parties and in all.
fn tell(
    import: &mut Import<'_>,
    tables: &Tables,
    parties: &Parties<'_>,
    happenings: &[Happening<'_>],
) {
    let report = &mut import.report;
    report.carry("organisations", parties.len());
    report.carry("countries of organisations", parties.countries());
    report.carry("name changes", tables.names.len());
    report.carry("change rows", tables.changes.len());
    report.carry("events that change rows make", happenings.len());
    Precisions::of(parties.founded()).carry(report, "foundations");
    parties.lose(import);
    countries_lose(import, tables);
}

fn countries_lose(import: &mut Import<'_>, tables: &Tables) {
    let filled = |column: &str| {
        let rows = tables.countries.iter();
        rows.filter(|row| row.filled(column).is_some()).count()
    };
    let accessions = filled("oecd_accession_date") + filled("eu_accession_date");
    let losses = &mut import.report.losses;
    let why = "a place has no history of its own";
    losses.add(
        "dates when countries joined the OECD and the EU",
        why,
        accessions,
    );
    let why = "a place has no remarks";
    losses.add(
        "remarks on countries",
        why,
        filled("comment") + filled("data_json"),
    );
}

/// The source record. The tables tell neither their version nor their licence, so it tells none.
fn described() -> Draft {
    let source = SourceDraft {
        title: "Parliaments and governments database (ParlGov)".to_owned(),
        kind: Some(SourceKind::Dataset),
        publisher: Some("ParlGov".to_owned()),
        url: Some("https://www.parlgov.org/".to_owned()),
        ..SourceDraft::default()
    };
    Draft {
        slug: SOURCE.to_owned(),
        content: Content::Source(Box::new(source)),
    }
}

/// Where a row is, as claims say it.
fn locator(table: &str, id: &str) -> String {
    format!("{table}.csv, id {id}")
}

/// A reference to an organisation.
fn organisation(slug: &str) -> String {
    format!("{}/{slug}", Kind::Organisation)
}
