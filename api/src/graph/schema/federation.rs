//! What makes a subgraph of Apollo Federation of the schema: keys, and the fields that gateways ask.

use std::collections::BTreeMap;

use crate::graph::{
    declarations::Declarations,
    federation::{ENTITIES, SERVICE, UNION, keys},
};

/// What stands before the types. The first edition of Federation 2 has all that is used here. Composition knows of
/// the directives of the language only `@deprecated` and `@specifiedBy`.
pub(super) const HEAD: &str = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])

"""Exactly one entry is given."""
directive @oneOf on INPUT_OBJECT
"#;

/// Types that other subgraphs can declare too: what has no identity and means the same wherever it is said.
const SHARED: [&str; 3] = ["HistoricalDate", "PageInfo", "Quantity"];

/// The directives of types, by the names of the types.
pub(super) fn directives(declarations: &Declarations) -> BTreeMap<&'static str, String> {
    let keyed = declarations.keyed().map(|thing| {
        let keys = keys(thing).iter();
        let keys: Vec<String> = keys
            .map(|key| format!(r#" @key(fields: "{key}")"#))
            .collect();
        (thing.name, keys.concat())
    });
    let shared = SHARED.map(|name| (name, " @shareable".to_owned()));
    keyed.chain(shared).collect()
}

/// The fields that gateways ask, with their types.
pub(super) fn fields(declarations: &Declarations) -> String {
    let keyed: Vec<&str> = declarations.keyed().map(|thing| thing.name).collect();
    format!(
        "scalar _Any\n\
         type _Service {{ sdl: String! }}\n\
         union {UNION} = {}\n\
         extend type Query {{ {SERVICE}: _Service! {ENTITIES}(representations: [_Any!]!): [{UNION}]! }}\n",
        keyed.join(" | ")
    )
}
