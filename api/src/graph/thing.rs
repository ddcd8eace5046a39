//! How a public type is declared. A [`Thing`] is stated once, as data, and read by three readers: the
//! schema (types, descriptions, arguments), the planner (SQL) and the tests that compare the two.

mod list;

pub use list::{Time, by, one_of, page, rows};
use sea_orm::{ColumnTrait, ColumnType, EntityName, EntityTrait};

use super::lineage::Way;

/// A column of a table, by the names `entity` gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub table: &'static str,
    pub name: &'static str,
}

/// Anything that names a column: every `entity::<table>::Column`.
pub fn column<C: ColumnTrait>(column: C) -> Column {
    Column {
        table: table_of(column),
        name: column.as_str(),
    }
}

fn table_of<C: ColumnTrait>(_: C) -> &'static str {
    C::EntityName::default().table_name()
}

/// A public object type over one table.
pub struct Thing {
    pub name: &'static str,
    pub description: &'static str,
    pub table: &'static str,
    pub interfaces: &'static [&'static str],
    pub fields: Vec<Field>,
    pub filters: Vec<Filter>,
    pub orders: Vec<Order>,
    /// The type prefix of public ids ("org"); none where the type has no id.
    pub prefix: Option<&'static str>,
    /// Whether the type has a filter input.
    pub filterable: bool,
}

/// One public field.
pub struct Field {
    pub name: &'static str,
    pub description: &'static str,
    /// GraphQL type text: `String!`, `[Name!]!`.
    pub ty: String,
    pub source: Source,
}

/// Where a field's value comes from.
pub enum Source {
    /// A column whose value stands in the answer as it is.
    Column(Column, Scalar),
    /// The name of an entity: the column, or what it was called at the time asked about.
    Name,
    /// The eight columns of one historical date.
    Date(Column),
    /// A number beside the words that stand for it.
    Quantity(Column, Column),
    /// The row that a column of this row refers to.
    One(Column, Target),
    /// Every row that meets `on`, in `order`.
    Many(Many),
    /// A page of rows.
    Connection(Box<Connection>),
    /// A page of all organisations that lineage links lead to, any number of steps that way.
    Kin(Way),
    /// The family tree around the organisation.
    Lineage,
    /// This server's address of an entity.
    Url(Column),
}

/// How a column is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    Text,
    Int,
    Bool,
    Instant,
}

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A declared type, over its table's primary key.
    Thing(&'static str),
    /// One of the five entities, told by the node registry.
    Entity,
}

impl Target {
    pub fn type_name(self) -> &'static str {
        match self {
            Self::Thing(name) => name,
            Self::Entity => "Entity",
        }
    }
}

