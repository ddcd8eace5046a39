//! What the keys of infoboxes mean.

/// What an entry says of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Name,
    NativeName,
    /// The language of the native name.
    NativeLanguage,
    Abbreviation,
    Leadership,
    Founded,
    Dissolved,
    Country,
    Headquarters,
    Position,
    Ideologies,
    Newspaper,
    Website,
    /// It split from these.
    SplitFrom,
    /// It was formed by the merger of these.
    MergerOf,
    /// It merged into this one.
    MergedInto,
    Successor,
    Predecessor,
    /// Nothing that is kept here, for this reason.
    Other(&'static str),
}

/// The meaning of a key in lower case, with words joined by `_`.
pub(super) fn of(key: &str) -> Meaning {
    match key {
        "name" | "party_name" => Meaning::Name,
        "native_name" => Meaning::NativeName,
        "native_name_lang" | "lang1" => Meaning::NativeLanguage,
        "abbreviation" | "abbrev" | "abbr" | "acronym" | "short_name" | "shortname"
        | "initials" => Meaning::Abbreviation,
        "leader" | "leaders" | "leadership" => Meaning::Leadership,
        "foundation" | "founded" | "founded_date" | "foundation_date" | "formation" | "formed"
        | "established" | "inception" | "founding_date" | "date_founded" => Meaning::Founded,
        "dissolution" | "dissolved" | "dissolved_date" | "dissolution_date" | "disbanded"
        | "defunct" | "date_dissolved" | "extinction" => Meaning::Dissolved,
        "country" => Meaning::Country,
        "headquarters" | "hq" => Meaning::Headquarters,
        "position" | "political_position" => Meaning::Position,
        "ideology" | "ideologies" | "political_ideology" => Meaning::Ideologies,
        "newspaper" | "newspapers" => Meaning::Newspaper,
        "website" | "homepage" | "url" => Meaning::Website,
        "split" | "split_from" => Meaning::SplitFrom,
        "merger" | "merger_of" => Meaning::MergerOf,
        "merged" | "merged_into" => Meaning::MergedInto,
        "successor" | "successors" | "succeeded_by" => Meaning::Successor,
        "predecessor" | "predecessors" | "preceded_by" => Meaning::Predecessor,
        "colour" | "color" | "colours" | "colors" | "colorcode" | "colourcode" | "colour_code" => {
            Meaning::Other("organisations have no colours here")
        }
        "logo" | "image" | "party_logo" | "flag" | "symbol" => {
            Meaning::Other("the text names an image and not where it is")
        }
        _ => Meaning::Other("nothing here holds it"),
    }
}
