//! Sources, what entities stated, and what sources claim.

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
CREATE TABLE source (
    {node_key},
    slug {text} NOT NULL UNIQUE,
    title {text} NOT NULL,
    {one_of kind ENCYCLOPAEDIA BOOK ARTICLE NEWSPAPER WEBSITE DATASET ARCHIVE OTHER},
    author {text},
    publisher {text},
    url {text},
    {dated published},
    {dated accessed},
    licence {text},
    language {text},
    text {text}
){strict};
CREATE INDEX source_title ON source (title, id);
CREATE INDEX source_kind ON source (kind, title, id);
CREATE INDEX source_published ON source (published_order, id);
{of_node source};

CREATE TABLE statement (
    {node_key},
    node_id {big} NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    {one_of kind OBJECTIVE STANCE AIM PURPOSE RECEPTION},
    attitude {text},
    topic_id {big} REFERENCES topic (id),
    text {text} NOT NULL,
    holder {text},
    {dated date},
    {dated fulfilled},
    {status},
    ordinal INTEGER NOT NULL
){strict};
CREATE INDEX statement_node ON statement (node_id, ordinal, id);
CREATE INDEX statement_node_kind ON statement (node_id, kind, ordinal, id);
CREATE INDEX statement_topic ON statement (topic_id, id);
{of_node statement};

CREATE TABLE claim (
    id {own_key},
    public_id {text} NOT NULL UNIQUE,
    subject_id {big} NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    property {text} NOT NULL,
    value {text},
    value_node_id {big} REFERENCES node (id),
    about_id {big} REFERENCES node (id) ON DELETE CASCADE,
    {one_of rank PREFERRED NORMAL DEPRECATED},
    {status},
    source_id {big} NOT NULL REFERENCES source (id),
    locator {text},
    quote {text},
    note {text},
    recorded_by {text} NOT NULL,
    recorded_at {moment} NOT NULL,
    ordinal INTEGER NOT NULL
){strict};
CREATE INDEX claim_subject ON claim (subject_id, property, ordinal, id);
CREATE INDEX claim_subject_ordinal ON claim (subject_id, ordinal, id);
CREATE INDEX claim_about ON claim (about_id, ordinal, id);
CREATE INDEX claim_value_node ON claim (value_node_id, id);
CREATE INDEX claim_source ON claim (source_id, id);
";

const DOWN: &str = "
DROP TABLE claim;
DROP TABLE statement;
DROP TABLE source;
";
