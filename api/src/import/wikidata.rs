//! `wikidata`.

use std::path::Path;

use anyhow::{Result, bail};

use super::Import;

pub(super) async fn load(import: &mut Import<'_>, path: &Path) -> Result<()> {
    let _ = (&import.source, path);
    bail!("this format cannot be read by this version")
}
