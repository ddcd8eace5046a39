//! What every generated record may refer to: places, topics and sources. They are written first.

use entity::kind::{PlaceKind, SourceKind, TopicKind};

use super::date::{day_of, told, within};
use super::random::Random;
use super::words;
use crate::write::text::tokens;
use crate::write::{Content, Draft, PlaceDraft, SourceDraft, TopicDraft};

/// Slugs that no other data set has: they end in a tag that stands for it, and a number.
pub(super) struct Slugs {
    pub tag: String,
    pub number: u64,
}

impl Slugs {
    pub fn of(&mut self, name: &str) -> String {
        self.number += 1;
        let words = tokens(name).replace(' ', "-");
        format!("{words}-{}-{}", self.tag, self.number)
    }
}

pub(super) struct Country {
    pub name: &'static str,
    pub slug: String,
    pub cities: Vec<Place>,
}

pub(super) struct Place {
    pub name: String,
    pub slug: String,
}

/// See the module's documentation; lists hold slugs.
pub(super) struct Stock {
    pub countries: Vec<Country>,
    pub ideologies: Vec<String>,
    pub subjects: Vec<String>,
    pub sources: Vec<String>,
}

impl Stock {
    /// Makes up the stock for this many organisations.
    pub fn new(random: &mut Random, slugs: &mut Slugs, organisations: usize) -> (Self, Vec<Draft>) {
        let mut drafts = Vec::new();
        let mut add = |name: &str, content: Content| {
            let slug = slugs.of(name);
            drafts.push(Draft {
                slug: slug.clone(),
                content,
            });
            slug
        };
        let mut topics = |names: &[&str], kind: TopicKind| -> Vec<String> {
            let topic = |name: &&str| {
                let content = TopicDraft {
                    name: (*name).to_owned(),
                    kind: Some(kind),
                    parent: None,
                };
                add(name, Content::Topic(Box::new(content)))
            };
            names.iter().map(topic).collect()
        };
        let ideologies = topics(&words::IDEOLOGIES, TopicKind::Ideology);
        let subjects = topics(&words::SUBJECTS, TopicKind::Subject);

        let mut countries = Vec::new();
        // ISO 3166 leaves XA to XZ and QM to QZ to whoever needs codes of their own.
        let codes = ('A'..='Z')
            .map(|letter| format!("X{letter}"))
            .chain(('M'..='Z').map(|letter| format!("Q{letter}")));
        for (name, code) in words::countries().iter().zip(codes) {
            let content = PlaceDraft {
                name: (*name).to_owned(),
                kind: Some(PlaceKind::State),
                code: Some(code),
                ..PlaceDraft::default()
            };
            let slug = add(name, Content::Place(Box::new(content)));
            let cities = (0..3).map(|_| {
                let name = words::city(random);
                let content = PlaceDraft {
                    name: name.clone(),
                    kind: Some(PlaceKind::City),
                    parent: Some(slug.clone()),
                    ..PlaceDraft::default()
                };
                let slug = add(&name, Content::Place(Box::new(content)));
                Place { name, slug }
            });
            let cities = cities.collect();
            countries.push(Country { name, slug, cities });
        }

        let sources = (0..(organisations / 50).clamp(6, 2000)).map(|_| {
            let place = random.pick(&countries).name;
            let title = words::source(random, place);
            let published = within(random, day_of(1950), day_of(2024));
            let content = SourceDraft {
                title: title.clone(),
                kind: Some(random.weighted(&[
                    (4, SourceKind::Book),
                    (3, SourceKind::Article),
                    (2, SourceKind::Newspaper),
                    (2, SourceKind::Website),
                    (1, SourceKind::Archive),
                    (1, SourceKind::Encyclopaedia),
                ])),
                author: random.percent(60).then(|| words::person(random)),
                publisher: random.percent(40).then(|| format!("{place} Press")),
                published: Some(told(random, published)),
                ..SourceDraft::default()
            };
            add(&title, Content::Source(Box::new(content)))
        });
        let sources = sources.collect();
        let stock = Self {
            countries,
            ideologies,
            subjects,
            sources,
        };
        (stock, drafts)
    }
}
