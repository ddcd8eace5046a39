//! Writing topics.

use entity::id::TopicId;
use entity::kind::TopicKind;
use entity::topic;
use sea_orm::Set;

use super::draft::{Kind, drafts};
use super::parts::Parts;
use super::record::Record;
use super::text::fold;
use crate::error::Result;

drafts! {
    /// An ideology or a subject.
    #[derive(Default)]
    TopicDraft (name: String) {
        kind: Option<TopicKind>,
        /// The wider topic that it belongs to.
        parent: Option<String>,
    }
}

impl TopicDraft {
    pub(crate) fn parts<'a>(&'a self, parts: &mut Parts<'a>) {
        parts.text("name", &self.name);
        parts.reference("parent", Kind::Topic, self.parent.as_ref());
    }
}

impl TopicDraft {
    pub(crate) fn rows(&self, record: &mut Record<'_>) -> Result<()> {
        let parent = record.maybe_target("parent", Kind::Topic, self.parent.as_ref())?;
        record.rows.topics.push(topic::ActiveModel {
            id: Set(TopicId(record.id.0)),
            public_id: Set(record.public_id.clone()),
            slug: Set(record.draft.slug.clone()),
            name: Set(self.name.clone()),
            name_folded: Set(fold(&self.name)),
            kind: Set(self.kind.unwrap_or(TopicKind::Subject)),
            parent_id: Set(parent.map(|topic| TopicId(topic.id.0))),
        });
        Ok(())
    }
}
