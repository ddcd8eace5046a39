//! Organisations as drafts, and the publications they give out.

use entity::kind::{
    AffiliationKind, ClaimRank, NameKind, OrganisationKind, OrganisationStatus, PoliticalPosition,
    PublicationKind, StatementKind,
};

use super::date::{perhaps, told, within};
use super::group::Group;
use super::words;
use crate::write::{
    AffiliationDraft, AuthorshipDraft, Claims, ClassificationDraft, Content, DateDraft,
    ExternalIdDraft, NameDraft, OrganisationDraft, PlacePeriodDraft, PublicationDraft,
    PublishingDraft, StatementDraft,
};

impl Group<'_> {
    /// Adds the organisation at a position, with its publications.
    pub fn organisation(&mut self, index: usize) {
        let newspaper = self.publications(index);
        let made = &self.organisations[index];
        let (founded, until, ended, country) = (made.founded, made.until, made.ended, made.country);
        let name = made.name.clone();
        let slug = made.slug.clone();
        let source = Some(made.source.clone());

        let founded_draft = perhaps(self.random, 96, founded);
        let dissolved = if ended {
            perhaps(self.random, 92, until)
        } else {
            None
        };
        let status = match (&dissolved, ended) {
            (Some(_), _) => OrganisationStatus::Dissolved,
            (None, true) => OrganisationStatus::Unknown,
            (None, false) => self.random.weighted(&[
                (5, OrganisationStatus::Active),
                (1, OrganisationStatus::Dormant),
                (4, OrganisationStatus::Unknown),
            ]),
        };
        let renamed = self.random.percent(12);
        let names = if renamed {
            self.names(index)
        } else {
            Vec::new()
        };
        let ideologies = self.classifications(true, &[(3, 0), (5, 1), (2, 2)]);
        let places = self.places(index);
        let affiliations = self.affiliations(index);
        let statements = self.statements(12, StatementKind::Stance);
        let kind = self.random.weighted(&[
            (50, OrganisationKind::Party),
            (20, OrganisationKind::Group),
            (8, OrganisationKind::Alliance),
            (6, OrganisationKind::Faction),
            (4, OrganisationKind::TradeUnion),
            (2, OrganisationKind::International),
            (5, OrganisationKind::YouthWing),
            (5, OrganisationKind::Unknown),
        ]);
        let draft = OrganisationDraft {
            source,
            summary: self.random.percent(30).then(|| {
                let place = self.city(country).name.clone();
                format!("Founded in {place}; active in {}.", country.name)
            }),
            abbreviation: self.random.percent(55).then(|| words::initials(&name)),
            kind: Some(kind),
            status: Some(status),
            country: self.random.percent(90).then(|| country.slug.clone()),
            headquarters: self
                .random
                .percent(30)
                .then(|| self.city(country).slug.clone()),
            position: self.random.percent(45).then(|| self.position()),
            newspaper,
            external_ids: self.external_ids(&slug),
            claims: self.founding_claims(founded_draft.as_ref()),
            founded: founded_draft,
            dissolved,
            name,
            names,
            ideologies,
            places,
            affiliations,
            statements,
            ..OrganisationDraft::default()
        };
        self.add(slug, Content::Organisation(Box::new(draft)));
    }

    fn position(&mut self) -> PoliticalPosition {
        self.random.weighted(&[
            (6, PoliticalPosition::FarLeft),
            (8, PoliticalPosition::Left),
            (5, PoliticalPosition::CentreLeft),
            (3, PoliticalPosition::Centre),
            (3, PoliticalPosition::CentreRight),
            (3, PoliticalPosition::Right),
            (2, PoliticalPosition::FarRight),
            (1, PoliticalPosition::Syncretic),
        ])
    }

    fn external_ids(&mut self, slug: &str) -> Vec<ExternalIdDraft> {
        let known = self.random.percent(15);
        let item = known.then(|| ExternalIdDraft {
            scheme: "synthetic".to_owned(),
            value: slug.rsplitn(3, '-').take(2).collect::<Vec<_>>().join("-"),
            url: None,
        });
        item.into_iter().collect()
    }

    /// Claims on the date of foundation; some sources have another year.
    fn founding_claims(&mut self, founded: Option<&DateDraft>) -> Claims {
        let mut claims = Claims::new();
        let Some(founded) = founded else {
            return claims;
        };
        let mut found = self.claims(40, "was founded in that year");
        if let Some(first) = found.first_mut()
            && self.random.percent(15)
            && let Some(year) = founded
                .edtf
                .get(..4)
                .and_then(|year| year.parse::<i32>().ok())
        {
            first.rank = Some(ClaimRank::Preferred);
            let mut other = self.claim();
            other.source = Some(self.random.pick(&self.stock.sources).clone());
            other.value = Some((year + self.random.between(1, 2)).to_string());
            found.push(other);
        }
        if !found.is_empty() {
            claims.insert("founded".to_owned(), found);
        }
        claims
    }

    /// The name it has now, and the one it had before.
    fn names(&mut self, index: usize) -> Vec<NameDraft> {
        let made = &self.organisations[index];
        let (founded, until, country) = (made.founded, made.until, made.country);
        let current = made.name.clone();
        let place = self.place_name(country);
        let day = within(self.random, founded, until);
        let changed = told(self.random, day);
        let name = |text, kind, start, end, preferred| NameDraft {
            text,
            kind: Some(kind),
            language: None,
            start,
            end,
            preferred,
            claims: Vec::new(),
        };
        let before = words::organisation(self.random, &place);
        let start = perhaps(self.random, 70, founded);
        let claims = self.claims(30, "took a new name");
        let mut former = name(
            before,
            NameKind::Former,
            start,
            Some(changed.clone()),
            false,
        );
        former.claims = claims;
        vec![
            name(current, NameKind::Official, Some(changed), None, true),
            former,
        ]
    }

    pub fn classifications(
        &mut self,
        ideologies: bool,
        counts: &[(u32, usize)],
    ) -> Vec<ClassificationDraft> {
        let topics = if ideologies {
            &self.stock.ideologies
        } else {
            &self.stock.subjects
        };
        let first = self.random.index(topics.len());
        let count = self.random.weighted(counts);
        // Neighbours, so that none comes twice.
        let topics = (0..count).map(|next| topics[(first + next) % topics.len()].clone());
        let drafts: Vec<_> = topics
            .map(|topic| ClassificationDraft {
                topic,
                status: None,
                claims: Vec::new(),
            })
            .collect();
        drafts
    }

    fn places(&mut self, index: usize) -> Vec<PlacePeriodDraft> {
        if !self.random.percent(20) {
            return Vec::new();
        }
        let made = &self.organisations[index];
        let (founded, country) = (made.founded, made.country);
        let place = self.city(country).slug.clone();
        vec![PlacePeriodDraft {
            place,
            role: "active in".to_owned(),
            start: perhaps(self.random, 40, founded),
            end: None,
            note: None,
            status: None,
            claims: self.claims(20, "had most of its members there"),
        }]
    }

    fn affiliations(&mut self, index: usize) -> Vec<AffiliationDraft> {
        if index == 0 || !self.random.percent(8) {
            return Vec::new();
        }
        let body = self.random.index(index);
        let (made, body) = (&self.organisations[index], &self.organisations[body]);
        let (start, end) = (made.founded.max(body.founded), made.until.min(body.until));
        if start > end {
            return Vec::new();
        }
        let body = body.slug.clone();
        let day = within(self.random, start, end);
        vec![AffiliationDraft {
            body,
            kind: Some(self.random.weighted(&[
                (4, AffiliationKind::Member),
                (2, AffiliationKind::Section),
                (2, AffiliationKind::Ally),
                (1, AffiliationKind::Faction),
            ])),
            start: perhaps(self.random, 70, day),
            end: None,
            status: None,
            claims: self.claims(30, "joined it"),
        }]
    }

    pub fn statements(&mut self, percent: u32, kind: StatementKind) -> Vec<StatementDraft> {
        if !self.random.percent(percent) {
            return Vec::new();
        }
        let topic = self.random.index(self.stock.subjects.len());
        let subject = words::SUBJECTS[topic].to_lowercase();
        let attitude = *self
            .random
            .pick(&["argued for", "argued against", "criticised"]);
        vec![StatementDraft {
            kind,
            text: format!("{} {subject}.", words::capital(attitude)),
            attitude: Some(attitude.to_owned()),
            topic: Some(self.stock.subjects[topic].clone()),
            holder: None,
            date: None,
            fulfilled: None,
            status: None,
            claims: self.claims(60, "spoke on it again and again"),
        }]
    }

    /// Adds what an organisation publishes, and tells which of it is its newspaper.
    fn publications(&mut self, index: usize) -> Option<String> {
        let mut newspaper = None;
        for _ in 0..self.random.weighted(&[(35, 0), (40, 1), (15, 2), (10, 3)]) {
            let made = &self.organisations[index];
            let (founded, until, country) = (made.founded, made.until, made.country);
            let (source, publisher) = (made.source.clone(), made.slug.clone());
            let place = self.place_name(country);
            let name = words::publication(self.random, &place);
            let slug = self.slugs.of(&name);
            let kind = self.random.weighted(&[
                (4, PublicationKind::Newspaper),
                (3, PublicationKind::Magazine),
                (1, PublicationKind::Journal),
                (2, PublicationKind::Bulletin),
                (2, PublicationKind::Book),
                (4, PublicationKind::Pamphlet),
                (1, PublicationKind::Unknown),
            ]);
            let first = within(self.random, founded, until);
            let periodical = matches!(
                kind,
                PublicationKind::Newspaper | PublicationKind::Magazine | PublicationKind::Bulletin
            );
            let last = within(self.random, first, until);
            if kind == PublicationKind::Newspaper && newspaper.is_none() {
                newspaper = Some(slug.clone());
            }
            let authors = if periodical { 10 } else { 85 };
            let draft = PublicationDraft {
                name,
                source: Some(source),
                kind: Some(kind),
                frequency: periodical
                    .then(|| (*self.random.pick(&["weekly", "monthly", "quarterly"])).to_owned()),
                published: perhaps(self.random, 90, first),
                ceased: if periodical {
                    perhaps(self.random, 50, last)
                } else {
                    None
                },
                topics: self.classifications(false, &[(7, 0), (3, 1)]),
                publishers: vec![PublishingDraft {
                    organisation: publisher,
                    status: None,
                    claims: self.claims(20, "its organ"),
                }],
                authors: if self.random.percent(authors) {
                    self.author()
                } else {
                    Vec::new()
                },
                ..PublicationDraft::default()
            };
            self.add(slug, Content::Publication(Box::new(draft)));
        }
        newspaper
    }

    fn author(&mut self) -> Vec<AuthorshipDraft> {
        let author = self.people.get(self.random.index(self.people.len()));
        let item = author.map(|(person, _)| AuthorshipDraft {
            person: person.clone(),
            role: None,
            status: None,
            claims: Vec::new(),
        });
        item.into_iter().collect()
    }
}
