//! `jsonl`: this program's own format, a record a line, as `export jsonl` writes it.
//!
//! A line is a JSON object that begins with `type`, the kind of record, and `slug`; the rest is what a seed file of that kind may hold. It
//! says all of the record, so it takes the place of what is stored. Records may come in any order and refer to each
//! other in circles: the file is read twice, first to make its records known, then for what they say.

use std::fmt;
use std::path::Path;

use anyhow::Result;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::Import;
use super::fault::Place;
use super::file::{self, Lines};
use crate::write::{Content, Draft, Kind};

/// Records that are written together: enough to fill statements, few enough to fit in memory.
const TOGETHER: usize = 1000;

pub(super) async fn load(import: &mut Import<'_>, path: &Path) -> Result<()> {
    let size = file::size(path);
    import.progress.start("bytes, read twice", 2 * size);
    let mut lines = Lines::open(path)?;
    loop {
        let (drafts, _) = batch(import, &mut lines)?;
        import.progress.reach(lines.read());
        // Once the file is refused the rest of it is read only for what else is wrong.
        if drafts.is_empty() {
            break;
        }
        if !import.is_refused() {
            import.announce(&drafts).await?;
        }
    }
    import.settle()?;
    let mut lines = Lines::open(path)?;
    loop {
        let (drafts, places) = batch(import, &mut lines)?;
        if drafts.is_empty() {
            return Ok(());
        }
        let place = |draft: &Draft| {
            let index = drafts.iter().position(|it| std::ptr::eq(it, draft))?;
            places.get(index).cloned()
        };
        import.replace(&drafts, place).await?;
        import.progress.reach(size + lines.read());
    }
}

/// The next records, and where they stand.
fn batch(import: &mut Import<'_>, lines: &mut Lines) -> Result<(Vec<Draft>, Vec<Place>)> {
    let mut drafts = Vec::new();
    let mut places = Vec::new();
    while drafts.len() < TOGETHER {
        let Some(text) = lines.next()? else { break };
        if text.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Line>(&text) {
            Ok(Line(draft)) => {
                drafts.push(draft);
                places.push(lines.place());
            }
            Err(error) => {
                let message = error.to_string();
                let end = format!(" at line {} column {}", error.line(), error.column());
                let message = message.strip_suffix(&end).unwrap_or(&message);
                let column = error.column().max(1) as u64;
                import.refuse(lines.place().character(column).fault(message));
            }
        }
    }
    Ok((drafts, places))
}

struct Line(Draft);

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
        let mut text = |field: &str| match map.next_entry::<String, String>()? {
            Some((key, value)) if key == field => Ok(value),
            _ => Err(A::Error::custom(
                r#"a record begins with "type" and "slug", in this order"#,
            )),
        };
        let word = text("type")?;
        let slug = text("slug")?;
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word() == word) else {
            let kinds = Kind::ALL.map(Kind::word).join(", ");
            return Err(A::Error::custom(format!(
                "`{word}` is no kind of record; the kinds are {kinds}"
            )));
        };
        let content = Content::deserialize(kind, MapAccessDeserializer::new(map))?;
        Ok(Line(Draft { slug, content }))
    }
}
