//! Every step can be undone, and done again with the same result.

use migration::{Migrator, MigratorTrait};
use sea_orm::DatabaseConnection;

use crate::database::{on_both, structure, texts, up};

on_both!(every_step_is_undone_exactly);
async fn every_step_is_undone_exactly(db: &DatabaseConnection) {
    let mut stages = vec![structure(db).await];
    assert_eq!(stages[0], Vec::<String>::new());
    for _ in Migrator::migrations() {
        Migrator::up(db, Some(1)).await.unwrap();
        stages.push(structure(db).await);
    }
    let complete = stages.pop().unwrap();
    assert!(complete.len() > 100, "only {complete:?}");
    while let Some(stage) = stages.pop() {
        Migrator::down(db, Some(1)).await.unwrap();
        assert_eq!(structure(db).await, stage);
    }
    up(db).await;
    assert_eq!(structure(db).await, complete);
}

on_both!(every_foreign_key_is_indexed);
async fn every_foreign_key_is_indexed(db: &DatabaseConnection) {
    up(db).await;
    let unindexed = texts(
        db,
        "SELECT m.name || '.' || f.\"from\" AS text FROM sqlite_master m, pragma_foreign_key_list(m.name) f
         WHERE m.type = 'table' AND NOT EXISTS (
            SELECT 1 FROM pragma_index_list(m.name) l, pragma_index_info(l.name) i
            WHERE i.seqno = 0 AND i.name = f.\"from\")
         AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.pk = 1 AND c.name = f.\"from\")",
        "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) AS text FROM pg_constraint c
         WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND NOT EXISTS (
            SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])",
    )
    .await;
    assert_eq!(unindexed, Vec::<String>::new());
}

on_both!(text_sorts_by_code_point);
async fn text_sorts_by_code_point(db: &DatabaseConnection) {
    up(db).await;
    let others = texts(
        db,
        "SELECT name AS text FROM sqlite_master WHERE sql LIKE '%COLLATE%'",
        "SELECT table_name || '.' || column_name AS text FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name <> 'seaql_migrations'
            AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'",
    )
    .await;
    assert_eq!(others, Vec::<String>::new());
}
