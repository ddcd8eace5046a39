//! Files to drafts. The folder says what kind of record a file holds, its name is the slug.

use std::{fmt, fs, io, path::Path};

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use serde_saphyr::{Options, SnippetMode, UserMessageFormatter, options, render_options};

use super::position::{Position, Shape};
use super::problem::Problem;
use crate::write::{Content, Draft, Kind};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../seeds");

/// Where seeds come from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// Those that are part of the program.
    Embedded,
    Folder(&'a Path),
}

impl fmt::Display for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Embedded => f.write_str("the program's own seeds"),
            Self::Folder(folder) => folder.display().fmt(f),
        }
    }
}

/// One seed file that could be read.
#[derive(Debug)]
pub struct File {
    /// From the folder of the seeds: `organisations/scottish-left-project.yaml`.
    pub path: String,
    pub draft: Draft,
    shape: Shape,
}

impl File {
    /// A problem at a path of the draft.
    pub fn problem(&self, path: &str, message: impl Into<String>) -> Problem {
        Problem {
            file: self.path.clone(),
            position: self.shape.position(path),
            message: message.into(),
        }
    }
}

/// The files of a source in order of their paths, and what is wrong with those that cannot be read.
pub fn read(source: Source<'_>) -> io::Result<(Vec<File>, Vec<Problem>)> {
    let mut texts = match source {
        Source::Embedded => embedded(&EMBEDDED),
        Source::Folder(folder) => in_folder(folder)?,
    };
    texts.sort();
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for (path, text) in texts {
        match parse(&path, &text) {
            Ok(Some(file)) => files.push(file),
            Ok(None) => {}
            Err((position, message)) => problems.push(Problem {
                file: path,
                position,
                message,
            }),
        }
    }
    Ok((files, problems))
}

fn embedded(folder: &Dir<'_>) -> Vec<(String, Vec<u8>)> {
    let mut texts: Vec<_> = folder
        .files()
        .map(|file| (path_text(file.path()), file.contents().to_vec()))
        .collect();
    texts.extend(folder.dirs().flat_map(embedded));
    texts
}

fn in_folder(root: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut texts = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap_or(&path);
                texts.push((path_text(name), fs::read(&path)?));
            }
        }
    }
    Ok(texts)
}

/// A path as it is written everywhere, whatever the system's separator.
fn path_text(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// `None`: the file is no seed and does not mean to be one.
pub(super) fn parse(path: &str, text: &[u8]) -> Result<Option<File>, (Position, String)> {
    let at_start = |message: String| (Position::START, message);
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (slug, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if name.starts_with('.') || path.starts_with('.') || extension == "md" {
        return Ok(None);
    }
    let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.folder() == folder) else {
        let folders = Kind::ALL.map(Kind::folder).join(", ");
        return Err(at_start(format!(
            "seeds do not belong here; the folders are {folders}"
        )));
    };
    if extension != "yaml" {
        return Err(at_start(format!(
            "not a seed file; its name should be a slug and end in .yaml, as in {folder}/a-slug.yaml"
        )));
    }
    let text = std::str::from_utf8(text).map_err(|error| {
        at_start(format!(
            "not UTF-8 from byte {} on; save it as UTF-8",
            error.valid_up_to()
        ))
    })?;
    let content = match kind {
        Kind::Topic => Content::Topic(yaml(text)?),
        Kind::Place => Content::Place(yaml(text)?),
        Kind::Source => Content::Source(yaml(text)?),
        Kind::Person => Content::Person(yaml(text)?),
        Kind::Publication => Content::Publication(yaml(text)?),
        Kind::Organisation => Content::Organisation(yaml(text)?),
        Kind::Campaign => Content::Campaign(yaml(text)?),
        Kind::Event => Content::Event(yaml(text)?),
    };
    Ok(Some(File {
        path: path.to_owned(),
        draft: Draft {
            slug: slug.to_owned(),
            content,
        },
        shape: yaml(text)?,
    }))
}

fn yaml<T: DeserializeOwned>(text: &str) -> Result<T, (Position, String)> {
    serde_saphyr::from_str_with_options(text, yaml_options()).map_err(|error| {
        let position = error
            .location()
            .map_or(Position::START, |location| Position {
                line: location.line(),
                column: location.column(),
            });
        let message = error.render_with_options(render_options! {
            formatter: &UserMessageFormatter,
            snippets: SnippetMode::Off,
        });
        let Position { line, column } = position;
        let place = format!(" at line {line}, column {column}");
        let message = message.strip_suffix(&place).unwrap_or(&message);
        (position, message.to_owned())
    })
}

fn yaml_options() -> Options {
    options! {
        // "no" is a word; and a year of three digits, as in 0850, is no octal number.
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        with_snippet: false,
    }
}
