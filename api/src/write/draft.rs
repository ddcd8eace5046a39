//! What drafts are made of: the pieces that several kinds of draft share.
//!
//! A draft is one record as a person or a program writes it down: a seed file, the input of a mutation, a line of
//! an import. References are slugs, dates are EDTF text, and unknown fields are refused. A field that is left out
//! is empty; writing a draft as JSON leaves empty fields out, so that equal drafts have equal text.

use std::collections::BTreeMap;
use std::fmt;

use entity::kind::{ClaimRank, ClaimStatus, NameKind, NodeKind, StatementKind};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::campaign::CampaignDraft;
use super::event::EventDraft;
use super::organisation::OrganisationDraft;
use super::person::PersonDraft;
use super::place::PlaceDraft;
use super::publication::PublicationDraft;
use super::source::SourceDraft;
use super::topic::TopicDraft;

/// One record to be written, under the slug it is known by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Draft {
    pub slug: String,
    #[serde(flatten)]
    pub content: Content,
}

/// What a draft says, by kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Content {
    Organisation(Box<OrganisationDraft>),
    Person(Box<PersonDraft>),
    Campaign(Box<CampaignDraft>),
    Publication(Box<PublicationDraft>),
    Event(Box<EventDraft>),
    Source(Box<SourceDraft>),
    Place(Box<PlaceDraft>),
    Topic(Box<TopicDraft>),
}

/// The kinds of record that have a slug and a draft of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Topic,
    Place,
    Source,
    Person,
    Publication,
    Organisation,
    Campaign,
    Event,
}

impl Kind {
    /// In the order in which rows can be written: a row refers only to rows of kinds before its own, or of its own.
    pub const ALL: [Self; 8] = [
        Self::Topic,
        Self::Place,
        Self::Source,
        Self::Person,
        Self::Publication,
        Self::Organisation,
        Self::Campaign,
        Self::Event,
    ];

    /// The word for one such record, as it stands in references ("organisation/slug") and in messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Place => "place",
            Self::Source => "source",
            Self::Person => "person",
            Self::Publication => "publication",
            Self::Organisation => "organisation",
            Self::Campaign => "campaign",
            Self::Event => "event",
        }
    }

    /// The seed folder that holds such records.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Topic => "topics",
            Self::Place => "places",
            Self::Source => "sources",
            Self::Person => "people",
            Self::Publication => "publications",
            Self::Organisation => "organisations",
            Self::Campaign => "campaigns",
            Self::Event => "events",
        }
    }

    #[must_use]
    pub const fn node(self) -> NodeKind {
        match self {
            Self::Topic => NodeKind::Topic,
            Self::Place => NodeKind::Place,
            Self::Source => NodeKind::Source,
            Self::Person => NodeKind::Person,
            Self::Publication => NodeKind::Publication,
            Self::Organisation => NodeKind::Organisation,
            Self::Campaign => NodeKind::Campaign,
            Self::Event => NodeKind::Event,
        }
    }

    /// The kind of record that a node is; `None`: a record owns it.
    #[must_use]
    pub fn of_node(node: NodeKind) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.node() == node)
    }

    /// Whether claims, names and statements can be about it.
    #[must_use]
    pub const fn is_entity(self) -> bool {
        !matches!(self, Self::Topic | Self::Place | Self::Source)
    }
}

/// Runs the same macro on the table of a kind.
macro_rules! on_table {
    ($kind:expr, $run:ident) => {
        match $kind {
            Kind::Topic => $run!(topic),
            Kind::Place => $run!(place),
            Kind::Source => $run!(source),
            Kind::Person => $run!(person),
            Kind::Publication => $run!(publication),
            Kind::Organisation => $run!(organisation),
            Kind::Campaign => $run!(campaign),
            Kind::Event => $run!(event),
        }
    };
}
pub(crate) use on_table;

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A date: EDTF text, or `{edtf, text}` where the source's own wording is kept beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateDraft {
    pub edtf: String,
    pub text: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordedDate {
    edtf: Year,
    #[serde(default, skip_serializing_if = "is_empty")]
    text: Option<String>,
}

/// EDTF text; a bare year may come as a number.
#[derive(Serialize)]
struct Year(String);

struct DateVisitor {
    worded: bool,
}

