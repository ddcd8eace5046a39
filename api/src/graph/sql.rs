//! What the two databases spell differently when an answer is built as JSON. Everything here is text made
//! of names that the declarations give; values are bound parameters, always.

use std::collections::BTreeSet;

/// The database a statement is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

use Dialect::{Postgres, Sqlite};

/// Both databases cap the arguments of a function (PostgreSQL at 100, SQLite at 127): objects with more
/// members than this are built in parts.
const MEMBERS: usize = 48;

impl Dialect {
    /// What its database is called by others.
    pub fn name(self) -> &'static str {
        match self {
            Sqlite => "sqlite",
            Postgres => "postgresql",
        }
    }

    /// The `n`th bound parameter, counted from one. Numbered, so that one value can stand in several places.
    pub fn parameter(self, n: usize) -> String {
        match self {
            Sqlite => format!("?{n}"),
            Postgres => format!("${n}"),
        }
    }

    /// The numbers of the parameters that stand in a statement.
    pub fn named(self, sql: &str) -> BTreeSet<usize> {
        let mark = match self {
            Sqlite => '?',
            Postgres => '$',
        };
        sql.split(mark)
            .skip(1)
            .filter_map(|rest| {
                let digits = rest.find(|letter: char| !letter.is_ascii_digit());
                rest[..digits.unwrap_or(rest.len())].parse().ok()
            })
            .collect()
    }

    /// A JSON object with its members in order.
    pub fn object(self, members: &[(String, String)]) -> String {
        if members.len() <= MEMBERS {
            return self.small_object(members);
        }
        let parts: Vec<String> = members
            .chunks(MEMBERS)
            .map(|chunk| {
                let text = format!("CAST({} AS text)", self.small_object(chunk));
                format!("substr({text}, 2, length({text}) - 2)")
            })
            .collect();
        let text = format!("'{{' || {} || '}}'", parts.join(" || ',' || "));
        match self {
            Sqlite => format!("json({text})"),
            Postgres => format!("({text})::json"),
        }
    }

    fn small_object(self, members: &[(String, String)]) -> String {
        let members: Vec<String> = members
            .iter()
            // Keys are GraphQL names, which hold letters, digits and underscores only.
            .map(|(key, value)| format!("'{key}',{value}"))
            .collect();
        let function = match self {
            Sqlite => "json_object",
            Postgres => "json_build_object",
        };
        format!("{function}({})", members.join(","))
    }

    /// JSON that comes out of a subselect or a condition: SQLite forgets that such text is JSON.
    pub fn nested(self, json: &str) -> String {
        match self {
            Sqlite => format!("json({json})"),
            Postgres => json.to_owned(),
        }
    }

    /// The aggregate of all `json` of a group, in `order` if one is given; an empty list for an empty group.
    pub fn list(self, json: &str, order: &str, filter: &str) -> String {
        let order = if order.is_empty() {
            String::new()
        } else {
            format!(" ORDER BY {order}")
        };
        let filter = if filter.is_empty() {
            String::new()
        } else {
            format!(" FILTER (WHERE {filter})")
        };
        match self {
            Sqlite => format!("json_group_array({json}{order}){filter}"),
            Postgres => format!("coalesce(json_agg({json}{order}){filter},'[]'::json)"),
        }
    }

    /// A list of the given JSON values.
    pub fn array(self, items: &[String]) -> String {
        match self {
            Sqlite => format!("json_array({})", items.join(",")),
            Postgres => format!("json_build_array({})", items.join(",")),
        }
    }

    /// A table of the given texts, with columns `key` (their order) and `value`.
    pub fn each(self, texts: &[String], alias: &str) -> String {
        match self {
            Sqlite => format!("json_each(json_array({})) {alias}", texts.join(",")),
            Postgres => format!(
                "unnest(ARRAY[{}]::text[]) WITH ORDINALITY AS {alias}(value,key)",
                texts.join(",")
            ),
        }
    }

    /// A condition or boolean column as JSON true, false or null.
    pub fn boolean(self, condition: &str) -> String {
        match self {
            Sqlite => format!(
                "json(CASE WHEN {condition} THEN 'true' WHEN NOT ({condition}) THEN 'false' END)"
            ),
            Postgres => format!("({condition})"),
        }
    }

    /// A moment as RFC 3339 text in UTC, whole seconds.
    pub fn instant(self, column: &str) -> String {
        match self {
            Sqlite => format!("strftime('%Y-%m-%dT%H:%M:%SZ',{column})"),
            Postgres => {
                format!("to_char({column} AT TIME ZONE 'UTC','YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
            }
        }
    }

    /// Text as lower-case hexadecimal: what cursors are made of.
    pub fn hexadecimal(self, text: &str) -> String {
        match self {
            Sqlite => format!("lower(hex({text}))"),
            Postgres => format!("encode(convert_to({text},'UTF8'),'hex')"),
        }
    }

    /// The unit separator, which no key contains: folded names hold no control characters.
    pub fn separator(self) -> &'static str {
        match self {
            Sqlite => "char(31)",
            Postgres => "chr(31)",
        }
    }

    /// The text that a query of one row gives, as JSON; `otherwise` when it gives no row.
    pub fn first_of(self, text: &str, otherwise: &str) -> String {
        match self {
            Sqlite => format!(
                "coalesce((SELECT json_quote(first) FROM (SELECT ({text}) AS first) WHERE first IS NOT NULL),{otherwise})"
            ),
            Postgres => format!("coalesce(to_json(({text})),{otherwise})"),
        }
    }

    pub fn contains(self, text: &str, part: &str) -> String {
        match self {
            Sqlite => format!("instr({text},{part})>0"),
            Postgres => format!("strpos({text},{part})>0"),
        }
    }

    /// A null that both databases accept as a member of an object.
    pub fn null(self) -> &'static str {
        match self {
            Sqlite => "NULL",
            Postgres => "NULL::text",
        }
    }

    /// The whole statement: one row, one column of text.
    pub fn statement(self, json: &str) -> String {
        match self {
            Sqlite => format!("SELECT {json} AS answer"),
            Postgres => format!("SELECT ({json})::text AS answer"),
        }
    }
}
