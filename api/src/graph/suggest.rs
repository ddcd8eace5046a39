//! What was probably meant by a name that the schema does not have.

use apollo_compiler::{Name, Schema, schema::ExtendedType};

use crate::write::text::nearest;

/// What the validator calls the name of a type that is none: of a variable, and of fragments.
const UNKNOWN_TYPE: [&str; 3] = [
    "UndefinedDefinition",
    "UndefinedTypeInInlineFragmentTypeCondition",
    "UndefinedTypeInNamedFragmentTypeCondition",
];

/// Says so, to follow the message of a refusal; empty: nothing is like it. `refusal` is how the validator calls it; its
/// messages hold the unknown name and that of where it was looked for between backticks, and nothing else tells them.
pub fn meant(schema: &Schema, refusal: Option<&str>, message: &str) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let (first, second) = (names.next(), names.next());
    let found = match (refusal, first, second) {
        (Some("UndefinedField"), Some(ty), Some(field)) => near(field, fields(schema, ty)),
        (Some("UndefinedArgument"), Some(argument), Some(place)) => {
            near(argument, arguments(schema, place))
        }
        (Some("UndefinedInputValue"), Some(entry), Some(ty)) => near(entry, entries(schema, ty)),
        (Some("UndefinedEnumValue"), Some(value), Some(ty)) => near(value, values(schema, ty)),
        (Some(unknown), Some(ty), _) if UNKNOWN_TYPE.contains(&unknown) => {
            near(ty, schema.types.keys())
        }
        _ => None,
    };
    found.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

fn near<'n>(name: &str, names: impl IntoIterator<Item = &'n Name>) -> Option<&'n str> {
    // What only gateways ask is not for people.
    let names = names.into_iter().map(Name::as_str);
    nearest(name, names.filter(|name| !name.starts_with('_')))
}

fn fields<'s>(schema: &'s Schema, ty: &str) -> Vec<&'s Name> {
    match schema.types.get(ty) {
        Some(ExtendedType::Object(ty)) => ty.fields.keys().collect(),
        Some(ExtendedType::Interface(ty)) => ty.fields.keys().collect(),
        _ => Vec::new(),
    }
}

/// The arguments of a field, which is told as `Type.field`.
fn arguments<'s>(schema: &'s Schema, field: &str) -> Vec<&'s Name> {
    let field = field.split_once('.');
    let field = field.and_then(|(ty, field)| schema.type_field(ty, field).ok());
    let arguments = field.map(|field| field.arguments.iter().map(|argument| &argument.name));
    arguments.map_or_else(Vec::new, Iterator::collect)
}

fn entries<'s>(schema: &'s Schema, ty: &str) -> Vec<&'s Name> {
    match schema.types.get(ty) {
        Some(ExtendedType::InputObject(ty)) => ty.fields.keys().collect(),
        _ => Vec::new(),
    }
}

fn values<'s>(schema: &'s Schema, ty: &str) -> Vec<&'s Name> {
    match schema.types.get(ty) {
        Some(ExtendedType::Enum(ty)) => ty.values.keys().collect(),
        _ => Vec::new(),
    }
}
