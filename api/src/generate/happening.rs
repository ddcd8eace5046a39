//! Events and campaigns as drafts.

use entity::kind::{ClaimStatus, EventKind, StatementKind};

use super::date::{perhaps, told, within};
use super::family::{Family, Happening};
use super::group::Group;
use super::words;
use crate::write::{
    CampaignDraft, Claims, Content, EventDraft, FollowsDraft, ParticipationDraft, QuantityDraft,
};

impl Group<'_> {
    /// Adds the events of a family whose first body stands at `first`.
    pub fn happenings(&mut self, first: usize, family: &Family) {
        let mut before: Option<String> = None;
        for happening in &family.happenings {
            let name = self.happening_name(first, happening);
            let slug = self.slugs.of(&name);
            let mut participants = Vec::new();
            for (body, role) in &happening.parties {
                let organisation = &self.organisations[first + body].slug;
                let participant = Some(format!("organisation/{organisation}"));
                let mut item = participation(role, participant);
                item.status = self.random.weighted(&[
                    (94, None),
                    (4, Some(ClaimStatus::Derived)),
                    (2, Some(ClaimStatus::Disputed)),
                ]);
                // An item is as sure as its claims.
                item.claims = self.claims(35, "out of it came a new body");
                for claim in &mut item.claims {
                    claim.status = item.status;
                }
                participants.push(item);
            }
            let leaves = matches!(happening.kind, EventKind::Split | EventKind::Defection);
            if leaves && self.random.percent(30) {
                let mut item = participation("resigned", None);
                item.description = Some("members".to_owned());
                item.count = Some(self.quantity(600));
                participants.push(item);
            }
            let source = happening.parties.first();
            let source = source.map(|(body, _)| self.organisations[first + body].source.clone());
            let claims = self.claims(35, "came about that year");
            let follows = before.take().filter(|_| self.random.percent(10));
            let draft = EventDraft {
                name,
                source,
                kind: Some(happening.kind),
                date: perhaps(self.random, 97, happening.day),
                reason: self.random.percent(15).then(|| {
                    let subject = self.random.pick(&words::SUBJECTS).to_lowercase();
                    format!("Differences over {subject}.")
                }),
                participants,
                follows: follows
                    .map(|event| FollowsDraft {
                        event,
                        status: None,
                        claims: Vec::new(),
                    })
                    .into_iter()
                    .collect(),
                claims: dated(claims),
                ..EventDraft::default()
            };
            before = Some(slug.clone());
            self.add(slug, Content::Event(Box::new(draft)));
        }
    }

    /// What came into being gives an event its name; else the first of those whom it happened to.
    fn happening_name(&self, first: usize, happening: &Happening) -> String {
        let newcomer = happening
            .parties
            .iter()
            .find(|(_, role)| *role == "resulting");
        let subject = match happening.kind {
            EventKind::Foundation | EventKind::Other | EventKind::Merger => newcomer,
            _ => None,
        };
        let subject = subject.or(happening.parties.first());
        let name = subject.map_or("", |(body, _)| &self.organisations[first + body].name);
        match happening.kind {
            EventKind::Split => format!("Split in the {name}"),
            EventKind::Defection => format!("Defections from the {name}"),
            EventKind::Merger => format!("Merger into the {name}"),
            EventKind::Succession => format!("Succession to the {name}"),
            EventKind::Other => format!("Beginnings of the {name}"),
            kind => format!(
                "{} of the {name}",
                words::capital(&kind.as_str().to_lowercase())
            ),
        }
    }

    fn quantity(&mut self, below: i32) -> QuantityDraft {
        if self.random.percent(80) {
            QuantityDraft {
                value: Some(self.random.between(7, below).into()),
                text: None,
            }
        } else {
            QuantityDraft {
                value: None,
                text: Some("several hundred".to_owned()),
            }
        }
    }

    /// Organisations at most so far apart in the group, as participants; with them some of their people.
    fn participants(&mut self, index: usize, role: &str) -> Vec<ParticipationDraft> {
        let mut participants = Vec::new();
        let count = 1 + self.random.index(5);
        for next in 0..count.min(self.organisations.len()) {
            let index = (index + next * 7) % self.organisations.len();
            let organisation = &self.organisations[index].slug;
            let participant = format!("organisation/{organisation}");
            let role = if next == 0 { role } else { "participant" };
            participants.push(participation(role, Some(participant)));
        }
        if self.random.percent(50)
            && let Some((person, _)) = self.people.get(self.random.index(self.people.len()))
        {
            let participant = format!("person/{person}");
            participants.push(participation("speaker", Some(participant)));
        }
        participants
    }

    /// Adds a campaign for ten organisations.
    pub fn campaigns(&mut self) {
        let mut parent: Option<String> = None;
        for number in 0..self.organisations.len() / 10 {
            let index = number * 10;
            let made = &self.organisations[index];
            let (founded, until, country) = (made.founded, made.until, made.country);
            let source = made.source.clone();
            let place = self.place_name(country);
            let name = words::campaign(self.random, &place);
            let slug = self.slugs.of(&name);
            let start = within(self.random, founded, until);
            let end = within(self.random, start, until);
            let draft = CampaignDraft {
                name,
                source: Some(source),
                started: perhaps(self.random, 85, start),
                ended: perhaps(self.random, 60, end),
                parent: parent.take().filter(|_| self.random.percent(10)),
                topics: self.classifications(false, &[(1, 1), (1, 2)]),
                statements: self.statements(40, StatementKind::Aim),
                participants: self.participants(index, "initiator"),
                ..CampaignDraft::default()
            };
            parent = Some(slug.clone());
            self.add(slug, Content::Campaign(Box::new(draft)));
        }
    }

    /// Adds conferences, demonstrations and the like: one for five organisations.
    pub fn other_events(&mut self) {
        for number in 0..self.organisations.len() / 5 {
            let index = number * 5;
            let made = &self.organisations[index];
            let (founded, until, country) = (made.founded, made.until, made.country);
            let source = made.source.clone();
            let city = self.city(country);
            let kind = self.random.weighted(&[
                (5, EventKind::Conference),
                (4, EventKind::Demonstration),
                (3, EventKind::Election),
                (2, EventKind::Strike),
                (2, EventKind::Foundation),
                (1, EventKind::Occupation),
                (1, EventKind::Opening),
                (1, EventKind::Referendum),
            ]);
            let day = within(self.random, founded, until);
            let word = words::capital(&kind.as_str().to_lowercase());
            let name = format!("{word} in {}", city.name);
            let slug = self.slugs.of(&name);
            let role = if kind == EventKind::Foundation {
                "resulting"
            } else {
                "organiser"
            };
            let day = if kind == EventKind::Foundation {
                founded
            } else {
                day
            };
            let draft = EventDraft {
                name,
                source: Some(source),
                kind: Some(kind),
                date: Some(told(self.random, day)),
                place: Some(city.slug.clone()),
                attendance: self.random.percent(40).then(|| self.quantity(20_000)),
                participants: self.participants(index, role),
                claims: dated(self.claims(30, "took place on that day")),
                ..EventDraft::default()
            };
            self.add(slug, Content::Event(Box::new(draft)));
        }
    }
}

/// An organisation, a person, or somebody without a name, in some role.
fn participation(role: &str, participant: Option<String>) -> ParticipationDraft {
    ParticipationDraft {
        participant,
        ..ParticipationDraft::bare(role.to_owned())
    }
}

/// Claims on the date of an event.
fn dated(claims: Vec<crate::write::ClaimDraft>) -> Claims {
    let mut all = Claims::new();
    if !claims.is_empty() {
        all.insert("date".to_owned(), claims);
    }
    all
}
