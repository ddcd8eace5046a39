//! The tables in their folder: `Party.csv`, or `21__parties__Party.csv` as the folder may name it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::import::Import;
use crate::import::fault::{Place, Refused};
use crate::import::table::{Row, Table};

/// A table that is looked for.
struct Wanted {
    name: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
}

const COUNTRY: Wanted = Wanted {
    name: "Country",
    required: &["id", "name", "name_short", "code_iso2"],
    optional: &[
        "oecd_accession_date",
        "eu_accession_date",
        "flag",
        "comment",
        "data_json",
    ],
};
const PARTY: Wanted = Wanted {
    name: "Party",
    required: &[
        "id",
        "country",
        "name_short",
        "name_english",
        "name",
        "foundation_date",
    ],
    optional: &[
        "family",
        "name_ascii",
        "name_nonlatin",
        "wikipedia",
        "dissolution_date",
        "data_source",
        "description",
        "comment",
        "data_json",
    ],
};
const NAME_CHANGE: Wanted = Wanted {
    name: "PartyNameChange",
    required: &["id", "party", "date", "name_short", "name_english", "name"],
    optional: &[
        "party_change",
        "name_ascii",
        "name_nonlatin",
        "data_source",
        "description",
        "comment",
        "data_json",
    ],
};
const CHANGE: Wanted = Wanted {
    name: "PartyChange",
    required: &["id", "party", "party_new", "type", "date"],
    optional: &["data_source", "description", "comment", "data_json"],
};
const CODE: Wanted = Wanted {
    name: "Code",
    required: &["id", "table_variable", "short", "name"],
    optional: &["order", "description", "wikipedia", "old", "comment"],
};
const FAMILY: Wanted = Wanted {
    name: "PartyFamily",
    required: &["id", "party", "family"],
    optional: &[],
};
const ELECTION: Wanted = Wanted {
    name: "Election",
    required: &["id", "type", "country", "date"],
    optional: &[
        "early",
        "wikipedia",
        "dissolution_date",
        "seats_total",
        "electorate",
        "votes_cast",
        "votes_valid",
        "data_source",
        "description",
        "comment",
        "data_json",
        "previous_parliament_election",
        "previous_ep_election",
        "previous_cabinet",
    ],
};

/// The rows of each table; no rows of a table that may be missing and is.
pub(super) struct Tables {
    pub countries: Vec<Row>,
    pub parties: Vec<Row>,
    pub names: Vec<Row>,
    pub changes: Vec<Row>,
    pub codes: Vec<Row>,
    pub families: Vec<Row>,
    pub elections: Vec<Row>,
}

impl Tables {
    /// Opens all tables, or tells all that is wrong with them.
    pub fn open(import: &mut Import<'_>, path: &Path) -> anyhow::Result<Self> {
        let mut folder = Folder::open(path)?;
        let tables = Self {
            countries: folder.needed(import, &COUNTRY),
            parties: folder.needed(import, &PARTY),
            names: folder.needed(import, &NAME_CHANGE),
            changes: folder.needed(import, &CHANGE),
            codes: folder.optional(import, &CODE, "what parties are put under is not named"),
            families: folder.optional(import, &FAMILY, "parties have their main family alone"),
            elections: folder.optional(import, &ELECTION, "elections stay as they are"),
        };
        if !folder.missing.is_empty() {
            let needed = [COUNTRY.name, PARTY.name, NAME_CHANGE.name, CHANGE.name];
            let message = format!(
                "there is no table {} in this folder; {} are needed, each as `Name.csv` or `..__Name.csv`",
                folder.missing.join(", nor "),
                needed.join(", ")
            );
            import.refuse(Place::file(path.display().to_string()).fault(message));
        }
        import.settle()?;
        Ok(tables)
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        let tables = [
            &self.countries,
            &self.parties,
            &self.names,
            &self.changes,
            &self.codes,
            &self.families,
            &self.elections,
        ];
        tables.iter().map(|rows| rows.len() as u64).sum()
    }
}

/// A row's id, which must be its own.
pub(super) fn own_id<'a>(
    import: &mut Import<'_>,
    row: &'a Row,
    seen: &mut HashSet<&'a str>,
) -> &'a str {
    let id = row.get("id");
    if id.is_empty() {
        import.refuse(row.fault("id", "this is empty, and every row has an id"));
    } else if !seen.insert(id) {
        import.refuse(row.fault("id", format!("`{id}` is the id of a row above too")));
    }
    id
}

struct Folder {
    files: Vec<PathBuf>,
    missing: Vec<&'static str>,
}

impl Folder {
    fn open(path: &Path) -> Result<Self, Refused> {
        let place = || Place::file(path.display().to_string());
        let entries = fs::read_dir(path).map_err(|error| {
            place().fault(match error.kind() {
                std::io::ErrorKind::NotFound => "there is no such folder".to_owned(),
                std::io::ErrorKind::NotADirectory => {
                    "this is a file; name the folder that holds the tables of ParlGov".to_owned()
                }
                _ => format!("the folder cannot be read: {error}"),
            })
        })?;
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        let missing = Vec::new();
        Ok(Self { files, missing })
    }

    fn needed(&mut self, import: &mut Import<'_>, wanted: &Wanted) -> Vec<Row> {
        self.rows(import, wanted).unwrap_or_else(|| {
            self.missing.push(wanted.name);
            Vec::new()
        })
    }

    fn optional(&self, import: &mut Import<'_>, wanted: &Wanted, without: &str) -> Vec<Row> {
        self.rows(import, wanted).unwrap_or_else(|| {
            let what = format!("table {}", wanted.name);
            let why = format!("it is not in the folder; {without}");
            import.report.losses.add(&what, &why, 1);
            Vec::new()
        })
    }

    /// The rows of a table; none: there is no such file. What is wrong with it is refused.
    fn rows(&self, import: &mut Import<'_>, wanted: &Wanted) -> Option<Vec<Row>> {
        let mut files = self.files.iter().filter(|path| is_table(path, wanted.name));
        let path = files.next()?;
        if let Some(other) = files.next() {
            let message = format!(
                "this is the table {} too, like {}; leave one of them in the folder",
                wanted.name,
                path.display()
            );
            import.refuse(Place::file(other.display().to_string()).fault(message));
        }
        let rows = Table::open(path, wanted.required, wanted.optional).and_then(|table| {
            let unknown = table.unknown.clone();
            Ok((table.rows()?, unknown))
        });
        match rows {
            Ok((rows, unknown)) => {
                for column in unknown {
                    let what = format!("column `{column}` of {}", wanted.name);
                    let why = "it is not known what it means";
                    import.report.losses.add(&what, why, rows.len());
                }
                Some(rows)
            }
            Err(refused) => {
                refused.faults().for_each(|fault| import.refuse(fault));
                Some(Vec::new())
            }
        }
    }
}

fn is_table(path: &Path, table: &str) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or_default().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = name.strip_suffix(".csv");
    stem.is_some_and(|stem| stem.rsplit("__").next() == Some(&table.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        let check = |name: &str, table, is| assert_eq!(is_table(Path::new(name), table), is);
        check("x/21__parties__Party.csv", "Party", true);
        check("Party.csv", "Party", true);
        check("party.csv.gz", "Party", true);
        check("22__parties__PartyFamily.csv", "Party", false);
        check("Party.txt", "Party", false);
        check("Party", "Party", false);
    }
}
