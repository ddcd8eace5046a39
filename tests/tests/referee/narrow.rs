//! Filters and narrowing arguments, as the interpreter understands their descriptions: what is not known passes
//! no comparison, and `not` lets exactly the rest pass.

use chrono::NaiveDate;
use entity::date::HistoricalDate;
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    evaluate::Judge,
    query::Field,
    store::{Row, number, text, value},
    table::{Origin, Which, origin, table_of, type_of},
};

/// Case and diacritics aside.
pub fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The days that a date may mean. The calendar runs from 0001 to 9999, which is how far the unbounded reach.
pub type Days = (NaiveDate, NaiveDate);

fn days(earliest: Option<NaiveDate>, latest: Option<NaiveDate>) -> Days {
    (
        earliest.unwrap_or_else(|| NaiveDate::from_ymd_opt(1, 1, 1).unwrap()),
        latest.unwrap_or_else(|| NaiveDate::from_ymd_opt(9999, 12, 31).unwrap()),
    )
}

pub fn days_of(edtf: &Value) -> Days {
    let date = HistoricalDate::parse(edtf.as_str().unwrap()).unwrap();
    days(date.earliest, date.latest)
}

/// The days of a date column; unknown dates have none.
fn days_in(row: &Row, column: &str) -> Option<Days> {
    let day = |part: &str| {
        let day = value(row, &format!("{column}_{part}")).as_str()?;
        Some(day.parse().unwrap())
    };
    text(row, column)?;
    Some(days(day("earliest"), day("latest")))
}

/// A list, or one value that stands for a list of one.
fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

fn one_of(value: &Value, allowed: &Value) -> bool {
    !value.is_null() && items(allowed).contains(&value)
}

/// The entries that are given: null asks nothing.
fn given(input: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let entries = input.as_object().unwrap().iter();
    entries
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.as_str(), value))
}

impl Judge<'_> {
    /// Whether a row passes the arguments of its list, the filter and the time aside.
    pub fn narrowed(&self, ty: &str, field: &Field, row: &Row) -> bool {
        field.arguments.iter().all(|(name, _)| {
            let Some(asked) = self.argument(field, name) else {
                return true;
            };
            match name.as_str() {
                "first" | "after" | "last" | "before" | "orderBy" | "filter" | "at" | "match" => {
                    true
                }
                "roles" => one_of(&row["role"], &asked),
                "rank" | "status" | "property" | "kind" => one_of(value(row, name), &asked),
                "kinds" if row.contains_key("participant_id") => number(row, "participant_id")
                    .is_some_and(|id| {
                        let node = self.store.by_id("node", id).unwrap();
                        one_of(&node["kind"], &asked)
                    }),
                "kinds" => one_of(&row["kind"], &asked),
                other => panic!("nobody has said what {ty}.{}({other}:) means", field.name),
            }
        })
    }

    /// Whether a row passes the filter of its list.
    pub fn filtered(&self, ty: &str, name: &str, field: &Field, row: &Row) -> bool {
        let Some(filter) = self.argument(field, "filter") else {
            return true;
        };
        let definition = self.schema.type_field(ty, name).unwrap();
        let argument = definition.argument_by_name("filter").unwrap();
        let of = argument.ty.inner_named_type().as_str();
        self.passes(of.strip_suffix("Filter").unwrap(), row, &filter)
    }

    pub fn passes(&self, ty: &str, row: &Row, filter: &Value) -> bool {
        given(filter).all(|(entry, asked)| match entry {
            "and" => items(asked).iter().all(|part| self.passes(ty, row, part)),
            "or" => items(asked).iter().any(|part| self.passes(ty, row, part)),
            "not" => !self.passes(ty, row, asked),
            entry => self.test(ty, entry, row, asked),
        })
    }

    fn test(&self, ty: &str, entry: &str, row: &Row, asked: &Value) -> bool {
        if entry == "name" {
            return texts(text(row, "name_folded"), asked, folded);
        }
        let id = number(row, "id").unwrap();
        let some = |of: &str, key: &str| {
            let mut rows = self.store.by_key(&table_of(of), key, id).into_iter();
            rows.any(|row| self.passes(of, row, asked))
        };
        match (ty, entry) {
            (_, "participations") => return some("Participation", "participant_id"),
            (_, "topics") => return some("Classification", "node_id"),
            ("Organisation", "country") => {
                let country = number(row, "country_id");
                return country.is_some_and(|id| {
                    self.passes("Place", self.store.by_id("place", id).unwrap(), asked)
                });
            }
            _ => {}
        }
        match origin(ty, entry) {
            Some(Origin::Column(column)) => match (value(row, &column), asked) {
                (known, Value::Bool(asked)) => known == asked,
                (known, asked) => texts(known.as_str(), asked, str::to_owned),
            },
            Some(Origin::Date(column)) => dated(days_in(row, &column), asked),
            Some(Origin::One(key, to)) => number(row, key)
                .and_then(|id| self.store.by_id(&table_of(to), id))
                .is_some_and(|row| self.passes(to, row, asked)),
            Some(Origin::Entity(key)) => {
                number(row, key).is_some_and(|id| self.entity_passes(id, asked))
            }
            Some(Origin::List(rows)) => match rows.which {
                Which::By(key) => some(rows.ty, key),
                _ => panic!("nobody has said what {ty}.{entry} filters"),
            },
            Some(Origin::Page(page)) => match page.rows.which {
                Which::By(key) => some(page.rows.ty, key),
                _ => panic!("nobody has said what {ty}.{entry} filters"),
            },
            _ => panic!("nobody has said what {ty}.{entry} filters"),
        }
    }

    fn entity_passes(&self, id: i64, filter: &Value) -> bool {
        let (kind, row) = self.store.node(id);
        given(filter).all(|(entry, asked)| match entry {
            "id" => texts(text(row, "public_id"), asked, str::to_owned),
            "kind" => texts(Some(kind), asked, str::to_owned),
            table => {
                kind == table.to_uppercase() && self.passes(type_of(table).unwrap(), row, asked)
            }
        })
    }
}

/// `eq`, `in`, `contains`, `startsWith`; `form` is how what is asked for is written in the rows.
fn texts(known: Option<&str>, asked: &Value, form: impl Fn(&str) -> String) -> bool {
    given(asked).all(|(operator, asked)| {
        let formed = |asked: &Value| form(asked.as_str().unwrap());
        known.is_some_and(|known| match operator {
            "eq" => known == formed(asked),
            "in" => items(asked).iter().any(|asked| known == formed(asked)),
            "contains" => known.contains(&formed(asked)),
            "startsWith" => known.starts_with(&formed(asked)),
            other => panic!("nobody has said what {other} compares"),
        })
    })
}

fn dated(known: Option<Days>, asked: &Value) -> bool {
    let certainly = asked["match"] == "CERTAINLY";
    given(asked).all(|(operator, asked)| {
        if operator == "match" {
            return true;
        }
        if operator == "known" {
            return known.is_some() == (*asked == Value::Bool(true));
        }
        let Some((earliest, latest)) = known else {
            return false;
        };
        let (first, last) = days_of(asked);
        match (operator, certainly) {
            ("during", true) => earliest >= first && latest <= last,
            ("during", false) => earliest <= last && latest >= first,
            ("before", true) => latest < first,
            ("before", false) => earliest < first,
            ("after", true) => earliest > last,
            ("after", false) => latest > last,
            (other, _) => panic!("nobody has said what {other} compares"),
        }
    })
}
