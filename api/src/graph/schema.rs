//! The public schema as text, made from the declarations. Everything in it is described here or there.

mod federation;
mod fixed;
mod issue;
mod lineage;
mod time;

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{
    declarations::{Declarations, node_type},
    root::{Root, RootField},
    thing::{Argument, Connection, Source, Test, Thing},
};
use crate::digest;

/// Definitions by name, so that the text is sorted.
#[derive(Default)]
struct Definitions {
    texts: BTreeMap<String, String>,
    /// What stands after the heads of types, by their names.
    directives: BTreeMap<&'static str, String>,
}

impl Definitions {
    fn add(&mut self, name: &str, text: String) {
        self.texts.insert(name.to_owned(), text);
    }

    fn scalar(&mut self, name: &str, specified_by: &str, description: &str) {
        let text = format!(
            "{}scalar {name} @specifiedBy(url: \"{specified_by}\")\n",
            block(description, "")
        );
        self.add(name, text);
    }

    /// A definition with members: `head` as in `type Name`.
    fn members(&mut self, head: &str, description: &str, members: &[Member]) {
        let name = head.split(' ').nth(1).unwrap_or(head);
        let directives = self.directives.get(name).map_or("", String::as_str);
        let mut text = format!("{}{head}{directives} {{\n", block(description, ""));
        for member in members {
            let _ = write!(
                text,
                "{}  {}",
                block(&member.description, "  "),
                member.name
            );
            if !member.arguments.is_empty() {
                text.push_str("(\n");
                for argument in &member.arguments {
                    let _ = writeln!(
                        text,
                        "{}    {}: {}",
                        block(&argument.description, "    "),
                        argument.name,
                        argument.ty
                    );
                }
                text.push_str("  )");
            }
            if !member.ty.is_empty() {
                let _ = write!(text, ": {}", member.ty);
            }
            text.push('\n');
        }
        text.push_str("}\n");
        self.add(name, text);
    }

    fn enumeration(&mut self, name: &str, description: &str, values: &[(&str, &str)]) {
        let values: Vec<Member> = values
            .iter()
            .map(|(value, description)| member(value, "", description))
            .collect();
        self.members(&format!("enum {name}"), description, &values);
    }
}

/// A field, argument, input field or enum value.
struct Member {
    name: String,
    ty: String,
    description: String,
    arguments: Vec<Member>,
}

fn member(name: &str, ty: &str, description: &str) -> Member {
    Member {
        name: name.to_owned(),
        ty: ty.to_owned(),
        description: description.to_owned(),
        arguments: Vec::new(),
    }
}

impl Member {
    fn with(mut self, arguments: Vec<Member>) -> Self {
        self.arguments = arguments;
        self
    }
}

fn block(description: &str, indent: &str) -> String {
    format!(
        "{indent}\"\"\"{}\"\"\"\n",
        description.replace("\"\"\"", "\\\"\"\"")
    )
}

/// The schema definition language of everything that is declared.
pub fn sdl(declarations: &Declarations, roots: &[RootField]) -> String {
    define(Definitions::default(), declarations, roots)
}

/// The same as a subgraph of Apollo Federation: with the keys of types, by which gateways put subgraphs together.
pub fn federation(declarations: &Declarations, roots: &[RootField]) -> String {
    let definitions = Definitions {
        directives: federation::directives(declarations),
        ..Definitions::default()
    };
    let types = define(definitions, declarations, roots);
    format!("{}\n{types}", federation::HEAD)
}

/// All that documents can ask: what the public schema has, and what only gateways ask.
pub fn asked(sdl: &str, declarations: &Declarations) -> String {
    format!("{sdl}\n{}", federation::fields(declarations))
}

fn define(
    mut definitions: Definitions,
    declarations: &Declarations,
    roots: &[RootField],
) -> String {
    fixed::scalars(&mut definitions);
    fixed::enumerations(&mut definitions);
    fixed::values(&mut definitions);
    fixed::inputs(&mut definitions);
    interfaces(&mut definitions, declarations);
    for thing in declarations.things() {
        let interfaces = match thing.interfaces {
            [] => String::new(),
            interfaces => format!(" implements {}", interfaces.join(" & ")),
        };
        definitions.members(
            &format!("type {}{interfaces}", thing.name),
            thing.description,
            &fields(thing),
        );
        if thing.filterable {
            filter(&mut definitions, thing);
        }
        if !thing.orders.is_empty() {
            order(&mut definitions, thing);
        }
    }
    let listed = roots.iter().filter_map(|root| match &root.kind {
        Root::List(connection) => Some(&**connection),
        _ => None,
    });
    for connection in declarations.connections().chain(listed) {
        connection_types(
            &mut definitions,
            connection.of,
            node_type(connection.node),
            match connection.link {
                Some(link) => vec![member(
                    "link",
                    &format!("{link}!"),
                    "The row that joins the two.",
                )],
                None => Vec::new(),
            },
        );
    }
    connection_types(
        &mut definitions,
        "Search",
        "Entity",
        vec![member(
            "excerpt",
            "[String!]!",
            "The text that matched best, in parts: every second one, from the second on, is a part that matched.",
        )],
    );
    lineage::types(&mut definitions);
    issue::types(&mut definitions);
    query(&mut definitions, roots);
    definitions
        .texts
        .into_values()
        .collect::<Vec<_>>()
        .join("\n")
}

