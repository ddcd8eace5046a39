//! How a date stands in a row: eight columns, read and written as one.

/// Gives a row a reader and a setter for one date: names of the two, then of the date's eight columns.
///
/// The stored sort key is never read: it is there for the database to sort by.
macro_rules! historical_date_columns {
    (
        $read:ident, $set:ident: $edtf:ident, $earliest:ident, $latest:ident, $precision:ident,
        $approximate:ident, $uncertain:ident, $order:ident, $source_text:ident
    ) => {
        impl Model {
            #[doc = concat!("The columns of `", stringify!($edtf), "` as one date; none: no date.")]
            #[must_use]
            pub fn $read(&self) -> Option<$crate::date::HistoricalDate> {
                Some($crate::date::HistoricalDate {
                    edtf: self.$edtf.clone()?,
                    earliest: self.$earliest,
                    latest: self.$latest,
                    precision: self.$precision?,
                    approximate: self.$approximate?,
                    uncertain: self.$uncertain?,
                    source_text: self.$source_text.clone(),
                })
            }
        }

        impl ActiveModel {
            #[doc = concat!("Sets all columns of `", stringify!($edtf), "`; none: no date.")]
            pub fn $set(&mut self, date: Option<&$crate::date::HistoricalDate>) {
                use sea_orm::ActiveValue::Set;
                self.$edtf = Set(date.map(|date| date.edtf.clone()));
                self.$earliest = Set(date.and_then(|date| date.earliest));
                self.$latest = Set(date.and_then(|date| date.latest));
                self.$precision = Set(date.map(|date| date.precision));
                self.$approximate = Set(date.map(|date| date.approximate));
                self.$uncertain = Set(date.map(|date| date.uncertain));
                self.$order = Set(date.map_or(
                    $crate::date::NO_DATE_ORDER,
                    $crate::date::HistoricalDate::order,
                ));
                self.$source_text = Set(date.and_then(|date| date.source_text.clone()));
            }
        }
    };
}

pub(crate) use historical_date_columns;
