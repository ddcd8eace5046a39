//! One draft on its way to becoming rows: what all kinds of draft need for it.

use std::collections::HashMap;
use std::fmt::Display;

use entity::date::HistoricalDate;
use entity::id::{NodeId, SourceId, TopicId};
use entity::kind::{ClaimRank, ClaimStatus, NodeKind};
use entity::{claim, classification, participation};
use sea_orm::Set;

use super::directory::{Directory, Target};
use super::draft::{
    ClaimDraft, ClassificationDraft, Content, DateDraft, Draft, Kind, ParticipationDraft,
    QuantityDraft,
};
use super::parts::Reference;
use super::rows::{ClaimRow, Rows};
use super::{Context, at, public_id};
use crate::error::{Error, Result};

/// What a field or a list's item says, as a claim on it shows it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plain {
    pub value: Option<String>,
    pub node: Option<NodeId>,
    /// The public id of the record that the value is the name of: the name may change.
    pub record: Option<String>,
}

impl Plain {
    pub fn text(text: impl Display) -> Self {
        Self {
            value: Some(text.to_string()),
            ..Self::default()
        }
    }

    pub fn maybe(text: Option<impl Display>) -> Self {
        text.map(Self::text).unwrap_or_default()
    }

    pub fn date(date: Option<&DateDraft>) -> Self {
        Self::maybe(date.map(|date| &date.edtf))
    }

    pub fn quantity(quantity: Option<&QuantityDraft>) -> Self {
        let Some(quantity) = quantity else {
            return Self::default();
        };
        match &quantity.text {
            Some(text) => Self::text(text),
            None => Self::maybe(quantity.value),
        }
    }

    /// A place or a topic, by its name.
    pub fn name(target: &Target) -> Self {
        Self {
            record: Some(target.public_id.clone()),
            ..Self::text(&target.name)
        }
    }

    /// An entity.
    pub fn node(target: &Target) -> Self {
        Self {
            node: Some(target.id),
            ..Self::name(target)
        }
    }
}

/// A participation that was written.
pub(crate) struct Participant<'a> {
    pub public_id: String,
    /// Who it is, if an organisation.
    pub organisation: Option<&'a Target>,
}

/// See the module's documentation.
pub(crate) struct Record<'a> {
    pub draft: &'a Draft,
    pub id: NodeId,
    pub public_id: String,
    /// The number of the revision that is being written.
    pub revision: i32,
    pub directory: &'a Directory,
    pub context: &'a Context<'a>,
    pub rows: &'a mut Rows,
    /// How many rows with the same content there are: a list may say the same thing twice.
    equals: HashMap<String, usize>,
}

impl<'a> Record<'a> {
    pub fn new(
        draft: &'a Draft,
        id: NodeId,
        public_id: String,
        revision: i32,
        directory: &'a Directory,
        context: &'a Context<'a>,
        rows: &'a mut Rows,
    ) -> Self {
        Self {
            draft,
            id,
            public_id,
            revision,
            directory,
            context,
            rows,
            equals: HashMap::new(),
        }
    }

    /// Adds all rows of the draft.
    pub fn rows(mut self) -> Result<()> {
        match &self.draft.content {
            Content::Organisation(draft) => draft.rows(&mut self),
            Content::Person(draft) => draft.rows(&mut self),
            Content::Campaign(draft) => draft.rows(&mut self),
            Content::Publication(draft) => draft.rows(&mut self),
            Content::Event(draft) => draft.rows(&mut self),
            Content::Source(draft) => draft.rows(&mut self),
            Content::Place(draft) => draft.rows(&mut self),
            Content::Topic(draft) => draft.rows(&mut self),
        }
    }

    /// Bad input at a path of this draft.
    pub fn bad(&self, path: impl Display, message: impl Display) -> Error {
        Error::bad_input(at(self.draft, path, message))
    }

