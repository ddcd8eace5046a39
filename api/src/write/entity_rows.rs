//! What is written for every entity, whatever its kind: names, external ids, statements, claims, search words.

use entity::id::TopicId;
use entity::kind::{ClaimStatus, EntityKind, NameKind, NodeKind};
use entity::{name, search_document, statement};
use sea_orm::Set;

use super::draft::{Common, ExternalIdDraft, Kind, NameDraft, StatementDraft};
use super::external::ExternalIdRow;
use super::record::{Plain, Record, count, edtf};
use super::text::tokens;
use crate::error::Result;

impl Common<'_> {
    /// The name that the entity goes by, where the list of its names does not hold it. It comes before them.
    pub(crate) fn unlisted_name(&self) -> Option<NameDraft> {
        let mut names = self.names.iter();
        if names.any(|name| name.text == self.name) {
            return None;
        }
        let official = |name: &NameDraft| name.kind == Some(NameKind::Official);
        let kind = self.names.iter().any(official);
        Some(NameDraft {
            kind: kind.then_some(NameKind::Alternative),
            preferred: true,
            ..NameDraft::bare(self.name.to_owned())
        })
    }
}

impl Record<'_> {
    /// Everything that entities have in common. `plain` tells what the draft's own fields say, by property;
    /// `also` are further words that the entity is known by.
    pub fn entity_rows(
        &mut self,
        kind: EntityKind,
        common: Common<'_>,
        also: Option<&String>,
        plain: impl Fn(&Self, &str) -> Result<Plain>,
    ) -> Result<()> {
        self.names(common)?;
        self.external_ids(common.external_ids);
        self.statements(common.statements)?;
        for (property, claims) in common.claims {
            let plain = match property.as_str() {
                "name" => Plain::text(common.name),
                "summary" => Plain::maybe(common.summary),
                _ => plain(self, property)?,
            };
            self.claims(property, None, &plain, claims)?;
        }
        let names = common.names.iter().map(|name| tokens(&name.text));
        let names: Vec<_> = also
            .map(|text| tokens(text))
            .into_iter()
            .chain(names)
            .collect();
        self.rows
            .search_documents
            .push(search_document::ActiveModel {
                id: Set(self.id),
                kind: Set(kind),
                name_tokens: Set(tokens(common.name)),
                names_tokens: Set(names.join(" ")),
                summary_tokens: Set(common.summary.map(tokens).unwrap_or_default()),
            });
        Ok(())
    }

    /// The name that an entity goes by is always among its names, and preferred.
    fn names(&mut self, common: Common<'_>) -> Result<()> {
        let shown = common.unlisted_name();
        for (ordinal, item) in shown.iter().chain(common.names).enumerate() {
            let path = format!("names[{ordinal}]");
            let kind = item.kind.unwrap_or(NameKind::Official);
            let language = item.language.as_deref().unwrap_or_default();
            let public_id = self.owned_id(
                NodeKind::Name,
                &[
                    &item.text,
                    kind.as_str(),
                    language,
                    edtf(item.start.as_ref()),
                ],
            );
            self.claims(
                "names",
                Some(&public_id),
                &Plain::text(&item.text),
                &item.claims,
            )?;
            let mut row = name::ActiveModel {
                public_id: Set(public_id),
                node_id: Set(self.id),
                text: Set(item.text.clone()),
                kind: Set(kind),
                language: Set(item.language.clone()),
                preferred: Set(item.preferred || item.text == common.name),
                ordinal: Set(count(ordinal)),
                ..Default::default()
            };
            row.set_start(
                self.date(format_args!("{path}.start"), item.start.as_ref())?
                    .as_ref(),
            );
            row.set_end(
                self.date(format_args!("{path}.end"), item.end.as_ref())?
                    .as_ref(),
            );
            self.rows.names.push(row);
        }
        Ok(())
    }

    fn external_ids(&mut self, items: &[ExternalIdDraft]) {
        let rows = items
            .iter()
            .map(|item| ExternalIdRow::new(self.draft, self.id, item));
        self.rows.external_ids.extend(rows);
    }

    fn statements(&mut self, items: &[StatementDraft]) -> Result<()> {
        for (ordinal, item) in items.iter().enumerate() {
            let path = format!("statements[{ordinal}]");
            let topic = self.maybe_target(&path, Kind::Topic, item.topic.as_ref())?;
            let public_id = self.owned_id(NodeKind::Statement, &[item.kind.as_str(), &item.text]);
            let property = item.property(self.draft.kind());
            self.claims(
                property,
                Some(&public_id),
                &Plain::text(&item.text),
                &item.claims,
            )?;
            let mut row = statement::ActiveModel {
                public_id: Set(public_id),
                node_id: Set(self.id),
                kind: Set(item.kind),
                attitude: Set(item.attitude.clone()),
                topic_id: Set(topic.map(|topic| TopicId(topic.id.0))),
                text: Set(item.text.clone()),
                holder: Set(item.holder.clone()),
                status: Set(item.status.unwrap_or(ClaimStatus::Stated)),
                ordinal: Set(count(ordinal)),
                ..Default::default()
            };
            row.set_date(
                self.date(format_args!("{path}.date"), item.date.as_ref())?
                    .as_ref(),
            );
            row.set_fulfilled(
                self.date(format_args!("{path}.fulfilled"), item.fulfilled.as_ref())?
                    .as_ref(),
            );
            self.rows.statements.push(row);
        }
        Ok(())
    }
}
