//! The five entities: organisation, person, campaign, publication, event.

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
CREATE TABLE publication (
    {node_key},
    slug {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    name_folded {text} NOT NULL,
    summary {text},
    subtitle {text},
    {one_of kind NEWSPAPER MAGAZINE JOURNAL BULLETIN BOOK PAMPHLET LEAFLET BLOG WEBSITE OTHER UNKNOWN},
    frequency {text},
    format {text},
    {bool colour},
    {bool free},
    language {text},
    editorial_focus {text},
    {dated published},
    {dated ceased},
    isbn {text},
    issn {text},
    revision INTEGER NOT NULL
){strict};
CREATE INDEX publication_name ON publication (name_folded, id);
CREATE INDEX publication_kind ON publication (kind, name_folded, id);
CREATE INDEX publication_language ON publication (language, name_folded, id);
CREATE INDEX publication_published ON publication (published_order, id);
CREATE INDEX publication_ceased ON publication (ceased_order, id);
CREATE INDEX publication_published_days ON publication (published_earliest, published_latest);
{of_node publication};

CREATE TABLE organisation (
    {node_key},
    slug {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    name_folded {text} NOT NULL,
    abbreviation {text},
    summary {text},
    {one_of kind
        PARTY GROUP ALLIANCE FACTION TRADE_UNION INTERNATIONAL YOUTH_WING ORGAN LEGISLATURE PROCESS OTHER UNKNOWN},
    {one_of status ACTIVE DISSOLVED DORMANT UNKNOWN},
    {dated founded},
    {dated dissolved},
    country_id {big} REFERENCES place (id),
    headquarters_id {big} REFERENCES place (id),
    {maybe_one_of position FAR_LEFT LEFT CENTRE_LEFT CENTRE CENTRE_RIGHT RIGHT FAR_RIGHT SYNCRETIC},
    leadership {text},
    newspaper_id {big} REFERENCES publication (id),
    logo {text},
    website {text},
    revision INTEGER NOT NULL
){strict};
CREATE INDEX organisation_name ON organisation (name_folded, id);
CREATE INDEX organisation_kind ON organisation (kind, name_folded, id);
CREATE INDEX organisation_status ON organisation (status, name_folded, id);
CREATE INDEX organisation_position ON organisation (position, name_folded, id);
CREATE INDEX organisation_country ON organisation (country_id, name_folded, id);
CREATE INDEX organisation_headquarters ON organisation (headquarters_id, id);
CREATE INDEX organisation_newspaper ON organisation (newspaper_id, id);
CREATE INDEX organisation_founded ON organisation (founded_order, id);
CREATE INDEX organisation_dissolved ON organisation (dissolved_order, id);
CREATE INDEX organisation_founded_days ON organisation (founded_earliest, founded_latest);
CREATE INDEX organisation_dissolved_days ON organisation (dissolved_earliest, dissolved_latest);
{of_node organisation};

CREATE TABLE person (
    {node_key},
    slug {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    name_folded {text} NOT NULL,
    summary {text},
    {dated born},
    {dated died},
    revision INTEGER NOT NULL
){strict};
CREATE INDEX person_name ON person (name_folded, id);
CREATE INDEX person_born ON person (born_order, id);
CREATE INDEX person_died ON person (died_order, id);
CREATE INDEX person_born_days ON person (born_earliest, born_latest);
CREATE INDEX person_died_days ON person (died_earliest, died_latest);
{of_node person};

CREATE TABLE campaign (
    {node_key},
    slug {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    name_folded {text} NOT NULL,
    summary {text},
    {dated started},
    {dated ended},
    parent_id {big} REFERENCES campaign (id),
    organisation_id {big} REFERENCES organisation (id),
    revision INTEGER NOT NULL
){strict};
CREATE INDEX campaign_name ON campaign (name_folded, id);
CREATE INDEX campaign_started ON campaign (started_order, id);
CREATE INDEX campaign_ended ON campaign (ended_order, id);
CREATE INDEX campaign_started_days ON campaign (started_earliest, started_latest);
CREATE INDEX campaign_parent ON campaign (parent_id, name_folded, id);
CREATE INDEX campaign_organisation ON campaign (organisation_id, name_folded, id);
{of_node campaign};

CREATE TABLE event (
    {node_key},
    slug {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    name_folded {text} NOT NULL,
    summary {text},
    {one_of kind
        FOUNDATION SPLIT DIVISION MERGER ABSORPTION DISSOLUTION SUCCESSION REFOUNDATION DEFECTION RESIGNATION
        CONFERENCE ELECTION REFERENDUM DEMONSTRATION OCCUPATION STRIKE PUBLICATION OPENING OTHER},
    {dated date},
    place_id {big} REFERENCES place (id),
    outcome {text},
    reason {text},
    attendance_value {big},
    attendance_text {text},
    occurrences_value {big},
    occurrences_text {text},
    revision INTEGER NOT NULL
){strict};
CREATE INDEX event_name ON event (name_folded, id);
CREATE INDEX event_kind ON event (kind, date_order, id);
CREATE INDEX event_date ON event (date_order, id);
CREATE INDEX event_date_days ON event (date_earliest, date_latest);
CREATE INDEX event_place ON event (place_id, date_order, id);
{of_node event};
";

const DOWN: &str = "
DROP TABLE event;
DROP TABLE campaign;
DROP TABLE person;
DROP TABLE organisation;
DROP TABLE publication;
";
