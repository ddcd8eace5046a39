//! How a vocabulary is declared.

/// Declares one vocabulary: an enum that is stored and spoken as the given texts, and that knows its own description.
macro_rules! kinds {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $value_doc:literal])+ $value:ident = $text:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, sea_orm::EnumIter, sea_orm::DeriveActiveEnum,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[doc = $value_doc])+ #[sea_orm(string_value = $text)] #[serde(rename = $text)] $value,)+
        }

        impl $name {
            /// Name of the vocabulary in the public schema.
            pub const NAME: &str = stringify!($name);
            /// What the vocabulary is for.
            pub const DESCRIPTION: &str = concat!($($doc),+).trim_ascii();
            /// Every value as stored and shown, with its description, in order of declaration.
            pub const VALUES: &[(&str, &str)] = &[$(($text, concat!($($value_doc),+).trim_ascii())),+];

            /// The value as stored and shown.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $text,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use kinds;