impl<'de> Visitor<'de> for DateVisitor {
    type Value = DateDraft;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a date in EDTF, such as 2011-04")?;
        if self.worded {
            f.write_str(", or {edtf, text}")?;
        }
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, edtf: &str) -> Result<DateDraft, E> {
        Ok(DateDraft {
            edtf: edtf.trim().to_owned(),
            text: None,
        })
    }

    fn visit_u64<E: serde::de::Error>(self, year: u64) -> Result<DateDraft, E> {
        self.visit_str(&format!("{year:04}"))
    }

    fn visit_i64<E: serde::de::Error>(self, year: i64) -> Result<DateDraft, E> {
        self.visit_str(&format!("{year:04}"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<DateDraft, A::Error> {
        let message = "a date in brackets needs quotes around it, as in \"[1990..1995]\"";
        Err(A::Error::custom(message))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DateDraft, A::Error> {
        if !self.worded {
            return Err(A::Error::custom("edtf is text, not a mapping"));
        }
        let date = WordedDate::deserialize(MapAccessDeserializer::new(map))?;
        Ok(DateDraft {
            edtf: date.edtf.0,
            text: date.text,
        })
    }
}

impl<'de> Deserialize<'de> for DateDraft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor { worded: true })
    }
}

impl<'de> Deserialize<'de> for Year {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let date = deserializer.deserialize_any(DateVisitor { worded: false })?;
        Ok(Self(date.edtf))
    }
}

impl Serialize for DateDraft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.text {
            None => serializer.serialize_str(&self.edtf),
            Some(_) => WordedDate {
                edtf: Year(self.edtf.clone()),
                text: self.text.clone(),
            }
            .serialize(serializer),
        }
    }
}