/// What stands for the text, the same as long as the text is.
pub fn revision(sdl: &str) -> String {
    let mut digits = digest::hex(sdl);
    digits.truncate(12);
    digits
}

fn fields(thing: &Thing) -> Vec<Member> {
    thing
        .fields
        .iter()
        .map(|field| {
            let arguments = match &field.source {
                Source::Many(many) => {
                    let arguments = many.arguments.iter().map(narrowing);
                    arguments.chain(time::of_list(&many.time)).collect()
                }
                Source::Connection(connection) => paging(connection),
                Source::Kin(_) => lineage::kin_arguments(),
                Source::Lineage => lineage::tree_arguments(),
                _ => Vec::new(),
            };
            member(field.name, &field.ty, field.description).with(arguments)
        })
        .collect()
}

fn narrowing(argument: &Argument) -> Member {
    member(argument.name, &argument.ty, argument.description)
}

fn paging(connection: &Connection) -> Vec<Member> {
    let mut arguments = Vec::new();
    if let Some(thing) = connection.narrowed_by {
        if connection.filter {
            arguments.push(member(
                "filter",
                &format!("{thing}Filter"),
                "Only what passes this filter. Null: all.",
            ));
        }
        if connection.order_by {
            arguments.push(member(
                "orderBy",
                &format!("[{thing}Order!]"),
                "The order, by the first key, then the next; ties are settled the same way every time. Null: the order that the field states.",
            ));
        }
    }
    arguments.extend(connection.arguments.iter().map(narrowing));
    arguments.extend(time::of_list(&connection.time));
    arguments.extend(forward());
    if connection.backwards {
        arguments.push(member("last", "Int", "How many, counted from the end or from `before`; at most 100. Not together with `first`."));
        arguments.push(member(
            "before",
            "String",
            "Only what stands before this cursor. Null: up to the end.",
        ));
    }
    arguments
}

fn forward() -> [Member; 2] {
    [
        member(
            "first",
            "Int",
            "How many, counted from the start or from `after`; at most 100. Null: 20, unless `last` is given.",
        ),
        member(
            "after",
            "String",
            "Only what stands after this cursor. Null: from the start.",
        ),
    ]
}

fn connection_types(definitions: &mut Definitions, of: &str, node: &str, extra: Vec<Member>) {
    let mut edge = vec![
        member(
            "cursor",
            "String!",
            "Stands for this place in the list, in this order; opaque.",
        ),
        member("node", &format!("{node}!"), "What stands at this place."),
    ];
    edge.extend(extra);
    definitions.members(
        &format!("type {of}Edge"),
        &format!("One place in a list of type `{of}Connection`."),
        &edge,
    );
    definitions.members(
        &format!("type {of}Connection"),
        &format!("A page of a list whose items are of type `{node}`."),
        &[
            member(
                "edges",
                &format!("[{of}Edge!]!"),
                "The page's places, each with its cursor.",
            ),
            member("nodes", &format!("[{node}!]!"), "The page's items alone."),
            member(
                "pageInfo",
                "PageInfo!",
                "Where the page stands in the list.",
            ),
            member(
                "totalCount",
                "Int!",
                "How many items the whole list has, whatever the page.",
            ),
        ],
    );
}

fn filter(definitions: &mut Definitions, thing: &Thing) {
    let name = format!("{}Filter", thing.name);
    let mut entries: Vec<Member> = thing
        .filters
        .iter()
        .map(|filter| {
            let ty = match filter.test {
                Test::Text(_) => "TextFilter".to_owned(),
                Test::Folded(_) => "FoldedTextFilter".to_owned(),
                Test::Enum(_, enumeration) => format!("{enumeration}Filter"),
                Test::Bool(_) => "Boolean".to_owned(),
                Test::Date(_) => "DateFilter".to_owned(),
                Test::Id(_) => "IdFilter".to_owned(),
                Test::One(_, thing) | Test::Some(_, thing) => format!("{thing}Filter"),
                Test::Entity(_) => "EntityFilter".to_owned(),
            };
            member(filter.name, &ty, filter.description)
        })
        .collect();
    entries.push(member(
        "and",
        &format!("[{name}!]"),
        "Passes each of these filters.",
    ));
    entries.push(member(
        "or",
        &format!("[{name}!]"),
        "Passes at least one of these filters; an empty list lets nothing pass.",
    ));
    entries.push(member("not", &name, "Does not pass this filter."));
    definitions.members(
        &format!("input {name}"),
        &format!("Narrows to items of type `{}` that pass every entry given. Absent and null entries let everything pass.", thing.name),
        &entries,
    );
}

