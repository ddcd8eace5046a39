//! `jsonl`: this program's own format, a record a line, as `export jsonl` writes it.
//!
//! A line is a JSON object that begins with `type`, the kind of record, and `slug`; the rest is what a seed file of that kind may hold. It
//! says all of the record, so it takes the place of what is stored. Records may come in any order and refer to each
//! other in circles: the file is read twice, first to make its records known, then for what they say.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use anyhow::Result;
use chrono::{DateTime, Utc};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::Import;
use super::fault::{self, Place};
use super::file::{self, Lines};
use crate::write::{Content, Draft, Kind};

/// Records that are written together: enough to fill statements, few enough to fit in memory.
const TOGETHER: usize = 1000;

pub(super) async fn load(import: &mut Import<'_>, path: &Path) -> Result<()> {
    let size = file::size(path);
    import.progress.start("bytes, read twice", 2 * size);
    let mut lines = Reader::open(path)?;
    loop {
        let batch = lines.batch(import)?;
        import.progress.reach(lines.lines.read());
        if batch.drafts.is_empty() {
            break;
        }
        // A file that will be refused is read on for what else is wrong with it.
        if !import.is_refused() {
            import.announce(&batch.drafts).await?;
        }
    }
    import.settle()?;
    let mut lines = Reader::open(path)?;
    loop {
        let Batch {
            written,
            drafts,
            places,
        } = lines.batch(import)?;
        if drafts.is_empty() {
            return Ok(());
        }
        let place = |draft: &Draft| {
            let index = drafts.iter().position(|it| std::ptr::eq(it, draft))?;
            places.get(index).cloned()
        };
        import.replace(&drafts, written.as_ref(), place).await?;
        import.progress.reach(size + lines.lines.read());
    }
}

/// Records that were written together, and where they stand.
#[derive(Default)]
struct Batch {
    written: Option<Written>,
    drafts: Vec<Draft>,
    places: Vec<Place>,
}

/// Reads lines, one further than a batch goes.
struct Reader {
    lines: Lines,
    next: Option<(Line, Place)>,
}

impl Reader {
    fn open(path: &Path) -> Result<Self> {
        let lines = Lines::open(path)?;
        Ok(Self { lines, next: None })
    }

    /// The next records: of one revision of the data set, and none of them twice.
    fn batch(&mut self, import: &mut Import<'_>) -> Result<Batch> {
        let mut batch = Batch::default();
        let mut slugs = HashSet::new();
        while batch.drafts.len() < TOGETHER {
            let Some((line, place)) = self.line(import)? else {
                break;
            };
            let fits = batch.drafts.is_empty() || batch.written == line.written;
            if !fits
                || !slugs.insert((line.draft.kind(), line.draft.slug.clone()))
                    && line.written.is_some()
            {
                self.next = Some((line, place));
                break;
            }
            batch.written = line.written;
            batch.drafts.push(line.draft);
            batch.places.push(place);
        }
        Ok(batch)
    }

    fn line(&mut self, import: &mut Import<'_>) -> Result<Option<(Line, Place)>> {
        if let Some(line) = self.next.take() {
            return Ok(Some(line));
        }
        while let Some(text) = self.lines.next()? {
            if text.trim().is_empty() {
                continue;
            }
            match serde_json::from_str::<Line>(&text) {
                Ok(line) => return Ok(Some((line, self.lines.place()))),
                Err(error) => {
                    // Counted in bytes there, and from 1.
                    let before = text.as_bytes().get(..error.column().saturating_sub(1));
                    let before = String::from_utf8_lossy(before.unwrap_or_default());
                    let place = self.lines.place();
                    let place = place.character(before.chars().count() as u64 + 1);
                    import.refuse(place.fault(fault::of_json(&error)));
                }
            }
        }
        Ok(None)
    }
}

struct Line {
    written: Option<Written>,
    draft: Draft,
}

/// Who wrote a revision, when and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Written {
    pub author: String,
    #[serde(default)]
    pub reason: Option<String>,
    pub recorded_at: DateTime<Utc>,
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(LineVisitor)
    }
}

struct LineVisitor;

impl<'de> Visitor<'de> for LineVisitor {
    type Value = Line;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"a record, as in {"type": "person", "slug": "cat-boyd", "name": "Cat Boyd"}"#)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Line, A::Error> {
        const BEGINNING: &str = r#"a record begins with "type" and "slug", in this order"#;
        let mut written = None;
        let mut key = map.next_key::<String>()?;
        if key.as_deref() == Some("revision") {
            written = Some(map.next_value()?);
            key = map.next_key()?;
        }
        if key.as_deref() != Some("type") {
            return Err(A::Error::custom(BEGINNING));
        }
        let word: String = map.next_value()?;
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word() == word) else {
            let kinds = Kind::ALL.map(Kind::word).join(", ");
            return Err(A::Error::custom(format!(
                "`{word}` is no kind of record; the kinds are {kinds}"
            )));
        };
        let Some((field, slug)) = map.next_entry::<String, String>()? else {
            return Err(A::Error::custom(BEGINNING));
        };
        if field != "slug" {
            return Err(A::Error::custom(BEGINNING));
        }
        let content = Content::deserialize(kind, MapAccessDeserializer::new(map))?;
        let draft = Draft { slug, content };
        Ok(Line { written, draft })
    }
}
