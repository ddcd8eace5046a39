//! What slugs lead to: the records that drafts are, and the ones they refer to.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::id::NodeId;
use entity::{campaign, event, organisation, person, place, publication, slug, source, topic};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

use super::batch::CHUNK;
use super::draft::{Draft, Kind};
use super::parts::Parts;
use super::{at, public_id};
use crate::error::{Error, Result};

/// A record that can be referred to.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub id: NodeId,
    pub public_id: String,
    /// Its current slug; for a record that is being written, the one it had before.
    pub slug: String,
    pub name: String,
}

/// The record that a draft is.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    /// `None`: the record does not exist yet.
    pub id: Option<NodeId>,
    pub public_id: String,
}

/// Everything that the slugs in a set of drafts lead to.
#[derive(Clone, Default)]
pub(crate) struct Directory {
    targets: Vec<Target>,
    by_slug: HashMap<(Kind, String), usize>,
}

/// The slugs of a kind that lead to a record, among these.
pub(super) async fn owners_of_slugs(
    txn: &DatabaseTransaction,
    kind: Kind,
    slugs: &[&str],
) -> Result<Vec<slug::Model>> {
    let mut found = Vec::with_capacity(slugs.len());
    for slugs in slugs.chunks(CHUNK) {
        let rows = slug::Entity::find()
            .filter(slug::Column::Kind.eq(kind.node()))
            .filter(slug::Column::Slug.is_in(slugs.iter().copied()))
            .all(txn)
            .await;
        found.extend(rows.map_err(Error::internal)?);
    }
    Ok(found)
}

impl Directory {
    /// Looks up every slug that the drafts have, had or refer to.
    pub async fn load<'a>(
        txn: &DatabaseTransaction,
        drafts: impl IntoIterator<Item = &'a Draft>,
        parts: &[Parts<'_>],
    ) -> Result<Self> {
        let mut wanted: HashMap<Kind, BTreeSet<&str>> = HashMap::new();
        for draft in drafts {
            let slugs = wanted.entry(draft.kind()).or_default();
            slugs.extend(draft.slugs().map(String::as_str));
        }
        for (_, reference) in parts.iter().flat_map(|parts| &parts.references) {
            if let Some(kind) = reference.kind {
                wanted.entry(kind).or_default().insert(reference.slug);
            }
        }
        let mut directory = Self::default();
        for kind in Kind::ALL {
            let slugs: Vec<_> = wanted.remove(&kind).into_iter().flatten().collect();
            directory.load_kind(txn, kind, &slugs).await?;
        }
        Ok(directory)
    }

    async fn load_kind(
        &mut self,
        txn: &DatabaseTransaction,
        kind: Kind,
        slugs: &[&str],
    ) -> Result<()> {
        let found = owners_of_slugs(txn, kind, slugs).await?;
        let ids: HashSet<NodeId> = found.iter().map(|row| row.node_id).collect();
        let mut positions = HashMap::new();
        for target in records(txn, kind, ids).await? {
            positions.insert(target.id, self.targets.len());
            self.targets.push(target);
        }
        for row in found {
            if let Some(position) = positions.get(&row.node_id) {
                self.by_slug.insert((kind, row.slug), *position);
            }
        }
        Ok(())
    }

    pub fn get(&self, kind: Kind, slug: &str) -> Option<&Target> {
        let position = self.by_slug.get(&(kind, slug.to_owned()))?;
        self.targets.get(*position)
    }

    /// Which record a draft is: the one that its slug or one of its former slugs leads to, or a new one.
    pub fn identify(&self, draft: &Draft) -> Result<Identity> {
        let kind = draft.kind();
        let former = draft.former_slugs();
        let mut found: Option<&Target> = None;
        for slug in std::iter::once(&draft.slug).chain(former) {
            let Some(target) = self.get(kind, slug) else {
                continue;
            };
            if found.is_some_and(|other| other.id != target.id) {
                return Err(Error::conflict(at(
                    draft,
                    "former_slugs",
                    format_args!(
                        "`{slug}` leads to another {kind} ({}); if that is the same one, name its slugs under `merged`",
                        target.slug
                    ),
                )));
            }
            found = Some(target);
        }
        let Some(target) = found else {
            let first = former.first().unwrap_or(&draft.slug);
            return Ok(Identity {
                id: None,
                public_id: public_id::of_record(kind.node(), kind.word(), first),
            });
        };
        if target.slug != draft.slug && !former.contains(&target.slug) {
            return Err(Error::conflict(at(
                draft,
                "slug",
                format_args!(
                    "it is a former slug of {kind}/{}; take another, or name `{}` among the former slugs",
                    target.slug, target.slug
                ),
            )));
        }
        Ok(Identity {
            id: Some(target.id),
            public_id: target.public_id.clone(),
        })
    }

    /// Makes a draft's slugs lead to its record, under the name it now has.
    pub fn enter(&mut self, draft: &Draft, id: NodeId, public_id: String) {
        let position = self.targets.len();
        self.targets.push(Target {
            id,
            public_id,
            slug: draft.slug.clone(),
            name: draft.name().to_owned(),
        });
        for slug in draft.slugs() {
            self.by_slug.insert((draft.kind(), slug.clone()), position);
        }
    }

    /// Makes all that leads to a record lead to `target`.
    pub fn redirect(&mut self, id: NodeId, target: &Target) {
        for old in self.targets.iter_mut().filter(|old| old.id == id) {
            old.clone_from(target);
        }
    }
}

/// The records of one kind with these keys.
pub(crate) async fn records(
    txn: &DatabaseTransaction,
    kind: Kind,
    ids: HashSet<NodeId>,
) -> Result<Vec<Target>> {
    let ids: Vec<NodeId> = ids.into_iter().collect();
    let mut records = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        macro_rules! select {
            ($table:ident, $name:ident) => {
                $table::Entity::find()
                    .select_only()
                    .columns([
                        $table::Column::Id,
                        $table::Column::PublicId,
                        $table::Column::Slug,
                        $table::Column::$name,
                    ])
                    .filter($table::Column::Id.is_in(ids.iter().copied()))
                    .into_tuple::<(NodeId, String, String, String)>()
                    .all(txn)
                    .await
            };
        }
        let rows = match kind {
            Kind::Topic => select!(topic, Name),
            Kind::Place => select!(place, Name),
            Kind::Source => select!(source, Title),
            Kind::Person => select!(person, Name),
            Kind::Publication => select!(publication, Name),
            Kind::Organisation => select!(organisation, Name),
            Kind::Campaign => select!(campaign, Name),
            Kind::Event => select!(event, Name),
        };
        let rows = rows.map_err(Error::internal)?.into_iter();
        records.extend(rows.map(|(id, public_id, slug, name)| Target {
            id,
            public_id,
            slug,
            name,
        }));
    }
    Ok(records)
}
