//! Where records stand: what the addresses lead to that the service gives out, whole or by public id.

use anyhow::{Result, anyhow};
use entity::id::NodeId;
use entity::kind::NodeKind;
use entity::{
    affiliation, authorship, campaign, claim, classification, event, event_order, former_id,
    lineage_link, membership, name, node, organisation, participation, person, place, place_period,
    publication, publishing, slug, source, statement, topic,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use crate::database::Database;
use crate::write::{Kind, on_table};

/// A record, and the document about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub kind: Kind,
    pub(crate) id: NodeId,
    pub public_id: String,
    /// Its current slug.
    pub slug: String,
}

impl Located {
    /// The path of its document, without a slash before it.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}", self.kind.folder(), self.slug)
    }
}

/// The record that a slug leads to, whether it has it or had it.
///
/// # Errors
/// When the database does not answer.
pub async fn by_slug(database: &Database, kind: Kind, slug: &str) -> Result<Option<Located>> {
    if !can_be_stored(slug) {
        return Ok(None);
    }
    let db = &database.reader;
    let found = slug::Entity::find_by_id((kind.node(), slug.to_owned()))
        .one(db)
        .await?;
    match found {
        Some(found) => record(db, kind, found.node_id).await.map(Some),
        None => Ok(None),
    }
}

/// What a public id leads to: a record, or something that one owns, which is told of in the owner's document and is
/// named second.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(
    database: &Database,
    public_id: &str,
) -> Result<Option<(Located, Option<String>)>> {
    if !can_be_stored(public_id) {
        return Ok(None);
    }
    let db = &database.reader;
    let found = match with_id(db, public_id).await? {
        None => given_up(db, public_id).await?,
        found => found,
    };
    let owner = match &found {
        Some(found) => match Kind::of_node(found.kind) {
            Some(kind) => return Ok(Some((record(db, kind, found.id).await?, None))),
            None => owner(db, found).await?,
        },
        // Claims are no nodes.
        None => subject(db, public_id).await?,
    };
    let Some(owner) = owner else { return Ok(None) };
    let owner = node::Entity::find_by_id(owner).one(db).await?;
    let owner = owner.and_then(|owner| Some((Kind::of_node(owner.kind)?, owner.id)));
    let (kind, id) = owner.ok_or_else(|| anyhow!("{public_id} belongs to no record"))?;
    let part = match found {
        // The order of two events is told by naming the other one, not by an item of its own.
        Some(found) if found.kind == NodeKind::EventOrder => None,
        Some(found) => Some(found.public_id),
        None => Some(public_id.to_owned()),
    };
    Ok(Some((record(db, kind, id).await?, part)))
}

/// PostgreSQL takes no text with this character, so no text has it.
fn can_be_stored(text: &str) -> bool {
    !text.contains('\0')
}

async fn with_id(db: &DatabaseConnection, public_id: &str) -> Result<Option<node::Model>> {
    let found = node::Entity::find().filter(node::Column::PublicId.eq(public_id));
    Ok(found.one(db).await?)
}

/// What an id leads to that was given up when records were merged.
async fn given_up(db: &DatabaseConnection, public_id: &str) -> Result<Option<node::Model>> {
    let former = former_id::Entity::find_by_id(public_id).one(db).await?;
    let Some(former) = former else {
        return Ok(None);
    };
    Ok(node::Entity::find_by_id(former.node_id).one(db).await?)
}

async fn record(db: &DatabaseConnection, kind: Kind, id: NodeId) -> Result<Located> {
    macro_rules! record {
        ($table:ident) => {
            $table::Entity::find()
                .select_only()
                .columns([$table::Column::PublicId, $table::Column::Slug])
                .filter($table::Column::Id.eq(id))
                .into_tuple::<(String, String)>()
                .one(db)
                .await?
        };
    }
    let found = on_table!(kind, record);
    let (public_id, slug) = found.ok_or_else(|| anyhow!("there is no {kind} {id}"))?;
    Ok(Located {
        kind,
        id,
        public_id,
        slug,
    })
}

/// The record that something belongs to.
async fn owner(db: &DatabaseConnection, node: &node::Model) -> Result<Option<NodeId>> {
    macro_rules! owner {
        ($table:ident, $owner:ident) => {
            $table::Entity::find()
                .select_only()
                .column($table::Column::$owner)
                .filter($table::Column::Id.eq(node.id))
                .into_tuple::<NodeId>()
                .one(db)
                .await?
        };
    }
    Ok(match node.kind {
        NodeKind::Membership => owner!(membership, PersonId),
        NodeKind::Participation => owner!(participation, ContextId),
        NodeKind::Affiliation => owner!(affiliation, MemberId),
        NodeKind::Authorship => owner!(authorship, PublicationId),
        NodeKind::Publishing => owner!(publishing, PublicationId),
        NodeKind::Classification => owner!(classification, NodeId),
        NodeKind::Name => owner!(name, NodeId),
        NodeKind::PlacePeriod => owner!(place_period, OrganisationId),
        NodeKind::Statement => owner!(statement, NodeId),
        NodeKind::LineageLink => owner!(lineage_link, EventId),
        NodeKind::EventOrder => owner!(event_order, LaterId),
        NodeKind::Organisation
        | NodeKind::Person
        | NodeKind::Campaign
        | NodeKind::Publication
        | NodeKind::Event
        | NodeKind::Source
        | NodeKind::Place
        | NodeKind::Topic => None,
    })
}

async fn subject(db: &DatabaseConnection, claim: &str) -> Result<Option<NodeId>> {
    Ok(claim::Entity::find()
        .select_only()
        .column(claim::Column::SubjectId)
        .filter(claim::Column::PublicId.eq(claim))
        .into_tuple::<NodeId>()
        .one(db)
        .await?)
}

/// So many slugs of a kind, from `from` on, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn slugs(database: &Database, kind: Kind, from: &str, most: u64) -> Result<Vec<String>> {
    if !can_be_stored(from) {
        return Ok(Vec::new());
    }
    let db = &database.reader;
    macro_rules! slugs {
        ($table:ident) => {
            $table::Entity::find()
                .select_only()
                .column($table::Column::Slug)
                .filter($table::Column::Slug.gte(from))
                .order_by_asc($table::Column::Slug)
                .limit(most)
                .into_tuple::<String>()
                .all(db)
                .await?
        };
    }
    Ok(on_table!(kind, slugs))
}

/// The first, and then each `every`th next slug of a kind: where parts of so many begin.
///
/// # Errors
/// When the database does not answer.
pub async fn starts(database: &Database, kind: Kind, every: u64) -> Result<Vec<String>> {
    let db = &database.reader;
    // A kind's word is the name of its table.
    let sql = format!(
        "SELECT slug FROM (SELECT slug, row_number() OVER (ORDER BY slug) AS place FROM {kind}) numbered
         WHERE (place - 1) % $1 = 0 ORDER BY slug"
    );
    let every = i64::try_from(every)?;
    let statement = Statement::from_sql_and_values(database.backend, sql, [every.into()]);
    let rows = db.query_all_raw(statement).await?;
    rows.into_iter()
        .map(|row| Ok(row.try_get("", "slug")?))
        .collect()
}
