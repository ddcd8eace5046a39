//! How often clients ask for each field of the schema and each argument, so that whoever means to take one out can see
//! who would miss it.
//!
//! An operation counts once for each field that it asks for, however often it names it, whatever `@skip` and `@include`
//! say, and only when it is run. A field that is selected on an interface counts there, not for each type behind it.
//! Values of enums and fields of inputs are not counted: they may come in variables, where looking for them would cost.

use std::sync::atomic::{AtomicU64, Ordering};

use apollo_compiler::{
    ExecutableDocument, Name, Node, Schema,
    collections::{HashMap, HashSet},
    executable::{Field, Operation, Selection},
    schema::{ExtendedType, FieldDefinition},
};

/// A counter for each field and argument.
pub struct Usage {
    entries: Vec<Entry>,
    /// Where a field of a type stands among them; its arguments follow it in their order.
    fields: HashMap<Name, HashMap<Name, usize>>,
}

struct Entry {
    of: Element,
    times: AtomicU64,
}

/// A field of the schema or an argument of one, with how it is labelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub parent: Name,
    pub field: Name,
    pub argument: Option<Name>,
    pub deprecated: bool,
}

impl Usage {
    pub fn new(schema: &Schema) -> Self {
        let mut usage = Self {
            entries: Vec::new(),
            fields: HashMap::default(),
        };
        for (name, definition) in &schema.types {
            if name.starts_with("__") {
                continue;
            }
            match definition {
                ExtendedType::Object(object) => usage.add(name, object.fields.values()),
                ExtendedType::Interface(interface) => usage.add(name, interface.fields.values()),
                _ => {}
            }
        }
        usage
    }

    fn add<'s>(&mut self, parent: &Name, fields: impl Iterator<Item = &'s Node<FieldDefinition>>) {
        let mut places = HashMap::default();
        for field in fields {
            places.insert(field.name.clone(), self.entries.len());
            let element = |argument, deprecated: bool| Entry {
                of: Element {
                    parent: parent.clone(),
                    field: field.name.clone(),
                    argument,
                    deprecated,
                },
                times: AtomicU64::new(0),
            };
            self.entries
                .push(element(None, field.directives.has("deprecated")));
            let arguments = field.arguments.iter();
            self.entries.extend(arguments.map(|argument| {
                let deprecated = argument.directives.has("deprecated");
                element(Some(argument.name.clone()), deprecated)
            }));
        }
        self.fields.insert(parent.clone(), places);
    }

    /// What an operation asks for, to be counted each time that it is run.
    pub fn asked(&self, operation: &Operation, document: &ExecutableDocument) -> Box<[usize]> {
        let mut asked = HashSet::default();
        let mut written_out = HashSet::default();
        let mut open = vec![&operation.selection_set];
        while let Some(set) = open.pop() {
            for selection in &set.selections {
                match selection {
                    Selection::Field(field) => {
                        asked.extend(self.places(&set.ty, field));
                        open.extend(&field.selection_set);
                    }
                    Selection::InlineFragment(fragment) => open.push(&fragment.selection_set),
                    Selection::FragmentSpread(spread) => {
                        let fragment = document.fragments.get(&spread.fragment_name);
                        if let Some(fragment) = fragment.filter(|it| written_out.insert(&it.name)) {
                            open.push(&fragment.selection_set);
                        }
                    }
                }
            }
        }
        let mut asked: Vec<usize> = asked.into_iter().collect();
        // In the order of the table, which is how they are counted fastest.
        asked.sort_unstable();
        asked.into()
    }

    /// Where a selected field stands, and each argument that it is given.
    fn places(&self, parent: &Name, field: &Field) -> impl Iterator<Item = usize> {
        let fields = self.fields.get(parent);
        let place = fields.and_then(|fields| fields.get(&field.name)).copied();
        let declared = &field.definition.arguments;
        let given = field.arguments.iter().filter_map(move |argument| {
            let nth = declared.iter().position(|it| it.name == argument.name)?;
            Some(place? + 1 + nth)
        });
        place.into_iter().chain(given)
    }

    pub fn count(&self, asked: &[usize]) {
        for entry in asked.iter().filter_map(|place| self.entries.get(*place)) {
            entry.times.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What was asked for at least once, in the order of the schema.
    pub fn counted(&self) -> impl Iterator<Item = (&Element, u64)> {
        let counted = self.entries.iter();
        let counted = counted.map(|entry| (&entry.of, entry.times.load(Ordering::Relaxed)));
        counted.filter(|(_, times)| *times > 0)
    }
}

#[cfg(test)]
mod tests {
    use apollo_compiler::ExecutableDocument;

    use super::*;

    const SCHEMA: &str = "
        interface Named { name(at: Int): String }
        type Query { one(by: Int, of: Int @deprecated): Thing, old: Int @deprecated, named: Named, unasked: Int }
        type Thing implements Named { name(at: Int): String, inner: Thing }
    ";

    #[test]
    fn an_operation_counts_once_for_each_field_that_it_asks_for() {
        let schema = Schema::parse_and_validate(SCHEMA, "schema").expect("a schema");
        let usage = Usage::new(&schema);
        let text = "
            query A($skipped: Boolean!) {
                a: one(of: 1) { ...T inner { ...T } } b: one(by: 2) @skip(if: $skipped) { __typename }
                named { name ... on Thing { inner { name } } } old
            }
            query B { old }
            fragment T on Thing { name(at: 1) n: name }
        ";
        let document =
            ExecutableDocument::parse_and_validate(&schema, text, "document").expect("a document");
        let asked = |name| {
            let operation = document.operations.get(Some(name)).expect("an operation");
            usage.asked(operation, &document)
        };
        for name in ["A", "A", "B"] {
            usage.count(&asked(name));
        }
        let counted = usage.counted().map(|(element, times)| {
            let argument = element.argument.as_deref();
            let argument = argument.map_or_else(String::new, |name| format!("({name})"));
            let deprecated = if element.deprecated {
                " deprecated"
            } else {
                ""
            };
            let Element { parent, field, .. } = element;
            format!("{parent}.{field}{argument}{deprecated} {times}")
        });
        assert_eq!(
            counted.collect::<Vec<_>>(),
            [
                "Named.name 2",
                "Query.one 2",
                "Query.one(by) 2",
                "Query.one(of) deprecated 2",
                "Query.old deprecated 3",
                "Query.named 2",
                "Thing.name 2",
                "Thing.name(at) 2",
                "Thing.inner 2",
            ]
        );
    }
}
