//! Ids: each that was ever given out for what is kept leads to it, and the next save finds it.

use api::write::{Content, Kind};
use entity::{claim, dataset, id::NodeId, kind::NodeKind};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use tests::{On, on_both, save};

use crate::{
    at, book, counts, draft, event, former, links_are_right, merging, nodes, organisation, world,
};

on_both! {
    every_id_leads_on_and_the_next_save_finds_its_rows,
    what_both_say_is_said_once_and_keeps_its_addresses,
    equal_rows_stay_apart,
    one_after_another,
}

async fn every_id_leads_on_and_the_next_save_finds_its_rows(on: On) {
    let member = |of: &str, role: &str| json!({"organisation": of, "role": role, "claims": [{"locator": "p. 1"}]});
    let person = |name: &str, memberships: Value| {
        draft(
            Kind::Person,
            json!({"slug": "p", "name": name, "source": "book", "memberships": memberships}),
        )
    };
    let first = json!([member("a", "chair"), member("b", "member")]);
    let split = event("e", "SPLIT", &[("a", "origin"), ("c", "resulting")]);
    let drafts = [
        book(),
        organisation("a"),
        organisation("b"),
        organisation("c"),
        person("P", first.clone()),
        split,
    ];
    let world = world(on, &drafts).await;
    let db = &world.database.reader;
    let before = nodes(&world, NodeKind::Membership).await;
    let (parts, links) = (
        nodes(&world, NodeKind::Participation).await,
        nodes(&world, NodeKind::LineageLink).await,
    );
    let organisations = nodes(&world, NodeKind::Organisation).await;
    let claims = claim::Entity::find().order_by_asc(claim::Column::Id);
    let recorded = claims.clone().all(db).await.unwrap();

    save(&world, 1, &[merging(Kind::Organisation, "b", &["a"])])
        .await
        .unwrap();
    let after = nodes(&world, NodeKind::Membership).await;
    let (chair, member_of_b) = (&before[0], &before[1]);
    // The rows keep their keys; the one whose id named what is gone has another, and the old one leads to it.
    assert_eq!(after[1], *member_of_b);
    assert_eq!(after[0].0, chair.0);
    assert_ne!(after[0].1, chair.1);
    assert_eq!(former(&world, &chair.1).await, Some(chair.0));
    assert_eq!(former(&world, &member_of_b.1).await, None);
    for (old, kind) in [
        (&parts[0], NodeKind::Participation),
        (&links[0], NodeKind::LineageLink),
    ] {
        let new = nodes(&world, kind).await;
        assert_eq!(new[0].0, old.0);
        assert_eq!(former(&world, &old.1).await, Some(old.0));
    }
    // So does what is gone itself.
    assert_eq!(organisations[0].1.get(..4), Some("org_"));
    let b = at(&world, NodeKind::Organisation, "b").await;
    assert_eq!(former(&world, &organisations[0].1).await, Some(b));
    let kept = claims.all(db).await.unwrap();
    assert_eq!(kept.len(), 2);
    for (kept, recorded) in kept.iter().zip(&recorded) {
        assert_eq!(
            (kept.id, kept.recorded_at),
            (recorded.id, recorded.recorded_at)
        );
        assert_eq!(kept.value.as_deref(), Some("B"));
        assert_eq!(kept.value_node_id, Some(b));
    }

    // Their owner is written again, by the old slug and by the new one, and they stay what they are.
    let renamed = person("Renamed", first);
    let by_new_slug = person(
        "Renamed",
        json!([member("b", "chair"), member("b", "member")]),
    );
    for (days, draft) in [(2, renamed), (3, by_new_slug)] {
        let report = save(&world, days, &[draft]).await.unwrap();
        assert_eq!(counts(&report), [0, 1, 0, 0]);
        assert_eq!(nodes(&world, NodeKind::Membership).await, after);
        let claims = claim::Entity::find().order_by_asc(claim::Column::Id);
        assert_eq!(claims.all(db).await.unwrap(), kept);
    }
    // What is left out at last goes with the ids that led to it.
    save(
        &world,
        4,
        &[person("Renamed", json!([member("b", "member")]))],
    )
    .await
    .unwrap();
    assert_eq!(
        nodes(&world, NodeKind::Membership).await,
        std::slice::from_ref(member_of_b)
    );
    assert_eq!(former(&world, &chair.1).await, None);
    links_are_right(&world).await;
}

