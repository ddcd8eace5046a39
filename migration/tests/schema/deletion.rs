//! What goes when an entity goes, and what stops it from going.

use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::database::{on_both, texts, up};

/// A person (1) who is a member (3, supported by a claim from the source 4) of an organisation (2), and has a name (5).
const WORLD: &str = "
    INSERT INTO node (id, kind, public_id) VALUES
        (1, 'PERSON', 'per_1'), (2, 'ORGANISATION', 'org_2'), (3, 'MEMBERSHIP', 'mem_3'), (4, 'SOURCE', 'src_4'),
        (5, 'NAME', 'nam_5');
    INSERT INTO slug (kind, slug, node_id) VALUES ('PERSON', 'one', 1), ('ORGANISATION', 'two', 2);
    INSERT INTO person (id, public_id, slug, name, name_folded, revision) VALUES (1, 'per_1', 'one', 'One', 'one', 1);
    INSERT INTO organisation (id, public_id, slug, name, name_folded, kind, status, revision)
        VALUES (2, 'org_2', 'two', 'Two', 'two', 'GROUP', 'UNKNOWN', 1);
    INSERT INTO source (id, public_id, slug, title, kind) VALUES (4, 'src_4', 'four', 'Four', 'BOOK');
    INSERT INTO name (id, public_id, node_id, text, kind, preferred, ordinal)
        SELECT 5, 'nam_5', 1, 'One', 'OFFICIAL', revision = 1, 0 FROM person;
    INSERT INTO membership (id, public_id, person_id, organisation_id, role, status, ordinal)
        VALUES (3, 'mem_3', 1, 2, 'member', 'STATED', 0);
    INSERT INTO claim (public_id, subject_id, property, about_id, rank, status, source_id, recorded_by, recorded_at, ordinal)
        VALUES ('clm_1', 1, 'organisations', 3, 'NORMAL', 'STATED', 4, 'test', '2026-11-22T00:00:00+00:00', 0);
    INSERT INTO search_document (id, kind, name_tokens, names_tokens, summary_tokens)
        VALUES (1, 'PERSON', 'one', '', '');";

async fn left(db: &DatabaseConnection) -> String {
    let rows = "SELECT 'node ' || public_id AS text FROM node
        UNION ALL SELECT 'slug ' || slug FROM slug
        UNION ALL SELECT 'person ' || public_id FROM person
        UNION ALL SELECT 'organisation ' || public_id FROM organisation
        UNION ALL SELECT 'source ' || public_id FROM source
        UNION ALL SELECT 'name ' || public_id FROM name
        UNION ALL SELECT 'membership ' || public_id FROM membership
        UNION ALL SELECT 'claim ' || public_id FROM claim
        UNION ALL SELECT 'search_document ' || name_tokens FROM search_document
        ORDER BY text";
    texts(db, rows, rows).await.join(", ")
}

const WITHOUT_THE_PERSON: &str =
    "node org_2, node src_4, organisation org_2, slug two, source src_4";

on_both!(a_deleted_node_takes_its_record_and_all_it_owns_along);
async fn a_deleted_node_takes_its_record_and_all_it_owns_along(db: &DatabaseConnection) {
    up(db).await;
    db.execute_unprepared(WORLD).await.unwrap();
    db.execute_unprepared("DELETE FROM node WHERE id = 1")
        .await
        .unwrap();
    assert_eq!(left(db).await, WITHOUT_THE_PERSON);
}

on_both!(a_deleted_record_takes_its_node_and_all_it_owns_along);
async fn a_deleted_record_takes_its_node_and_all_it_owns_along(db: &DatabaseConnection) {
    up(db).await;
    db.execute_unprepared(WORLD).await.unwrap();
    db.execute_unprepared("DELETE FROM person WHERE id = 1")
        .await
        .unwrap();
    assert_eq!(left(db).await, WITHOUT_THE_PERSON);
}

on_both!(a_record_that_another_refers_to_stays);
async fn a_record_that_another_refers_to_stays(db: &DatabaseConnection) {
    up(db).await;
    db.execute_unprepared(WORLD).await.unwrap();
    let before = left(db).await;
    for referred in [
        "DELETE FROM node WHERE id = 2",
        "DELETE FROM organisation",
        "DELETE FROM source",
    ] {
        db.execute_unprepared(referred).await.unwrap_err();
    }
    assert_eq!(left(db).await, before);
}
