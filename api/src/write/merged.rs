//! Records that turned out to be others: what is written when a draft names their slugs under `merged`.
//!
//! The record that goes leaves its slugs, its ids and its history. What it owned is the other's where that one's draft
//! says the same, and goes where it does not. Whatever refers to it is written anew from its own newest draft, in
//! which the slug now leads to the other record: so all that is refused in a draft is refused here, links follow from
//! events as ever, and the next save of the owner finds its rows as they are.
//!
//! The public id of a row holds the ids of what it refers to. So such a row gets the id that it would have if there
//! had never been two records, as it has wherever the same drafts are loaded afresh; its old id leads to it.

mod ids;

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::id::NodeId;
use entity::{
    affiliation, authorship, campaign, claim, event_order, external_id, former_revision,
    membership, node, organisation, participation, publishing, revision, slug,
};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
};

use self::ids::Moves;
use super::batch::{self, CHUNK};
use super::directory::{Directory, Identity, Target};
use super::draft::{Draft, Kind};
use super::parts::Parts;
use super::record::Record;
use super::rows::Rows;
use super::{Change, Context, at, newest, public_id};
use crate::error::{Error, Result};

/// A record that turned out to be the one that a draft writes.
pub(super) struct Merged<'a> {
    gone: Target,
    draft: &'a Draft,
}

impl Merged<'_> {
    /// What it turned out to be, in a directory that knows what the drafts are.
    fn into<'d>(&self, directory: &'d Directory) -> Result<&'d Target> {
        let Draft { slug, .. } = self.draft;
        let target = directory.get(self.draft.kind(), slug);
        target.ok_or_else(|| Error::internal(anyhow::anyhow!("{slug} is not in the directory")))
    }
}

/// The records that the drafts name as their own and that are still others.
pub(super) fn found<'a>(
    directory: &Directory,
    drafts: &'a [Draft],
    identities: &[Identity],
) -> Vec<Merged<'a>> {
    let mut merged = BTreeMap::new();
    for (draft, identity) in drafts.iter().zip(identities) {
        let named = draft.merged().iter();
        let targets = named.filter_map(|slug| directory.get(draft.kind(), slug));
        for gone in targets.filter(|target| Some(target.id) != identity.id) {
            let gone = gone.clone();
            merged.insert(gone.id, Merged { gone, draft });
        }
    }
    merged.into_values().collect()
}

