//! Records merged by chance, of data sets made up by chance. What holds then holds for whatever is merged: links
//! follow from events, every address leads on, nothing changes when all is saved again, and the same drafts give the
//! same ids where there never were two records.

use std::collections::{BTreeMap, BTreeSet};

use api::{
    error::Error,
    generate,
    write::{Draft, Kind},
};
use entity::{claim, external_id, former_id, id::NodeId, node, revision, slug};
use proptest::{collection::vec, prelude::*, sample::Index, test_runner};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tests::{On, World, on_both, save};

use crate::links_are_right;

on_both! {
    whatever_is_merged,
}

/// Kinds of entity, those that others refer to most more often.
const KINDS: [Kind; 8] = [
    Kind::Organisation,
    Kind::Organisation,
    Kind::Organisation,
    Kind::Event,
    Kind::Event,
    Kind::Person,
    Kind::Publication,
    Kind::Campaign,
];

/// How many of a kind are chosen from.
const AMONG: usize = 10;

/// Which kind, and which two of it.
type Pair = (Index, Index, Index);

async fn whatever_is_merged(on: On) {
    let config = test_runner::Config {
        cases: 4,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..test_runner::Config::default()
    };
    let random = test_runner::TestRng::deterministic_rng(config.rng_algorithm);
    let mut runner = test_runner::TestRunner::new_with_rng(config, random);
    let pairs = vec(any::<Pair>(), 30);
    let handle = tokio::runtime::Handle::current();
    // The runner knows nothing of futures; a thread of its own may wait for them.
    let done = tokio::task::spawn_blocking(move || {
        runner.run(&(any::<u64>(), pairs), |(seed, pairs)| {
            handle.block_on(merge(on, seed, &pairs));
            Ok(())
        })
    });
    done.await.unwrap().unwrap();
}

async fn merge(on: On, seed: u64, pairs: &[Pair]) {
    let world = World::empty(on).await.unwrap();
    for drafts in generate::batches(40, seed) {
        save(&world, 0, &drafts).await.unwrap();
    }
    let (mut given, mut found) = (BTreeMap::new(), BTreeSet::new());
    let mut done = 0;
    for (kind, gone, stays) in pairs {
        let live = newest(&world).await;
        let kind = *kind.get(&KINDS);
        // Few enough for what was merged to be merged again, and for kin to meet.
        let of_kind = live.values().filter(|draft| draft.kind() == kind);
        let of_kind: Vec<_> = of_kind.take(AMONG).collect();
        let (gone, stays) = (gone.get(&of_kind), stays.get(&of_kind));
        if gone.slug == stays.slug {
            continue;
        }
        given.extend(ids(&world).await);
        found.extend(records(&world).await);
        let saved = save(&world, 1, &[both(&world, gone, stays).await]).await;
        if let Ok(report) = saved {
            assert_eq!(report.merged, 1);
            done += 1;
        } else {
            let refused = matches!(saved, Err(Error::Conflict { .. } | Error::BadInput { .. }));
            assert!(refused, "{saved:?}");
        }
    }
    assert!(done > 0);
    links_are_right(&world).await;

    let (ids, former) = (ids(&world).await, former(&world).await);
    assert!(ids.keys().all(|id| !former.contains_key(id)));
    let leads = |id: &String| ids.get(id).or_else(|| former.get(id));
    assert!(found.iter().all(|id| leads(id).is_some()));
    let keys: BTreeSet<_> = ids.values().collect();
    for (id, key) in given.iter().filter(|(_, key)| keys.contains(key)) {
        assert_eq!(leads(id), Some(key), "{id}");
    }

    let mut drafts: Vec<_> = newest(&world).await.into_values().collect();
    let again = save(&world, 2, &drafts).await.unwrap();
    assert_eq!(again.total().unchanged, drafts.len());

    let afresh = World::empty(on).await.unwrap();
    save(&afresh, 3, &drafts).await.unwrap();
    let public = |ids: &BTreeMap<String, NodeId>| ids.keys().cloned().collect::<Vec<_>>();
    assert_eq!(public(&self::ids(&afresh).await), public(&ids));
    assert_eq!(claims(&afresh).await, claims(&world).await);
    assert_eq!(slugs(&afresh).await, slugs(&world).await);
    let known = self::former(&afresh).await.into_keys();
    assert_eq!(known.filter(|id| !former.contains_key(id)).count(), 0);

    for draft in &mut drafts {
        *draft = noted(draft);
    }
    save(&world, 4, &drafts).await.unwrap();
    assert_eq!(self::ids(&world).await, ids);
    assert_eq!(self::former(&world).await, former);
    links_are_right(&world).await;
}

