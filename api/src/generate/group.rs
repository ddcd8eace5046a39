//! Families with everything around them, as drafts that are written together: they refer to each other and to the
//! stock, and to nothing of another group.

use chrono::NaiveDate;

use super::date::last_day;
use super::family::Family;
use super::random::Random;
use super::stock::{Country, Place, Slugs, Stock};
use super::words;
use crate::write::{ClaimDraft, Content, Draft};

/// An organisation that other records refer to.
pub(super) struct Made<'a> {
    pub slug: String,
    pub name: String,
    pub country: &'a Country,
    pub source: &'a String,
    pub founded: NaiveDate,
    /// When it ended; the last day there is if it did not.
    pub until: NaiveDate,
    pub ended: bool,
}

/// See the module's documentation.
pub(super) struct Group<'a> {
    pub random: &'a mut Random,
    pub slugs: &'a mut Slugs,
    pub stock: &'a Stock,
    pub drafts: Vec<Draft>,
    pub organisations: Vec<Made<'a>>,
    /// Slugs of people, each with the position of an organisation that they belong to.
    pub people: Vec<(String, usize)>,
}

impl<'a> Group<'a> {
    /// The drafts of families of these sizes; a family of one is an organisation without links.
    pub fn drafts(
        random: &'a mut Random,
        slugs: &'a mut Slugs,
        stock: &'a Stock,
        sizes: &[usize],
    ) -> Vec<Draft> {
        let mut group = Self {
            random,
            slugs,
            stock,
            drafts: Vec::new(),
            organisations: Vec::new(),
            people: Vec::new(),
        };
        let mut families = Vec::with_capacity(sizes.len());
        for size in sizes {
            families.push(group.enter(*size));
        }
        group.people();
        for index in 0..group.organisations.len() {
            group.organisation(index);
        }
        for (first, family) in &families {
            group.happenings(*first, family);
        }
        group.campaigns();
        group.other_events();
        group.drafts
    }

    /// Grows a family and names its bodies; tells the position of the first.
    fn enter(&mut self, size: usize) -> (usize, Family) {
        let family = Family::grow(self.random, size);
        let country = self.random.pick(&self.stock.countries);
        let first = self.organisations.len();
        for body in &family.bodies {
            // Most of a family stays within a country.
            let country = if self.random.percent(95) {
                country
            } else {
                self.random.pick(&self.stock.countries)
            };
            let place = self.place_name(country);
            let name = words::organisation(self.random, &place);
            let end = self.random.percent(25).then(|| {
                let events = family.happenings.iter().map(|event| event.day).max();
                let after = events.unwrap_or(body.founded).max(body.founded);
                super::date::within(self.random, after, last_day())
            });
            let ended = body.ended.or(end);
            self.organisations.push(Made {
                slug: self.slugs.of(&name),
                name,
                country,
                source: self.random.pick(&self.stock.sources),
                founded: body.founded,
                until: ended.unwrap_or(last_day()),
                ended: ended.is_some(),
            });
        }
        (first, family)
    }

    pub fn add(&mut self, slug: String, content: Content) {
        self.drafts.push(Draft { slug, content });
    }

    pub fn city(&mut self, country: &'a Country) -> &'a Place {
        self.random.pick(&country.cities)
    }

    /// A city or the country itself, as names have it.
    pub fn place_name(&mut self, country: &'a Country) -> String {
        if self.random.percent(60) {
            self.city(country).name.clone()
        } else {
            country.name.to_owned()
        }
    }

    /// A claim by the source of the whole draft.
    pub fn claim(&mut self) -> ClaimDraft {
        let page = self.random.between(1, 480);
        ClaimDraft {
            locator: Some(format!("p. {page}")),
            ..ClaimDraft::bare()
        }
    }

    /// The same with the source's words, in so many cases out of a hundred; else none.
    pub fn claims(&mut self, percent: u32, quote: &str) -> Vec<ClaimDraft> {
        if !self.random.percent(percent) {
            return Vec::new();
        }
        let mut claim = self.claim();
        claim.quote = self.random.percent(30).then(|| quote.to_owned());
        vec![claim]
    }
}
