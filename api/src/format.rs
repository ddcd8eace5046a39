//! What files of other formats are made of: their words, and what each means here. Importers and exporters both go
//! by it, so that what one writes the other reads.

pub mod cell;
pub mod popolo;
pub mod timeline;
pub mod wikipedia;
