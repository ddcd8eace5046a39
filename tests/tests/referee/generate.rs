//! Queries made by chance from the schema: every field with every argument, fragments of both sorts, duplicates
//! that must be merged, directives. The same seed makes the same query.

use apollo_compiler::{Schema, ast::FieldDefinition, schema::ExtendedType};
use serde_json::Value;

use super::{
    compare::Learnt,
    paging::{list_name, order_of},
    query::{Directive, Document, Field, Fragment, Input, Selection},
    random::Random,
    store::Store,
    table::{LEFT_OUT, Origin, origin},
    values::{Made, Slot},
};

/// Where a selection stands.
#[derive(Clone, Copy)]
struct Scope<'s> {
    ty: &'s str,
    depth: usize,
    /// Fields may stand under their own names: nothing of another type can come to the same key.
    plain: bool,
}

pub struct Maker<'w> {
    pub random: Random,
    pub schema: &'w Schema,
    pub store: &'w Store,
    pub learnt: &'w Learnt,
    pub variables: Vec<Made>,
    document: Document,
    names: usize,
    /// Fields that may still be added.
    budget: usize,
}

impl<'w> Maker<'w> {
    pub fn new(seed: u64, schema: &'w Schema, store: &'w Store, learnt: &'w Learnt) -> Self {
        Self {
            random: Random::new(seed),
            schema,
            store,
            learnt,
            variables: Vec::new(),
            document: Document::default(),
            names: 0,
            budget: 30,
        }
    }

    /// A query, its variables' first values left to `values`.
    pub fn document(&mut self) -> Document {
        let scope = Scope {
            ty: "Query",
            depth: 5,
            plain: false,
        };
        self.document.selection = self.selection(scope);
        self.document.variables = self
            .variables
            .iter()
            .map(|made| made.variable.clone())
            .collect();
        std::mem::take(&mut self.document)
    }

    pub fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    fn fields(&self, ty: &str) -> Vec<FieldDefinition> {
        let fields = match self.schema.types.get(ty) {
            Some(ExtendedType::Object(object)) => &object.fields,
            Some(ExtendedType::Interface(interface)) => &interface.fields,
            _ => panic!("{ty} has no fields"),
        };
        fields
            .values()
            .filter(|field| (ty, field.name.as_str()) != ("Query", "search"))
            .filter(|field| !LEFT_OUT.contains(&field.ty.inner_named_type().as_str()))
            .map(|field| (**field).clone())
            .collect()
    }

    fn is_leaf(&self, field: &FieldDefinition) -> bool {
        self.schema.types[field.ty.inner_named_type()].is_leaf()
    }

    fn is_interface(&self, ty: &str) -> bool {
        self.schema.get_interface(ty).is_some()
    }

    fn selection(&mut self, scope: Scope<'_>) -> Vec<Selection> {
        let mut selection = Vec::new();
        if self.random.percent(2) && scope.ty != "Query" {
            self.many(scope, &mut selection);
        }
        if self.is_interface(scope.ty) && self.random.percent(30) {
            self.overlap(scope, &mut selection);
        }
        for _ in 0..=self.random.below(4) {
            match self.random.below(100) {
                0..70 => {
                    let field = self.field(scope);
                    selection.push(Selection::Field(field));
                }
                70..80 => {
                    let on = self.condition(scope);
                    let selected = self.fragment(scope, on.as_deref());
                    selection.push(Selection::Inline {
                        on,
                        directives: self.directives(),
                        selection: selected,
                    });
                }
                80..90 => self.spread(scope, &mut selection),
                _ => self.again(scope, &mut selection),
            }
        }
        selection
    }

    /// More members than a function of either database takes arguments.
    fn many(&mut self, scope: Scope<'_>, selection: &mut Vec<Selection>) {
        let mut leaves = self.fields(scope.ty);
        leaves.retain(|field| self.is_leaf(field));
        for _ in 0..50 + self.random.below(60) {
            let name = self
                .random
                .of(&leaves)
                .map_or("__typename".to_owned(), |field| field.name.to_string());
            selection.push(Selection::Field(Field {
                alias: Some(self.name("m")),
                name,
                ..Field::default()
            }));
        }
    }

