//! The properties of the public schema, and the terms that say the same.

use entity::kind::{
    EventKind, OrganisationKind, OrganisationStatus, PoliticalPosition, PublicationKind,
};

use crate::linked::date::Dated;
use crate::write::Kind;

/// What the values of a property are.
#[derive(Debug, Clone, Copy)]
pub(in crate::linked) enum Says {
    Text,
    /// And the term for what is said in words in its place.
    Number(&'static str),
    Flag,
    Date(Dated),
    /// One of a closed vocabulary: its name, its values.
    Concept(&'static str, &'static [(&'static str, &'static str)]),
    /// An address elsewhere.
    Address,
    /// Something that has an address here.
    Thing,
}

/// How a property is said.
#[derive(Debug, Clone, Copy)]
pub(in crate::linked) struct Property {
    pub predicate: &'static str,
    pub says: Says,
}

/// A date of ours, with the terms of others for it.
macro_rules! dated {
    ($name:literal $(, $exact:literal)*) => {
        $crate::linked::date::Dated {
            edtf: concat!("ns:", $name),
            wording: concat!("ns:", $name, "InWords"),
            exact: &[$($exact),*],
        }
    };
}

pub(super) use dated;

macro_rules! concept {
    ($vocabulary:ident) => {
        Says::Concept($vocabulary::NAME, $vocabulary::VALUES)
    };
}

/// The term for a property of a kind of record; `None`: there is no such property.
pub(in crate::linked) fn property(kind: Kind, name: &str) -> Option<Property> {
    use Says::{Text, Thing};
    let (predicate, says) = match name {
        "name" => ("schema:name", Text),
        "names" => ("schema:alternateName", Text),
        "summary" => ("schema:description", Text),
        "externalIds" => ("schema:identifier", Text),
        "objectives" => ("ns:objective", Text),
        "stances" => ("ns:stance", Text),
        "purposes" => ("ns:purpose", Text),
        "aims" => ("ns:aim", Text),
        "reception" => ("ns:reception", Text),
        "statements" => ("ns:statement", Text),
        "topics" => ("dct:subject", Thing),
        "participants" => ("ns:participant", Thing),
        _ => return of_kind(kind, name),
    };
    Some(Property { predicate, says })
}

fn of_kind(kind: Kind, name: &str) -> Option<Property> {
    use Says::{Address, Date, Flag, Number, Text, Thing};
    let (predicate, says) = match (kind, name) {
        (Kind::Organisation, "abbreviation") => ("ns:abbreviation", Text),
        (Kind::Organisation, "kind") => ("org:classification", concept!(OrganisationKind)),
        (Kind::Organisation, "status") => ("ns:status", concept!(OrganisationStatus)),
        (Kind::Organisation, "founded") => {
            ("ns:founded", Date(dated!("founded", "schema:foundingDate")))
        }
        (Kind::Organisation, "dissolved") => (
            "ns:dissolved",
            Date(dated!("dissolved", "schema:dissolutionDate")),
        ),
        (Kind::Organisation, "country") => ("ns:country", Thing),
        (Kind::Organisation, "headquarters") => ("ns:headquarters", Thing),
        (Kind::Organisation, "places") => ("ns:activeIn", Thing),
        (Kind::Organisation, "position") => ("ns:position", concept!(PoliticalPosition)),
        (Kind::Organisation, "ideologies") => ("ns:ideology", Thing),
        (Kind::Organisation, "leadership") => ("ns:leadership", Text),
        (Kind::Organisation, "newspaper") => ("ns:newspaper", Thing),
        (Kind::Organisation, "logo") => ("foaf:logo", Address),
        (Kind::Organisation, "website") => ("foaf:homepage", Address),
        (Kind::Organisation, "splitFrom") => ("ns:splitFrom", Thing),
        (Kind::Organisation, "splits") => ("ns:split", Thing),
        (Kind::Organisation, "mergedInto") => ("ns:mergedInto", Thing),
        (Kind::Organisation, "mergedFrom") => ("ns:mergedFrom", Thing),
        (Kind::Organisation, "dissolvedInto") => ("ns:dissolvedInto", Thing),
        (Kind::Organisation, "dissolvedFrom") => ("ns:dissolvedFrom", Thing),
        (Kind::Organisation, "predecessors") => ("ns:predecessor", Thing),
        (Kind::Organisation, "successors") => ("ns:successor", Thing),
        (Kind::Organisation, "affiliations") => ("ns:affiliatedTo", Thing),
        (Kind::Organisation, "affiliates") => ("ns:affiliate", Thing),
        (Kind::Organisation, "people") => ("org:hasMember", Thing),
        (Kind::Organisation, "publications") => ("ns:publishes", Thing),
        (Kind::Organisation | Kind::Person, "campaigns" | "events") => ("ns:participatesIn", Thing),

        (Kind::Person, "born") => ("ns:born", Date(dated!("born", "schema:birthDate"))),
        (Kind::Person, "died") => ("ns:died", Date(dated!("died", "schema:deathDate"))),
        (Kind::Person, "organisations") => ("schema:affiliation", Thing),
        (Kind::Person, "publications") => ("foaf:made", Thing),

        (Kind::Campaign, "started") => ("ns:started", Date(dated!("started", "schema:startDate"))),
        (Kind::Campaign, "ended") => ("ns:ended", Date(dated!("ended", "schema:endDate"))),
        (Kind::Campaign, "parent") => ("dct:isPartOf", Thing),
        (Kind::Campaign, "subcampaigns") => ("dct:hasPart", Thing),
        (Kind::Campaign, "organisation") => ("ns:organisation", Thing),
        (Kind::Campaign, "events") => ("ns:happening", Thing),

        (Kind::Publication, "title") => ("dct:title", Text),
        (Kind::Publication, "subtitle") => ("ns:subtitle", Text),
        (Kind::Publication, "kind") => ("dct:type", concept!(PublicationKind)),
        (Kind::Publication, "frequency") => ("ns:frequency", Text),
        (Kind::Publication, "format") => ("dc:format", Text),
        (Kind::Publication, "colour") => ("ns:colour", Flag),
        (Kind::Publication, "free") => ("schema:isAccessibleForFree", Flag),
        (Kind::Publication, "language") => ("schema:inLanguage", Text),
        (Kind::Publication, "editorialFocus") => ("ns:editorialFocus", Text),
        (Kind::Publication, "published") => (
            "ns:published",
            Date(dated!("published", "schema:datePublished", "dct:issued")),
        ),
        (Kind::Publication, "ceased") => ("ns:ceased", Date(dated!("ceased"))),
        (Kind::Publication, "publishers") => ("dct:publisher", Thing),
        (Kind::Publication, "authors") => ("dct:creator", Thing),
        (Kind::Publication, "isbn") => ("schema:isbn", Text),
        (Kind::Publication, "issn") => ("schema:issn", Text),

        (Kind::Event, "kind") => ("dct:type", concept!(EventKind)),
        (Kind::Event, "date") => (
            "ns:date",
            Date(dated!("date", "dct:date", "schema:startDate")),
        ),
        (Kind::Event, "place") => ("schema:location", Thing),
        (Kind::Event, "outcome") => ("ns:outcome", Text),
        (Kind::Event, "reason") => ("ns:reason", Text),
        (Kind::Event, "attendance") => ("ns:attendance", Number("ns:attendanceInWords")),
        (Kind::Event, "occurrences") => ("ns:occurrences", Number("ns:occurrencesInWords")),
        (Kind::Event, "links") => ("ns:link", Thing),
        (Kind::Event, "before") => ("ns:follows", Thing),
        (Kind::Event, "after") => ("ns:precedes", Thing),
        _ => return None,
    };
    Some(Property { predicate, says })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linked::{Addresses, vocabulary};
    use crate::write::properties;

    #[test]
    fn every_property_of_the_schema_has_a_term() {
        let addresses = Addresses::new("https://example.org");
        let graph = vocabulary(&addresses);
        let declared: Vec<String> = graph
            .triples()
            .map(|triple| triple.subject.to_string())
            .collect();
        for kind in Kind::ALL {
            for name in properties(kind) {
                let property = property(kind, name);
                let predicate = property.map(|property| property.predicate);
                let term = predicate.and_then(|predicate| predicate.strip_prefix("ns:"));
                assert!(predicate.is_some(), "{kind} {name} has no term");
                if let Some(term) = term {
                    let term = format!("<{}>", addresses.term(term));
                    assert!(declared.contains(&term), "{kind} {name}: {term}");
                }
            }
        }
    }
}
