//! What was written when, and the state of the data set as a whole.

use sea_orm_migration::prelude::*;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, DOWN).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = "
CREATE TABLE revision (
    id {own_key},
    node_id {big} NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    author {text} NOT NULL,
    reason {text},
    recorded_at {moment} NOT NULL,
    content {text} NOT NULL,
    UNIQUE (node_id, number)
){strict};

CREATE TABLE dataset (
    id {key} CONSTRAINT dataset_is_one_row CHECK (id = 1),
    revision {big} NOT NULL,
    licence {text} NOT NULL,
    changed_at {moment} NOT NULL
){strict};
INSERT INTO dataset (id, revision, licence, changed_at)
VALUES (1, 0, 'CC BY-SA 4.0', '1970-01-01T00:00:00+00:00');
";

const DOWN: &str = "
DROP TABLE dataset;
DROP TABLE revision;
";
