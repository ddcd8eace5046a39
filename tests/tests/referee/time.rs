//! The time that a query asks about, as the interpreter carries it from field to field: which rows are true then,
//! and what an entity was called.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde_json::Value;

use super::{
    evaluate::Judge,
    narrow::{Days, days_of},
    query::Field,
    store::{Row, number, text, value},
};

/// The days asked about, none: at any time; and whether what is known must force it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope {
    days: Option<Days>,
    certainly: bool,
}

fn day(row: &Row, column: &str, part: &str) -> Option<NaiveDate> {
    let day = value(row, &format!("{column}_{part}")).as_str()?;
    Some(day.parse().unwrap())
}

impl Scope {
    /// True while it lasts: at some day of the time, or at all of them.
    fn holds(self, row: &Row, start: &str, end: &str) -> bool {
        let Some((first, last)) = self.days else {
            return true;
        };
        if self.certainly {
            day(row, start, "latest").is_some_and(|start| start <= first)
                && day(row, end, "earliest").is_some_and(|end| end >= last)
        } else {
            day(row, start, "earliest").is_none_or(|start| start <= last)
                && day(row, end, "latest").is_none_or(|end| end >= first)
        }
    }

    /// True from its day on.
    fn happened(self, row: &Row, date: &str) -> bool {
        let Some((first, last)) = self.days else {
            return true;
        };
        if self.certainly {
            day(row, date, "latest").is_some_and(|day| day <= first)
        } else {
            day(row, date, "earliest").is_none_or(|day| day <= last)
        }
    }

    /// A work that comes out once is there from then on.
    fn came_out(self, row: &Row) -> bool {
        let once = ["BOOK", "PAMPHLET", "LEAFLET"].map(Some);
        let stays = once.contains(&text(row, "kind")) && text(row, "ceased").is_none();
        self.holds(row, "published", "ceased") || stays && self.happened(row, "published")
    }
}

impl Judge<'_> {
    /// The scope of a field under another: a time that is left out is that around it, null is any.
    pub fn scope(&self, field: &Field, around: Scope) -> Scope {
        let mut scope = around;
        if let Some(asked) = self.argument(field, "match") {
            scope.certainly = asked == "CERTAINLY";
        }
        let at = field
            .argument("at")
            .and_then(|at| at.value(&self.variables));
        match at {
            None => {}
            Some(Value::Null) => scope.days = None,
            Some(at) => scope.days = Some(days_of(&at)),
        }
        scope
    }

    /// Whether a row of a list is true in the scope.
    pub fn in_time(
        &self,
        ty: &str,
        field: &Field,
        row: &Row,
        joined: Option<&Row>,
        scope: Scope,
    ) -> bool {
        let period = |start, end| scope.holds(row, start, end);
        match (ty, field.name.as_str()) {
            ("Query", "organisations") => period("founded", "dissolved"),
            ("Query", "people") => period("born", "died"),
            ("Query", "campaigns") | ("Campaign", "subcampaigns") => period("started", "ended"),
            ("Query" | "Organisation" | "Person", "publications") => scope.came_out(row),
            ("Organisation" | "Person", "events") => scope.happened(joined.unwrap(), "date"),
            ("Organisation" | "Person", "campaigns") => {
                period("start", "end") && scope.holds(joined.unwrap(), "started", "ended")
            }
            ("Organisation", "places" | "people" | "affiliations" | "affiliates")
            | ("Person", "organisations")
            | ("Campaign", "participants")
            | (_, "names") => period("start", "end"),
            (
                "Organisation",
                "splitFrom" | "splits" | "mergedInto" | "mergedFrom" | "dissolvedInto"
                | "dissolvedFrom" | "predecessors" | "successors" | "objectives" | "stances"
                | "purposes",
            )
            | ("Campaign", "aims")
            | ("Publication", "reception")
            | ("Query" | "Campaign", "events")
            | ("Event", "links")
            | (_, "statements") => scope.happened(row, "date"),
            (_, name) => {
                let definition = self.schema.type_field(ty, name).unwrap();
                let asks = definition.argument_by_name("at").is_some();
                assert!(!asks, "nobody has said when a row of {ty}.{name} is true");
                true
            }
        }
    }

    /// What an entity was called: of the names in use then, the one taken last, then the one given up first.
    pub fn name(&self, entity: &Row, scope: Scope) -> Value {
        let mut names = self
            .store
            .by_key("name", "node_id", number(entity, "id").unwrap());
        let kinds = ["OFFICIAL", "FORMER"].map(Some);
        names.retain(|name| {
            let its_own = name["preferred"] == true || kinds.contains(&text(name, "kind"));
            its_own && scope.holds(name, "start", "end")
        });
        let rank = |name: &&&Row| {
            let (start, end) = (text(name, "start_earliest"), text(name, "end_latest"));
            (
                start.is_none(),
                Reverse(start.map(str::to_owned)),
                end.is_none(),
                end.map(str::to_owned),
                name["preferred"] != true,
                number(name, "ordinal"),
                number(name, "id"),
            )
        };
        let called = names
            .iter()
            .min_by_key(rank)
            .filter(|_| scope.days.is_some());
        called.map_or_else(|| entity["name"].clone(), |name| name["text"].clone())
    }
}
