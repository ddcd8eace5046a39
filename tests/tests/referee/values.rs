//! Arguments made by chance: literals, variables in their place and inside of them, defaults, nulls, what is left
//! out; and other values for the same variables, so that a kept plan is asked again.

use apollo_compiler::{ast::Type, schema::ExtendedType};
use serde_json::{Map, Value, json};

use super::{
    generate::Maker,
    query::{Input, Variable},
    random::Random,
    store::text,
    table::{Origin, origin, table_of, type_of},
    world::{DATES, TEXTS},
};

/// What a value is for.
#[derive(Clone, Debug)]
pub enum Slot {
    /// A value of an input type: the entry of an input type or field `within`.
    Input {
        ty: Type,
        within: String,
        entry: String,
        deep: bool,
    },
    Cursor(String),
    Switch,
}

/// A variable and what it is for.
#[derive(Clone, Debug)]
pub struct Made {
    pub variable: Variable,
    slot: Slot,
    /// Whether it may be left out, and whether it may be null.
    optional: bool,
    nullable: bool,
}

impl Slot {
    /// The same place with another type.
    fn of(&self, ty: Type) -> Self {
        match self {
            Self::Input {
                within,
                entry,
                deep,
                ..
            } => Self::Input {
                ty,
                within: within.clone(),
                entry: entry.clone(),
                deep: *deep,
            },
            other => other.clone(),
        }
    }
}

impl Input {
    pub fn has_variables(&self) -> bool {
        match self {
            Self::Variable(_) => true,
            Self::List(items) => items.iter().any(Self::has_variables),
            Self::Object(entries) => entries.iter().any(|(_, entry)| entry.has_variables()),
            _ => false,
        }
    }
}