/// Declares structs. The fields in parentheses are required; of the others, one left out is empty, and an empty
/// one is not written. A field that does not exist is refused.
macro_rules! drafts {
    ($(
        $(#[$meta:meta])*
        $name:ident ($($(#[$required_meta:meta])* $required:ident: $required_type:ty),*) {
            $($(#[$field_meta:meta])* $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$required_meta])* pub $required: $required_type,)*
            $(
                $(#[$field_meta])*
                #[serde(default, skip_serializing_if = "crate::write::draft::is_empty")]
                pub $field: $type,
            )*
        }

        impl $name {
            /// With nothing but what is required.
            #[must_use]
            pub fn bare($($required: $required_type),*) -> Self {
                Self {
                    $($required,)*
                    $($field: Default::default(),)*
                }
            }
        }
    )*};
}

/// Declares the draft of an entity: its own fields after the ones that every entity has.
macro_rules! entity_draft {
    ($(#[$meta:meta])* $name:ident { $($fields:tt)* }) => {
        $crate::write::draft::drafts! {
            $(#[$meta])*
            #[derive(Default)]
            $name (
                /// The name it goes by.
                name: String
            ) {
                /// Slug of the source of every claim here that names no other.
                source: Option<String>,
                summary: Option<String>,
                /// Slugs it was known by before, the first one first; they keep leading to it.
                former_slugs: Vec<String>,
                /// Slugs of records of the same kind that turned out to be this one, all that each of them had; they
                /// lead here for good, and so do its ids.
                merged: Vec<String>,
                names: Vec<$crate::write::draft::NameDraft>,
                external_ids: Vec<$crate::write::draft::ExternalIdDraft>,
                $($fields)*
                statements: Vec<$crate::write::draft::StatementDraft>,
                claims: $crate::write::draft::Claims,
            }
        }

        impl $name {
            pub(crate) fn common(&self) -> $crate::write::draft::Common<'_> {
                $crate::write::draft::Common {
                    source: self.source.as_deref(),
                    name: &self.name,
                    summary: self.summary.as_deref(),
                    former_slugs: &self.former_slugs,
                    merged: &self.merged,
                    names: &self.names,
                    external_ids: &self.external_ids,
                    statements: &self.statements,
                    claims: &self.claims,
                }
            }
        }
    };
}

pub(crate) use {drafts, entity_draft};

/// What every entity's draft has.
#[derive(Clone, Copy)]
pub(crate) struct Common<'a> {
    pub source: Option<&'a str>,
    pub name: &'a str,
    pub summary: Option<&'a str>,
    pub former_slugs: &'a [String],
    pub merged: &'a [String],
    pub names: &'a [NameDraft],
    pub external_ids: &'a [ExternalIdDraft],
    pub statements: &'a [StatementDraft],
    pub claims: &'a Claims,
}

/// Claims on plain fields, by the GraphQL name of the field.
pub type Claims = BTreeMap<String, Vec<ClaimDraft>>;

drafts! {
    /// One source's word on a value. The value is the field's own where it is left out.
    ClaimDraft () {
        value: Option<String>,
        /// The entity that the value is, as "kind/slug".
        node: Option<String>,
        rank: Option<ClaimRank>,
        status: Option<ClaimStatus>,
        source: Option<String>,
        /// Where in the source: a page, a section.
        locator: Option<String>,
        /// The source's words.
        quote: Option<String>,
        note: Option<String>,
    }

    /// A name that an entity has or had.
    NameDraft (text: String) {
        kind: Option<NameKind>,
        language: Option<String>,
        start: Option<DateDraft>,
        end: Option<DateDraft>,
        preferred: bool,
        claims: Vec<ClaimDraft>,
    }

    /// What another data set calls the entity.
    ExternalIdDraft (scheme: String, value: String) {
        url: Option<String>,
    }

    /// Something an entity said, wanted or was said to be.
    StatementDraft (kind: StatementKind, text: String) {
        /// The verb: "argued", "criticised".
        attitude: Option<String>,
        topic: Option<String>,
        /// Whose it is, in words, where that is not the entity as a whole.
        holder: Option<String>,
        date: Option<DateDraft>,
        fulfilled: Option<DateDraft>,
        status: Option<ClaimStatus>,
        claims: Vec<ClaimDraft>,
    }

    /// A number, or what the source says in place of one, or both.
    QuantityDraft () {
        value: Option<i64>,
        text: Option<String>,
    }

    /// A topic or an ideology that an entity is put under.
    ClassificationDraft (topic: String) {
        status: Option<ClaimStatus>,
        claims: Vec<ClaimDraft>,
    }

    /// Someone's part in a campaign or an event: an entity, or unnamed people in words.
    ParticipationDraft (role: String) {
        /// The entity, as "kind/slug".
        participant: Option<String>,
        description: Option<String>,
        post: Option<String>,
        count: Option<QuantityDraft>,
        start: Option<DateDraft>,
        end: Option<DateDraft>,
        status: Option<ClaimStatus>,
        note: Option<String>,
        claims: Vec<ClaimDraft>,
    }
}

/// Whether a field is left out when a draft is written.
pub(crate) fn is_empty<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Draft {
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match &self.content {
            Content::Organisation(_) => Kind::Organisation,
            Content::Person(_) => Kind::Person,
            Content::Campaign(_) => Kind::Campaign,
            Content::Publication(_) => Kind::Publication,
            Content::Event(_) => Kind::Event,
            Content::Source(_) => Kind::Source,
            Content::Place(_) => Kind::Place,
            Content::Topic(_) => Kind::Topic,
        }
    }

    /// What entities have in common; `None` for what is no entity.
    pub(crate) fn common(&self) -> Option<Common<'_>> {
        match &self.content {
            Content::Organisation(content) => Some(content.common()),
            Content::Person(content) => Some(content.common()),
            Content::Campaign(content) => Some(content.common()),
            Content::Publication(content) => Some(content.common()),
            Content::Event(content) => Some(content.common()),
            Content::Source(_) | Content::Place(_) | Content::Topic(_) => None,
        }
    }

    /// The name that it goes by; a source's title.
    #[must_use]
    pub fn name(&self) -> &str {
        match &self.content {
            Content::Source(content) => &content.title,
            Content::Place(content) => &content.name,
            Content::Topic(content) => &content.name,
            _ => self.common().map_or("", |common| common.name),
        }
    }

    #[must_use]
    pub fn former_slugs(&self) -> &[String] {
        self.common().map_or(&[], |common| common.former_slugs)
    }

    /// Slugs of what turned out to be this record.
    #[must_use]
    pub fn merged(&self) -> &[String] {
        self.common().map_or(&[], |common| common.merged)
    }

    /// Every slug that leads to it.
    pub(crate) fn slugs(&self) -> impl Iterator<Item = &String> {
        let others = self.former_slugs().iter().chain(self.merged());
        std::iter::once(&self.slug).chain(others)
    }

    /// The source of every claim that names no other.
    #[must_use]
    pub fn default_source(&self) -> Option<&str> {
        self.common().and_then(|common| common.source)
    }
}