    /// One key for different fields of different implementations.
    fn overlap(&mut self, scope: Scope<'_>, selection: &mut Vec<Selection>) {
        let key = self.name("o");
        let shape =
            *self
                .random
                .pick(&["String", "String!", "ID!", "ClaimStatus!", "Url", "Boolean"]);
        for ty in self.implementations(scope.ty) {
            let mut fields = self.fields(&ty);
            fields.retain(|field| field.ty.to_string() == shape);
            if let Some(field) = self.random.of(&fields) {
                let name = field.name.to_string();
                selection.push(Selection::Inline {
                    on: Some(ty),
                    directives: self.directives(),
                    selection: vec![Selection::Field(Field {
                        alias: Some(key.clone()),
                        name,
                        ..Field::default()
                    })],
                });
            }
        }
    }

    fn implementations(&self, interface: &str) -> Vec<String> {
        self.schema
            .types
            .values()
            .filter_map(|ty| ty.as_object())
            .filter(|ty| self.schema.is_subtype(interface, &ty.name))
            .map(|ty| ty.name.to_string())
            .collect()
    }

    /// A type condition that may hold; none: without one.
    fn condition(&mut self, scope: Scope<'_>) -> Option<String> {
        if self.random.percent(15) {
            return None;
        }
        let mut types = vec![scope.ty.to_owned()];
        if self.is_interface(scope.ty) {
            types.extend(self.implementations(scope.ty));
            types.push("Entity".to_owned());
            types.push("Node".to_owned());
        } else if let Some(object) = self.schema.get_object(scope.ty) {
            types.extend(object.implements_interfaces.iter().map(ToString::to_string));
        }
        Some(self.random.pick(&types).clone())
    }

    fn fragment(&mut self, scope: Scope<'_>, on: Option<&str>) -> Vec<Selection> {
        let ty = on.unwrap_or(scope.ty);
        let plain = scope.ty != "Query" && (ty == scope.ty && scope.plain || self.is_interface(ty));
        self.selection(Scope { ty, plain, ..scope })
    }

    fn spread(&mut self, scope: Scope<'_>, selection: &mut Vec<Selection>) {
        let known: Vec<String> = self
            .document
            .fragments
            .iter()
            .filter(|fragment| fragment.on == scope.ty && scope.plain)
            .map(|fragment| fragment.name.clone())
            .collect();
        let name = if let Some(name) = self.random.of(&known).filter(|_| self.budget > 0) {
            name.clone()
        } else {
            let on = self.condition(scope).unwrap_or_else(|| scope.ty.to_owned());
            let selection = self.fragment(scope, Some(&on));
            let name = self.name("F");
            self.document.fragments.push(Fragment {
                name: name.clone(),
                on,
                selection,
            });
            name
        };
        for _ in 0..=usize::from(self.random.percent(20)) {
            selection.push(Selection::Spread {
                name: name.clone(),
                directives: self.directives(),
            });
        }
    }

    /// A field that stands there already, with more selected of it.
    fn again(&mut self, scope: Scope<'_>, selection: &mut Vec<Selection>) {
        let known: Vec<Field> = selection
            .iter()
            .filter_map(|selection| match selection {
                Selection::Field(field) => Some(field.clone()),
                _ => None,
            })
            .collect();
        let Some(field) = self.random.of(&known).cloned() else {
            let field = self.field(scope);
            selection.push(Selection::Field(field));
            return;
        };
        let again = Field {
            directives: self.directives(),
            selection: if field.selection.is_empty() {
                Vec::new()
            } else {
                let definition = self.schema.type_field(scope.ty, &field.name).unwrap();
                let ty = definition.ty.inner_named_type().to_string();
                self.selection(Scope {
                    ty: &ty,
                    depth: scope.depth.saturating_sub(1),
                    plain: true,
                })
            },
            ..field
        };
        selection.push(Selection::Field(again));
    }