/// Adds to `rows` those of all that refers to the records that go, and to `known` whose rows are to be replaced by them,
/// the records that go among them; and gives the rows that are stored the ids that they will have. `directory` knows
/// what the drafts are.
pub(super) async fn fold(
    txn: &DatabaseTransaction,
    merged: &[Merged<'_>],
    changes: &[Change<'_>],
    directory: &Directory,
    context: &Context<'_>,
    rows: &mut Rows,
    known: &mut Vec<NodeId>,
) -> Result<()> {
    if merged.is_empty() {
        return Ok(());
    }
    all_is_named(txn, merged).await?;
    let by_id: HashMap<NodeId, &Merged<'_>> = merged
        .iter()
        .map(|merged| (merged.gone.id, merged))
        .collect();
    let referring = referring(txn, by_id.keys().copied().collect()).await?;
    let concerned: Vec<_> = referring.keys().chain(by_id.keys()).copied().collect();
    let stored = Stored::load(txn, &concerned).await?;
    let (drafts, parts): (Vec<_>, Vec<_>) = stored
        .iter()
        .map(|stored| (&stored.draft, Parts::of(&stored.draft)))
        .unzip();
    let before = Directory::load(txn, drafts, &parts).await?;
    let mut after = before.clone();
    let mut into = HashMap::new();
    for merged in merged {
        let target = merged.into(directory)?;
        after.redirect(merged.gone.id, target);
        after.redirect(target.id, target);
        into.insert(merged.gone.id, target);
    }

    let written: HashSet<_> = changes.iter().map(|change| change.id).collect();
    let mut moves = Moves::default();
    for stored in &stored {
        let (old, done) = stored.rows(stored.id, &stored.public_id, &before, context);
        done?;
        if let Some(target) = into.get(&stored.id) {
            // What cannot be said of the other record is not kept, whatever its draft says.
            let (new, _) = stored.rows(target.id, &target.public_id, &after, context);
            moves.add(&old, &new, &into);
            known.push(stored.id);
            continue;
        }
        let (new, done) = stored.rows(stored.id, &stored.public_id, &after, context);
        moves.add(&old, &new, &into);
        // What is being written says itself what holds.
        if !written.contains(&stored.id) {
            let merged = referring.get(&stored.id).and_then(|gone| by_id.get(gone));
            done.map_err(|error| refused(merged.copied(), error))?;
            rows.append(new);
            known.push(stored.id);
        }
    }
    moves.perform(txn).await
}

/// Once all rows are written, makes the slugs and ids of what goes lead to what it turned out to be, and lets it go.
/// The id that a record has by its first slug leads here even where there never was such a record: there may be
/// elsewhere.
pub(super) async fn redirect(
    txn: &DatabaseTransaction,
    merged: &[Merged<'_>],
    changes: &[Change<'_>],
    directory: &Directory,
) -> Result<()> {
    let mut former = Vec::new();
    for merged in merged {
        let (gone, into) = (&merged.gone, merged.into(directory)?.id);
        let slugs = slug::Entity::update_many()
            .col_expr(slug::Column::NodeId, Expr::val(into))
            .filter(slug::Column::NodeId.eq(gone.id));
        slugs.exec(txn).await.map_err(Error::internal)?;
        ids::lead_on(txn, gone.id, into).await?;
        former.push((gone.public_id.clone(), into));
    }
    for change in changes {
        let kind = change.draft.kind();
        let slugs = change.draft.merged().iter();
        let ids = slugs.map(|slug| public_id::of_record(kind.node(), kind.word(), slug));
        let others = ids.filter(|id| *id != change.public_id);
        former.extend(others.map(|public_id| (public_id, change.id)));
    }
    ids::put(txn, former).await?;
    let gone: Vec<_> = merged.iter().map(|merged| merged.gone.id).collect();
    keep_history(txn, &gone).await?;
    batch::delete_nodes(txn, &gone).await
}

/// Says which merger is to blame.
fn refused(merged: Option<&Merged<'_>>, error: Error) -> Error {
    match (merged, error) {
        (
            Some(Merged { gone, draft }),
            error @ (Error::BadInput { .. } | Error::Conflict { .. }),
        ) => {
            let message = format_args!("once `{}` leads here, {error}", gone.slug);
            Error::conflict(at(draft, "merged", message))
        }
        (_, error) => error,
    }
}

/// Refuses a draft that does not name everything by which the record that goes can be found: on an installation that
/// never had that record, it would not be found.
async fn all_is_named(txn: &DatabaseTransaction, merged: &[Merged<'_>]) -> Result<()> {
    for Merged { gone, draft } in merged {
        let kind = draft.kind();
        let slugs = slug::Entity::find().filter(slug::Column::NodeId.eq(gone.id));
        for row in slugs.all(txn).await.map_err(Error::internal)? {
            if !draft.merged().contains(&row.slug) {
                let message = format!(
                    "{kind}/{} is known as `{}` too; name that here as well, so that it leads here for good",
                    gone.slug, row.slug
                );
                return Err(Error::conflict(at(draft, "merged", message)));
            }
        }
        let ids = external_id::Entity::find().filter(external_id::Column::NodeId.eq(gone.id));
        for row in ids.all(txn).await.map_err(Error::internal)? {
            let mut named = draft
                .common()
                .into_iter()
                .flat_map(|common| common.external_ids);
            if !named.any(|item| item.scheme == row.scheme && item.value == row.value) {
                let message = format!(
                    "{kind}/{}, which is merged into it, is {} `{}`; list that here, so that it is found by it",
                    gone.slug, row.scheme, row.value
                );
                return Err(Error::conflict(at(draft, "external_ids", message)));
            }
        }
    }
    Ok(())
}

/// The records that refer to one of `gone`, each with one that it refers to. Links rest on participations.
async fn referring(
    txn: &DatabaseTransaction,
    gone: Vec<NodeId>,
) -> Result<BTreeMap<NodeId, NodeId>> {
    let mut referring = BTreeMap::new();
    macro_rules! look {
        ($($table:ident: $owner:ident refers by $key:ident;)*) => {$(
            for gone in gone.chunks(CHUNK) {
                let found = $table::Entity::find()
                    .select_only()
                    .columns([$table::Column::$owner, $table::Column::$key])
                    .filter($table::Column::$key.is_in(gone.iter().copied()))
                    .into_tuple::<(NodeId, NodeId)>()
                    .all(txn)
                    .await
                    .map_err(Error::internal)?;
                referring.extend(found);
            }
        )*};
    }
    look! {
        membership: PersonId refers by OrganisationId;
        participation: ContextId refers by ParticipantId;
        affiliation: MemberId refers by BodyId;
        authorship: PublicationId refers by PersonId;
        publishing: PublicationId refers by OrganisationId;
        event_order: LaterId refers by EarlierId;
        organisation: Id refers by NewspaperId;
        campaign: Id refers by ParentId;
        campaign: Id refers by OrganisationId;
        claim: SubjectId refers by ValueNodeId;
    }
    referring.retain(|id, _| !gone.contains(id));
    Ok(referring)
}

/// A record as its newest revision has it.
struct Stored {
    id: NodeId,
    public_id: String,
    revision: i32,
    draft: Draft,
}

impl Stored {
    async fn load(txn: &DatabaseTransaction, ids: &[NodeId]) -> Result<Vec<Self>> {
        let mut revisions = newest(txn, ids).await?;
        let mut stored = Vec::with_capacity(ids.len());
        for ids in ids.chunks(CHUNK) {
            let nodes = node::Entity::find().filter(node::Column::Id.is_in(ids.iter().copied()));
            for node in nodes.all(txn).await.map_err(Error::internal)? {
                let kind = Kind::of_node(node.kind);
                let (Some(kind), Some((revision, content))) = (kind, revisions.remove(&node.id))
                else {
                    let what = anyhow::anyhow!("{} has no revision", node.public_id);
                    return Err(Error::internal(what));
                };
                stored.push(Self {
                    id: node.id,
                    public_id: node.public_id,
                    revision,
                    draft: Draft::parse(kind, &content).map_err(Error::internal)?,
                });
            }
        }
        Ok(stored)
    }

    /// Its rows as those of a record `id`; as many as could be made, where something is wrong with one.
    fn rows(
        &self,
        id: NodeId,
        public_id: &str,
        directory: &Directory,
        context: &Context<'_>,
    ) -> (Rows, Result<()>) {
        let mut rows = Rows::default();
        let record = Record::new(
            &self.draft,
            id,
            public_id.to_owned(),
            self.revision,
            directory,
            context,
            &mut rows,
        );
        let done = record.rows();
        (rows, done)
    }
}

/// Keeps the revisions of what goes, under the id that it had.
async fn keep_history(txn: &DatabaseTransaction, gone: &[NodeId]) -> Result<()> {
    use former_revision::Column;
    for gone in gone.chunks(CHUNK) {
        let of = |column: revision::Column| (revision::Entity, column);
        let kept = Query::select()
            .column((node::Entity, node::Column::PublicId))
            .column(of(revision::Column::Number))
            .column(of(revision::Column::Author))
            .column(of(revision::Column::Reason))
            .column(of(revision::Column::RecordedAt))
            .column(of(revision::Column::Content))
            .from(revision::Entity)
            .inner_join(
                node::Entity,
                Expr::col((node::Entity, node::Column::Id)).equals(of(revision::Column::NodeId)),
            )
            .and_where(Expr::col(of(revision::Column::NodeId)).is_in(gone.iter().copied()))
            .take();
        let mut insert = Query::insert();
        insert.into_table(former_revision::Entity).columns([
            Column::PublicId,
            Column::Number,
            Column::Author,
            Column::Reason,
            Column::RecordedAt,
            Column::Content,
        ]);
        insert.select_from(kept).map_err(Error::internal)?;
        txn.execute(&insert).await.map_err(Error::internal)?;
    }
    Ok(())
}
