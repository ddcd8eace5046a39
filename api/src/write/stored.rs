//! What is stored, read back as drafts: the newest revision of each record.

use std::collections::HashMap;

use entity::id::NodeId;
use entity::revision;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::de::{Deserializer, Error as _};

use super::batch::CHUNK;
use super::draft::{Content, Draft, Kind};
use crate::error::{Error, Result};

impl Content {
    /// Reads what a record of this kind says.
    ///
    /// # Errors
    /// The deserializer's own: a field that does not exist, a value of another type.
    pub fn deserialize<'de, D: Deserializer<'de>>(kind: Kind, from: D) -> Result<Self, D::Error> {
        use serde::Deserialize;
        Ok(match kind {
            Kind::Organisation => Self::Organisation(Deserialize::deserialize(from)?),
            Kind::Person => Self::Person(Deserialize::deserialize(from)?),
            Kind::Campaign => Self::Campaign(Deserialize::deserialize(from)?),
            Kind::Publication => Self::Publication(Deserialize::deserialize(from)?),
            Kind::Event => Self::Event(Deserialize::deserialize(from)?),
            Kind::Source => Self::Source(Deserialize::deserialize(from)?),
            Kind::Place => Self::Place(Deserialize::deserialize(from)?),
            Kind::Topic => Self::Topic(Deserialize::deserialize(from)?),
        })
    }
}

impl Draft {
    /// Reads a draft as it was written into a revision.
    ///
    /// # Errors
    /// When the text is not JSON, or is no draft of this kind.
    pub fn parse(kind: Kind, json: &str) -> serde_json::Result<Self> {
        let mut fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json)?;
        let Some(serde_json::Value::String(slug)) = fields.shift_remove("slug") else {
            return Err(serde_json::Error::custom("a draft has a slug"));
        };
        let content = Content::deserialize(kind, serde_json::Value::Object(fields))?;
        Ok(Self { slug, content })
    }
}

/// The number and content of each record's newest revision.
pub(crate) async fn newest(
    db: &impl ConnectionTrait,
    nodes: &[NodeId],
) -> Result<HashMap<NodeId, (i32, String)>> {
    let mut newest = HashMap::with_capacity(nodes.len());
    for nodes in nodes.chunks(CHUNK) {
        let last = Query::select()
            .column(revision::Column::NodeId)
            .expr(Func::max(Expr::col(revision::Column::Number)))
            .from(revision::Entity)
            .and_where(revision::Column::NodeId.is_in(nodes.iter().copied()))
            .group_by_col(revision::Column::NodeId)
            .take();
        let key = Expr::tuple([
            Expr::col(revision::Column::NodeId),
            Expr::col(revision::Column::Number),
        ]);
        let rows = revision::Entity::find()
            .select_only()
            .columns([
                revision::Column::NodeId,
                revision::Column::Number,
                revision::Column::Content,
            ])
            .filter(key.in_subquery(last))
            .into_tuple::<(NodeId, i32, String)>()
            .all(db)
            .await
            .map_err(Error::internal)?;
        newest.extend(
            rows.into_iter()
                .map(|(node, number, content)| (node, (number, content))),
        );
    }
    Ok(newest)
}
