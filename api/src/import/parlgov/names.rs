//! All names of a party: the one that the tables know it by, and those it took at a time.
//!
//! The name shown is the English one, by which readers of the tables find a party; it is a translation where the
//! party's own is another. A name that was followed by another is a former one, and lasted until then. So a party is
//! shown at each time by what it was called in English.

use entity::kind::{ClaimStatus, NameKind};
use serde_json::{Map, Value};

use super::date::Date;
use super::name::{clean, in_languages, in_scripts, is_short_for, successive, without_year};
use super::{locator, remark};
use crate::import::table::Row;
use crate::write::{ClaimDraft, NameDraft};

/// Names that a party took on a date.
pub(super) struct Taken {
    date: Date,
    english: String,
    own: Vec<String>,
    native: Vec<(String, Option<&'static str>)>,
    short: String,
    id: String,
    said: ClaimDraft,
}

impl Taken {
    pub fn new(row: &Row, date: Date, country: &str) -> Self {
        let id = row.get("id").to_owned();
        let also = (row.get("party_change") == "1")
            .then(|| "ParlGov marks it as a change of the party as well".to_owned());
        let english = clean(row.get("name_english"));
        let english = without_year(&english).to_owned();
        let own = in_languages(&clean(row.get("name")), &english, country);
        Self {
            date,
            native: in_scripts(&clean(row.get("name_nonlatin")), country),
            short: clean(row.get("name_short")),
            said: remark::claim_of(row, locator("PartyNameChange", &id), also),
            english,
            own,
            id,
        }
    }

    fn claim(&self) -> ClaimDraft {
        remark::claim(locator("PartyNameChange", &self.id))
    }

    fn has(&self, name: &str) -> bool {
        let native = self.native.iter().map(|(name, _)| name);
        let names = [&self.english].into_iter().chain(&self.own).chain(native);
        names
            .filter(|it| !it.is_empty())
            .any(|full| is_short_for(name, full))
    }
}

pub(super) struct Names {
    pub shown: String,
    /// What the party's own row has in its place, where that is not the same.
    heading: Option<String>,
    /// What its slug is made of: the name shown, with what tells it from namesakes.
    pub distinct: String,
    pub abbreviation: Option<String>,
    /// Where the name and the abbreviation shown stand, if not in the party's own row.
    shown_in: Option<ClaimDraft>,
    abbreviated_in: Option<ClaimDraft>,
    taken: Vec<Taken>,
    pub all: Vec<NameDraft>,
}

impl Names {
    /// `row` is the party's own; `taken` the names that it took. None: it has no name at all.
    pub fn of(
        row: &Row,
        data: &Map<String, Value>,
        mut taken: Vec<Taken>,
        country: &str,
    ) -> Option<Self> {
        taken.sort_by_key(|names| names.date.day());
        let headings = ["name_english", "name"].map(|column| successive(row.get(column)));
        let [english, own] = headings;
        let heading = [english.last(), own.last()].into_iter().flatten().next()?;
        let shorts = successive(row.get("name_short"));
        // A heading puts names one after the other, in short; the last one taken stands in full elsewhere.
        let last = |several: bool| taken.last().filter(|_| several);
        let latest = last(english.len() > 1).filter(|latest| !latest.english.is_empty());
        let shortest = last(english.len() > 1 || shorts.len() > 1);
        let shortest = shortest.filter(|latest| !latest.short.is_empty());
        let distinct = latest.map_or(heading, |latest| &latest.english).clone();
        let shown = without_year(&distinct).to_owned();
        let abbreviation = shortest.map(|latest| &latest.short).or(shorts.last());
        let whole = clean(row.get("name_english"));
        let mut names = Self {
            heading: (!whole.is_empty() && whole != shown).then_some(whole),
            shown,
            abbreviation: abbreviation.cloned(),
            shown_in: latest.map(Taken::claim),
            abbreviated_in: shortest.map(Taken::claim),
            distinct,
            taken,
            all: Vec::new(),
        };
        names.undated(&english, &own, row, country);
        for short in shorts
            .iter()
            .filter(|it| names.abbreviation.as_ref() != Some(it))
        {
            if names.taken.iter().all(|taken| taken.short != *short) {
                names.all.push(undated(short, NameKind::Abbreviation, None));
            }
        }
        names.in_data_json(data);
        names.dated();
        Some(names)
    }

    /// The names that the party's own row has.
    fn undated(&mut self, english: &[String], own: &[String], row: &Row, country: &str) {
        let kind = self.own_kind();
        let is_one = own.len() == 1;
        let own: Vec<_> = own
            .iter()
            .flat_map(|name| {
                in_languages(name, english.first().map_or("", String::as_str), country)
            })
            .collect();
        let native: Vec<_> = successive(row.get("name_nonlatin"))
            .iter()
            .flat_map(|name| in_scripts(name, country))
            .filter(|(name, _)| !own.contains(name))
            .collect();
        // Beside a name in its own script, the same in Latin letters is another way to write it.
        let kind_of_own = if native.is_empty() && is_one {
            kind
        } else {
            NameKind::Alternative
        };

        let shown = self.shown.clone();
        if self.taken.iter().all(|taken| taken.english != shown) {
            self.all.push(if own.contains(&shown) {
                NameDraft {
                    preferred: true,
                    ..undated(&shown, kind_of_own, None)
                }
            } else {
                NameDraft {
                    preferred: true,
                    ..undated(&shown, NameKind::Translation, Some("en"))
                }
            });
        }
        let language = |name: &String| (!own.contains(name)).then_some("en");
        let english = english.iter().filter(|_| english.len() > 1);
        let english = english.map(|name| (name, NameKind::Alternative, language(name)));
        let own = own.iter().map(|name| (name, kind_of_own, None));
        let native = native
            .iter()
            .map(|(name, language)| (name, kind, *language));
        let others: Vec<_> = english.chain(own).chain(native).collect();
        for (name, kind, language) in others {
            let known = self.all.iter().any(|it| it.text == *name);
            if !known && !self.taken.iter().any(|taken| taken.has(name)) {
                self.all.push(undated(name, kind, language));
            }
        }
    }

