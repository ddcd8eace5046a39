//! Files that are damaged, or other files than was meant: every format says where and what, and nothing is written.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use api::{export, import::Format};
use tests::{On, World, folder, on_both};

on_both! {
    damaged_files_are_refused_with_the_place,
    marks_and_line_ends_of_other_systems_change_nothing,
    what_is_no_slug_is_no_source,
}

/// A format, a file of it, and how files of it are damaged.
struct Sample {
    format: Format,
    /// The file, by its name in the folder that is imported, where the format is a folder.
    name: &'static str,
    text: String,
    /// A text in the file after which it breaks off; further on nothing may be missed.
    cut_after: &'static str,
    /// A text in the file, once put into it with another byte after it that is no UTF-8.
    before_byte: &'static str,
    /// What a column, a field or a mark is called, and by what wrong name.
    renamed: (&'static str, &'static str),
}

const TABLE: &str = "id,name,start,end,split,merge
lab,Labour League,1900,1950,,union
union,\"Union, the\",1920,,,
left,Left Bloc,1930,1940,lab,lab
";

async fn samples() -> Vec<Sample> {
    let read = |path: &str| fs::read_to_string(folder(path)).unwrap();
    let small = World::new(On::Sqlite, Some(&folder("worlds/small")))
        .await
        .unwrap();
    let jsonl = small.exported(export::Format::Jsonl).await.unwrap();
    vec![
        Sample {
            format: Format::Jsonl,
            name: "all.jsonl",
            text: String::from_utf8(jsonl).unwrap(),
            cut_after: "\"slug\":",
            before_byte: "\"slug\":\"",
            renamed: ("\"name\":", "\"nom\":"),
        },
        Sample {
            format: Format::Parlgov,
            name: "21__parties__Party.csv",
            text: read("fixtures/parlgov/21__parties__Party.csv"),
            cut_after: "9,37",
            before_byte: "9,37",
            renamed: ("name_english", "english"),
        },
        Sample {
            format: Format::TimelineCsv,
            name: "left.csv",
            text: TABLE.to_owned(),
            cut_after: "\"Uni",
            before_byte: "Left ",
            renamed: ("id,", "ident,"),
        },
        Sample {
            format: Format::Popolo,
            name: "atlantis.json",
            text: read("fixtures/atlantis.json"),
            cut_after: "\"organizations\"",
            before_byte: "\"name\": \"",
            renamed: ("\"persons\": [", "\"persons\": {"),
        },
        Sample {
            format: Format::WikidataJson,
            name: "wikidata.json",
            text: read("fixtures/wikidata.json"),
            cut_after: "\"labels\"",
            before_byte: "\"value\":\"",
            renamed: ("\"claims\":", "\"claims\":5,\"was\":"),
        },
        Sample {
            format: Format::Article,
            name: "workers-party.wiki",
            text: read("fixtures/workers-party.wiki"),
            cut_after: "{{Infobox",
            before_byte: "{{Infobox",
            renamed: ("{{Infobox political party", "{{Infobox settlement"),
        },
    ]
}

impl Sample {
    /// Puts the file where it can be imported from, and tells that place.
    fn write(&self, at: &Path, bytes: &[u8]) -> PathBuf {
        let path = self.folder(at);
        fs::write(path.join(self.name), bytes).unwrap();
        self.path(&path)
    }

    fn folder(&self, at: &Path) -> PathBuf {
        if self.format == Format::Parlgov {
            for entry in fs::read_dir(folder("fixtures/parlgov")).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), at.join(entry.file_name())).unwrap();
            }
        }
        at.to_owned()
    }

    fn path(&self, at: &Path) -> PathBuf {
        if self.format == Format::Parlgov {
            at.to_owned()
        } else {
            at.join(self.name)
        }
    }

    /// The damages, each with what is told of it at least.
    fn damages(&self) -> Vec<(&'static str, Vec<u8>)> {
        let after = |mark: &str| self.text.find(mark).unwrap() + mark.len();
        let cut = &self.text[..after(self.cut_after)];
        let (before, rest) = self.text.split_at(after(self.before_byte));
        let (name, wrong) = self.renamed;
        assert!(self.text.contains(name));
        vec![
            ("cut", cut.as_bytes().to_vec()),
            (
                "latin-1",
                [before.as_bytes(), b"\xe9", rest.as_bytes()].concat(),
            ),
            ("renamed", self.text.replacen(name, wrong, 1).into_bytes()),
            ("empty", Vec::new()),
            ("blank", b"\r\n  \r\n".to_vec()),
            ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
            (
                "utf-16",
                format!("\u{feff}{}", self.text)
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect(),
            ),
            (
                "utf-16, unmarked",
                self.text
                    .encode_utf16()
                    .flat_map(u16::to_be_bytes)
                    .collect(),
            ),
        ]
    }
}

