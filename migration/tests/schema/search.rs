//! The full-text indexes follow the words.

use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::database::{on_both, texts, up};

/// Keys of the entities that have a word beginning with the letters, or any word with the letters in it.
async fn found(db: &DatabaseConnection, letters: &str) -> [String; 2] {
    let words = texts(
        db,
        &format!(
            "SELECT CAST(rowid AS TEXT) AS text FROM search_index
             WHERE search_index MATCH '{letters}*' ORDER BY rowid"
        ),
        &format!(
            "SELECT id::text AS text FROM search_document
             WHERE search_vector @@ to_tsquery('simple', '{letters}:*') ORDER BY id"
        ),
    )
    .await;
    let anywhere = texts(
        db,
        &format!(
            "SELECT CAST(rowid AS TEXT) AS text FROM search_trigram
             WHERE search_trigram MATCH '{letters}' ORDER BY rowid"
        ),
        &format!(
            "SELECT id::text AS text FROM search_document
             WHERE name_tokens || ' ' || names_tokens || ' ' || summary_tokens LIKE '%{letters}%' ORDER BY id"
        ),
    )
    .await;
    [words.join(" "), anywhere.join(" ")]
}

on_both!(the_indexes_follow_every_change);
async fn the_indexes_follow_every_change(db: &DatabaseConnection) {
    up(db).await;
    db.execute_unprepared(
        "INSERT INTO node (id, kind, public_id) VALUES (1, 'PERSON', 'per_1'), (2, 'PERSON', 'per_2');
         INSERT INTO search_document (id, kind, name_tokens, names_tokens, summary_tokens) VALUES
            (1, 'PERSON', 'chris bambery', '', 'a member of the central committee'),
            (2, 'PERSON', 'cat boyd', 'catriona boyd', '');",
    )
    .await
    .unwrap();
    assert_eq!(found(db, "bam").await, ["1", "1"]);
    assert_eq!(found(db, "committee").await, ["1", "1"]);
    assert_eq!(found(db, "riona").await, ["", "2"]);

    let change = "UPDATE search_document SET name_tokens = 'christopher bambery' WHERE id = 1";
    db.execute_unprepared(change).await.unwrap();
    assert_eq!(found(db, "christo").await, ["1", "1"]);
    assert_eq!(found(db, "chris").await, ["1", "1"]);

    db.execute_unprepared("DELETE FROM node WHERE id = 1")
        .await
        .unwrap();
    assert_eq!(found(db, "bam").await, ["", ""]);
    assert_eq!(found(db, "cat").await, ["2", "2"]);
}
