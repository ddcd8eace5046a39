//! Where in a YAML file a field stands.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

/// A line and a column, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u64,
    pub column: u64,
}

impl Position {
    pub const START: Self = Self { line: 1, column: 1 };
}

/// The shape of a YAML file: what its values are does not matter, where they stand does.
#[derive(Debug)]
pub enum Shape {
    Scalar,
    List(Vec<Spanned<Shape>>),
    Mapping(Vec<(String, Spanned<Shape>)>),
}

impl Shape {
    /// The position of `path`, such as `claims.founded[0].quote`; that of the nearest field around it when the path
    /// itself is not in the file.
    pub fn position(&self, path: &str) -> Position {
        let mut shape = self;
        let mut position = Position::START;
        for step in path.split(['.', '[']) {
            let found = match shape {
                Self::Scalar => None,
                Self::List(items) => step
                    .trim_end_matches(']')
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| items.get(index)),
                Self::Mapping(entries) => entries
                    .iter()
                    .find(|(key, _)| key == step)
                    .map(|(_, value)| value),
            };
            let Some(found) = found else { break };
            shape = &found.value;
            position = Position {
                line: found.referenced.line(),
                column: found.referenced.column(),
            };
        }
        position
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShapeVisitor)
    }
}

struct ShapeVisitor;

impl<'de> Visitor<'de> for ShapeVisitor {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Shape, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Shape::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Shape, A::Error> {
        let mut mapping = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            mapping.push(entry);
        }
        Ok(Shape::Mapping(mapping))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }

    fn visit_unit<E: Error>(self) -> Result<Shape, E> {
        Ok(Shape::Scalar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions() {
        let shape: Shape = serde_saphyr::from_str(
            "name: A\nclaims:\n  founded:\n    - {quote: B, locator: C}\n    - value: \"1\"\n      quote: D\n",
        )
        .expect("YAML");
        let check = |path, line, column| {
            assert_eq!(shape.position(path), Position { line, column }, "{path}");
        };
        check("name", 1, 7);
        check("claims.founded[0].locator", 4, 27);
        check("claims.founded[1].quote", 6, 14);
        check("claims.founded[1].source", 5, 7);
        check("kind", 1, 1);
    }
}
