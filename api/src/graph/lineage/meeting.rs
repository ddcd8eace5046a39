//! Common ancestors: where the ways back of several organisations meet.

use apollo_compiler::executable::Field;

use crate::graph::{
    pick::key_of,
    plan::{Planned, Planner},
    sql::Dialect,
    thing::Target,
};

use super::walk::{Start, Way};

/// The most common ancestors that are given, the nearest first.
const MOST: u64 = 100;

impl<'d> Planner<'d, '_> {
    /// `Query.commonAncestors`. Each organisation walks back on its own; where all of them have been is common.
    pub(in crate::graph) fn common_ancestors(
        &mut self,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let asked = self.organisations_asked(field, 2)?;
        let steps = self.steps(field)?;
        let dialect = self.dialect;
        let roots = format!(
            "(SELECT a.key,{} AS id FROM {})",
            key_of("a.value"),
            asked.table
        );
        let walk = self.walk(
            "w",
            Way::Back,
            &Start::Each {
                table: &roots,
                key: "a.key",
                id: "a.id",
            },
            &steps,
            None,
        );
        let depths = match dialect {
            Dialect::Sqlite => "json_group_array(w.depth ORDER BY w.start)",
            Dialect::Postgres => "json_agg(w.depth ORDER BY w.start)",
        };
        let common = format!(
            "SELECT e.value AS id,max(w.depth) AS far,sum(w.depth) AS steps,{depths} AS depths FROM w,{} \
             GROUP BY e.value HAVING count(*)={} ORDER BY 2,3,1 LIMIT {MOST}",
            dialect.each_key("w.front", "e"),
            asked.count
        );
        let selected = self.collect("CommonAncestor", fields);
        let members = self.within(MOST, |this| {
            this.members("CommonAncestor", selected, |this, field, fields| {
                if field.name == "depths" {
                    return Ok(this.dialect.nested("c.depths"));
                }
                let json = this.target("c.id", Target::Thing("Organisation"), fields)?;
                Ok(this.dialect.nested(&json))
            })
        })?;
        let list = dialect.list(&dialect.object(&members), "c.far,c.steps,c.id", "");
        let json = format!("(WITH RECURSIVE {walk} SELECT {list} FROM ({common}) c)");
        Ok(self.unless_missing(&asked, &json))
    }
}
