//! Lists of row keys within a statement: a recursive statement carries the organisations it has met in them.
//! SQLite keeps such a list as JSON text, PostgreSQL as an array.

use crate::graph::sql::Dialect::{self, Postgres, Sqlite};

impl Dialect {
    pub(super) fn no_keys(self) -> &'static str {
        match self {
            Sqlite => "'[]'",
            Postgres => "'{}'::bigint[]",
        }
    }

    pub(super) fn one_key(self, key: &str) -> String {
        match self {
            Sqlite => format!("json_array({key})"),
            Postgres => format!("ARRAY[{key}]"),
        }
    }

    /// The aggregate of the keys of a group, in `order` if one is given.
    pub(super) fn keys(self, key: &str, order: &str) -> String {
        let order = match order {
            "" => String::new(),
            order => format!(" ORDER BY {order}"),
        };
        match self {
            Sqlite => format!("json_group_array({key}{order})"),
            Postgres => format!("coalesce(array_agg({key}{order}),{})", self.no_keys()),
        }
    }

    /// Both lists as one.
    pub(super) fn joined_keys(self, first: &str, second: &str) -> String {
        match self {
            Sqlite => format!(
                "CASE {first} WHEN '[]' THEN {second} ELSE substr({first},1,length({first})-1) || ',' || substr({second},2) END"
            ),
            Postgres => format!("{first}||{second}"),
        }
    }

    pub(super) fn count_keys(self, keys: &str) -> String {
        match self {
            Sqlite => format!("json_array_length({keys})"),
            Postgres => format!("cardinality({keys})"),
        }
    }

    /// The keys as a table with a column `value`.
    pub(super) fn each_key(self, keys: &str, alias: &str) -> String {
        match self {
            Sqlite => format!("json_each({keys}) {alias}"),
            Postgres => format!("unnest({keys}) AS {alias}(value)"),
        }
    }

    /// The same with a column `key`, which holds the order.
    pub(super) fn each_key_in_order(self, keys: &str, alias: &str) -> String {
        match self {
            Sqlite => self.each_key(keys, alias),
            Postgres => format!("unnest({keys}) WITH ORDINALITY AS {alias}(value,key)"),
        }
    }

    /// Keys that a parameter brings as JSON text.
    pub(super) fn bound_keys(self, parameter: &str) -> String {
        match self {
            Sqlite => parameter.to_owned(),
            Postgres => {
                format!("ARRAY(SELECT json_array_elements_text({parameter}::json)::bigint)")
            }
        }
    }

    /// JSON that a parameter brings.
    pub(super) fn bound_json(self, parameter: &str) -> String {
        match self {
            Sqlite => parameter.to_owned(),
            Postgres => format!("{parameter}::json"),
        }
    }

    /// A JSON list as a table with columns `key`, which holds the order, and `value`.
    pub(super) fn each_json(self, json: &str, alias: &str) -> String {
        match self {
            Sqlite => format!("json_each({json}) {alias}"),
            Postgres => {
                format!("json_array_elements({json}) WITH ORDINALITY AS {alias}(value,key)")
            }
        }
    }

    /// A member of a JSON object: a whole number.
    pub(super) fn number_in(self, json: &str, member: &str) -> String {
        match self {
            Sqlite => format!("({json}->>'{member}')"),
            Postgres => format!("({json}->>'{member}')::bigint"),
        }
    }
}
