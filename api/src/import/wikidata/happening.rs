//! Events that follow from statements of succession, as drafts.

use entity::kind::{ClaimStatus, EventKind};

use super::super::slug;
use super::index::Index;
use super::item::Item;
use super::lineage::Happening;
use crate::write::{
    ClaimDraft, Claims, EventDraft, ExternalIdDraft, Kind, ParticipationDraft, Stranger,
};

/// Statements of Wikidata, by their permanent ids.
const SCHEME: &str = "wikidata-statement";

impl Happening {
    pub fn stranger(&self, index: &Index) -> Stranger {
        let ids = self.facts.iter().map(|fact| ExternalIdDraft {
            scheme: SCHEME.to_owned(),
            value: fact.id.clone(),
            url: None,
        });
        let (date, _) = self.date(index);
        let year = date.and_then(|date| date.edtf.get(..4).map(str::to_owned));
        let year = year.filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        let name = match year {
            Some(year) => format!("{} {year}", self.name(index)),
            None => self.name(index),
        };
        let mut items = vec![format!("Q{}", self.newer)];
        items.extend(self.older.iter().map(|item| format!("Q{item}")));
        Stranger {
            kind: Kind::Event,
            external_ids: ids.collect(),
            slugs: slug::candidates(&name, &[&items.join("-")]),
        }
    }

    pub fn draft(
        &self,
        index: &Index,
        source: &str,
        external_ids: Vec<ExternalIdDraft>,
    ) -> EventDraft {
        let (date, on_date) = self.date(index);
        let mut claims = Claims::new();
        if !on_date.is_empty() {
            claims.insert("date".to_owned(), on_date);
        }
        let (from, to) = match self.kind {
            EventKind::Merger => ("ceased", "resulting"),
            EventKind::Absorption => ("absorbed", "continuing"),
            _ => ("origin", "resulting"),
        };
        let mut participants = Vec::new();
        for item in &self.older {
            let facts = self.facts.iter().filter(|fact| fact.older == *item);
            let claims = facts.map(|fact| fact.claim.clone()).collect();
            participants.extend(organisation(index, *item, from, claims));
        }
        let all = self.facts.iter().map(|fact| fact.claim.clone()).collect();
        participants.extend(organisation(index, self.newer, to, all));
        for (founder, claim) in &self.founders {
            let claims = vec![claim.clone()];
            participants.push(participation(founder.clone(), "founder", claims));
        }
        EventDraft {
            name: self.name(index),
            source: Some(source.to_owned()),
            external_ids,
            kind: Some(self.kind),
            date,
            participants,
            claims,
            ..EventDraft::default()
        }
    }

    fn name(&self, index: &Index) -> String {
        let name = |item: Item| index.record(item).map_or("", |record| record.name.as_str());
        let newer = name(self.newer);
        let older: Vec<&str> = self.older.iter().map(|item| name(*item)).collect();
        let older = match older.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("{} and {last}", before.join(", "))
            }
            _ => older.concat(),
        };
        match self.kind {
            EventKind::Split => format!("Split of {newer} from {older}"),
            EventKind::Merger => format!("Merger of {older} into {newer}"),
            EventKind::Absorption => format!("Absorption of {older} by {newer}"),
            EventKind::Succession => format!("Succession of {newer} to {older}"),
            EventKind::Foundation => format!("Foundation of {newer}"),
            _ => format!("Transition from {older} to {newer}"),
        }
    }
}

fn organisation(
    index: &Index,
    item: Item,
    role: &str,
    claims: Vec<ClaimDraft>,
) -> Option<ParticipationDraft> {
    let record = index.record(item)?;
    Some(participation(record.reference(), role, claims))
}

/// A part that is as sure as the surest claim on it.
fn participation(who: String, role: &str, claims: Vec<ClaimDraft>) -> ParticipationDraft {
    let status = claims
        .iter()
        .map(|it| it.status.unwrap_or(ClaimStatus::Stated))
        .min();
    ParticipationDraft {
        participant: Some(who),
        status: status.filter(|status| *status != ClaimStatus::Stated),
        claims,
        ..ParticipationDraft::bare(role.to_owned())
    }
}