/// How rows of a list belong to the parent row.
#[derive(Clone, Copy, Debug)]
pub enum On {
    /// Every row: a list at the root.
    All,
    /// The row's column holds the parent's id.
    Key(Column),
    /// A condition over `{row}` and `{parent}`, for relations that no single column states.
    Raw(&'static str),
}

/// A plain list.
pub struct Many {
    pub to: &'static str,
    pub on: On,
    pub only: Option<(Column, &'static str)>,
    pub arguments: Vec<Argument>,
    /// When a row is true: all of these hold then. Empty: at any time.
    pub time: Vec<Time>,
    pub order: Vec<Key>,
}

/// One key of an order. Every order ends in the primary key, which the planner adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub column: Column,
    pub kind: KeyKind,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    Text,
    Int,
}

/// A Relay connection.
pub struct Connection {
    /// Names the connection type; its edge type follows from it.
    pub of: &'static str,
    /// The rows that are paged over.
    pub row: &'static str,
    pub on: On,
    pub only: Option<(Column, &'static str)>,
    /// A to-one table joined to the rows, so that filters and orders can use it.
    pub join: Option<(Column, &'static str)>,
    pub node: NodeOf,
    /// The type as which edges show the row itself, in a field `link`.
    pub link: Option<&'static str>,
    pub arguments: Vec<Argument>,
    /// When a row with what is joined to it is true: all of these hold then. Empty: at any time.
    pub time: Vec<Time>,
    /// The declared type whose filter and orders apply (to the joined table, or to the rows).
    pub narrowed_by: Option<&'static str>,
    pub filter: bool,
    pub order_by: bool,
    pub order: Vec<Key>,
    pub backwards: bool,
}

/// What an edge's `node` is.
#[derive(Clone, Copy, Debug)]
pub enum NodeOf {
    /// The row itself, as this type.
    Row(&'static str),
    /// What a column of the row refers to.
    Key(Column, Target),
    /// What a rule says of the row: an issue, which no table holds.
    Issue,
}

/// An argument that narrows a list.
pub struct Argument {
    pub name: &'static str,
    pub ty: String,
    pub description: &'static str,
    pub narrows: Narrows,
}

pub enum Narrows {
    /// Rows whose column holds one of the listed values.
    In(Column),
    /// Rows whose column equals the value.
    Equals(Column),
    /// Rows whose column refers to an entity of one of the listed kinds.
    KindOf(Column),
}

/// One entry of a filter input.
pub struct Filter {
    pub name: &'static str,
    pub description: &'static str,
    pub test: Test,
}

pub enum Test {
    /// Exact text.
    Text(Column),
    /// Text compared without case and diacritics, over the folded column.
    Folded(Column),
    Enum(Column, &'static str),
    Bool(Column),
    Date(Column),
    /// The public id.
    Id(Column),
    /// The row that a column refers to passes this type's filter.
    One(Column, &'static str),
    /// At least one row whose column refers to this one passes this type's filter.
    Some(Column, &'static str),
    /// The entity that a column refers to passes the filter of entities.
    Entity(Column),
}

/// One value of a type's order enum.
pub struct Order {
    pub name: &'static str,
    pub description: &'static str,
    pub key: Key,
}

impl Thing {
    pub fn over<E: EntityTrait>(_: E, name: &'static str, description: &'static str) -> Self {
        Self {
            name,
            description,
            table: E::default().table_name(),
            interfaces: &[],
            fields: Vec::new(),
            filters: Vec::new(),
            orders: Vec::new(),
            prefix: None,
            filterable: false,
        }
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Gives the type a filter input, to which every column declared after adds its entry.
    pub fn filterable(mut self) -> Self {
        self.filterable = true;
        self
    }

    pub(super) fn push(
        mut self,
        name: &'static str,
        ty: impl Into<String>,
        source: Source,
        description: &'static str,
    ) -> Self {
        self.fields.push(Field {
            name,
            description,
            ty: ty.into(),
            source,
        });
        self
    }

    pub fn filter(mut self, name: &'static str, test: Test, description: &'static str) -> Self {
        if self.filterable {
            self.filters.push(Filter {
                name,
                description,
                test,
            });
        }
        self
    }

    pub fn order(mut self, name: &'static str, key: Key, description: &'static str) -> Self {
        self.orders.push(Order {
            name,
            description,
            key,
        });
        self
    }

    /// The public id, and the `Node` interface that goes with it.
    pub fn id<C: ColumnTrait>(mut self, prefix: &'static str, public_id: C) -> Self {
        self.prefix = Some(prefix);
        if self.interfaces.is_empty() {
            self.interfaces = &["Node"];
        }
        let public_id = column(public_id);
        self.push(
            "id",
            "ID!",
            Source::Column(public_id, Scalar::Text),
            "Permanent, opaque id with a prefix that tells the type. Equal for the same seed file on every installation.",
        )
        .filter("id", Test::Id(public_id), "Those with this public id.")
    }

    /// A column, printed as it is: its GraphQL type and whether it may be null follow from the row.
    pub fn column<C: ColumnTrait>(
        self,
        name: &'static str,
        of: C,
        description: &'static str,
    ) -> Self {
        let def = of.def();
        let (scalar, ty) = match def.get_column_type() {
            ColumnType::Boolean => (Scalar::Bool, "Boolean"),
            ColumnType::BigInteger | ColumnType::Integer => (Scalar::Int, "Int"),
            ColumnType::TimestampWithTimeZone | ColumnType::Timestamp => {
                (Scalar::Instant, "DateTime")
            }
            ColumnType::Date => (Scalar::Text, "Date"),
            _ => (Scalar::Text, "String"),
        };
        let ty = nullability(ty, def.is_null());
        let of = column(of);
        let test = match scalar {
            Scalar::Bool => Some(Test::Bool(of)),
            Scalar::Text => Some(Test::Text(of)),
            Scalar::Int | Scalar::Instant => None,
        };
        let this = self.push(name, ty, Source::Column(of, scalar), description);
        match test {
            Some(test) => this.filter(name, test, description),
            None => this,
        }
    }

    /// A text column of a named scalar: `Url`, `ID`, `Edtf`.
    pub fn scalar<C: ColumnTrait>(
        self,
        name: &'static str,
        ty: &'static str,
        of: C,
        description: &'static str,
    ) -> Self {
        let ty = nullability(ty, of.def().is_null());
        self.push(
            name,
            ty,
            Source::Column(column(of), Scalar::Text),
            description,
        )
    }

    /// A column of one of `entity::kind`'s enums.
    pub fn kind<C: ColumnTrait>(
        self,
        name: &'static str,
        enumeration: &'static str,
        of: C,
        description: &'static str,
    ) -> Self {
        let ty = nullability(enumeration, of.def().is_null());
        let of = column(of);
        self.push(name, ty, Source::Column(of, Scalar::Text), description)
            .filter(name, Test::Enum(of, enumeration), description)
    }

    /// A historical date, by the column of its EDTF text.
    pub fn date<C: ColumnTrait>(
        self,
        name: &'static str,
        edtf: C,
        description: &'static str,
    ) -> Self {
        let edtf = column(edtf);
        self.push(name, "HistoricalDate", Source::Date(edtf), description)
            .filter(name, Test::Date(edtf), description)
    }

    pub fn quantity<C: ColumnTrait>(
        self,
        name: &'static str,
        value: C,
        text: C,
        description: &'static str,
    ) -> Self {
        self.push(
            name,
            "Quantity",
            Source::Quantity(column(value), column(text)),
            description,
        )
    }

    /// A to-one relation by the column that states it.
    pub fn one<C: ColumnTrait>(
        self,
        name: &'static str,
        key: C,
        to: &'static str,
        description: &'static str,
    ) -> Self {
        let ty = nullability(to, key.def().is_null());
        self.push(
            name,
            ty,
            Source::One(column(key), Target::Thing(to)),
            description,
        )
    }

    /// A to-one relation that can also be filtered by, where the other type has a filter.
    pub fn one_filtered<C: ColumnTrait>(
        self,
        name: &'static str,
        key: C,
        to: &'static str,
        description: &'static str,
    ) -> Self {
        let of = column(key);
        self.one(name, key, to, description)
            .filter(name, Test::One(of, to), description)
    }

    /// Lets the field just declared be null although its column never is: what needs another row's reading is
    /// promised only as far as later ways of recording can keep it.
    pub fn or_null(mut self) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.ty = field.ty.trim_end_matches('!').to_owned();
        }
        self
    }

    /// A reference to any of the five entities.
    pub fn entity_ref<C: ColumnTrait>(
        self,
        name: &'static str,
        key: C,
        description: &'static str,
    ) -> Self {
        let ty = nullability("Entity", key.def().is_null());
        let key = column(key);
        self.push(name, ty, Source::One(key, Target::Entity), description)
            .filter(name, Test::Entity(key), description)
    }

    pub fn many(self, name: &'static str, many: Many, description: &'static str) -> Self {
        let ty = format!("[{}!]!", many.to);
        self.push(name, ty, Source::Many(many), description)
    }

    pub fn connection(
        self,
        name: &'static str,
        connection: Connection,
        description: &'static str,
    ) -> Self {
        let ty = format!("{}Connection!", connection.of);
        self.push(
            name,
            ty,
            Source::Connection(Box::new(connection)),
            description,
        )
    }

    /// Everything that lineage links lead to, any number of steps that way.
    pub fn kin(self, name: &'static str, way: Way, description: &'static str) -> Self {
        self.push(name, "KinConnection!", Source::Kin(way), description)
    }

    /// The family tree around the organisation.
    pub fn family(self, name: &'static str, description: &'static str) -> Self {
        self.push(name, "Lineage!", Source::Lineage, description)
    }

    pub fn url<C: ColumnTrait>(self, public_id: C) -> Self {
        self.push(
            "url",
            "Url!",
            Source::Url(column(public_id)),
            "The entity's address on this server, which stays the same when its slug changes.",
        )
    }
}

fn nullability(ty: &str, null: bool) -> String {
    if null {
        ty.to_owned()
    } else {
        format!("{ty}!")
    }
}