    pub fn date(
        &self,
        path: impl Display,
        date: Option<&DateDraft>,
    ) -> Result<Option<HistoricalDate>> {
        let Some(date) = date else { return Ok(None) };
        let parsed = HistoricalDate::parse(&date.edtf).map_err(|error| self.bad(path, error))?;
        Ok(Some(match &date.text {
            Some(text) => parsed.with_source_text(text),
            None => parsed,
        }))
    }

    pub fn target(&self, path: impl Display, kind: Kind, slug: &str) -> Result<&'a Target> {
        let target = self.directory.get(kind, slug);
        target.ok_or_else(|| self.bad(path, format_args!("there is no {kind} `{slug}`")))
    }

    pub fn maybe_target(
        &self,
        path: impl Display,
        kind: Kind,
        slug: Option<&String>,
    ) -> Result<Option<&'a Target>> {
        slug.map(|slug| self.target(path, kind, slug)).transpose()
    }

    /// The entity that "kind/slug" leads to.
    pub fn entity(&self, path: impl Display, text: &str) -> Result<(Kind, &'a Target)> {
        let reference = Reference::parse(text);
        let Some(kind) = reference.kind else {
            return Err(self.bad(path, reference.incomplete()));
        };
        Ok((kind, self.target(path, kind, reference.slug)?))
    }

    /// The public id of a row that this record owns, from what the row says.
    pub fn owned_id(&mut self, kind: NodeKind, content: &[&str]) -> String {
        let number = self.number(kind.as_str(), content);
        let content = content.iter().copied().chain([number.as_str()]);
        public_id::of_owned(kind, &self.public_id, content)
    }

    /// How many equal rows came before.
    fn number(&mut self, kind: &str, content: &[&str]) -> String {
        let mut key = kind.to_owned();
        for part in content {
            key.push('\u{1f}');
            key.push_str(part);
        }
        let count = self.equals.entry(key).or_default();
        let number = count.to_string();
        *count += 1;
        number
    }

    /// Claims on a property, or on the item of a list that `about` is the public id of.
    pub fn claims(
        &mut self,
        property: &str,
        about: Option<&str>,
        plain: &Plain,
        claims: &[ClaimDraft],
    ) -> Result<()> {
        for (ordinal, draft) in claims.iter().enumerate() {
            let path = format!("claims on {property}[{ordinal}]");
            let source = draft.source.as_deref().or(self.draft.default_source());
            let Some(source) = source else {
                return Err(self.bad(path, "it has no source"));
            };
            let source = self.target(&path, Kind::Source, source)?;
            let node = match &draft.node {
                Some(text) => Some(self.entity(&path, text)?.1),
                None => None,
            };
            let value = match (&draft.value, node) {
                (Some(value), node) => Plain {
                    node: node.map(|node| node.id),
                    ..Plain::text(value)
                },
                // On a text the node is what the text is about; on a reference it is another one.
                (None, Some(node)) if plain.node.is_none() && plain.value.is_some() => Plain {
                    node: Some(node.id),
                    ..plain.clone()
                },
                (None, Some(node)) => Plain::node(node),
                (None, None) => plain.clone(),
            };
            let said = value.record.as_ref().or(value.value.as_ref());
            let content = [
                property,
                about.unwrap_or_default(),
                &source.public_id,
                draft.locator.as_deref().unwrap_or_default(),
                said.map_or("", String::as_str),
            ];
            let number = self.number("claim", &content);
            let content = content.into_iter().chain([number.as_str()]);
            let row = claim::ActiveModel {
                public_id: Set(public_id::of_claim(&self.public_id, content)),
                subject_id: Set(self.id),
                property: Set(property.to_owned()),
                value: Set(value.value),
                value_node_id: Set(value.node),
                rank: Set(draft.rank.unwrap_or(ClaimRank::Normal)),
                status: Set(draft.status.unwrap_or(ClaimStatus::Stated)),
                source_id: Set(SourceId(source.id.0)),
                locator: Set(draft.locator.clone()),
                quote: Set(draft.quote.clone()),
                note: Set(draft.note.clone()),
                recorded_by: Set(self.context.author.to_owned()),
                recorded_at: Set(self.context.now),
                ordinal: Set(count(ordinal)),
                ..Default::default()
            };
            let about = about.map(str::to_owned);
            self.rows.claims.push(ClaimRow { about, row });
        }
        Ok(())
    }

    /// Ideologies or topics.
    pub fn classifications(&mut self, property: &str, items: &[ClassificationDraft]) -> Result<()> {
        for (ordinal, item) in items.iter().enumerate() {
            let topic = self.target(
                format_args!("{property}[{ordinal}]"),
                Kind::Topic,
                &item.topic,
            )?;
            let public_id = self.owned_id(NodeKind::Classification, &[&topic.public_id]);
            self.claims(
                property,
                Some(&public_id),
                &Plain::name(topic),
                &item.claims,
            )?;
            self.rows.classifications.push(classification::ActiveModel {
                public_id: Set(public_id),
                node_id: Set(self.id),
                topic_id: Set(TopicId(topic.id.0)),
                status: Set(item.status.unwrap_or(ClaimStatus::Stated)),
                ordinal: Set(count(ordinal)),
                ..Default::default()
            });
        }
        Ok(())
    }

    /// The participants of a campaign or an event, in their order.
    pub fn participants(&mut self, items: &[ParticipationDraft]) -> Result<Vec<Participant<'a>>> {
        let mut written = Vec::with_capacity(items.len());
        for (ordinal, item) in items.iter().enumerate() {
            let path = format!("participants[{ordinal}]");
            let who = match &item.participant {
                Some(text) => Some(self.entity(&path, text)?),
                None => None,
            };
            let plain = match (who, &item.description) {
                (Some((_, target)), _) => Plain::node(target),
                (None, Some(description)) => Plain::text(description),
                (None, None) => {
                    return Err(self.bad(path, "it names neither a participant nor a description"));
                }
            };
            let end = match who {
                Some((_, target)) => &target.public_id,
                None => item.description.as_deref().unwrap_or_default(),
            };
            let start = self.date(format_args!("{path}.start"), item.start.as_ref())?;
            let public_id = self.owned_id(
                NodeKind::Participation,
                &[end, &item.role, edtf(item.start.as_ref())],
            );
            self.claims("participants", Some(&public_id), &plain, &item.claims)?;
            let (count_value, count_text) = quantity(item.count.as_ref());
            let mut row = participation::ActiveModel {
                public_id: Set(public_id.clone()),
                context_id: Set(self.id),
                participant_id: Set(who.map(|(_, target)| target.id)),
                description: Set(item.description.clone()),
                role: Set(item.role.clone()),
                post: Set(item.post.clone()),
                count_value: Set(count_value),
                count_text: Set(count_text),
                status: Set(item.status.unwrap_or(ClaimStatus::Stated)),
                note: Set(item.note.clone()),
                ordinal: Set(count(ordinal)),
                ..Default::default()
            };
            row.set_start(start.as_ref());
            row.set_end(
                self.date(format_args!("{path}.end"), item.end.as_ref())?
                    .as_ref(),
            );
            self.rows.participations.push(row);
            written.push(Participant {
                public_id,
                organisation: who
                    .filter(|(kind, _)| *kind == Kind::Organisation)
                    .map(|(_, target)| target),
            });
        }
        Ok(written)
    }
}

/// The text of a date, as it stands in the keys of public ids.
pub(crate) fn edtf(date: Option<&DateDraft>) -> &str {
    date.map_or("", |date| &date.edtf)
}

/// Columns of a quantity.
pub(crate) fn quantity(quantity: Option<&QuantityDraft>) -> (Option<i64>, Option<String>) {
    quantity.map_or((None, None), |quantity| {
        (quantity.value, quantity.text.clone())
    })
}

/// A place in a list as a column holds it.
pub(crate) fn count(ordinal: usize) -> i32 {
    i32::try_from(ordinal).unwrap_or(i32::MAX)
}
