//! The properties of our own, and which of those of others lead to addresses.

pub(super) struct Property {
    pub name: &'static str,
    pub comment: &'static str,
    /// The class of what has it, by its short name; none: of several.
    pub domain: Option<&'static str>,
    pub range: Range,
    /// The properties that follow from it, by their short names.
    pub within: &'static [&'static str],
    pub inverse: Option<&'static str>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Range {
    Text,
    Number,
    Flag,
    /// A value of a closed vocabulary.
    Concept(&'static str),
    /// Something of a class, by its short name.
    Thing(&'static str),
}

/// A date, which has a second property for the words of the source.
pub(super) struct DateProperty {
    pub name: &'static str,
    pub comment: &'static str,
    /// Terms of others that stand beside it where the date is a day, a month or a year without doubt.
    pub exact: &'static [&'static str],
}

const fn of(
    domain: &'static str,
    name: &'static str,
    range: Range,
    comment: &'static str,
) -> Property {
    Property {
        domain: Some(domain),
        ..any(name, range, comment)
    }
}

const fn any(name: &'static str, range: Range, comment: &'static str) -> Property {
    Property {
        name,
        comment,
        domain: None,
        range,
        within: &[],
        inverse: None,
    }
}

impl Property {
    const fn within(self, within: &'static [&'static str]) -> Self {
        Self { within, ..self }
    }

    const fn inverse(self, inverse: &'static str) -> Self {
        Self {
            inverse: Some(inverse),
            ..self
        }
    }
}

const ORG: &str = "org:Organization";
const EVENT: &str = "schema:Event";
const WORK: &str = "schema:CreativeWork";
const BODY: Range = Thing(ORG);

use Range::{Concept, Flag, Number, Text, Thing};

#[rustfmt::skip]
pub(super) const PROPERTIES: &[Property] = &[
    of(ORG, "abbreviation", Text, "Initials or another short form of its name.").within(&["schema:alternateName"]),
    of(ORG, "status", Concept("OrganisationStatus"), "Whether it still exists. Without it no source says."),
    of(ORG, "position", Concept("PoliticalPosition"), "Where it stands between left and right, as sources place it."),
    of(ORG, "country", Thing("schema:Place"), "The country that it belongs to.").within(&["dct:spatial"]),
    of(ORG, "headquarters", Thing("schema:Place"), "Where its headquarters are.").within(&["schema:location"]),
    of(ORG, "activeIn", Thing("schema:Place"), "Where it was active, at some time.").within(&["schema:location"]),
    of(ORG, "ideology", Thing("skos:Concept"), "A system of political ideas that it holds."),
    of(ORG, "leadership", Text, "How it is led, in words."),
    of(ORG, "newspaper", Thing("ns:Publication"), "Its newspaper."),
    of(ORG, "publishes", Thing("ns:Publication"), "A publication that it published.").inverse("dct:publisher"),
    of(ORG, "affiliatedTo", BODY, "A body that it belongs to or stands beside.").within(&["org:linkedTo"]),
    of(ORG, "affiliate", BODY, "A body that belongs to it or stands beside it.").inverse("ns:affiliatedTo"),

    of(ORG, "predecessor", BODY, "An older organisation that it came out of, in whatever way.").within(&["dct:relation"]),
    of(ORG, "successor", BODY, "A newer organisation that came out of it, in whatever way.").within(&["dct:relation"]).inverse("ns:predecessor"),
    of(ORG, "splitFrom", BODY, "The organisation that it left, which went on.").within(&["ns:predecessor"]),
    of(ORG, "split", BODY, "An organisation that left it, while it went on.").within(&["ns:successor"]).inverse("ns:splitFrom"),
    of(ORG, "formedByDefectorsFrom", BODY, "The organisation that those who formed it had left.").within(&["ns:predecessor"]),
    of(ORG, "dividedInto", BODY, "One of the organisations that it fell into when it ended.").within(&["ns:successor"]),
    of(ORG, "mergedInto", BODY, "The organisation that it formed by joining with others.").within(&["ns:successor", "dct:isReplacedBy"]),
    of(ORG, "mergedFrom", BODY, "One of the organisations that formed it by joining.").within(&["ns:predecessor"]).inverse("ns:mergedInto"),
    of(ORG, "absorbedBy", BODY, "The organisation, there already, that it ended by entering.").within(&["ns:successor", "dct:isReplacedBy"]),
    of(ORG, "dissolvedInto", BODY, "The organisation that its members went to when it dissolved.").within(&["ns:successor"]),
    of(ORG, "dissolvedFrom", BODY, "An organisation whose members came to it when that one dissolved.").within(&["ns:predecessor"]).inverse("ns:dissolvedInto"),
    of(ORG, "succeededBy", BODY, "The organisation that took its place.").within(&["ns:successor", "dct:isReplacedBy"]),
    of(ORG, "refoundedAs", BODY, "The organisation that it started anew as.").within(&["ns:successor", "dct:isReplacedBy"]),
    of(ORG, "ledTo", BODY, "The organisation that it led to, in no closer way that a source tells.").within(&["ns:successor"]),

    any("objective", Text, "Something that it set out to reach."),
    any("stance", Text, "Something that it argued, criticised or advocated."),
    any("purpose", Text, "What it was made for.").within(&["org:purpose"]),
    any("aim", Text, "What it was for."),
    any("reception", Text, "How it was received."),
    any("statement", Text, "Something that was said in it or of it."),

    any("participatesIn", Thing("rdfs:Resource"), "A campaign or an event that it has a part in."),
    any("participant", Thing("rdfs:Resource"), "An entity that has a part in it.").inverse("ns:participatesIn"),
    of("ns:Campaign", "organisation", BODY, "The organisation that the campaign also is.").within(&["dct:relation"]),
    of("ns:Campaign", "happening", Thing(EVENT), "An event of the campaign."),

    of(WORK, "subtitle", Text, "What stands under its title.").within(&["dct:alternative"]),
    of(WORK, "frequency", Text, "How often it appears, in words."),
    of(WORK, "colour", Flag, "Whether it is printed in colour."),
    of(WORK, "editorialFocus", Text, "What its editors look at, in words."),

    any("reason", Text, "The reason that a source gives for it."),
    of(EVENT, "outcome", Text, "What came of it, in words."),
    of(EVENT, "attendance", Number, "How many people took part."),
    of(EVENT, "attendanceInWords", Text, "How many people took part, in the words of the source."),
    of(EVENT, "occurrences", Number, "How many happenings stand under this one record, because no source tells them apart."),
    of(EVENT, "occurrencesInWords", Text, "How many happenings stand under this one record, in the words of the source."),
    of(EVENT, "link", Thing("ns:LineageLink"), "A step of descent that follows from it.").inverse("ns:event"),
    of(EVENT, "follows", Thing(EVENT), "An event known to have come before it."),
    of(EVENT, "precedes", Thing(EVENT), "An event known to have come after it.").inverse("ns:follows"),

    any("claimStatus", Concept("ClaimStatus"), "How firmly it is said."),
    any("role", Text, "The role of the one in the other, in words. In events, origin, continuing, ceased, resulting and absorbed bear on descent."),
    any("post", Text, "The post held, in words."),
    any("count", Number, "How many people it stands for."),
    any("countInWords", Text, "How many people it stands for, in the words of the source."),
    of("ns:Name", "preferred", Flag, "Whether it is to be shown rather than others."),
    of("ns:Statement", "attitude", Text, "The verb of the source: argued, criticised."),
    of("ns:Statement", "holder", Text, "Whose statement it is, in words, where it is not the thing itself that speaks."),
    of("ns:LineageLink", "event", Thing(EVENT), "The event that it follows from."),

    of("ns:Claim", "claimRank", Concept("ClaimRank"), "How it ranks among the claims on the same property."),
    of("ns:Claim", "concerns", Thing("rdf:Statement"), "The relation, name or statement that it supports, denies or disputes."),
    of("ns:Claim", "value", Text, "What it says of what it concerns, where that is less than the whole: an end, a number."),
    of("ns:Claim", "locator", Text, "Where in the source: a page, a section."),
    of("ns:Claim", "quote", Text, "The words of the source."),
];

