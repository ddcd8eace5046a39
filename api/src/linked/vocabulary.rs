//! The terms of our own: what no vocabulary of others has.
//!
//! The closed vocabularies are those of the rows and of the public schema: a scheme each, with a concept a value.

mod class;
mod property;

use entity::kind::{
    AffiliationKind, ClaimRank, ClaimStatus, EventKind, LineageKind, NameKind, OrganisationKind,
    OrganisationStatus, PlaceKind, PoliticalPosition, PublicationKind, SourceKind, StatementKind,
    TopicKind,
};
use oxrdf::Literal;

use super::{Addresses, Graph};
use class::CLASSES;
use property::{DATES, OF_THINGS, PROPERTIES, Range};

type Values = &'static [(&'static str, &'static str)];

macro_rules! schemes {
    ($($kind:ident),*) => {
        &[$(($kind::NAME, $kind::DESCRIPTION, $kind::VALUES)),*]
    };
}

/// The closed vocabularies: their names, what they are for, their values.
const SCHEMES: &[(&str, &str, Values)] = schemes![
    OrganisationKind,
    OrganisationStatus,
    PoliticalPosition,
    NameKind,
    PlaceKind,
    TopicKind,
    PublicationKind,
    EventKind,
    LineageKind,
    ClaimRank,
    ClaimStatus,
    StatementKind,
    SourceKind,
    AffiliationKind
];

/// What the texts of a property are in JSON-LD, where they are not plain texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Addresses,
    /// EDTF.
    Dates,
}

/// The properties whose texts are not plain, by their short names.
pub(super) fn holds() -> impl Iterator<Item = (String, Holds)> {
    let others = OF_THINGS
        .iter()
        .map(|short| ((*short).to_owned(), Holds::Addresses));
    let ours = PROPERTIES
        .iter()
        .filter(|property| matches!(property.range, Range::Concept(_) | Range::Thing(_)))
        .map(|property| (format!("ns:{}", property.name), Holds::Addresses));
    let dates = DATES
        .iter()
        .map(|date| (format!("ns:{}", date.name), Holds::Dates));
    others.chain(ours).chain(dates)
}

/// Describes every term of our own.
pub fn vocabulary(addresses: &Addresses) -> Graph<'_> {
    let mut graph = Graph::new(addresses);
    let me = format!("{}/ns", addresses.base());
    graph.class(&me, "owl:Ontology");
    let name = "Terms of Schismograph";
    graph.text(&me, "dct:title", Some(name));
    graph.text(
        &me,
        "rdfs:comment",
        Some(
            "What is said here of the history of political organisations, and no vocabulary in common use has a term for.",
        ),
    );
    for class in CLASSES {
        let term = graph.declare("rdfs:Class", class.name, &words(class.name), class.comment);
        for above in class.within {
            let above = graph.term(above);
            graph.say(&term, "rdfs:subClassOf", above);
        }
    }
    for property in PROPERTIES {
        let label = words(property.name);
        let term = graph.declare("rdf:Property", property.name, &label, property.comment);
        if let Some(domain) = property.domain {
            let domain = graph.term(domain);
            graph.say(&term, "rdfs:domain", domain);
        }
        let range = match property.range {
            Range::Text => graph.term("xsd:string"),
            Range::Number => graph.term("xsd:integer"),
            Range::Flag => graph.term("xsd:boolean"),
            Range::Concept(scheme) => {
                let scheme = addresses.term(scheme);
                graph.link(&term, "dct:conformsTo", scheme);
                graph.term("skos:Concept")
            }
            Range::Thing(class) => graph.term(class),
        };
        graph.say(&term, "rdfs:range", range);
        for above in property.within {
            let above = graph.term(above);
            graph.say(&term, "rdfs:subPropertyOf", above);
        }
        if let Some(inverse) = property.inverse {
            let inverse = graph.term(inverse);
            graph.say(&term, "owl:inverseOf", inverse);
        }
    }
    for date in DATES {
        let comment = format!("{} As EDTF text.", date.comment);
        let term = graph.declare("rdf:Property", date.name, &words(date.name), &comment);
        let range = graph.term("edtf:EDTF");
        graph.say(&term, "rdfs:range", range);
        for also in date.exact {
            let also = graph.term(also);
            graph.say(&term, "rdfs:seeAlso", also);
        }
        let name = format!("{}InWords", date.name);
        let comment = format!("{} In the words of the source.", date.comment);
        let term = graph.declare("rdf:Property", &name, &words(&name), &comment);
        let range = graph.term("xsd:string");
        graph.say(&term, "rdfs:range", range);
    }
    for (name, description, values) in SCHEMES {
        graph.scheme(name, description, values);
    }
    graph
}

impl Graph<'_> {
    fn declare(&mut self, class: &str, name: &str, label: &str, comment: &str) -> String {
        let term = self.addresses.term(name);
        self.class(&term, class);
        let english = |text| Literal::new_language_tagged_literal_unchecked(text, "en");
        self.say(&term, "rdfs:label", english(label));
        self.say(&term, "rdfs:comment", english(comment));
        let all = format!("{}/ns", self.addresses.base());
        self.link(&term, "rdfs:isDefinedBy", all);
        term
    }

    fn scheme(&mut self, name: &str, description: &str, values: Values) {
        let scheme = self.declare("skos:ConceptScheme", name, &words(name), description);
        for (value, description) in values {
            let name = &format!("{name}-{value}");
            let label = value.replace('_', " ").to_lowercase();
            let concept = self.declare("skos:Concept", name, &label, description);
            self.link(&concept, "skos:inScheme", scheme.clone());
            self.link(&concept, "skos:topConceptOf", scheme.clone());
            self.text(&concept, "skos:notation", Some(value));
            let label = Literal::new_language_tagged_literal_unchecked(label, "en");
            self.say(&concept, "skos:prefLabel", label);
        }
    }
}

/// A name as words: `formedByDefectorsFrom` as `formed by defectors from`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}