    fn directives(&mut self) -> Vec<Directive> {
        let mut directives = Vec::new();
        for include in [true, false] {
            if self.random.percent(5) {
                let value = self.random.percent(70) == include;
                let condition = if self.random.percent(50) {
                    let slot = Slot::Switch;
                    self.variable("Boolean!", slot, &Input::Bool(value))
                } else {
                    Input::Bool(value)
                };
                directives.push(Directive { include, condition });
            }
        }
        directives
    }

    fn field(&mut self, scope: Scope<'_>) -> Field {
        let mut fields = self.fields(scope.ty);
        if scope.depth == 0 || self.budget == 0 {
            fields.retain(|field| self.is_leaf(field));
        }
        let definition = self.random.of(&fields).cloned();
        let Some(definition) = definition.filter(|_| !self.random.percent(6)) else {
            return self.typename(scope);
        };
        self.budget = self.budget.saturating_sub(1);
        let arguments = self.arguments(scope, &definition);
        let alias = (!scope.plain || !arguments.is_empty() || self.random.percent(20))
            .then(|| self.name("a"));
        let selection = if self.is_leaf(&definition) {
            Vec::new()
        } else {
            self.selection(Scope {
                ty: definition.ty.inner_named_type(),
                depth: scope.depth.saturating_sub(1),
                plain: true,
            })
        };
        Field {
            alias,
            name: definition.name.to_string(),
            arguments,
            directives: self.directives(),
            selection,
        }
    }

    fn typename(&mut self, scope: Scope<'_>) -> Field {
        Field {
            alias: (!scope.plain).then(|| self.name("t")),
            name: "__typename".to_owned(),
            ..Field::default()
        }
    }

    fn arguments(&mut self, scope: Scope<'_>, field: &FieldDefinition) -> Vec<(String, Input)> {
        let mut arguments: Vec<(String, Input)> = Vec::new();
        let backward = self.random.percent(30);
        for definition in &field.arguments {
            let name = definition.name.as_str();
            let kept = match name {
                "after" | "before" => continue,
                "first" => !backward && self.random.percent(60),
                "last" => backward,
                "filter" => self
                    .random
                    .percent(if scope.ty == "Query" { 70 } else { 45 }),
                _ => definition.is_required() || self.random.percent(40),
            };
            if kept {
                let slot = Slot::Input {
                    ty: definition.ty.as_ref().clone(),
                    within: field.ty.inner_named_type().to_string(),
                    entry: name.to_owned(),
                    deep: scope.ty != "Query",
                };
                let value = self.input(&slot, 0, true);
                arguments.push((name.to_owned(), value));
            }
        }
        self.cursors(scope.ty, field, &mut arguments);
        arguments
    }

    /// Cursors that the list has given before, where its order is known.
    fn cursors(&mut self, ty: &str, field: &FieldDefinition, arguments: &mut Vec<(String, Input)>) {
        let Some(Origin::Page(page)) = origin(ty, &field.name) else {
            return;
        };
        let order = arguments.iter().find(|(name, _)| name == "orderBy");
        let asked = match order {
            Some((_, input)) if input.has_variables() => return,
            Some((_, input)) => input.value(&serde_json::Map::new()),
            None => None,
        };
        let asked = asked.filter(|order| *order != Value::Null);
        let list = list_name(&page, &field.name, &order_of(&page, asked.as_ref()));
        if self.learnt.of(&list).is_empty() {
            return;
        }
        for name in ["after", "before"] {
            if field.argument_by_name(name).is_some() && self.random.percent(30) {
                let slot = Slot::Cursor(list.clone());
                let value = self.input(&slot, 0, true);
                arguments.push((name.to_owned(), value));
            }
        }
    }
}
