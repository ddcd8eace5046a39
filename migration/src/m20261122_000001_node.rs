//! What everything else hangs on: the node of each record, and the slugs that lead to it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, UP).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            sql::run(manager, UP_POSTGRES).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            sql::run(manager, DOWN_POSTGRES).await?;
        }
        sql::run(manager, DOWN).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = "
CREATE TABLE node (
    id {own_key},
    {one_of kind
        ORGANISATION PERSON CAMPAIGN PUBLICATION EVENT SOURCE PLACE TOPIC MEMBERSHIP PARTICIPATION AFFILIATION
        AUTHORSHIP PUBLISHING CLASSIFICATION NAME PLACE_PERIOD STATEMENT LINEAGE_LINK EVENT_ORDER},
    public_id {text} NOT NULL UNIQUE
){strict};

CREATE TABLE slug (
    {one_of kind ORGANISATION PERSON CAMPAIGN PUBLICATION EVENT SOURCE PLACE TOPIC},
    slug {text} NOT NULL,
    node_id {big} NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, slug)
){strict};
CREATE INDEX slug_node ON slug (node_id);
";

const DOWN: &str = "
DROP TABLE slug;
DROP TABLE node;
";

const UP_POSTGRES: &str = "
CREATE FUNCTION delete_node() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM node WHERE id = OLD.id;
    RETURN NULL;
END
$$;
";

const DOWN_POSTGRES: &str = "
DROP FUNCTION delete_node();
";