impl Maker<'_> {
    /// Values for the variables, as a request sends them.
    pub fn given(&mut self) -> Map<String, Value> {
        let mut given = Map::new();
        for made in self.variables.clone() {
            if made.optional && self.random.percent(30) {
                continue;
            }
            let value = if made.nullable && self.random.percent(10) {
                Value::Null
            } else {
                self.literal(&made.slot, 0, false)
                    .value(&Map::new())
                    .unwrap()
            };
            given.insert(made.variable.name.clone(), value);
        }
        given
    }

    /// A value for a place, or a variable that has one.
    pub fn input(&mut self, slot: &Slot, depth: usize, variables: bool) -> Input {
        if !variables || !self.random.percent(20) {
            return self.literal(slot, depth, variables);
        }
        let ty = match slot {
            Slot::Input { ty, .. } => ty.to_string(),
            Slot::Cursor(_) => "String".to_owned(),
            Slot::Switch => "Boolean!".to_owned(),
        };
        let example = self.literal(slot, depth, false);
        self.variable(&ty, slot.clone(), &example)
    }

    /// A new variable; now and then `default` is what it stands for where it is left out.
    pub fn variable(&mut self, ty: &str, slot: Slot, default: &Input) -> Input {
        let null = *default == Input::Null;
        let nullable = !ty.ends_with('!');
        let strict = !null && self.random.percent(25);
        let ty = if strict && nullable {
            format!("{ty}!")
        } else {
            ty.to_owned()
        };
        let slot = match &slot {
            Slot::Input { ty, .. } if strict => slot.of(ty.clone().non_null()),
            _ => slot,
        };
        let defaulted = !null && self.random.percent(25);
        let mut written = String::new();
        default.write(&mut written);
        let name = self.name("v");
        self.variables.push(Made {
            variable: Variable {
                name: name.clone(),
                default: defaulted.then(|| default.value(&Map::new()).unwrap()),
                written,
                ty,
            },
            slot,
            optional: defaulted || nullable && !strict,
            nullable: nullable && !strict,
        });
        Input::Variable(name)
    }

    fn literal(&mut self, slot: &Slot, depth: usize, variables: bool) -> Input {
        let Slot::Input {
            ty,
            within,
            entry,
            deep,
        } = slot
        else {
            return match slot {
                Slot::Cursor(list) => {
                    let cursors = self.learnt.of(list);
                    Input::Text(self.random.pick(cursors).clone())
                }
                _ => Input::Bool(self.random.percent(50)),
            };
        };
        // Null is a time of its own: any time.
        let nulls = if entry == "at" { 25 } else { 5 };
        if !ty.is_non_null() && self.random.percent(nulls) {
            return Input::Null;
        }
        if ty.is_list() {
            let item = slot.of(ty.item_type().clone());
            if self.random.percent(15) {
                // One value stands for a list of one; a variable would need the list's type.
                return self.literal(&item, depth, variables);
            }
            let most = if entry == "and" || entry == "or" {
                2
            } else {
                3
            };
            let count = self.random.below(most + 1);
            let items = (0..count).map(|_| self.input(&item, depth, variables));
            return Input::List(items.collect());
        }
        let name = ty.inner_named_type().as_str();
        match &self.schema.types[name] {
            ExtendedType::Enum(definition) => {
                let values: Vec<String> =
                    definition.values.keys().map(ToString::to_string).collect();
                Input::Enum(self.random.pick(&values).clone())
            }
            ExtendedType::InputObject(definition) => {
                let one_of = definition.is_one_of();
                let mut entries: Vec<(String, Type, bool)> = definition
                    .fields
                    .values()
                    .map(|field| {
                        let ty = field.ty.as_ref().clone();
                        (field.name.to_string(), ty, field.is_required())
                    })
                    .collect();
                if depth >= 3 {
                    entries.retain(|(_, ty, required)| *required || !self.is_deep(ty));
                }
                let mut chosen: Vec<(String, Input)> = Vec::new();
                let count = if one_of {
                    1
                } else {
                    [0, 1, 1, 1, 1, 2, 2, 3][self.random.below(8)]
                };
                let required: Vec<_> = entries
                    .iter()
                    .filter(|(_, _, required)| *required)
                    .cloned()
                    .collect();
                let mut some = required;
                for _ in 0..count {
                    some.extend(self.random.of(&entries).cloned());
                }
                for (key, ty, _) in some {
                    if chosen.iter().any(|(known, _)| *known == key) {
                        continue;
                    }
                    let inner = match name {
                        // What a comparison compares with stands in the rows that the entry shows.
                        "TextFilter" | "FoldedTextFilter" | "IdFilter" => slot.of(ty),
                        _ => Slot::Input {
                            ty: if one_of { ty.non_null() } else { ty },
                            within: name.to_owned(),
                            entry: key.clone(),
                            deep: *deep,
                        },
                    };
                    let value = self.input(&inner, depth + 1, variables);
                    chosen.push((key, value));
                }
                Input::Object(chosen)
            }
            _ => match name {
                "Int" => {
                    let sizes: &[i64] = if *deep {
                        &[0, 1, 2, 3]
                    } else {
                        &[0, 1, 2, 3, 5, 9]
                    };
                    Input::Int(*self.random.pick(sizes))
                }
                "Boolean" => Input::Bool(self.random.percent(50)),
                "Edtf" => Input::Text((*self.random.pick(&DATES)).to_owned()),
                "ID" => Input::Text(self.id(within, entry)),
                "String" => Input::Text(self.words(within, entry)),
                other => panic!("nobody has said what a {other} looks like"),
            },
        }
    }

    /// Whether a type leads to filters in filters.
    fn is_deep(&self, ty: &Type) -> bool {
        let name = ty.inner_named_type().as_str();
        let input = self.schema.get_input_object(name);
        name == "EntityFilter" || input.is_some_and(|input| input.fields.contains_key("and"))
    }

    /// The public type that an input type or a field speaks of.
    fn subject(within: &str) -> Option<&'static str> {
        ["Filter", "By", "Connection", "Input", ""]
            .into_iter()
            .filter_map(|suffix| within.strip_suffix(suffix))
            .find_map(|name| type_of(&table_of(name)))
    }

    fn id(&mut self, within: &str, entry: &str) -> String {
        let unknown = |ty: Option<&str>, maker: &Self| {
            let row = ty.and_then(|ty| maker.store.rows(&table_of(ty)).first());
            let prefix = row.map_or("org", |row| &text(row, "public_id").unwrap()[..3]);
            format!("{prefix}_{}", "0".repeat(20))
        };
        let subject = Self::subject(within);
        if self.random.percent(10) {
            return unknown(subject, self);
        }
        let table = match subject {
            Some(ty) => table_of(ty),
            None if entry == "id" || entry == "ids" => {
                let tables = ["node", "node", "node", "claim", "event_order"];
                (*self.random.pick(&tables)).to_owned()
            }
            None => "node".to_owned(),
        };
        match self.random.of(self.store.rows(&table)) {
            Some(row) => text(row, "public_id").unwrap().to_owned(),
            None => unknown(None, self),
        }
    }

    fn words(&mut self, within: &str, entry: &str) -> String {
        if entry == "locale" {
            return (*self.random.pick(&["en", "gd", "en-GB"])).to_owned();
        }
        if within == "ExternalIdInput" {
            let row = self.random.of(self.store.rows("external_id"));
            return row.map_or(String::new(), |row| text(row, entry).unwrap().to_owned());
        }
        if entry == "property" {
            return (*self
                .random
                .pick(&["name", "kind", "date", "participants", "names"]))
            .to_owned();
        }
        if entry == "roles" {
            let roles = [
                "member",
                "Member",
                "origin",
                "resulting",
                "organiser",
                "",
                "none",
            ];
            return (*self.random.pick(&roles)).to_owned();
        }
        let subject = Self::subject(within);
        if within.ends_with("By")
            && self.random.percent(50)
            && let Some(ty) = subject
        {
            let kind = table_of(ty).to_uppercase();
            let slugs = self.store.rows("slug").iter();
            let slugs: Vec<&str> = slugs
                .filter(|row| row["kind"] == *kind)
                .map(|row| text(row, "slug").unwrap())
                .collect();
            return (*self.random.pick(&slugs)).to_owned();
        }
        let column = subject.and_then(|ty| match origin(ty, entry) {
            Some(Origin::Column(column)) => Some((ty, column)),
            _ => None,
        });
        let known = column.and_then(|(ty, column)| {
            let row = self.random.of(self.store.rows(&table_of(ty)))?;
            Some(text(row, &column)?.to_owned())
        });
        let whole = known.unwrap_or_else(|| (*self.random.pick(&TEXTS)).to_owned());
        part(&whole, &mut self.random)
    }
}

