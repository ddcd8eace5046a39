//! `csv`: a zip of tables for spreadsheets, one a kind of record, one a kind of list that records have, one of the
//! claims and one of the lineage links.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe.

mod claim;
mod table;

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use csv::WriterBuilder;
use serde_json::Value;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use self::table::{LINKS, LISTS, List, RECORDS, link_row};
use super::{Link, Out, Record, Records};
use crate::format::cell::safe;
use crate::loss::Losses;
use crate::write::Kind;

const README: &str = include_str!("csv/README.txt");

pub(super) async fn export(records: &Records<'_>, out: &mut Out<'_>) -> Result<Losses> {
    // Once for the tables of records, once for each of their lists, once for claims: tables in a zip are written one
    // after the other.
    let once = RECORDS.iter().map(|(kind, _)| *kind);
    let entities = once.clone().filter(|kind| kind.is_entity());
    let of_lists = LISTS.iter().flat_map(|list| list.kinds).copied();
    // As a list: whoever sends the file from a task of its own must be able to.
    let kinds: Vec<Kind> = once.chain(of_lists).chain(entities).collect();
    records.will_read(kinds).await?;
    let mut losses = Losses::default();
    let mut zip = Zip::new();
    zip.begin("README.txt")?;
    zip.writer.write_all(README.as_bytes())?;
    for (kind, table) in &RECORDS {
        zip.table(kind.folder(), table.header())?;
        let mut batches = records.of_kind(*kind);
        while let Some(batch) = batches.next().await? {
            for record in &batch {
                let fields = fields(record)?;
                zip.row(table.row(&record.public_id, &fields))?;
                let earlier = record.revision.unsigned_abs() as usize - 1;
                losses.add(
                    "earlier revisions",
                    "the tables hold what records say now",
                    earlier,
                );
                for field in fields.keys().filter(|field| !table::is_held(*kind, field)) {
                    losses.add(field, "there is no column for it", 1);
                }
            }
            zip.pass_on(out).await?;
        }
    }
    for List {
        name,
        field,
        kinds,
        table,
    } in &LISTS
    {
        zip.table(name, table.header_of_list())?;
        for kind in *kinds {
            let mut batches = records.of_kind(*kind);
            while let Some(batch) = batches.next().await? {
                for record in &batch {
                    let fields = fields(record)?;
                    let items = fields.get(*field).and_then(Value::as_array);
                    for (number, item) in items.into_iter().flatten().enumerate() {
                        zip.row(table.row_of_list(*kind, &record.draft.slug, number, item))?;
                    }
                }
                zip.pass_on(out).await?;
            }
        }
    }
    zip.table("claims", claim::HEADER)?;
    for (kind, _) in &RECORDS {
        if !kind.is_entity() {
            continue;
        }
        let mut batches = records.of_kind(*kind);
        while let Some(batch) = batches.next().await? {
            for record in &batch {
                for row in claim::rows(*kind, &record.draft.slug, &fields(record)?) {
                    zip.row(row)?;
                }
            }
            zip.pass_on(out).await?;
        }
    }
    zip.table("lineage_links", LINKS)?;
    let mut links = records.links();
    while let Some(batch) = links.next().await? {
        for link in &batch {
            zip.row(link_row(link))?;
        }
        zip.pass_on(out).await?;
    }
    Box::pin(zip.finish(out)).await?;
    Ok(losses)
}

fn fields(record: &Record) -> Result<serde_json::Map<String, Value>> {
    Ok(match serde_json::to_value(&record.draft)? {
        Value::Object(fields) => fields,
        _ => serde_json::Map::new(),
    })
}

/// What a zip has made of what was written to it, until it is passed on.
#[derive(Clone, Default)]
struct Spool(Arc<Mutex<Vec<u8>>>);

impl Spool {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut spool = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spool.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A zip that is written from its beginning to its end, table by table.
struct Zip {
    writer: ZipWriter<StreamWriter<Spool>>,
    spool: Spool,
}

impl Zip {
    fn new() -> Self {
        let spool = Spool::default();
        let writer = ZipWriter::new_stream(spool.clone());
        Self { writer, spool }
    }

    fn begin(&mut self, name: &str) -> Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        Ok(self.writer.start_file(name, options.large_file(true))?)
    }

    fn table(
        &mut self,
        name: &str,
        header: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<()> {
        self.begin(&format!("{name}.csv"))?;
        // By this mark spreadsheets know that the text is UTF-8.
        self.writer.write_all("\u{feff}".as_bytes())?;
        self.row(header.into_iter().map(Into::into))
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) -> Result<()> {
        let mut row = WriterBuilder::new().from_writer(Vec::new());
        for cell in cells {
            row.write_field(safe(&cell).as_bytes())?;
        }
        row.write_record(None::<&[u8]>)?;
        Ok(self.writer.write_all(&row.into_inner()?)?)
    }

    async fn pass_on(&mut self, out: &mut Out<'_>) -> Result<()> {
        out.buffer.append(&mut self.spool.take());
        out.pass_on().await
    }

    async fn finish(self, out: &mut Out<'_>) -> Result<()> {
        self.writer.finish()?;
        out.buffer.append(&mut self.spool.take());
        out.pass_on().await
    }
}
