//! Descent between organisations, and the order of events.

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
CREATE TABLE lineage_link (
    {node_key},
    {one_of kind
        SPLIT_FROM DIVIDED_INTO MERGED_INTO ABSORBED_BY DISSOLVED_INTO SUCCEEDED_BY REFOUNDED_AS
        FORMED_BY_DEFECTORS_FROM LED_TO UNSPECIFIED},
    predecessor_id {big} NOT NULL REFERENCES organisation (id),
    successor_id {big} NOT NULL REFERENCES organisation (id),
    event_id {big} NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    predecessor_participation_id {big} NOT NULL REFERENCES participation (id) ON DELETE CASCADE,
    successor_participation_id {big} NOT NULL REFERENCES participation (id) ON DELETE CASCADE,
    {dated date},
    people_value {big},
    people_text {text},
    reason {text},
    {status},
    CONSTRAINT lineage_link_of_two CHECK (predecessor_id <> successor_id)
){strict};
CREATE INDEX lineage_link_predecessor ON lineage_link (predecessor_id, date_order, id);
CREATE INDEX lineage_link_predecessor_kind ON lineage_link (predecessor_id, kind, date_order, id);
CREATE INDEX lineage_link_successor ON lineage_link (successor_id, date_order, id);
CREATE INDEX lineage_link_successor_kind ON lineage_link (successor_id, kind, date_order, id);
CREATE INDEX lineage_link_event ON lineage_link (event_id, id);
CREATE INDEX lineage_link_predecessor_participation ON lineage_link (predecessor_participation_id);
CREATE INDEX lineage_link_successor_participation ON lineage_link (successor_participation_id);
{of_node lineage_link};

CREATE TABLE event_order (
    {node_key},
    earlier_id {big} NOT NULL REFERENCES event (id),
    later_id {big} NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    {status},
    UNIQUE (earlier_id, later_id),
    CONSTRAINT event_order_of_two CHECK (earlier_id <> later_id)
){strict};
CREATE INDEX event_order_later ON event_order (later_id, earlier_id);
{of_node event_order};
";

const DOWN: &str = "
DROP TABLE event_order;
DROP TABLE lineage_link;
";
