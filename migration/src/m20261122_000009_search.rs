//! The words an entity can be found by, and the full-text indexes of the database over them.
//!
//! The words come folded and separated by single spaces, so both databases index the same ones.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::sql;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, UP).await?;
        match manager.get_database_backend() {
            DbBackend::Postgres => sql::run(manager, UP_POSTGRES).await,
            _ => sql::run(manager, UP_SQLITE).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            sql::run(manager, DOWN_SQLITE).await?;
        }
        sql::run(manager, DOWN).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = "
CREATE TABLE search_document (
    id {big} PRIMARY KEY REFERENCES node (id) ON DELETE CASCADE,
    {one_of kind ORGANISATION PERSON CAMPAIGN PUBLICATION EVENT},
    name_tokens {text} NOT NULL,
    names_tokens {text} NOT NULL,
    summary_tokens {text} NOT NULL
){strict};
CREATE INDEX search_document_kind ON search_document (kind, id);
";

const DOWN: &str = "
DROP TABLE search_document;
";

/// One index of whole words and their beginnings, one of any three letters; both hold no text of their own. Marks belong
/// to words, as they do to PostgreSQL: those that are left after folding are vowel signs.
const UP_SQLITE: &str = "
CREATE VIRTUAL TABLE search_index USING fts5 (
    name_tokens, names_tokens, summary_tokens,
    content = 'search_document', content_rowid = 'id', tokenize = 'unicode61 categories ''L* N* Co M*''', prefix = '2 3'
);
CREATE VIRTUAL TABLE search_trigram USING fts5 (
    name_tokens, names_tokens, summary_tokens,
    content = 'search_document', content_rowid = 'id', tokenize = 'trigram'
);
CREATE TRIGGER search_document_insert AFTER INSERT ON search_document BEGIN
    INSERT INTO search_index (rowid, name_tokens, names_tokens, summary_tokens)
    VALUES (new.id, new.name_tokens, new.names_tokens, new.summary_tokens);
    INSERT INTO search_trigram (rowid, name_tokens, names_tokens, summary_tokens)
    VALUES (new.id, new.name_tokens, new.names_tokens, new.summary_tokens);
END;
CREATE TRIGGER search_document_delete AFTER DELETE ON search_document BEGIN
    INSERT INTO search_index (search_index, rowid, name_tokens, names_tokens, summary_tokens)
    VALUES ('delete', old.id, old.name_tokens, old.names_tokens, old.summary_tokens);
    INSERT INTO search_trigram (search_trigram, rowid, name_tokens, names_tokens, summary_tokens)
    VALUES ('delete', old.id, old.name_tokens, old.names_tokens, old.summary_tokens);
END;
CREATE TRIGGER search_document_update AFTER UPDATE ON search_document BEGIN
    INSERT INTO search_index (search_index, rowid, name_tokens, names_tokens, summary_tokens)
    VALUES ('delete', old.id, old.name_tokens, old.names_tokens, old.summary_tokens);
    INSERT INTO search_trigram (search_trigram, rowid, name_tokens, names_tokens, summary_tokens)
    VALUES ('delete', old.id, old.name_tokens, old.names_tokens, old.summary_tokens);
    INSERT INTO search_index (rowid, name_tokens, names_tokens, summary_tokens)
    VALUES (new.id, new.name_tokens, new.names_tokens, new.summary_tokens);
    INSERT INTO search_trigram (rowid, name_tokens, names_tokens, summary_tokens)
    VALUES (new.id, new.name_tokens, new.names_tokens, new.summary_tokens);
END;
";

const DOWN_SQLITE: &str = "
DROP TRIGGER search_document_update;
DROP TRIGGER search_document_delete;
DROP TRIGGER search_document_insert;
DROP TABLE search_trigram;
DROP TABLE search_index;
";

/// The extension is shared by the whole database: it is put where every schema finds it, the lock keeps two
/// migrations at once from both creating it, and it is left in place on the way down.
const UP_POSTGRES: &str = "
ALTER TABLE search_document ADD COLUMN search_vector tsvector NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('pg_catalog.simple', name_tokens), 'A')
    || setweight(to_tsvector('pg_catalog.simple', names_tokens), 'B')
    || setweight(to_tsvector('pg_catalog.simple', summary_tokens), 'C')
) STORED;
CREATE INDEX search_document_vector ON search_document USING gin (search_vector);

SELECT pg_advisory_xact_lock(hashtext('schismograph pg_trgm'));
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
DO $$
BEGIN
    EXECUTE format(
        'CREATE INDEX search_document_trigram ON search_document USING gin '
        '((name_tokens || '' '' || names_tokens || '' '' || summary_tokens) %I.gin_trgm_ops)',
        (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
         WHERE e.extname = 'pg_trgm')
    );
END
$$;
";