    /// The kind of names that are the party's own and have no dates: what was its name at a time is told by those
    /// that have.
    const fn own_kind(&self) -> NameKind {
        if self.taken.is_empty() {
            NameKind::Official
        } else {
            NameKind::Alternative
        }
    }

    /// Names in other languages, and fuller ones.
    fn in_data_json(&mut self, data: &Map<String, Value>) {
        let in_languages = data.get("name_language").and_then(Value::as_array);
        let in_languages = in_languages.into_iter().flatten().filter_map(Value::as_str);
        let mut names: Vec<_> = in_languages
            .flat_map(|text| {
                let (language, names) = text.split_once(": ").unwrap_or(("", text));
                let language = match language {
                    "French" => Some("fr"),
                    "German" => Some("de"),
                    _ => None,
                };
                let names = successive(names).into_iter();
                names.map(move |name| (name, NameKind::Translation, language))
            })
            .collect();
        let full = |key: &str| {
            let full = data.get("name_full")?;
            let text = full.get(key).unwrap_or(full).as_str()?;
            Some(clean(text))
        };
        names.extend(full("name").map(|name| (name, self.own_kind(), None)));
        if data.get("name_full").is_some_and(Value::is_object) {
            let english = full("name_english");
            names.extend(english.map(|name| (name, NameKind::Translation, Some("en"))));
            names.extend(full("name_short").map(|name| (name, NameKind::Abbreviation, None)));
        }
        for (name, kind, language) in names {
            let is_known = self.abbreviation.as_ref() == Some(&name)
                || self.all.iter().any(|it| it.text == name);
            if !is_known {
                self.all.push(undated(&name, kind, language));
            }
        }
    }

    /// The names that were taken, each until the next.
    fn dated(&mut self) {
        let ends = self.taken.iter().skip(1).map(Some).chain([None]);
        for (taken, next) in self.taken.iter().zip(ends) {
            let kind = |kind| {
                if next.is_some() {
                    NameKind::Former
                } else {
                    kind
                }
            };
            let native: Vec<_> = taken
                .native
                .iter()
                .filter(|(name, _)| !taken.own.contains(name))
                .collect();
            let own_kind = match &native[..] {
                [] => NameKind::Official,
                _ => NameKind::Alternative,
            };
            let english = if taken.own.contains(&taken.english) {
                (&taken.english, kind(own_kind), None)
            } else {
                (&taken.english, kind(NameKind::Translation), Some("en"))
            };
            let own = taken.own.iter().filter(|name| **name != taken.english);
            let own = own.map(|name| (name, kind(own_kind), None));
            let native = native.into_iter();
            let native = native.map(|(name, language)| (name, kind(NameKind::Official), *language));
            let short = (&taken.short, NameKind::Abbreviation, None);
            let names = [english]
                .into_iter()
                .chain(own)
                .chain(native)
                .chain([short]);
            let mut claims = vec![taken.said.clone()];
            claims.extend(next.map(|next| ClaimDraft {
                status: Some(ClaimStatus::Derived),
                note: Some("Its end is when the next name was taken".to_owned()),
                ..next.claim()
            }));
            for (text, kind, language) in names.filter(|(text, ..)| !text.is_empty()) {
                self.all.push(NameDraft {
                    start: Some(taken.date.draft()),
                    end: next.map(|next| next.date.draft()),
                    preferred: next.is_none() && *text == taken.english,
                    claims: claims.clone(),
                    ..undated(text, kind, language)
                });
            }
        }
    }

    /// The claims on the name shown, with that of the party's own row among them.
    pub fn claims(&self, own: ClaimDraft) -> Vec<ClaimDraft> {
        let own = ClaimDraft {
            quote: self.heading.clone(),
            ..own
        };
        self.shown_in.iter().cloned().chain([own]).collect()
    }

    /// The claims on the abbreviation; none: the party's own row is all there is.
    pub fn claims_on_abbreviation(&self) -> Option<Vec<ClaimDraft>> {
        self.abbreviated_in.clone().map(|claim| vec![claim])
    }

    /// When the names of a row were taken.
    pub fn taken(&self, id: &str) -> Option<Date> {
        let taken = self.taken.iter().find(|taken| taken.id == id);
        taken.map(|taken| taken.date)
    }

    /// What the party was called in English when something happened to it: `before` it, or from then on.
    pub fn on(&self, date: Option<Date>, before: bool) -> &str {
        let taken = date.and_then(|date| {
            let earlier = |taken: &&Taken| {
                if before {
                    taken.date.day() < date.day()
                } else {
                    taken.date.day() <= date.day()
                }
            };
            self.taken.iter().rev().find(earlier)
        });
        taken
            .map(|taken| taken.english.as_str())
            .filter(|name| !name.is_empty())
            .unwrap_or(&self.shown)
    }
}

fn undated(text: &str, kind: NameKind, language: Option<&str>) -> NameDraft {
    NameDraft {
        text: text.to_owned(),
        kind: Some(kind),
        language: language.map(str::to_owned),
        start: None,
        end: None,
        preferred: false,
        claims: Vec::new(),
    }
}
