//! The rows of `entity` fit the migrated tables.

use std::collections::BTreeSet;

use entity::date::{HistoricalDate, NO_DATE_ORDER};
use entity::id::{NodeId, OrganisationId};
use entity::kind::{
    AffiliationKind, ClaimRank, ClaimStatus, DatePrecision, EntityKind, EventKind, LineageKind,
    NameKind, NodeKind, OrganisationKind, OrganisationStatus, PlaceKind, PoliticalPosition,
    PublicationKind, SourceKind, StatementKind, TopicKind,
};
use entity::{node, organisation};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseConnection, DbErr, EntityTrait, Iden, Iterable,
    TransactionTrait,
};

use crate::database::{on_both, texts, up};

/// Every row of the crate.
macro_rules! for_every_row {
    ($call:ident($db:expr, $known:expr)) => {
        for_every_row!(
            $call($db, $known):
            node slug organisation person campaign publication event name external_id place place_period topic
            classification membership participation affiliation authorship publishing lineage_link event_order
            source statement claim revision dataset search_document former_id former_revision
        )
    };
    ($call:ident($db:expr, $known:expr): $($table:ident)+) => {
        $($call::<entity::$table::Entity>($db, stringify!($table), $known).await;)+
    };
}

on_both!(every_column_is_there_and_as_nullable_as_the_row_says);
async fn every_column_is_there_and_as_nullable_as_the_row_says(db: &DatabaseConnection) {
    up(db).await;
    let columns = texts(
        db,
        "SELECT m.name || '.' || c.name || iif(c.\"notnull\" OR c.pk, '', '?') AS text
         FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'search\\_%' ESCAPE '\\' OR m.name = 'search_document'",
        "SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END AS text
         FROM information_schema.columns WHERE table_schema = current_schema() AND data_type <> 'tsvector'",
    )
    .await;
    let mut unknown: BTreeSet<String> = columns
        .into_iter()
        .filter(|column| !column.starts_with("seaql_migrations"))
        .collect();
    for_every_row!(compare(db, &mut unknown));
    assert_eq!(unknown, BTreeSet::new(), "columns that no row has");
}

async fn compare<E: EntityTrait>(
    db: &DatabaseConnection,
    table: &str,
    unknown: &mut BTreeSet<String>,
) {
    E::find().all(db).await.unwrap();
    for column in E::Column::iter() {
        let null = if column.def().is_null() { "?" } else { "" };
        let column = format!("{table}.{}{null}", Iden::to_string(&column));
        assert!(
            unknown.remove(&column),
            "no column {column} in the database"
        );
    }
}

/// Every column that holds a value of a vocabulary. Steps are the same for both databases, so one of them will do.
#[tokio::test]
async fn every_vocabulary_is_checked_by_the_database() {
    let db = crate::database::sqlite().await;
    up(&db).await;
    let structure = crate::database::structure(&db).await.join("\n");
    let check = |table: &str, column: &str, values: &[(&str, &str)]| {
        let (_, definition) = structure
            .split_once(&format!("CREATE TABLE {table} ("))
            .unwrap();
        let (definition, _) = definition.split_once(") STRICT").unwrap();
        let texts: Vec<&str> = values.iter().map(|value| value.0).collect();
        let check = format!("CHECK ({column} IN ('{}'))", texts.join("', '"));
        assert!(definition.contains(&check), "{table} has no {check}");
    };
    let entities: Vec<_> = EntityKind::VALUES.to_vec();
    let with_slug: Vec<_> = NodeKind::VALUES
        .iter()
        .take(entities.len() + 3)
        .copied()
        .collect();
    check("node", "kind", NodeKind::VALUES);
    check("slug", "kind", &with_slug);
    check("search_document", "kind", &entities);
    check("organisation", "kind", OrganisationKind::VALUES);
    check("organisation", "status", OrganisationStatus::VALUES);
    check("organisation", "position", PoliticalPosition::VALUES);
    check("organisation", "founded_precision", DatePrecision::VALUES);
    check("publication", "kind", PublicationKind::VALUES);
    check("event", "kind", EventKind::VALUES);
    check("name", "kind", NameKind::VALUES);
    check("place", "kind", PlaceKind::VALUES);
    check("topic", "kind", TopicKind::VALUES);
    check("affiliation", "kind", AffiliationKind::VALUES);
    check("lineage_link", "kind", LineageKind::VALUES);
    check("lineage_link", "status", ClaimStatus::VALUES);
    check("source", "kind", SourceKind::VALUES);
    check("statement", "kind", StatementKind::VALUES);
    check("claim", "rank", ClaimRank::VALUES);
}