fn order(definitions: &mut Definitions, thing: &Thing) {
    let by = format!("{}OrderBy", thing.name);
    let values: Vec<(&str, &str)> = thing
        .orders
        .iter()
        .map(|order| (order.name, order.description))
        .collect();
    definitions.enumeration(
        &by,
        &format!("What items of type `{}` can be ordered by.", thing.name),
        &values,
    );
    definitions.members(
        &format!("input {}Order", thing.name),
        &format!("One key of an order of items of type `{}`.", thing.name),
        &[
            member("by", &format!("{by}!"), "The key."),
            member("direction", "OrderDirection! = ASC", "Which way."),
        ],
    );
}

fn looked_at(which: Member) -> Vec<Member> {
    [which]
        .into_iter()
        .chain(time::of_what_is_found())
        .collect()
}

fn query(definitions: &mut Definitions, roots: &[RootField]) {
    let fields: Vec<Member> = roots
        .iter()
        .map(|root| {
            let (ty, arguments) = match &root.kind {
                Root::By(thing) => ((*thing).to_owned(), looked_at(member("by", &format!("{thing}By!"), "Which one."))),
                Root::Id(thing) => ((*thing).to_owned(), vec![member("id", "ID!", "Its public id.")]),
                Root::List(connection) => (format!("{}Connection!", connection.of), paging(connection)),
                // Relay fetches objects again only through a field that takes an id and nothing else.
                Root::Node => ("Node".to_owned(), vec![member("id", "ID!", "Its public id, or one that was given up for it when records were merged.")]),
                Root::Nodes => ("[Node]!".to_owned(), looked_at(member("ids", "[ID!]!", "Their public ids, at most 100, or ones that were given up for them when records were merged."))),
                Root::Search => {
                    let mut arguments = vec![
                        member("query", "String!", "Words, or beginnings of words; all must be found. Case and diacritics do not matter. At most 200 characters."),
                        member("kinds", "[EntityKind!]", "Only entities of these kinds. Null: of all."),
                    ];
                    arguments.extend(time::of_what_is_found());
                    arguments.extend(forward());
                    ("SearchConnection!".to_owned(), arguments)
                }
                Root::Lineage => {
                    let mut arguments = vec![member("of", "[ID!]!", "The organisations it is drawn around, 1 to 100.")];
                    arguments.extend(lineage::tree_arguments());
                    ("Lineage!".to_owned(), arguments)
                }
                Root::CommonAncestors => ("[CommonAncestor!]!".to_owned(), lineage::meeting_arguments()),
                Root::Paths => ("[Path!]!".to_owned(), lineage::path_arguments()),
                Root::Dataset => ("Dataset!".to_owned(), Vec::new()),
            };
            member(root.name, &ty, root.description).with(arguments)
        })
        .collect();
    definitions.members("type Query", "What can be asked.", &fields);
    for root in roots {
        if let Root::By(thing) = root.kind {
            definitions.members(
                &format!("input {thing}By @oneOf"),
                &format!("Picks out one item of type `{thing}`: exactly one entry is given."),
                &[
                    member("id", "ID", "By its public id, or by that of a record that was merged into it."),
                    member("slug", "String", "By its slug, by a former one, or by that of a record that was merged into it."),
                    member(
                        "external",
                        "ExternalIdInput",
                        "By its id in another data set.",
                    ),
                ],
            );
        }
    }
}

fn interfaces(definitions: &mut Definitions, declarations: &Declarations) {
    definitions.members(
        "interface Node",
        "Anything with a public id.",
        &[member(
            "id",
            "ID!",
            "Permanent, opaque id with a prefix that tells the type.",
        )],
    );
    let common: Vec<Member> = fields(declarations.thing("Person"))
        .into_iter()
        .filter(|field| {
            declarations.registered("Entity").all(|thing| {
                thing
                    .field(&field.name)
                    .is_some_and(|same| same.ty == field.ty)
            })
        })
        // Not every entity's participations and publications mean the same: the interface holds what does.
        .filter(|field| !matches!(field.name.as_str(), "events" | "campaigns" | "publications"))
        .collect();
    definitions.members(
        "interface Entity implements Node",
        "What organisations, people, campaigns, publications and events have in common.",
        &common,
    );
}
