//! What is said of an entity beside its own columns: names, ids elsewhere, places, topics.

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
CREATE TABLE name (
    {node_key},
    node_id {big} NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    text {text} NOT NULL,
    {one_of kind OFFICIAL ALTERNATIVE FORMER ABBREVIATION TRANSLATION},
    language {text},
    {dated start},
    {dated end},
    {bool preferred} NOT NULL,
    ordinal INTEGER NOT NULL
){strict};
CREATE INDEX name_node ON name (node_id, ordinal, id);
{of_node name};

CREATE TABLE external_id (
    id {own_key},
    node_id {big} NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    scheme {text} NOT NULL,
    value {text} NOT NULL,
    url {text},
    UNIQUE (scheme, value)
){strict};
CREATE INDEX external_id_node ON external_id (node_id, scheme, id);

CREATE TABLE place_period (
    {node_key},
    organisation_id {big} NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    place_id {big} NOT NULL REFERENCES place (id),
    role {text} NOT NULL,
    {dated start},
    {dated end},
    note {text},
    {status},
    ordinal INTEGER NOT NULL
){strict};
CREATE INDEX place_period_organisation ON place_period (organisation_id, ordinal, id);
CREATE INDEX place_period_place ON place_period (place_id, start_order, id);
{of_node place_period};

CREATE TABLE classification (
    {node_key},
    node_id {big} NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    topic_id {big} NOT NULL REFERENCES topic (id),
    {status},
    ordinal INTEGER NOT NULL
){strict};
CREATE INDEX classification_node ON classification (node_id, ordinal, id);
CREATE INDEX classification_topic ON classification (topic_id, node_id, id);
{of_node classification};
";

const DOWN: &str = "
DROP TABLE classification;
DROP TABLE place_period;
DROP TABLE external_id;
DROP TABLE name;
";
