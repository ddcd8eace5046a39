//! Records that turn out to be one: what becomes of all that referred to the one that goes, and what leads where.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod address;
mod chance;
mod reference;

use api::{
    check,
    write::{self, Draft, Kind},
};
use chrono::Duration;
use entity::{
    dataset, former_id, former_revision, id::NodeId, kind::NodeKind, node, revision, slug,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tests::{On, World, moment, on_both, save};

on_both! {
    the_history_of_what_is_gone_is_kept,
    a_slug_that_nobody_had_leads_here_as_well,
    what_cannot_be_one_is_refused_by_name,
    questions_by_old_ids_and_slugs_are_answered,
}

#[expect(clippy::needless_pass_by_value, reason = "it is written in place")]
fn draft(kind: Kind, content: Value) -> Draft {
    Draft::parse(kind, &content.to_string()).unwrap()
}

fn named(kind: Kind, slug: &str) -> Draft {
    draft(kind, json!({"slug": slug, "name": slug.to_uppercase()}))
}

fn organisation(slug: &str) -> Draft {
    named(Kind::Organisation, slug)
}

/// The record `slug`, as what `merged` turned out to be.
fn merging(kind: Kind, slug: &str, merged: &[&str]) -> Draft {
    draft(
        kind,
        json!({"slug": slug, "name": slug.to_uppercase(), "merged": merged}),
    )
}

fn book() -> Draft {
    draft(Kind::Source, json!({"slug": "book", "title": "Book"}))
}

fn event(slug: &str, kind: &str, parties: &[(&str, &str)]) -> Draft {
    let participants = parties
        .iter()
        .map(|(who, role)| json!({"participant": format!("organisation/{who}"), "role": role}));
    draft(
        Kind::Event,
        json!({
            "slug": slug,
            "name": slug.to_uppercase(),
            "kind": kind,
            "participants": participants.collect::<Vec<_>>(),
        }),
    )
}

/// Created, updated, unchanged, merged.
fn counts(report: &write::Report) -> [usize; 4] {
    [
        report.total().created,
        report.total().updated,
        report.total().unchanged,
        report.merged,
    ]
}

async fn world(on: On, drafts: &[Draft]) -> World {
    let world = World::empty(on).await.unwrap();
    save(&world, 0, drafts).await.unwrap();
    world
}

/// The node that a slug leads to.
async fn at(world: &World, kind: NodeKind, text: &str) -> NodeId {
    let found = slug::Entity::find_by_id((kind, text.to_owned()));
    let found = found.one(&world.database.reader).await.unwrap();
    found.unwrap().node_id
}

/// Keys and public ids of all nodes of a kind, by key.
async fn nodes(world: &World, kind: NodeKind) -> Vec<(NodeId, String)> {
    let nodes = node::Entity::find()
        .filter(node::Column::Kind.eq(kind))
        .order_by_asc(node::Column::Id);
    let nodes = nodes.all(&world.database.reader).await.unwrap();
    nodes
        .into_iter()
        .map(|node| (node.id, node.public_id))
        .collect()
}

/// What an id leads to that was given up.
async fn former(world: &World, id: &str) -> Option<NodeId> {
    let found = former_id::Entity::find_by_id(id.to_owned());
    let found = found.one(&world.database.reader).await.unwrap();
    found.map(|row| row.node_id)
}

/// Links follow from the events, and deriving them anew does nothing.
async fn links_are_right(world: &World) {
    let found = check::check(&world.database, None, check::SHOWN)
        .await
        .unwrap();
    assert_eq!(found.differences(), 0, "{found}");
    let now = moment() + Duration::days(99);
    let rebuilt = check::rebuild_links(&world.database, check::SHOWN, now).await;
    let rebuilt = rebuilt.unwrap().to_string();
    assert!(rebuilt.starts_with("nothing to do"), "{rebuilt}");
}

async fn the_history_of_what_is_gone_is_kept(on: On) {
    let second = draft(Kind::Organisation, json!({"slug": "a", "name": "Second"}));
    let world = world(on, &[organisation("a"), organisation("b")]).await;
    save(&world, 1, &[second]).await.unwrap();
    let id = nodes(&world, NodeKind::Organisation).await[0].1.clone();
    save(&world, 2, &[merging(Kind::Organisation, "b", &["a"])])
        .await
        .unwrap();
    let db = &world.database.reader;
    let kept = former_revision::Entity::find().order_by_asc(former_revision::Column::Number);
    let kept = kept.all(db).await.unwrap();
    let said: Vec<_> = kept
        .iter()
        .map(|row| (row.public_id.as_str(), row.number, row.content.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (id.as_str(), 1, r#"{"slug":"a","name":"A"}"#),
            (id.as_str(), 2, r#"{"slug":"a","name":"Second"}"#),
        ]
    );
    assert_eq!(kept[1].recorded_at, moment() + Duration::days(1));
    assert_eq!(
        (kept[1].author.as_str(), kept[1].reason.as_deref()),
        ("tester", Some("a test"))
    );
    let numbers = revision::Entity::find().order_by_asc(revision::Column::Number);
    let contents = numbers
        .all(db)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.content);
    assert_eq!(
        contents.collect::<Vec<_>>(),
        [
            r#"{"slug":"b","name":"B"}"#,
            r#"{"slug":"b","name":"B","merged":["a"]}"#,
        ]
    );
}

/// An installation that never had the other record answers its slug and its id all the same.
async fn a_slug_that_nobody_had_leads_here_as_well(on: On) {
    let had = world(on, &[organisation("a"), organisation("b")]).await;
    let id = nodes(&had, NodeKind::Organisation).await[0].1.clone();
    let never_had = World::empty(on).await.unwrap();
    for world in [&had, &never_had] {
        let draft = merging(Kind::Organisation, "b", &["a"]);
        save(world, 1, &[draft]).await.unwrap();
        let b = at(world, NodeKind::Organisation, "b").await;
        assert_eq!(at(world, NodeKind::Organisation, "a").await, b);
        assert_eq!(former(world, &id).await, Some(b));
        let refused = save(world, 2, &[organisation("a")]).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "organisation/a: slug: it is a former slug of organisation/b; take another, or name `b` among the former slugs"
        );
    }
}

async fn what_cannot_be_one_is_refused_by_name(on: On) {
    let known = json!([{"scheme": "wikidata", "value": "Q1"}]);
    let follows = json!([{"event": "e"}, {"event": "f"}]);
    let campaign = json!({"slug": "d", "name": "D", "parent": "c"});
    let drafts = [
        organisation("b"),
        organisation("a"),
        draft(
            Kind::Organisation,
            json!({"slug": "q", "name": "Q", "external_ids": known, "affiliations": [{"body": "a"}]}),
        ),
        event("split", "SPLIT", &[("a", "origin"), ("b", "resulting")]),
        named(Kind::Event, "e"),
        named(Kind::Event, "f"),
        draft(
            Kind::Event,
            json!({"slug": "g", "name": "G", "follows": follows}),
        ),
        named(Kind::Campaign, "c"),
        draft(Kind::Campaign, campaign.clone()),
    ];
    let world = world(on, &drafts).await;
    let state = async || {
        let db = &world.database.reader;
        (
            node::Entity::find().count(db).await.unwrap(),
            dataset::Entity::find().one(db).await.unwrap(),
        )
    };
    let before = state().await;
    let refused = async |drafts: &[Draft]| {
        let error = save(&world, 1, drafts).await.unwrap_err();
        assert_eq!(state().await, before);
        format!("{}: {error}", error.code())
    };
    assert_eq!(
        refused(&[merging(Kind::Organisation, "b", &["a"])]).await,
        "CONFLICT: organisation/b: merged: once `a` leads here, event/split: participants: organisation/b would come out \
         of itself; give the new body a record of its own, or leave out one of its roles"
    );
    assert_eq!(
        refused(&[merging(Kind::Event, "e", &["f"])]).await,
        "CONFLICT: event/e: merged: once `f` leads here, event/g: follows[1].event: event/e stands in the list already; \
         name it once"
    );
    assert_eq!(
        refused(&[merging(Kind::Organisation, "a", &["q"])]).await,
        "CONFLICT: organisation/a: external_ids: organisation/q, which is merged into it, is wikidata `Q1`; list that \
         here, so that it is found by it"
    );
    let mut lies_in_itself = draft(Kind::Campaign, campaign);
    if let write::Content::Campaign(content) = &mut lies_in_itself.content {
        content.merged = vec!["c".to_owned()];
    }
    assert_eq!(
        refused(&[lies_in_itself]).await,
        "BAD_USER_INPUT: campaign/d: parent: a campaign cannot be a part of itself"
    );
    assert_eq!(
        refused(&[merging(Kind::Organisation, "b", &["q"]), organisation("q")]).await,
        "BAD_USER_INPUT: organisation/b: merged: `q` is a slug of organisation/q too; a slug leads to one record for good"
    );
    let former = json!({"slug": "b", "name": "B", "former_slugs": ["q"]});
    assert_eq!(
        refused(&[draft(Kind::Organisation, former)]).await,
        "CONFLICT: organisation/b: former_slugs: `q` leads to another organisation (q); if that is the same one, name its \
         slugs under `merged`"
    );
    // With what stood against it put right in the same write, it goes.
    let listed = json!({"slug": "a", "name": "A", "merged": ["q"], "external_ids": known});
    let right = event(
        "split",
        "CONFERENCE",
        &[("a", "origin"), ("b", "resulting")],
    );
    let report = save(&world, 2, &[draft(Kind::Organisation, listed), right])
        .await
        .unwrap();
    assert_eq!(counts(&report), [0, 2, 0, 1]);
    links_are_right(&world).await;
}

async fn questions_by_old_ids_and_slugs_are_answered(on: On) {
    let split = event("e", "SPLIT", &[("a", "origin"), ("c", "resulting")]);
    let bodies = ["a", "b", "c"].map(organisation);
    let world = world(on, &[&bodies[..], &[split]].concat()).await;
    let ids = nodes(&world, NodeKind::Organisation).await;
    let link = nodes(&world, NodeKind::LineageLink).await[0].1.clone();
    let (a, b, c) = (&ids[0].1, &ids[1].1, &ids[2].1);
    save(&world, 1, &[merging(Kind::Organisation, "b", &["a"])])
        .await
        .unwrap();
    let query = "query ($a: ID!, $b: ID!, $c: ID!, $link: ID!) {
        organisation(by: {id: $a}) { id slug }
        old: organisation(by: {slug: \"a\"}) { id }
        node(id: $a) { id }
        link: node(id: $link) { ... on LineageLink { predecessor { id } } }
        nodes(ids: [$a, $b]) { id }
        lineage(of: [$a]) { nodes { organisation { id } } }
        commonAncestors(of: [$a, $c]) { organisation { id } }
        paths(from: $a, to: $c) { steps { from { id } to { id } } }
    }";
    let variables = json!({"a": a, "b": b, "c": c, "link": link});
    let answer = world.ask_with(query, variables).await.body;
    assert_eq!(
        answer["data"],
        json!({
            "organisation": {"id": b, "slug": "b"},
            "old": {"id": b},
            "node": {"id": b},
            "link": {"predecessor": {"id": b}},
            "nodes": [{"id": b}, {"id": b}],
            "lineage": {"nodes": [{"organisation": {"id": b}}, {"organisation": {"id": c}}]},
            "commonAncestors": [{"organisation": {"id": b}}],
            "paths": [{"steps": [{"from": {"id": b}, "to": {"id": c}}]}],
        }),
        "{answer}"
    );
}
