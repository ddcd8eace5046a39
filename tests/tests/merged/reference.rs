//! What refers to what: every foreign key that could hold a record back.

use api::write::Kind;
use entity::revision;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Statement};
use serde_json::json;
use tests::{On, World, on_both, save};

use crate::{at, book, counts, draft, event, links_are_right, merging, named, organisation, world};

on_both! {
    what_referred_to_it_refers_to_the_other,
}

async fn count(world: &World, sql: String) -> i64 {
    let db = &world.database.reader;
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "count").unwrap()
}

/// Foreign keys that keep a record from being deleted, as table and column. Steps are the same for both databases.
async fn holding_keys() -> Vec<(String, String)> {
    let world = World::empty(On::Sqlite).await.unwrap();
    let db = &world.database.reader;
    let sql = "SELECT m.name AS name, f.\"from\" AS key FROM sqlite_master m, pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND f.on_delete <> 'CASCADE'
        AND f.\"table\" IN ('node', 'organisation', 'person', 'campaign', 'publication', 'event') ORDER BY 1, 2";
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| {
            (
                row.try_get("", "name").unwrap(),
                row.try_get("", "key").unwrap(),
            )
        })
        .collect()
}

async fn what_referred_to_it_refers_to_the_other(on: On) {
    let twins = [
        (Kind::Organisation, "a", "b"),
        (Kind::Person, "p", "q"),
        (Kind::Campaign, "c", "d"),
        (Kind::Publication, "n", "m"),
        (Kind::Event, "e", "f"),
    ];
    let mut drafts = vec![book(), organisation("y")];
    for (kind, gone, stays) in twins {
        drafts.extend([named(kind, gone), named(kind, stays)]);
    }
    // Each refers to what goes at one place alone, so that it is found by that.
    let own = drafts.len();
    let claim = json!({"source": "book", "value": "A", "node": "organisation/a"});
    let member = json!({"organisation": "a", "role": "member"});
    let referring = [
        (Kind::Organisation, json!({"newspaper": "n"})),
        (Kind::Organisation, json!({"affiliations": [{"body": "a"}]})),
        (
            Kind::Organisation,
            json!({"claims": {"successors": [claim]}}),
        ),
        (Kind::Person, json!({"memberships": [member]})),
        (Kind::Publication, json!({"authors": [{"person": "p"}]})),
        (
            Kind::Publication,
            json!({"publishers": [{"organisation": "a"}]}),
        ),
        (Kind::Campaign, json!({"parent": "c"})),
        (Kind::Campaign, json!({"organisation": "a"})),
        (Kind::Event, json!({"follows": [{"event": "e"}]})),
    ];
    for (number, (kind, mut content)) in referring.into_iter().enumerate() {
        content["slug"] = format!("refers-{number}").into();
        content["name"] = "Refers".into();
        drafts.push(draft(kind, content));
    }
    drafts.extend([
        event("left", "SPLIT", &[("a", "origin"), ("y", "resulting")]),
        event("joined", "MERGER", &[("y", "ceased"), ("a", "resulting")]),
    ]);
    let world = world(on, &drafts).await;
    let keys = holding_keys().await;
    let referring = async |slug: usize| {
        let mut referring = Vec::new();
        for (table, key) in &keys {
            let mut ids = Vec::new();
            for (kind, gone, stays) in twins {
                ids.push(
                    at(&world, kind.node(), [gone, stays][slug])
                        .await
                        .to_string(),
                );
            }
            let ids = ids.join(",");
            let sql = format!("SELECT count(*) AS count FROM {table} WHERE {key} IN ({ids})");
            if count(&world, sql).await > 0 {
                referring.push((table.clone(), key.clone()));
            }
        }
        referring
    };
    // Every key there is refers to something that goes, so none can be forgotten.
    assert!(keys.len() >= 12, "{keys:?}");
    assert_eq!(referring(0).await, keys);

    let merged = twins.map(|(kind, gone, stays)| merging(kind, stays, &[gone]));
    let report = save(&world, 1, &merged).await.unwrap();
    assert_eq!(counts(&report), [0, 5, 0, 5]);
    assert_eq!(referring(1).await, keys);
    for (position, (kind, gone, stays)) in twins.into_iter().enumerate() {
        let stays = at(&world, kind.node(), stays).await;
        assert_eq!(stays, report.nodes[position]);
        assert_eq!(at(&world, kind.node(), gone).await, stays);
    }
    links_are_right(&world).await;

    // What referred to it has no new revision: it says what it said.
    let written = save(&world, 2, &drafts[own..]).await.unwrap();
    assert_eq!(counts(&written), [0, 0, 11, 0]);
    let numbers = revision::Entity::find().filter(revision::Column::Number.gt(1));
    assert_eq!(numbers.count(&world.database.reader).await.unwrap(), 5);
}
