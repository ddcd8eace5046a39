//! Public ids that were given up when records were merged, and the history of the records that had them.

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
CREATE TABLE former_id (
    public_id {text} NOT NULL PRIMARY KEY,
    node_id {big} NOT NULL REFERENCES node (id) ON DELETE CASCADE
){strict};
CREATE INDEX former_id_node ON former_id (node_id);

CREATE TABLE former_revision (
    public_id {text} NOT NULL REFERENCES former_id (public_id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    author {text} NOT NULL,
    reason {text},
    recorded_at {moment} NOT NULL,
    content {text} NOT NULL,
    PRIMARY KEY (public_id, number)
){strict};
";

const DOWN: &str = "
DROP TABLE former_revision;
DROP TABLE former_id;
";