/// A text, a piece of it, or the same in other letters.
fn part(whole: &str, random: &mut Random) -> String {
    let letters: Vec<char> = whole.chars().collect();
    let start = random.below(letters.len() + 1);
    let end = start + random.below(letters.len() + 1 - start);
    match random.below(6) {
        0 => letters[start..end].iter().collect(),
        1 => letters[..end].iter().collect(),
        2 => whole.to_uppercase(),
        _ => whole.to_owned(),
    }
}

/// What the variables come to: what is given, and the defaults of what is left out.
pub fn effective(made: &[Made], given: &Map<String, Value>) -> Map<String, Value> {
    let mut values = given.clone();
    for made in made {
        if let Some(default) = &made.variable.default
            && !given.contains_key(&made.variable.name)
        {
            values.insert(made.variable.name.clone(), default.clone());
        }
    }
    values
}

/// The same with one value that its place refuses.
pub fn spoilt(
    made: &[Made],
    given: &Map<String, Value>,
    random: &mut Random,
) -> Option<Map<String, Value>> {
    let bad: Vec<(String, Value)> = made
        .iter()
        .filter_map(|made| {
            let name = made.variable.name.clone();
            match made.variable.ty.trim_end_matches('!') {
                "Int" => Some((name, json!(101))),
                "String" => Some((name, json!("a\0b"))),
                "Edtf" => Some((name, json!("yesterday"))),
                "ID" => Some((name, json!("nobody"))),
                _ => None,
            }
        })
        .collect();
    let (name, value) = random.of(&bad)?;
    let mut spoilt = given.clone();
    spoilt.insert(name.clone(), value.clone());
    Some(spoilt)
}
