//! Stub until the scope is merged.
use super::{
    plan::{Planned, Planner},
    thing::{Column, Thing},
};
use apollo_compiler::executable::Field;
impl<'d> Planner<'d, '_> {
    pub(super) fn scoped<T>(
        &mut self,
        _field: &'d Field,
        plan: impl FnOnce(&mut Self) -> Planned<T>,
    ) -> Planned<T> {
        plan(self)
    }
    pub(super) fn holds(&self, _alias: &str, _start: Column, _end: Column) -> Option<String> {
        None
    }
    pub(super) fn happened(&self, _alias: &str, _date: Column) -> Option<String> {
        None
    }
    pub(super) fn name_of(&self, _thing: &Thing, alias: &str) -> String {
        format!("{alias}.name")
    }
}
