//! Places and topics: what entities are at, and what they are about.

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
CREATE TABLE place (
    {node_key},
    slug {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    name_folded {text} NOT NULL,
    {one_of kind ADDRESS DISTRICT CITY REGION NATION STATE OTHER},
    code {text},
    street {text},
    postcode {text},
    parent_id {big} REFERENCES place (id)
){strict};
CREATE INDEX place_name ON place (name_folded, id);
CREATE INDEX place_kind ON place (kind, name_folded, id);
CREATE INDEX place_code ON place (code, id);
CREATE INDEX place_parent ON place (parent_id, name_folded, id);
{of_node place};

CREATE TABLE topic (
    {node_key},
    slug {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    name_folded {text} NOT NULL,
    {one_of kind IDEOLOGY SUBJECT},
    parent_id {big} REFERENCES topic (id)
){strict};
CREATE INDEX topic_name ON topic (name_folded, id);
CREATE INDEX topic_kind ON topic (kind, name_folded, id);
CREATE INDEX topic_parent ON topic (parent_id, name_folded, id);
{of_node topic};
";

const DOWN: &str = "
DROP TABLE topic;
DROP TABLE place;
";