async fn refusal(world: &World, sample: &Sample, path: &Path, at: &Path) -> String {
    let source = (sample.format == Format::TimelineCsv).then_some("left");
    let done = world.import(sample.format, path, source, true).await;
    let error = match done {
        Ok(report) => format!("ACCEPTED {report}"),
        Err(error) => error.to_string(),
    };
    assert!(world.database.is_empty().await.unwrap(), "{error}");
    error
        .replace(&format!("{}/", at.display()), "")
        .replace(&at.display().to_string(), "folder")
}

async fn damaged_files_are_refused_with_the_place(on: On) {
    let world = World::empty(on).await.unwrap();
    let mut told = Vec::new();
    for sample in samples().await {
        let format = sample.format.name();
        for (damage, bytes) in sample.damages() {
            let at = tempfile::tempdir().unwrap();
            let path = sample.write(at.path(), &bytes);
            let error = refusal(&world, &sample, &path, at.path()).await;
            told.push(format!("{format}, {damage}: {error}"));
        }

        let at = tempfile::tempdir().unwrap();
        let whole = sample.folder(at.path());
        let mut file = File::create(whole.join(sample.name)).unwrap();
        // The rest of a gigabyte takes no room on the disk.
        let start = sample.text.split_inclusive(sample.before_byte).next();
        file.write_all(start.unwrap().as_bytes()).unwrap();
        file.set_len(1 << 30).unwrap();
        let error = refusal(&world, &sample, &sample.path(&whole), at.path()).await;
        told.push(format!("{format}, a line of 1 GB: {error}"));

        let at = tempfile::tempdir().unwrap();
        let other = match sample.format {
            Format::Parlgov => {
                fs::create_dir(sample.folder(at.path()).join("x")).unwrap();
                fs::remove_file(at.path().join(sample.name)).unwrap();
                fs::create_dir(at.path().join(sample.name)).unwrap();
                at.path().to_owned()
            }
            _ => at.path().to_owned(),
        };
        let error = refusal(&world, &sample, &other, at.path()).await;
        told.push(format!("{format}, a folder: {error}"));
        let error = refusal(&world, &sample, &at.path().join("none"), at.path()).await;
        told.push(format!("{format}, nothing: {error}"));
    }
    insta::assert_snapshot!("damaged", told.join("\n"));
}

async fn marks_and_line_ends_of_other_systems_change_nothing(on: On) {
    for sample in samples().await {
        let mut came = Vec::new();
        for text in [
            sample.text.clone(),
            format!("\u{feff}{}", sample.text.replace('\n', "\r\n")),
        ] {
            let world = World::empty(on).await.unwrap();
            let at = tempfile::tempdir().unwrap();
            let path = sample.write(at.path(), text.as_bytes());
            let source = (sample.format == Format::TimelineCsv).then_some("left");
            let report = world.import(sample.format, &path, source, false).await;
            let report = report.unwrap().to_string();
            let report = report.replace(&at.path().display().to_string(), "folder");
            let data = world.exported(export::Format::Jsonl).await.unwrap();
            came.push((report, String::from_utf8(data).unwrap()));
        }
        assert_eq!(came[0], came[1], "{}", sample.format.name());
    }
}

async fn what_is_no_slug_is_no_source(on: On) {
    let world = World::empty(on).await.unwrap();
    for sample in samples().await {
        let at = tempfile::tempdir().unwrap();
        let path = sample.write(at.path(), sample.text.as_bytes());
        for (chosen, told) in [
            (
                "The Left",
                "`The Left` is no slug for a source; write it as in the-left",
            ),
            (
                "",
                "`` is no slug for a source; write it in letters a to z, digits and hyphens",
            ),
        ] {
            let done = world
                .import(sample.format, &path, Some(chosen), false)
                .await;
            assert_eq!(done.unwrap_err().to_string(), told);
        }
    }
    assert!(world.database.is_empty().await.unwrap());
}
