//! People as drafts, with what they were members of.

use super::date::{earlier, later, perhaps, within};
use super::group::Group;
use super::words;
use crate::write::{Content, MembershipDraft, PersonDraft};

impl Group<'_> {
    /// Adds three people for two organisations, each with two memberships.
    pub fn people(&mut self) {
        let organisations = self.organisations.len();
        for number in 0..organisations * 3 / 2 {
            let first = number * 2 / 3;
            // Neighbours are mostly of one family.
            let second = if self.random.percent(60) {
                (first + 1 + self.random.index(4)) % organisations
            } else {
                self.random.index(organisations)
            };
            let name = words::person(self.random);
            let slug = self.slugs.of(&name);
            let made = &self.organisations[first];
            let (joined, source) = (made.founded, made.source.clone());
            let born = earlier(joined, 6500 + self.random.below(14_000));
            let died = later(born, 13_000 + self.random.below(20_000));
            let memberships = vec![self.membership(first), self.membership(second)];
            let draft = PersonDraft {
                name,
                source: Some(source),
                born: perhaps(self.random, 50, born),
                died: perhaps(self.random, 25, died),
                memberships,
                ..PersonDraft::default()
            };
            self.add(slug.clone(), Content::Person(Box::new(draft)));
            self.people.push((slug, first));
        }
    }

    fn membership(&mut self, index: usize) -> MembershipDraft {
        let made = &self.organisations[index];
        let (founded, until, organisation) = (made.founded, made.until, made.slug.clone());
        let start = within(self.random, founded, until);
        let end = within(self.random, start, until);
        let (role, post) = self.random.weighted(&[
            (60, ("member", None)),
            (12, ("founder", None)),
            (10, ("leader", Some("chair"))),
            (8, ("leader", Some("general secretary"))),
            (6, ("officer", Some("treasurer"))),
            (4, ("candidate", None)),
        ]);
        MembershipDraft {
            organisation,
            role: role.to_owned(),
            post: post.map(str::to_owned),
            start: perhaps(self.random, 65, start),
            end: perhaps(self.random, 35, end),
            status: None,
            claims: self.claims(15, "belonged to it from the start"),
        }
    }
}
