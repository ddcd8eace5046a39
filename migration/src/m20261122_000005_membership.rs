//! The edges between entities: who took which part in what, and when.

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
CREATE TABLE membership (
    {node_key},
    person_id {big} NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    organisation_id {big} NOT NULL REFERENCES organisation (id),
    role {text} NOT NULL,
    post {text},
    {dated start},
    {dated end},
    {status},
    ordinal INTEGER NOT NULL
){strict};
CREATE INDEX membership_person ON membership (person_id, start_order, id);
CREATE INDEX membership_person_ordinal ON membership (person_id, ordinal, id);
CREATE INDEX membership_organisation ON membership (organisation_id, start_order, id);
{of_node membership};

CREATE TABLE participation (
    {node_key},
    context_id {big} NOT NULL REFERENCES node (id) ON DELETE CASCADE,
    participant_id {big} REFERENCES node (id),
    description {text},
    role {text} NOT NULL,
    post {text},
    count_value {big},
    count_text {text},
    {dated start},
    {dated end},
    {status},
    note {text},
    ordinal INTEGER NOT NULL,
    CONSTRAINT participation_who CHECK (participant_id IS NOT NULL OR description IS NOT NULL)
){strict};
CREATE INDEX participation_context ON participation (context_id, ordinal, id);
CREATE INDEX participation_participant ON participation (participant_id, start_order, id);
{of_node participation};

CREATE TABLE affiliation (
    {node_key},
    member_id {big} NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    body_id {big} NOT NULL REFERENCES organisation (id),
    {one_of kind MEMBER ORGAN SECTION FACTION ALLY PARENT OTHER},
    {dated start},
    {dated end},
    {status},
    ordinal INTEGER NOT NULL,
    CONSTRAINT affiliation_of_two CHECK (member_id <> body_id)
){strict};
CREATE INDEX affiliation_member ON affiliation (member_id, start_order, id);
CREATE INDEX affiliation_member_ordinal ON affiliation (member_id, ordinal, id);
CREATE INDEX affiliation_body ON affiliation (body_id, start_order, id);
{of_node affiliation};

CREATE TABLE authorship (
    {node_key},
    publication_id {big} NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    person_id {big} NOT NULL REFERENCES person (id),
    role {text} NOT NULL DEFAULT 'author',
    {status},
    ordinal INTEGER NOT NULL
){strict};
CREATE INDEX authorship_publication ON authorship (publication_id, ordinal, id);
CREATE INDEX authorship_person ON authorship (person_id, publication_id, id);
{of_node authorship};

CREATE TABLE publishing (
    {node_key},
    publication_id {big} NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    organisation_id {big} NOT NULL REFERENCES organisation (id),
    {status},
    ordinal INTEGER NOT NULL
){strict};
CREATE INDEX publishing_publication ON publishing (publication_id, ordinal, id);
CREATE INDEX publishing_organisation ON publishing (organisation_id, publication_id, id);
{of_node publishing};
";

const DOWN: &str = "
DROP TABLE publishing;
DROP TABLE authorship;
DROP TABLE affiliation;
DROP TABLE participation;
DROP TABLE membership;
";
