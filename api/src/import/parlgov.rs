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

mod called;
mod change;
mod country;
mod date;
mod doubt;
mod election;
mod event;
mod family;
mod name;
mod names;
mod organisation;
mod party;
mod remark;
mod tables;

use std::collections::HashSet;
use std::path::Path;

use anyhow::Result;

use super::Import;
use super::fault::Place;
use crate::write::{Content, Draft, SourceDraft, Stranger};
use entity::kind::SourceKind;

use country::Countries;
use election::Elections;
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
    doubt::of_parties(import, &parties);
    doubt::of_changes(import, &changes, &parties);
    let happenings = event::happenings(&changes);

    let articles: HashSet<_> = elections.articles().collect();
    let mut strangers: Vec<(Stranger, Place)> = parties.strangers(import, &articles);
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

    parties.tell(import, &tables);
    change::tell(import, &changes);
    let made = "events that change rows make";
    import.report.carry(made, happenings.len());
    families.tell(import);
    elections.tell(import);
    country::lose(import, &tables);
    import.write(drafts).await?;
    import.progress.reach(all);
    Ok(())
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
