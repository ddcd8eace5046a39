//! From the public ids that rows have to those they will have: a row keeps its key, and its old id leads to it.

use std::collections::{HashMap, HashSet};

use entity::id::{NodeId, OrganisationId};
use entity::kind::NodeKind;
use entity::{claim, former_id, node};
use sea_orm::sea_query::{CaseStatement, Expr};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, Set};

use crate::error::{Error, Result};
use crate::write::batch::{self, CHUNK};
use crate::write::directory::Target;
use crate::write::public_id;
use crate::write::rows::{LinkRow, Rows, value};

/// What moves from which id to which.
#[derive(Default)]
pub(super) struct Moves {
    nodes: Vec<(String, String)>,
    claims: Vec<(String, String)>,
}

impl Moves {
    /// The rows of one record before and after. `into` tells what the records that go turned out to be.
    pub fn add(&mut self, old: &Rows, new: &Rows, into: &HashMap<NodeId, &Target>) {
        self.nodes.extend(moves(&old.ids_beside(new)));
        self.nodes.extend(moves(&links(old, new, into)));
        let claims = old.claims.iter().zip(&new.claims);
        let claims = claims.filter_map(|(old, new)| {
            let (old, new) = (value(&old.row.public_id)?, value(&new.row.public_id)?);
            Some((old.as_str(), new.as_str()))
        });
        self.claims.extend(moves(&claims.collect::<Vec<_>>()));
    }

    /// Moves what moves, and makes the old ids lead to it.
    pub async fn perform(self, txn: &DatabaseTransaction) -> Result<()> {
        let mut keys = HashMap::new();
        for moves in self.nodes.chunks(CHUNK / 2) {
            let ids = moves.iter().flat_map(|(old, new)| [old, new]);
            let found = node::Entity::find()
                .filter(node::Column::PublicId.is_in(ids))
                .all(txn)
                .await
                .map_err(Error::internal)?;
            keys.extend(found.into_iter().map(|node| (node.public_id, node.id)));
        }
        let (mut former, mut renamed) = (Vec::new(), Vec::new());
        for (old, new) in self.nodes {
            let Some(key) = keys.get(&old).copied() else {
                continue;
            };
            // What two rows say alike is one row from now on.
            if let Some(other) = keys.get(&new).copied() {
                lead_on(txn, key, other).await?;
                former.push((old, other));
            } else {
                keys.insert(new.clone(), key);
                former.push((old.clone(), key));
                renamed.push((old, new));
            }
        }
        put(txn, former).await?;
        rename_nodes(txn, &renamed).await?;

        let mut taken = HashSet::new();
        for claims in self.claims.chunks(CHUNK) {
            let found = claim::Entity::find()
                .select_only()
                .column(claim::Column::PublicId)
                .filter(claim::Column::PublicId.is_in(claims.iter().map(|(_, new)| new)))
                .into_tuple::<String>()
                .all(txn)
                .await
                .map_err(Error::internal)?;
            taken.extend(found);
        }
        let claims = self.claims.into_iter();
        let free: Vec<_> = claims
            .filter(|(_, new)| taken.insert(new.clone()))
            .collect();
        rename::<claim::Entity>(txn, claim::Column::PublicId, &free).await
    }
}

/// The ids of links beside those of the links that say the same once records are one.
fn links<'a>(
    old: &'a Rows,
    new: &'a Rows,
    into: &HashMap<NodeId, &Target>,
) -> Vec<(&'a str, &'a str)> {
    let end = |id: OrganisationId| {
        let id = NodeId::from(id);
        into.get(&id).map_or(id, |target| target.id)
    };
    let said = |link: &'a LinkRow| {
        let row = &link.row;
        let predecessor = end(*value(&row.predecessor_id)?);
        let successor = end(*value(&row.successor_id)?);
        let said = (*value(&row.kind)?, predecessor, successor);
        Some((said, value(&row.public_id)?.as_str()))
    };
    let new: HashMap<_, _> = new.links.iter().filter_map(said).collect();
    let old = old.links.iter().filter_map(said);
    old.filter_map(|(said, id)| Some((id, *new.get(&said)?)))
        .collect()
}

/// What must move so that the ids on the left become those on the right. An id that stays in use stays where it is: what
/// has an id that is no longer in use moves past such ones to the next. Rows that say the same are counted in the order
/// in which they stand, before and after, so that nothing moves in a ring.
fn moves(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let next: HashMap<_, _> = pairs.iter().copied().collect();
    let wanted: HashSet<_> = pairs.iter().map(|(_, new)| *new).collect();
    let given_up = pairs.iter().filter(|(old, _)| !wanted.contains(old));
    given_up
        .map(|(old, new)| {
            let mut end = *new;
            while let Some(further) = next.get(end).filter(|further| **further != end) {
                end = further;
            }
            ((*old).to_owned(), end.to_owned())
        })
        .collect()
}

/// Gives nodes and their rows other public ids.
async fn rename_nodes(txn: &DatabaseTransaction, ids: &[(String, String)]) -> Result<()> {
    rename::<node::Entity>(txn, node::Column::PublicId, ids).await?;
    macro_rules! rename {
        ($($table:ident $kind:ident;)*) => {$({
            let prefix = public_id::prefix(NodeKind::$kind);
            let ids = ids.iter().filter(|(id, _)| id.starts_with(prefix));
            let ids: Vec<_> = ids.cloned().collect();
            rename::<entity::$table::Entity>(txn, entity::$table::Column::PublicId, &ids).await?;
        })*};
    }
    rename! {
        name Name;
        statement Statement;
        classification Classification;
        place_period PlacePeriod;
        affiliation Affiliation;
        membership Membership;
        participation Participation;
        authorship Authorship;
        publishing Publishing;
        event_order EventOrder;
        lineage_link LineageLink;
    }
    Ok(())
}

async fn rename<E: EntityTrait>(
    txn: &DatabaseTransaction,
    column: E::Column,
    ids: &[(String, String)],
) -> Result<()> {
    // Every row goes through all cases.
    for ids in ids.chunks(CHUNK / 5) {
        let cases = ids.iter().fold(CaseStatement::new(), |cases, (old, new)| {
            cases.case(column.eq(old), Expr::val(new))
        });
        E::update_many()
            .col_expr(column, cases.finally(Expr::col(column)).into())
            .filter(column.is_in(ids.iter().map(|(old, _)| old)))
            .exec(txn)
            .await
            .map_err(Error::internal)?;
    }
    Ok(())
}

/// What led to one node leads to another.
pub(super) async fn lead_on(txn: &DatabaseTransaction, from: NodeId, to: NodeId) -> Result<()> {
    former_id::Entity::update_many()
        .col_expr(former_id::Column::NodeId, Expr::val(to))
        .filter(former_id::Column::NodeId.eq(from))
        .exec(txn)
        .await
        .map_err(Error::internal)?;
    Ok(())
}

/// Makes ids that are given up lead to nodes.
pub(super) async fn put(txn: &DatabaseTransaction, former: Vec<(String, NodeId)>) -> Result<()> {
    let rows = former.into_iter().map(|(id, node)| former_id::ActiveModel {
        public_id: Set(id),
        node_id: Set(node),
    });
    let key = [former_id::Column::PublicId];
    batch::insert_missing(txn, rows.collect(), key, "former ids").await
}