async fn what_both_say_is_said_once_and_keeps_its_addresses(on: On) {
    // Two archives told of one split, and of one organisation.
    let bodies = ["a", "a2", "b"].map(organisation);
    let one = event("one", "SPLIT", &[("a", "origin"), ("b", "resulting")]);
    let two = event(
        "two",
        "SPLIT",
        &[("a2", "origin"), ("a", "origin"), ("b", "resulting")],
    );
    let world = world(on, &[&bodies[..], &[one, two]].concat()).await;
    let links = nodes(&world, NodeKind::LineageLink).await;
    assert_eq!(links.len(), 3);

    save(&world, 1, &[merging(Kind::Organisation, "a", &["a2"])])
        .await
        .unwrap();
    let fewer = nodes(&world, NodeKind::LineageLink).await;
    assert_eq!(fewer.len(), 2);
    for (id, _) in &fewer {
        assert!(links.iter().any(|(link, _)| link == id));
    }

    let mut one = event("one", "SPLIT", &[("a", "origin"), ("b", "resulting")]);
    if let Content::Event(content) = &mut one.content {
        content.merged = vec!["two".to_owned()];
    }
    save(&world, 2, &[one]).await.unwrap();
    let last = nodes(&world, NodeKind::LineageLink).await;
    assert_eq!(last.len(), 1);
    // Whichever address of the split somebody kept, it is found.
    for (_, id) in &links {
        let leads = former(&world, id)
            .await
            .or_else(|| (*id == last[0].1).then_some(last[0].0));
        assert_eq!(leads, Some(last[0].0), "{id}");
    }
    assert_eq!(nodes(&world, NodeKind::Participation).await.len(), 2);
    links_are_right(&world).await;
}

async fn equal_rows_stay_apart(on: On) {
    let member = |of: &str, post: &str| json!({"organisation": of, "role": "member", "post": post});
    let person = draft(
        Kind::Person,
        json!({"slug": "p", "name": "P", "memberships": [member("a", "x"), member("b", "y"), member("a", "z")]}),
    );
    let world = world(on, &[organisation("a"), organisation("b"), person.clone()]).await;
    let before = nodes(&world, NodeKind::Membership).await;
    save(&world, 1, &[merging(Kind::Organisation, "b", &["a"])])
        .await
        .unwrap();
    let after = nodes(&world, NodeKind::Membership).await;
    let keys = |nodes: &[(NodeId, String)]| nodes.iter().map(|node| node.0).collect::<Vec<_>>();
    assert_eq!(keys(&after), keys(&before));
    for (key, id) in &before {
        let own = after.iter().any(|node| node.1 == *id);
        assert_ne!(own, former(&world, id).await.is_some(), "{key}: {id}");
    }
    let mut again = person;
    if let Content::Person(content) = &mut again.content {
        content.summary = Some("Thrice a member.".to_owned());
    }
    save(&world, 2, &[again]).await.unwrap();
    assert_eq!(nodes(&world, NodeKind::Membership).await, after);
}

async fn one_after_another(on: On) {
    let person = draft(
        Kind::Person,
        json!({"slug": "p", "name": "P", "memberships": [{"organisation": "a", "role": "member"}]}),
    );
    let bodies = ["a", "b", "c"].map(organisation);
    let world = world(on, &[&bodies[..], &[person]].concat()).await;
    let organisations = nodes(&world, NodeKind::Organisation).await;
    let membership = nodes(&world, NodeKind::Membership).await;
    let merge = async |days, slug, merged: &[&str]| {
        let draft = merging(Kind::Organisation, slug, merged);
        save(&world, days, &[draft])
            .await
            .map(|report| counts(&report))
    };
    assert_eq!(merge(1, "b", &["a"]).await.unwrap(), [0, 1, 0, 1]);
    let middle = nodes(&world, NodeKind::Membership).await;
    assert_eq!(merge(2, "b", &["a"]).await.unwrap(), [0, 0, 1, 0]);
    assert_eq!(
        merge(2, "c", &["b"]).await.unwrap_err().to_string(),
        "organisation/c: merged: organisation/b is known as `a` too; name that here as well, so that it leads here for good"
    );
    assert_eq!(merge(3, "c", &["b", "a"]).await.unwrap(), [0, 1, 0, 1]);
    let c = at(&world, NodeKind::Organisation, "c").await;
    assert_eq!(
        nodes(&world, NodeKind::Organisation).await,
        [(c, organisations[2].1.clone())]
    );
    for slug in ["a", "b"] {
        assert_eq!(at(&world, NodeKind::Organisation, slug).await, c);
    }
    for id in &organisations[..2] {
        assert_eq!(former(&world, &id.1).await, Some(c));
    }
    for id in [&membership[0], &middle[0]] {
        assert_eq!(former(&world, &id.1).await, Some(membership[0].0));
    }
    let data = dataset::Entity::find().one(&world.database.reader).await;
    let revision = data.unwrap().unwrap().revision;
    assert_eq!(merge(4, "c", &["b", "a"]).await.unwrap(), [0, 0, 1, 0]);
    let data = dataset::Entity::find().one(&world.database.reader).await;
    assert_eq!(data.unwrap().unwrap().revision, revision);
    // It may even take over a slug of what was merged into it.
    let renamed = json!({"slug": "a", "name": "A", "former_slugs": ["c"], "merged": ["b", "a"]});
    let report = save(&world, 5, &[draft(Kind::Organisation, renamed)])
        .await
        .unwrap();
    assert_eq!((counts(&report), report.nodes[0]), ([0, 1, 0, 0], c));
}
