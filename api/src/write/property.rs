//! What claims can be about: the public fields of each kind of entity, by their GraphQL names.

use entity::kind::StatementKind;

use super::draft::{Kind, StatementDraft};

const OF_EVERY_ENTITY: [&str; 4] = ["name", "names", "summary", "externalIds"];

const OF_ORGANISATION: [&str; 31] = [
    "abbreviation",
    "kind",
    "status",
    "founded",
    "dissolved",
    "country",
    "headquarters",
    "places",
    "position",
    "ideologies",
    "leadership",
    "newspaper",
    "logo",
    "website",
    "objectives",
    "stances",
    "purposes",
    "splitFrom",
    "splits",
    "mergedInto",
    "mergedFrom",
    "dissolvedInto",
    "dissolvedFrom",
    "predecessors",
    "successors",
    "affiliations",
    "affiliates",
    "people",
    "publications",
    "campaigns",
    "events",
];

const OF_PERSON: [&str; 6] = [
    "born",
    "died",
    "organisations",
    "campaigns",
    "publications",
    "events",
];

const OF_CAMPAIGN: [&str; 9] = [
    "started",
    "ended",
    "aims",
    "topics",
    "parent",
    "subcampaigns",
    "organisation",
    "participants",
    "events",
];

const OF_PUBLICATION: [&str; 17] = [
    "title",
    "subtitle",
    "kind",
    "frequency",
    "format",
    "colour",
    "free",
    "language",
    "editorialFocus",
    "published",
    "ceased",
    "publishers",
    "authors",
    "topics",
    "isbn",
    "issn",
    "reception",
];

const OF_EVENT: [&str; 12] = [
    "kind",
    "date",
    "place",
    "outcome",
    "reason",
    "attendance",
    "occurrences",
    "participants",
    "links",
    "before",
    "after",
    "statements",
];

/// The properties of a kind of entity; none for what is no entity.
pub fn properties(kind: Kind) -> impl Iterator<Item = &'static str> {
    let (own, shared): (&[&str], &[&str]) = match kind {
        Kind::Organisation => (&OF_ORGANISATION, &OF_EVERY_ENTITY),
        Kind::Person => (&OF_PERSON, &OF_EVERY_ENTITY),
        Kind::Campaign => (&OF_CAMPAIGN, &OF_EVERY_ENTITY),
        Kind::Publication => (&OF_PUBLICATION, &OF_EVERY_ENTITY),
        Kind::Event => (&OF_EVENT, &OF_EVERY_ENTITY),
        Kind::Source | Kind::Place | Kind::Topic => (&[], &[]),
    };
    shared.iter().chain(own).copied()
}

/// The property that claims on a draft's field are about: `editorialFocus` for `editorial_focus`.
pub(crate) fn property_of(field: &str) -> String {
    let mut words = field.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &capital.into_iter().chain(letters).collect::<String>()
    })
}

impl StatementDraft {
    /// The list that the statement stands in, which is the property of its claims.
    #[must_use]
    pub fn property(&self, of: Kind) -> &'static str {
        match (of, self.kind) {
            (Kind::Event, _) => "statements",
            (_, StatementKind::Objective) => "objectives",
            (_, StatementKind::Stance) => "stances",
            (_, StatementKind::Aim) => "aims",
            (_, StatementKind::Purpose) => "purposes",
            (_, StatementKind::Reception) => "reception",
        }
    }
}