const fn date(
    name: &'static str,
    comment: &'static str,
    exact: &'static [&'static str],
) -> DateProperty {
    DateProperty {
        name,
        comment,
        exact,
    }
}

#[rustfmt::skip]
pub(super) const DATES: &[DateProperty] = &[
    date("founded", "When it was founded.", &["schema:foundingDate"]),
    date("dissolved", "When it ended.", &["schema:dissolutionDate"]),
    date("born", "When the person was born.", &["schema:birthDate"]),
    date("died", "When the person died.", &["schema:deathDate"]),
    date("started", "When it began.", &["schema:startDate"]),
    date("ended", "When it ended.", &["schema:endDate"]),
    date("published", "When it was published, for the first time if often.", &["schema:datePublished", "dct:issued"]),
    date("ceased", "When it appeared for the last time.", &[]),
    date("accessed", "When the source was read.", &[]),
    date("date", "When it happened, or was said.", &["dct:date", "schema:startDate"]),
    date("start", "Since when.", &["schema:startDate"]),
    date("end", "Until when.", &["schema:endDate"]),
    date("fulfilled", "When what was wanted was reached.", &[]),
];

/// Properties of others that lead to addresses and to nothing else.
#[rustfmt::skip]
pub(super) const OF_THINGS: &[&str] = &[
    "rdf:subject", "rdf:predicate", "rdfs:domain", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf",
    "rdfs:isDefinedBy", "rdfs:seeAlso", "owl:inverseOf", "owl:sameAs",
    "dct:conformsTo", "dct:contributor", "dct:creator", "dct:hasPart", "dct:isPartOf", "dct:license", "dct:publisher",
    "dct:source", "dct:spatial", "dct:subject", "dct:type",
    "foaf:homepage", "foaf:isPrimaryTopicOf", "foaf:logo", "foaf:made", "foaf:primaryTopic",
    "org:changedBy", "org:classification", "org:hasMember", "org:hasPrimarySite", "org:linkedTo", "org:member",
    "org:memberDuring", "org:memberOf", "org:organization", "org:originalOrganization", "org:resultedFrom",
    "org:resultingOrganization", "org:role", "org:siteAddress", "org:subOrganizationOf", "org:unitOf",
    "prov:hadPrimarySource", "prov:wasAttributedTo",
    "schema:address", "schema:affiliation", "schema:author", "schema:containedInPlace", "schema:contributor",
    "schema:identifier", "schema:location", "schema:mentions", "schema:publisher", "schema:sameAs", "schema:url",
    "skos:broader", "skos:inScheme", "skos:topConceptOf", "time:hasBeginning", "time:hasEnd",
    "dcat:accessService", "dcat:downloadURL", "dcat:endpointDescription", "dcat:endpointURL", "dcat:landingPage",
    "dcat:mediaType", "dcat:distribution", "dcat:service", "dcat:servesDataset",
    "void:class", "void:classPartition", "void:dataDump", "void:exampleResource", "void:feature", "void:inDataset",
    "void:vocabulary",
];
