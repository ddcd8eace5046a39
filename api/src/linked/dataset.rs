//! The description of the data set as a whole, by `VoID` and DCAT.

use chrono::{DateTime, SecondsFormat, Utc};
use oxrdf::{Literal, NamedNode};

use super::prefix::VOCABULARIES;
use super::{Addresses, Graph, licence};
use crate::export::{Format, State};
use crate::write::Kind;

/// The class that stands for a kind of record.
const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Topic => "skos:Concept",
        Kind::Place => "schema:Place",
        Kind::Source => "dct:BibliographicResource",
        Kind::Person => "foaf:Person",
        Kind::Publication => "ns:Publication",
        Kind::Organisation => "org:Organization",
        Kind::Campaign => "ns:Campaign",
        Kind::Event => "schema:Event",
    }
}

/// What `VoID` calls a syntax of RDF; `None`: the format is none.
const fn feature(format: Format) -> Option<&'static str> {
    match format {
        Format::Turtle => Some("http://www.w3.org/ns/formats/Turtle"),
        Format::Ntriples => Some("http://www.w3.org/ns/formats/N-Triples"),
        Format::Jsonld => Some("http://www.w3.org/ns/formats/JSON-LD"),
        _ => None,
    }
}

/// Describes the data set as it is now: its files, its licence, how much it holds and by which terms it speaks.
pub(crate) fn dataset<'a>(addresses: &'a Addresses, state: &State) -> Graph<'a> {
    let mut graph = Graph::new(addresses);
    let me = addresses.of_dataset("dataset");
    graph.class(&me, "void:Dataset");
    graph.class(&me, "dcat:Dataset");
    let english = |text| Literal::new_language_tagged_literal_unchecked(text, "en");
    graph.say(&me, "dct:title", english("Schismograph"));
    graph.say(
        &me,
        "dct:description",
        english(
            "The history of political organisations: who split from whom, what merged into or dissolved into what, \
             when, why, with how many people, and which source says so.",
        ),
    );
    graph.link(&me, "dcat:landingPage", format!("{}/", addresses.base()));
    graph.link(&me, "foaf:homepage", format!("{}/", addresses.base()));
    graph.text(&me, "dc:rights", Some(&state.licence));
    if let Some(licence) = licence::address(&state.licence) {
        graph.say(&me, "dct:license", licence);
    }
    graph.typed(
        &me,
        "dct:modified",
        moment(state.changed_at),
        "xsd:dateTime",
    );
    graph.text(&me, "owl:versionInfo", Some(&state.revision.to_string()));
    graph.text(&me, "void:uriSpace", Some(&addresses.id("")));
    graph.counts(&me, state);
    for example in &state.examples {
        graph.link(&me, "void:exampleResource", addresses.id(example));
    }
    for (_, start) in VOCABULARIES {
        if !["xsd", "edtf"]
            .iter()
            .any(|data| graph.term(&format!("{data}:")).as_str() == start)
        {
            graph.link(&me, "void:vocabulary", start.to_owned());
        }
    }
    graph.link(&me, "void:vocabulary", addresses.term(""));
    for format in Format::ALL {
        graph.distribution(&me, *format);
    }
    graph.service(&me);
    for name in &state.recorders {
        graph.recorder(name);
    }
    let topics = addresses.of_dataset("topics");
    graph.class(&topics, "skos:ConceptScheme");
    graph.say(
        &topics,
        "dct:title",
        english("Topics: ideologies and subjects"),
    );
    graph.link(&topics, "void:inDataset", me);
    graph
}

impl Graph<'_> {
    fn counts(&mut self, me: &str, state: &State) {
        let all: u64 = state.counts.iter().map(|(_, count)| count).sum();
        self.typed(me, "void:entities", all.to_string(), "xsd:integer");
        let counts = state
            .counts
            .iter()
            .map(|(kind, count)| (kind.folder(), class(*kind), *count));
        let others = [
            ("claims", "ns:Claim", state.claims),
            ("lineage", "ns:LineageLink", state.links),
        ];
        for (name, class, count) in counts.chain(others) {
            let part = self.addresses.of_dataset(name);
            self.link(me, "void:classPartition", part.clone());
            self.class(&part, "void:Dataset");
            let class = self.term(class);
            self.say(&part, "void:class", class);
            self.typed(&part, "void:entities", count.to_string(), "xsd:integer");
        }
    }

    fn distribution(&mut self, me: &str, format: Format) {
        let name = format.name();
        let file = self.addresses.export(name);
        let distribution = self.addresses.of_dataset(&format!("export-{name}"));
        self.link(me, "dcat:distribution", distribution.clone());
        self.class(&distribution, "dcat:Distribution");
        self.text(&distribution, "dct:title", Some(name));
        self.link(&distribution, "dcat:downloadURL", file.clone());
        let media = format.media_type();
        let media = media.split_once(';').map_or(media, |(media, _)| media);
        let media = format!("https://www.iana.org/assignments/media-types/{media}");
        self.link(&distribution, "dcat:mediaType", media);
        if let Some(feature) = feature(format) {
            self.link(me, "void:dataDump", file);
            self.say(me, "void:feature", NamedNode::new_unchecked(feature));
        }
    }

    /// Says who somebody is that records claims, and gives their address.
    pub(super) fn recorder(&mut self, name: &str) -> String {
        let recorder = self.addresses.recorder(name);
        self.class(&recorder, "prov:Agent");
        self.text(&recorder, "foaf:name", Some(name));
        recorder
    }

    fn service(&mut self, me: &str) {
        let service = self.addresses.of_dataset("graphql");
        let base = self.addresses.base();
        let (endpoint, description) = (format!("{base}/graphql"), format!("{base}/schema.graphql"));
        self.class(&service, "dcat:DataService");
        self.text(&service, "dct:title", Some("GraphQL"));
        self.link(&service, "dcat:servesDataset", me.to_owned());
        self.link(&service, "dcat:endpointURL", endpoint);
        self.link(&service, "dcat:endpointDescription", description);
    }
}

pub(super) fn moment(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
