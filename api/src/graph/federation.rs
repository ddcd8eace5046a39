//! What gateways of Apollo Federation ask beside what clients do: `_service`, the schema with its keys, and `_entities`,
//! objects of any type by their keys.
//!
//! The rules are those of the subgraph specification: objects come in the order of their representations, and null
//! stands where nothing has the key, be it a text that no key could be or two keys of different records. What cannot
//! be read as a representation is the gateway's fault, not the data's, and fails the field as in `@apollo/subgraph`.

use apollo_compiler::executable::Field;
use serde_json::{Map, Value};

use super::{
    argument::Argument,
    convert::Convert,
    declarations::is_registered,
    pick::{key_of, key_of_slug},
    plan::{Planned, Planner},
    thing::Thing,
};

pub const SERVICE: &str = "_service";
pub const ENTITIES: &str = "_entities";

/// The union of all types that have keys.
pub const UNION: &str = "_Entity";

/// The most representations that `_entities` takes: more than the ids of `nodes`, because a gateway asks for all that
/// one of its questions needs at once, and cannot ask in parts.
const REPRESENTATIONS_MAX: usize = 1000;

/// So many bytes of the schema's text cost as much as one value.
const BYTES_A_VALUE: usize = 100;

/// The fields by each of which an object of a type can be told; none where the type has no public id.
pub fn keys(thing: &Thing) -> &'static [&'static str] {
    if thing.interfaces.contains(&"Entity") {
        &["id", "slug"]
    } else if thing.prefix.is_some() {
        &["id"]
    } else {
        &[]
    }
}

/// What is asked of `_service`: under which keys, and whether it is the text there or the name of the type.
#[derive(Clone, Debug)]
pub struct Service(Vec<(String, bool)>);

impl Service {
    pub fn answer(&self, sdl: &str) -> String {
        let members = self.0.iter().map(|(key, text)| {
            let value = if *text { sdl } else { "_Service" };
            (key.clone(), Value::from(value))
        });
        Value::Object(members.collect::<Map<_, _>>()).to_string()
    }
}

/// Representations of one type that give the same of its keys.
struct Group<'d> {
    thing: &'d Thing,
    keys: Vec<&'static str>,
    count: u64,
}

impl<'d> Planner<'d, '_> {
    pub(super) fn service(&mut self, fields: &[&'d Field], sdl: &str) -> Service {
        let selected = self.collect("_Service", fields).into_iter();
        let members = selected.map(|(key, fields)| {
            let text = fields.iter().any(|field| field.name == "sdl");
            (key.to_owned(), text)
        });
        let members: Vec<_> = members.collect();
        let texts = members.iter().filter(|(_, text)| *text).count();
        self.cost += (members.len() + texts * sdl.len() / BYTES_A_VALUE) as u64;
        Service(members)
    }

    /// The JSON of `_entities`. The selection is planned once for each group, however many its representations are.
    pub(super) fn entities(&mut self, field: &'d Field, fields: &[&'d Field]) -> Planned<String> {
        let name = "representations";
        let Some(representations) = self.argument(field, name) else {
            return Err(self.absent(name));
        };
        let mut groups = Vec::new();
        let mut rows = Vec::new();
        let representations = self.few(&representations, REPRESENTATIONS_MAX, name)?;
        for (index, representation) in representations.iter().enumerate() {
            let place = format!("{name}.{index}");
            let row = self.represented(representation, &place, &mut groups)?;
            rows.push(format!("({index},{row})"));
        }
        if rows.is_empty() {
            return Ok(self.dialect.array(&[]));
        }
        let asked = self.alias();
        let mut cases = String::new();
        for (number, group) in groups.iter().enumerate() {
            let json = self.of_group(group, &asked, fields)?;
            cases.push_str(&format!(" WHEN {number} THEN {json}"));
        }
        let json = format!("CASE {asked}.column2{cases} END");
        let json = self.dialect.nested(&json);
        let list = self.dialect.list(&json, &format!("{asked}.column1"), "");
        let rows = rows.join(",");
        Ok(format!("(SELECT {list} FROM (VALUES {rows}) {asked})"))
    }

    /// The number of its group, its id and its slug, as columns.
    fn represented(
        &mut self,
        representation: &Argument<'d>,
        place: &str,
        groups: &mut Vec<Group<'d>>,
    ) -> Planned<String> {
        let named = representation.entry("__typename");
        let named = named.decided(&mut self.variables);
        if named.is_null() {
            return Err(self.bad(
                place,
                r#"expected an object with `__typename` and a key of that type, such as {"__typename": "Organisation", "slug": "labour-party"}"#,
            ));
        }
        let declarations = self.declarations;
        let found = declarations.keyed().find(|it| named == it.name);
        let Some(thing) = found else {
            let known: Vec<&str> = declarations.keyed().map(|thing| thing.name).collect();
            let expected = format!("expected one of {}, got {named}", known.join(", "));
            return Err(self.bad(&format!("{place}.__typename"), expected));
        };
        let mut given = Vec::new();
        let mut columns = Vec::new();
        for key in ["id", "slug"] {
            let value = if keys(thing).contains(&key) {
                representation.entry(key)
            } else {
                Argument::Absent
            };
            columns.push(match value.given(&mut self.variables) {
                Some(value) => {
                    given.push(key);
                    self.bind_argument(&value, Convert::Key, &format!("{place}.{key}"))?
                }
                None => self.dialect.null().to_owned(),
            });
        }
        if given.is_empty() {
            let expected = format!(
                "expected a key of {}: {}",
                thing.name,
                keys(thing).join(" or ")
            );
            return Err(self.bad(place, expected));
        }
        let same = |group: &Group| group.thing.name == thing.name && group.keys == given;
        let number = groups.iter().position(same).unwrap_or_else(|| {
            groups.push(Group {
                thing,
                keys: given,
                count: 0,
            });
            groups.len() - 1
        });
        groups[number].count += 1;
        Ok(format!("{number},{}", columns.join(",")))
    }

    /// The object of a group that a row of `asked` stands for.
    fn of_group(
        &mut self,
        group: &Group<'d>,
        asked: &str,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let Group { thing, keys, count } = group;
        let row = self.alias();
        let registered = is_registered(thing);
        let conditions = keys.iter().map(|key| match (*key, registered) {
            ("id", true) => format!("{row}.id={}", key_of(&format!("{asked}.column3"))),
            ("id", false) => format!("{row}.public_id={asked}.column3"),
            _ => format!(
                "{row}.id={}",
                key_of_slug(thing, &format!("{asked}.column4"))
            ),
        });
        let condition = conditions.collect::<Vec<_>>().join(" AND ");
        self.within(*count, |this| this.one(thing, &row, &condition, fields))
    }
}
