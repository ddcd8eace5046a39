//! Entries and what happened between them, as drafts.

use entity::kind::{AffiliationKind, ClaimStatus, NameKind, OrganisationStatus, TopicKind};
use indexmap::IndexMap;

use super::Timeline;
use super::entry::{Entry, Group};
use super::event::{Happening, When, end};
use crate::format::timeline::{END, END_ESTIMATE, GROUP, LABEL, LINKS, NAME, START};
use crate::import::slug;
use crate::write::{
    AffiliationDraft, ClaimDraft, Claims, ClassificationDraft, Content, Draft, EventDraft, Match,
    NameDraft, OrganisationDraft, ParticipationDraft, TopicDraft,
};

impl Timeline {
    pub fn locator(&self, position: usize, column: &str) -> String {
        let entry = self.entries.get(position);
        entry.map_or_else(String::new, |entry| entry.locator(column))
    }

    fn claim(&self, position: usize, column: &str, status: Option<ClaimStatus>) -> ClaimDraft {
        ClaimDraft {
            status,
            locator: Some(self.locator(position, column)),
            ..ClaimDraft::bare()
        }
    }

    fn claim_when(&self, when: &When) -> ClaimDraft {
        let derived = when.is_derived.then_some(ClaimStatus::Derived);
        self.claim(when.at.0, when.at.1, derived)
    }

    /// What groups are named.
    pub fn topics(&self) -> Vec<Draft> {
        let mut topics = IndexMap::new();
        for entry in &self.entries {
            if let Some(Group::Named(name)) = &entry.group {
                topics.entry(slug::sure(name)).or_insert(name);
            }
        }
        let topics = topics.into_iter().map(|(slug, name)| Draft {
            slug,
            content: Content::Topic(Box::new(TopicDraft {
                name: name.clone(),
                kind: Some(TopicKind::Subject),
                parent: None,
            })),
        });
        topics.collect()
    }

    pub fn organisation(&self, position: usize, entry: &Entry, matches: &[Match]) -> Draft {
        let mut claims = Claims::new();
        let column = match entry.row.filled(NAME) {
            Some(_) => NAME,
            None => LABEL,
        };
        let name = self.claim(position, column, None);
        claims.insert("name".to_owned(), vec![name]);
        if entry.start.is_some() {
            let claim = self.claim(position, START, None);
            claims.insert("founded".to_owned(), vec![claim]);
        }
        let when = end(&self.entries, position);
        if let Some(when) = &when {
            let estimate = entry.estimate.as_ref().map(|estimate| ClaimDraft {
                value: Some(estimate.edtf.clone()),
                ..self.claim(position, END_ESTIMATE, None)
            });
            let said = [self.claim_when(when)].into_iter().chain(estimate);
            claims.insert("dissolved".to_owned(), said.collect());
        }
        let status = self.status(position, entry);
        if let Some((_, claim)) = &status {
            claims.insert("status".to_owned(), vec![claim.clone()]);
        }
        let draft = OrganisationDraft {
            name: entry.name.clone(),
            source: Some(self.source.clone()),
            names: self.names(position, entry),
            external_ids: at(matches, position).map_or_else(Vec::new, |it| it.external_ids.clone()),
            status: status.map(|(status, _)| status),
            founded: entry.start.clone(),
            dissolved: when.map(|when| when.date),
            ideologies: self.classifications(position, entry),
            affiliations: self.affiliations(position, entry, matches),
            claims,
            ..OrganisationDraft::default()
        };
        Draft {
            slug: at(matches, position).map_or_else(String::new, |it| it.slug.clone()),
            content: Content::Organisation(Box::new(draft)),
        }
    }

    /// Whether it still exists. An end that is not stated may be unknown, or not have come.
    fn status(&self, position: usize, entry: &Entry) -> Option<(OrganisationStatus, ClaimDraft)> {
        let dissolved = OrganisationStatus::Dissolved;
        if entry.end.is_some() {
            return Some((dissolved, self.claim(position, END, None)));
        }
        let mut ties = entry.ties.iter().map(|(tie, _)| tie);
        if let Some(tie) = ties.find(|tie| ["ceased", "absorbed"].contains(&tie.own)) {
            let claim = self.claim(position, tie.column, Some(ClaimStatus::Derived));
            return Some((dissolved, claim));
        }
        let active = (OrganisationStatus::Active, self.claim(position, END, None));
        entry.is_active.then_some(active)
    }

    fn names(&self, position: usize, entry: &Entry) -> Vec<NameDraft> {
        let label = entry.label.iter().map(|label| NameDraft {
            kind: Some(NameKind::Alternative),
            claims: vec![self.claim(position, LABEL, None)],
            ..NameDraft::bare(label.clone())
        });
        label.collect()
    }

    fn classifications(&self, position: usize, entry: &Entry) -> Vec<ClassificationDraft> {
        match &entry.group {
            Some(Group::Named(name)) => vec![ClassificationDraft {
                topic: slug::sure(name),
                status: None,
                claims: vec![self.claim(position, GROUP, None)],
            }],
            _ => Vec::new(),
        }
    }

    fn affiliations(
        &self,
        position: usize,
        entry: &Entry,
        matches: &[Match],
    ) -> Vec<AffiliationDraft> {
        let mut others: Vec<(usize, &str)> = entry.links.iter().map(|it| (*it, LINKS)).collect();
        if let Some(Group::Entry(other)) = entry.group
            && !entry.links.contains(&other)
        {
            others.push((other, GROUP));
        }
        let affiliations = others.into_iter().filter_map(|(other, column)| {
            Some(AffiliationDraft {
                body: at(matches, other)?.slug.clone(),
                kind: Some(AffiliationKind::Other),
                start: None,
                end: None,
                status: None,
                claims: vec![self.claim(position, column, None)],
            })
        });
        affiliations.collect()
    }

    pub fn event(&self, happening: &Happening, found: &Match, organisations: &[Match]) -> Draft {
        let Happening {
            tie,
            own,
            theirs,
            when,
        } = happening;
        let first = happening.first();
        let mut claims = Claims::new();
        let kind = self.claim(first, tie.column, happening.kind_status());
        claims.insert("kind".to_owned(), vec![kind]);
        // The table does not name what happened.
        let name = self.claim(first, tie.column, Some(ClaimStatus::Derived));
        claims.insert("name".to_owned(), vec![name]);
        if let Some(when) = when {
            claims.insert("date".to_owned(), vec![self.claim_when(when)]);
        }
        let part = |position: usize, role: &str, told_by: &[usize]| {
            let slug = &at(organisations, position)?.slug;
            let told_by = told_by.iter();
            Some(ParticipationDraft {
                participant: Some(format!("organisation/{slug}")),
                claims: told_by
                    .map(|it| self.claim(*it, tie.column, None))
                    .collect(),
                ..ParticipationDraft::bare(role.to_owned())
            })
        };
        let own_parts = own.iter().filter_map(|it| part(*it, tie.own, &[*it]));
        let their_parts = theirs.iter().filter_map(|it| part(*it, tie.theirs, own));
        let draft = EventDraft {
            name: happening.name(&self.entries),
            source: Some(self.source.clone()),
            external_ids: found.external_ids.clone(),
            kind: Some(tie.event),
            date: when.as_ref().map(|when| when.date.clone()),
            participants: own_parts.chain(their_parts).collect(),
            claims,
            ..EventDraft::default()
        };
        Draft {
            slug: found.slug.clone(),
            content: Content::Event(Box::new(draft)),
        }
    }
}

fn at(matches: &[Match], position: usize) -> Option<&Match> {
    matches.get(position)
}
