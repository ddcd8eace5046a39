//! An empty database of each kind, and what it is made of.

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, FromQueryResult,
    Statement,
};

/// Runs a check as two tests, one on each database.
macro_rules! on_both {
    ($check:ident) => {
        mod $check {
            #[tokio::test]
            async fn sqlite() {
                super::$check(&crate::database::sqlite().await).await;
            }

            #[tokio::test]
            #[ignore = "needs TEST_POSTGRES_URL"]
            async fn postgres() {
                let name = concat!(module_path!(), "_", stringify!($check)).replace("::", "_");
                let db = crate::database::postgres(&name).await;
                super::$check(&db).await;
                crate::database::drop_schema(&db, &name).await;
            }
        }
    };
}
pub(crate) use on_both;

pub(crate) async fn sqlite() -> DatabaseConnection {
    let mut options = ConnectOptions::new("sqlite::memory:");
    // Each connection to memory would be a database of its own.
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

/// A schema of its own in the database of `TEST_POSTGRES_URL`.
pub(crate) async fn postgres(name: &str) -> DatabaseConnection {
    let url = std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL names a PostgreSQL database to test in");
    let db = Database::connect(&url).await.unwrap();
    drop_schema(&db, name).await;
    db.execute_unprepared(&format!("CREATE SCHEMA {name}"))
        .await
        .unwrap();
    let mut options = ConnectOptions::new(url);
    options
        .set_schema_search_path(format!("{name},public"))
        .max_connections(2)
        .sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

pub(crate) async fn drop_schema(db: &DatabaseConnection, name: &str) {
    db.execute_unprepared(&format!("DROP SCHEMA IF EXISTS {name} CASCADE"))
        .await
        .unwrap();
}

pub(crate) async fn up(db: &DatabaseConnection) {
    Migrator::up(db, None).await.unwrap();
}

/// The only column of the rows of a query, as text.
pub(crate) async fn texts(db: &DatabaseConnection, sqlite: &str, postgres: &str) -> Vec<String> {
    #[derive(FromQueryResult)]
    struct Row {
        text: String,
    }
    let sql = if db.get_database_backend() == DbBackend::Sqlite {
        sqlite
    } else {
        postgres
    };
    let rows = Row::find_by_statement(Statement::from_string(db.get_database_backend(), sql))
        .all(db)
        .await;
    rows.unwrap().into_iter().map(|row| row.text).collect()
}

/// Everything in the database that is ours, one line each, in a fixed order.
pub(crate) async fn structure(db: &DatabaseConnection) -> Vec<String> {
    texts(
        db,
        "SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS text FROM sqlite_master
         WHERE tbl_name <> 'seaql_migrations' ORDER BY type, name",
        "SELECT text FROM (
            SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
                || coalesce(collation_name, '-') || ' ' || coalesce(column_default, generation_expression, '-') AS text
            FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'seaql_migrations'
            UNION ALL
            SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
                AND conrelid::regclass::text <> 'seaql_migrations'
            UNION ALL
            SELECT 'index ' || indexname || ' ' || indexdef
            FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> 'seaql_migrations'
            UNION ALL
            SELECT 'trigger ' || pg_get_triggerdef(t.oid)
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
            UNION ALL
            SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
        ) everything ORDER BY text COLLATE \"C\"",
    )
    .await
}