/// What the record `stays` says, with all that the other is found by.
async fn both(world: &World, gone: &Draft, stays: &Draft) -> Draft {
    let db = &world.database.reader;
    let found = slug::Entity::find_by_id((gone.kind().node(), gone.slug.clone()));
    let node = found.one(db).await.unwrap().unwrap().node_id;
    let slugs = slug::Entity::find().filter(slug::Column::NodeId.eq(node));
    let slugs = slugs
        .all(db)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.slug.into());
    let ids = external_id::Entity::find().filter(external_id::Column::NodeId.eq(node));
    let ids = ids.all(db).await.unwrap().into_iter();
    let ids = ids.map(|row| json!({"scheme": row.scheme, "value": row.value}));
    let mut content = serde_json::to_value(stays).unwrap();
    for (field, more) in [
        ("merged", slugs.collect::<Vec<Value>>()),
        ("external_ids", ids.collect()),
    ] {
        let list = &mut content[field];
        if list.is_null() {
            *list = json!([]);
        }
        list.as_array_mut().unwrap().extend(more);
    }
    crate::draft(stays.kind(), content)
}

/// The draft with a word more, where there is room for one.
fn noted(draft: &Draft) -> Draft {
    let mut content = serde_json::to_value(draft).unwrap();
    if draft.kind().is_entity() {
        content["summary"] = "Looked at again.".into();
    }
    crate::draft(draft.kind(), content)
}

/// The newest draft of each record.
async fn newest(world: &World) -> BTreeMap<NodeId, Draft> {
    let db = &world.database.reader;
    let revisions = revision::Entity::find()
        .find_also_related(node::Entity)
        .order_by_asc(revision::Column::Number);
    let mut drafts = BTreeMap::new();
    for (revision, node) in revisions.all(db).await.unwrap() {
        let node = node.unwrap();
        let kind = Kind::ALL.into_iter().find(|kind| kind.node() == node.kind);
        let draft = Draft::parse(kind.unwrap(), &revision.content).unwrap();
        drafts.insert(node.id, draft);
    }
    drafts
}

/// Every public id, with what has it.
async fn ids(world: &World) -> BTreeMap<String, NodeId> {
    let nodes = node::Entity::find().all(&world.database.reader);
    let nodes = nodes.await.unwrap().into_iter();
    nodes.map(|node| (node.public_id, node.id)).collect()
}

/// The public ids of records.
async fn records(world: &World) -> Vec<String> {
    let db = &world.database.reader;
    let slugs = slug::Entity::find().find_also_related(node::Entity);
    let slugs = slugs.all(db).await.unwrap().into_iter();
    slugs.map(|(_, node)| node.unwrap().public_id).collect()
}

async fn former(world: &World) -> BTreeMap<String, NodeId> {
    let rows = former_id::Entity::find().all(&world.database.reader);
    let rows = rows.await.unwrap().into_iter();
    rows.map(|row| (row.public_id, row.node_id)).collect()
}

/// Claims by their public ids, with their values.
async fn claims(world: &World) -> BTreeMap<String, (String, Option<String>)> {
    let rows = claim::Entity::find().all(&world.database.reader);
    let rows = rows.await.unwrap().into_iter();
    rows.map(|row| (row.public_id, (row.property, row.value)))
        .collect()
}

/// Slugs, with the ids of what they lead to.
async fn slugs(world: &World) -> BTreeSet<(String, String)> {
    let db = &world.database.reader;
    let slugs = slug::Entity::find().find_also_related(node::Entity);
    let slugs = slugs.all(db).await.unwrap().into_iter();
    slugs
        .map(|(row, node)| {
            (
                format!("{}/{}", row.kind.as_str(), row.slug),
                node.unwrap().public_id,
            )
        })
        .collect()
}
