//! The drawing, for families made by hand and by chance.
