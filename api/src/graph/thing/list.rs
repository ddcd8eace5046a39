//! How a list is declared: its order, plain lists, connections and the arguments that narrow them.

use sea_orm::{ColumnTrait, ColumnType, EntityName};

use super::{
    Argument, Column, Connection, Key, KeyKind, Many, Narrows, NodeOf, On, Target, column,
};

/// When a row of a list is true.
#[derive(Clone, Copy, Debug)]
pub enum Time {
    /// From one date to another.
    Period(Column, Column),
    /// From a date on.
    Happening(Column),
    /// As long as a periodical comes out, and from its publication on what comes out once.
    Work {
        published: Column,
        ceased: Column,
        kind: Column,
    },
}

impl Time {
    pub fn period<C: ColumnTrait>(start: C, end: C) -> Self {
        Self::Period(column(start), column(end))
    }

    pub fn happening<C: ColumnTrait>(date: C) -> Self {
        Self::Happening(column(date))
    }

    /// The table of the columns.
    pub fn table(self) -> &'static str {
        let (Self::Period(date, _)
        | Self::Happening(date)
        | Self::Work {
            published: date, ..
        }) = self;
        date.table
    }
}

/// An order by a column, upward.
pub fn by(column_: impl ColumnTrait) -> Key {
    let kind = match column_.def().get_column_type() {
        ColumnType::BigInteger | ColumnType::Integer => KeyKind::Int,
        _ => KeyKind::Text,
    };
    Key {
        column: column(column_),
        kind,
        descending: false,
    }
}

impl Key {
    pub fn descending(mut self) -> Self {
        self.descending = true;
        self
    }
}

/// Every row of `to` whose `key` holds the parent's id.
pub fn rows<C: ColumnTrait>(to: &'static str, key: C) -> Many {
    Many {
        to,
        on: On::Key(column(key)),
        only: None,
        arguments: Vec::new(),
        time: Vec::new(),
        order: Vec::new(),
    }
}

impl Many {
    pub fn on(mut self, condition: &'static str) -> Self {
        self.on = On::Raw(condition);
        self
    }
    pub fn only<C: ColumnTrait>(mut self, of: C, value: &'static str) -> Self {
        self.only = Some((column(of), value));
        self
    }
    pub fn argument(mut self, argument: Argument) -> Self {
        self.arguments.push(argument);
        self
    }
    pub fn time(mut self, time: Time) -> Self {
        self.time.push(time);
        self
    }
    pub fn order(mut self, key: Key) -> Self {
        self.order.push(key);
        self
    }
}

/// A page of `row`s, as connection type `<of>Connection`.
pub fn page(of: &'static str, row: impl EntityName) -> Connection {
    Connection {
        of,
        row: row.table_name(),
        on: On::All,
        only: None,
        join: None,
        node: NodeOf::Row(of),
        link: None,
        arguments: Vec::new(),
        time: Vec::new(),
        narrowed_by: None,
        filter: false,
        order_by: false,
        order: Vec::new(),
        backwards: false,
    }
}

impl Connection {
    pub fn of_parent<C: ColumnTrait>(mut self, key: C) -> Self {
        self.on = On::Key(column(key));
        self
    }
    pub fn on(mut self, condition: &'static str) -> Self {
        self.on = On::Raw(condition);
        self
    }
    pub fn only<C: ColumnTrait>(mut self, of: C, value: &'static str) -> Self {
        self.only = Some((column(of), value));
        self
    }
    pub fn node<C: ColumnTrait>(mut self, key: C, to: &'static str) -> Self {
        self.node = NodeOf::Key(column(key), Target::Thing(to));
        self
    }
    pub fn link(mut self, row: &'static str) -> Self {
        self.link = Some(row);
        self
    }
    /// Keeps the rows whose `key` refers to a row of `to`, and lets orders and filters use it.
    pub fn join<C: ColumnTrait>(mut self, key: C, to: impl EntityName) -> Self {
        self.join = Some((column(key), to.table_name()));
        self
    }
    pub fn argument(mut self, argument: Argument) -> Self {
        self.arguments.push(argument);
        self
    }
    pub fn time(mut self, time: Time) -> Self {
        self.time.push(time);
        self
    }
    pub fn filtered_by(mut self, thing: &'static str) -> Self {
        self.narrowed_by = Some(thing);
        self.filter = true;
        self
    }
    pub fn ordered_by(mut self, thing: &'static str) -> Self {
        self.narrowed_by = Some(thing);
        self.order_by = true;
        self
    }
    pub fn order(mut self, key: Key) -> Self {
        self.order.push(key);
        self
    }
    /// Adds `last` and `before`.
    pub fn both_ways(mut self) -> Self {
        self.backwards = true;
        self
    }
}

/// An argument that keeps the rows whose column holds one of the values.
pub fn one_of<C: ColumnTrait>(
    name: &'static str,
    item: &'static str,
    of: C,
    description: &'static str,
) -> Argument {
    Argument {
        name,
        ty: format!("[{item}!]"),
        description,
        narrows: Narrows::In(column(of)),
    }
}