/// An organisation and its node.
async fn save(
    db: &DatabaseConnection,
    change: impl FnOnce(&mut organisation::ActiveModel),
) -> Result<organisation::Model, DbErr> {
    let txn = db.begin().await?;
    let public_id = "org_0a1b2c3d4e5f6g7h8j9k";
    let node = node::ActiveModel {
        id: NotSet,
        kind: Set(NodeKind::Organisation),
        public_id: Set(public_id.to_owned()),
    };
    let NodeId(id) = node.insert(&txn).await?.id;
    let mut row = organisation::ActiveModel {
        id: Set(OrganisationId(id)),
        public_id: Set(public_id.to_owned()),
        slug: Set("international-socialist-group-scotland".to_owned()),
        name: Set("International Socialist Group".to_owned()),
        name_folded: Set("international socialist group".to_owned()),
        kind: Set(OrganisationKind::Group),
        status: Set(OrganisationStatus::Dissolved),
        revision: Set(1),
        ..Default::default()
    };
    change(&mut row);
    let saved = row.insert(&txn).await?;
    txn.commit().await?;
    Ok(saved)
}

on_both!(a_row_comes_back_as_it_was_saved);
async fn a_row_comes_back_as_it_was_saved(db: &DatabaseConnection) {
    up(db).await;
    let founded = HistoricalDate::parse("2011-04~")
        .unwrap()
        .with_source_text("In April 2011");
    let saved = save(db, |row| row.set_founded(Some(&founded)))
        .await
        .unwrap();
    assert_eq!(saved.founded_date(), Some(founded.clone()));
    assert_eq!(saved.founded_precision, Some(DatePrecision::Month));
    assert_eq!(saved.founded_order, founded.order());
    assert_eq!(saved.dissolved_date(), None);
    assert_eq!(saved.dissolved_order, NO_DATE_ORDER);
    assert_eq!(
        organisation::Entity::find_by_id(saved.id)
            .one(db)
            .await
            .unwrap(),
        Some(saved)
    );
}

on_both!(half_a_date_is_refused);
async fn half_a_date_is_refused(db: &DatabaseConnection) {
    up(db).await;
    let date = HistoricalDate::parse("2011").unwrap();
    let halves: [fn(&mut organisation::ActiveModel); 4] = [
        |row| row.founded_precision = Set(None),
        |row| row.founded_order = Set(NO_DATE_ORDER),
        |row| row.founded = Set(None),
        |row| std::mem::swap(&mut row.founded_earliest, &mut row.founded_latest),
    ];
    for half in halves {
        let refused = save(db, |row| {
            row.set_founded(Some(&date));
            half(row);
        });
        refused.await.unwrap_err();
    }
}

on_both!(the_data_set_starts_at_revision_zero);
async fn the_data_set_starts_at_revision_zero(db: &DatabaseConnection) {
    up(db).await;
    let rows = entity::dataset::Entity::find().all(db).await.unwrap();
    let [row] = rows.as_slice() else {
        panic!("one row, not {rows:?}")
    };
    assert_eq!(
        (
            row.revision,
            row.licence.as_str(),
            row.changed_at.timestamp()
        ),
        (0, "CC BY-SA 4.0", 0)
    );
}
