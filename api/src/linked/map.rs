//! From whole records to triples.

mod campaign;
mod claim;
mod event;
mod identity;
mod item;
mod link;
mod organisation;
mod person;
mod place;
mod property;
mod publication;
mod source;
mod topic;

use std::collections::HashMap;

use anyhow::{Result, anyhow};
use entity::date::HistoricalDate;
use oxrdf::{Literal, NamedNode, Term};

use super::Graph;
use super::address::elsewhere;
use crate::export::{Claim, Whole};
use crate::write::{Content, DateDraft, Draft, Kind, Target};
use property::{Says, property};

/// Says all that a record says, who claims it, and, of an event, which lineage links follow from it.
///
/// # Errors
/// When the rows of the record do not belong to its draft.
pub(crate) fn describe(whole: Whole<'_>, graph: &mut Graph<'_>) -> Result<()> {
    Map::new(whole, graph).record()
}

/// Says what something is called and where the document about it is, and no more.
pub(crate) fn label(kind: Kind, target: &Target, graph: &mut Graph<'_>) {
    let address = graph.addresses.id(&target.public_id);
    // What is called something already may be so in a language, which is not known here.
    if !graph.says(&address, "rdfs:label") {
        graph.text(&address, "rdfs:label", Some(&target.name));
    }
    let document = graph.addresses.document(kind, &target.slug);
    graph.link(&address, "foaf:isPrimaryTopicOf", document);
}

/// What a field or a list's item says.
#[derive(Debug, Clone)]
struct Said {
    object: Term,
    /// Whether it is another entity: a claim that names one then says another value, and not what a text is about.
    entity: bool,
}

/// One record on its way to becoming triples.
struct Map<'m, 'a> {
    whole: Whole<'m>,
    draft: &'m Draft,
    graph: &'m mut Graph<'a>,
    /// The address of the record.
    me: String,
    /// What its plain fields say, by property.
    said: HashMap<&'static str, Said>,
    claims: HashMap<(&'m str, Option<&'m str>), Vec<&'m Claim>>,
}

impl<'m, 'a> Map<'m, 'a> {
    fn new(whole: Whole<'m>, graph: &'m mut Graph<'a>) -> Self {
        let mut claims: HashMap<_, Vec<_>> = HashMap::new();
        for claim in &whole.owned.claims {
            let key = (claim.property.as_str(), claim.about.as_deref());
            claims.entry(key).or_default().push(claim);
        }
        Self {
            whole,
            draft: &whole.record.draft,
            me: graph.addresses.id(&whole.record.public_id),
            graph,
            said: HashMap::new(),
            claims,
        }
    }

    fn record(&mut self) -> Result<()> {
        match &self.draft.content {
            Content::Organisation(draft) => self.organisation(draft),
            Content::Person(draft) => self.person(draft),
            Content::Campaign(draft) => self.campaign(draft),
            Content::Publication(draft) => self.publication(draft),
            Content::Event(draft) => self.event(draft),
            Content::Source(draft) => {
                self.source(draft);
                Ok(())
            }
            Content::Place(draft) => self.place(draft),
            Content::Topic(draft) => self.topic(draft),
        }
    }

    /// The document about the record, and how the record is called.
    fn document(&mut self) {
        let draft = self.draft;
        let document = self.graph.addresses.document(draft.kind(), &draft.slug);
        self.link("foaf:isPrimaryTopicOf", document.clone());
        self.graph.class(&document, "foaf:Document");
        self.graph
            .link(&document, "foaf:primaryTopic", self.me.clone());
        let dataset = self.graph.addresses.of_dataset("dataset");
        self.graph.link(&document, "void:inDataset", dataset);
        let public_id = &self.whole.record.public_id;
        self.text("dct:identifier", Some(public_id));
    }

    fn class(&mut self, class: &str) {
        self.graph.class(&self.me, class);
    }

    fn text(&mut self, predicate: &'static str, text: Option<&str>) {
        self.graph.text(&self.me, predicate, text);
    }

    fn link(&mut self, predicate: &'static str, address: String) {
        self.graph.link(&self.me, predicate, address);
    }

    fn concept(&mut self, predicate: &'static str, vocabulary: &str, value: &str) {
        self.graph.concept(&self.me, predicate, vocabulary, value);
    }

    /// What a slug leads to.
    fn target(&self, kind: Kind, slug: &str) -> Result<&'m Target> {
        let found = self.whole.directory.get(kind, slug);
        found.ok_or_else(|| {
            let draft = self.draft;
            anyhow!("{}/{} refers to {kind}/{slug}", draft.kind(), draft.slug)
        })
    }

    /// The address of what a slug leads to.
    fn address(&self, kind: Kind, slug: &str) -> Result<String> {
        let target = self.target(kind, slug)?;
        Ok(self.graph.addresses.id(&target.public_id))
    }

    /// Says a plain field, and keeps what it says for the claims on it.
    fn field(&mut self, name: &'static str, object: Term, entity: bool) {
        if let Some(property) = property(self.draft.kind(), name) {
            self.graph.say(&self.me, property.predicate, object.clone());
            self.said.insert(name, Said { object, entity });
        }
    }

    /// A field whose value is text, in the type that the property has.
    fn value(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            let object = self.typed(name, text);
            self.field(name, object, false);
        }
    }

    /// A date, in all the ways in which it can be said.
    fn date(&mut self, name: &'static str, date: Option<&DateDraft>) {
        let property = property(self.draft.kind(), name);
        if let (Some(date), Some(Says::Date(dated))) = (date, property.map(|it| it.says)) {
            self.graph.date(&self.me, dated, Some(date));
            self.value(name, Some(&date.edtf));
        }
    }

    /// A reference to a place, a topic or an entity.
    fn reference(&mut self, name: &'static str, kind: Kind, slug: Option<&str>) -> Result<()> {
        if let Some(slug) = slug {
            let object = NamedNode::new_unchecked(self.address(kind, slug)?);
            self.field(name, object.into(), kind.is_entity());
        }
        Ok(())
    }

    /// The value of a property that stands as text.
    fn typed(&self, name: &str, text: &str) -> Term {
        let property = property(self.draft.kind(), name);
        let datatype = match property.map(|it| it.says) {
            Some(Says::Date(_)) if HistoricalDate::parse(text).is_ok() => "edtf:EDTF",
            Some(Says::Number(_)) if text.parse::<i64>().is_ok() => "xsd:integer",
            Some(Says::Flag) if ["true", "false"].contains(&text) => "xsd:boolean",
            Some(Says::Concept(vocabulary, values))
                if values.iter().any(|(value, _)| *value == text) =>
            {
                let concept = self.graph.addresses.concept(vocabulary, text);
                return NamedNode::new_unchecked(concept).into();
            }
            Some(Says::Address) => {
                return elsewhere(text).map_or_else(
                    || Literal::new_typed_literal(text, self.graph.term("xsd:anyURI")).into(),
                    Into::into,
                );
            }
            _ => return Literal::new_simple_literal(text).into(),
        };
        Literal::new_typed_literal(text, self.graph.term(datatype)).into()
    }
}
