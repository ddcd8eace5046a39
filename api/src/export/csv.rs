//! `csv`.

use anyhow::{Result, bail};

use super::{Out, Records};
use crate::loss::Losses;

pub(super) async fn export(_records: &Records<'_>, _out: &mut Out<'_>) -> Result<Losses> {
    bail!("this format cannot be written by this version")
}
