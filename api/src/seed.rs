//! The data in the `seeds` folder, read and checked.

use std::path::Path;

use anyhow::Result;

use crate::database::Database;

/// Loads the seeds that are part of the program.
#[expect(clippy::unused_async, reason = "loading awaits the database")]
pub async fn load_embedded(_database: &Database) -> Result<()> {
    Ok(())
}

/// Loads the seeds of a folder.
#[expect(clippy::unused_async, reason = "loading awaits the database")]
pub async fn load_folder(_database: &Database, _folder: &Path) -> Result<()> {
    Ok(())
}
