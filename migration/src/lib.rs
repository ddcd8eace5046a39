//! How the stored tables came to be: frozen steps, oldest first.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Node)]
    }
}

struct Node;

impl MigrationName for Node {
    fn name(&self) -> &'static str {
        "m20261122_000001_node"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Node {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let id = ColumnDef::new("id").big_integer().primary_key().take();
        manager
            .create_table(Table::create().table("node").col(id).take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("node").take()).await
    }
}
