#![doc = include_str!("../README.md")]

mod sql;

mod m20261122_000001_node;
mod m20261122_000002_place;
mod m20261122_000003_entity;
mod m20261122_000004_name;
mod m20261122_000005_membership;
mod m20261122_000006_lineage;
mod m20261122_000007_claim;
mod m20261122_000008_revision;
mod m20261122_000009_search;
mod m20261122_000010_former_id;

pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

/// The steps, oldest first.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_node::Migration),
            Box::new(m20261122_000002_place::Migration),
            Box::new(m20261122_000003_entity::Migration),
            Box::new(m20261122_000004_name::Migration),
            Box::new(m20261122_000005_membership::Migration),
            Box::new(m20261122_000006_lineage::Migration),
            Box::new(m20261122_000007_claim::Migration),
            Box::new(m20261122_000008_revision::Migration),
            Box::new(m20261122_000009_search::Migration),
            Box::new(m20261122_000010_former_id::Migration),
        ]
    }
}
