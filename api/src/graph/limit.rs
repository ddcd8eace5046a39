//! What one document may come to: each limit by the name of its setting, and what is said of who exceeds it.

use apollo_compiler::{
    ExecutableDocument, ast,
    collections::HashMap,
    executable::{Selection, SelectionSet},
};

use super::federation::SERVICE;
use crate::{config::Config, error::Error};

/// How deep the syntax of a document may nest: selections, values and types alike.
pub(super) const RECURSION: usize = 200;

/// The limits on a document and on what it asks for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub bytes: usize,
    pub tokens: usize,
    depth: u64,
    aliases: u64,
    directives: u64,
    roots: u64,
    fields: u64,
    pub rows: u64,
    pub cost: u64,
    introspection: bool,
    /// Whether names that come near are told to who mistypes one, which shows the schema bit by bit.
    pub suggestions: bool,
}

impl From<&Config> for Limits {
    fn from(config: &Config) -> Self {
        Self {
            bytes: config.document_limit.0,
            tokens: config.token_limit,
            depth: config.depth_limit,
            aliases: config.alias_limit,
            directives: config.directive_limit,
            roots: config.root_limit,
            fields: config.field_limit,
            rows: config.row_limit,
            cost: config.cost_limit,
            introspection: config.introspection,
            suggestions: config.suggestions && config.introspection,
        }
    }
}

impl Limits {
    /// For documents of our own.
    pub(super) const fn none() -> Self {
        Self {
            bytes: usize::MAX,
            tokens: usize::MAX,
            depth: u64::MAX,
            aliases: u64::MAX,
            directives: u64::MAX,
            roots: u64::MAX,
            fields: u64::MAX,
            rows: u64::MAX,
            cost: u64::MAX,
            introspection: true,
            suggestions: true,
        }
    }

    /// For documents of our own that take values of a client's.
    pub(super) const fn of_answers(&self) -> Self {
        Self {
            rows: self.rows,
            cost: self.cost,
            ..Self::none()
        }
    }

    /// Looks at a document as it is written, before it is validated: what takes time to validate is bounded first.
    pub(super) fn check_written(&self, document: &ast::Document) -> Result<(), Error> {
        let mut written = Written::default();
        for definition in &document.definitions {
            match definition {
                ast::Definition::OperationDefinition(operation) => {
                    written.directives += operation.directives.len() as u64;
                    let variables = operation.variables.iter();
                    let directives = variables.map(|variable| variable.directives.len() as u64);
                    written.directives += directives.sum::<u64>();
                    written.add(&operation.selection_set);
                }
                ast::Definition::FragmentDefinition(fragment) => {
                    written.directives += fragment.directives.len() as u64;
                    written.add(&fragment.selection_set);
                }
                _ => {}
            }
        }
        within("alias_limit", self.aliases, written.aliases, "aliases")?;
        within(
            "directive_limit",
            self.directives,
            written.directives,
            "directives",
        )
    }

    /// Looks at what a valid document comes to when fragments are written out, without writing them out: each
    /// fragment is measured once, so that a few lines that stand for millions of fields are told in no time.
    pub(super) fn check_meant(&self, document: &ExecutableDocument) -> Result<(), Error> {
        let mut known = HashMap::default();
        for operation in document.operations.iter() {
            let size = size_of(&operation.selection_set, document, &mut known);
            if size.introspects && !self.introspection {
                return Err(Error::validation(
                    "introspection is switched off here; ask who runs the service for its schema",
                ));
            }
            within("depth_limit", self.depth, size.depth, "levels of fields")?;
            let fields = "fields with its fragments written out";
            within("field_limit", self.fields, size.fields, fields)?;
            within("root_limit", self.roots, size.roots, "root fields")?;
        }
        Ok(())
    }
}

/// Refuses more than is allowed of something; `what` follows the number.
pub(super) fn within(
    limit: &'static str,
    allowed: u64,
    asked: u64,
    what: &str,
) -> Result<(), Error> {
    if asked <= allowed {
        return Ok(());
    }
    let message = format!("the query has {asked} {what}; at most {allowed} are allowed");
    Err(Error::exceeded(limit, allowed, Some(asked), message))
}

/// What stands in a document.
#[derive(Default)]
struct Written {
    aliases: u64,
    directives: u64,
}

impl Written {
    /// The parser has bounded how deep selections nest.
    fn add(&mut self, selections: &[ast::Selection]) {
        for selection in selections {
            match selection {
                ast::Selection::Field(field) => {
                    self.aliases += u64::from(field.alias.is_some());
                    self.directives += field.directives.len() as u64;
                    self.add(field.selection_set.as_deref().unwrap_or_default());
                }
                ast::Selection::InlineFragment(fragment) => {
                    self.directives += fragment.directives.len() as u64;
                    self.add(&fragment.selection_set);
                }
                ast::Selection::FragmentSpread(spread) => {
                    self.directives += spread.directives.len() as u64;
                }
            }
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Size {
    fields: u64,
    depth: u64,
    /// Those of the fields that stand in no other.
    roots: u64,
    introspects: bool,
}

fn size_of<'d>(
    set: &'d SelectionSet,
    document: &'d ExecutableDocument,
    known: &mut HashMap<&'d str, Size>,
) -> Size {
    let selections = set.selections.iter();
    selections.fold(Size::default(), |total, selection| {
        let size = match selection {
            Selection::Field(field) => {
                let inner = field
                    .selection_set
                    .as_ref()
                    .map_or_else(Size::default, |set| size_of(set, document, known));
                Size {
                    fields: inner.fields.saturating_add(1),
                    depth: inner.depth.saturating_add(1),
                    roots: 1,
                    introspects: matches!(&*field.name, "__schema" | "__type" | SERVICE),
                }
            }
            Selection::InlineFragment(fragment) => {
                size_of(&fragment.selection_set, document, known)
            }
            Selection::FragmentSpread(spread) => {
                let name = spread.fragment_name.as_str();
                match (known.get(name), document.fragments.get(name)) {
                    (Some(size), _) => *size,
                    (None, Some(fragment)) => {
                        let size = size_of(&fragment.selection_set, document, known);
                        known.insert(name, size);
                        size
                    }
                    (None, None) => Size::default(),
                }
            }
        };
        Size {
            fields: total.fields.saturating_add(size.fields),
            depth: total.depth.max(size.depth),
            roots: total.roots.saturating_add(size.roots),
            introspects: total.introspects || size.introspects,
        }
    })
}
