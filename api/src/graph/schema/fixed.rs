//! The parts of the schema that follow from no declaration: scalars, enums, values and the inputs of filters.

use entity::kind;

use super::{Definitions, issue, member};

pub(super) fn scalars(definitions: &mut Definitions) {
    let rfc3339 = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6";
    definitions.scalar(
        "Date",
        rfc3339,
        "A calendar day, as in RFC 3339 full-date: \"2011-04-30\".",
    );
    definitions.scalar(
        "DateTime",
        rfc3339,
        "A moment, as in RFC 3339 date-time, in UTC: \"2011-04-30T12:00:00Z\".",
    );
    definitions.scalar("Edtf", "https://www.loc.gov/standards/datetime/", "A date in the Extended Date/Time Format, levels 0 to 2, years 0001 to 9999: \"2011-04\", \"1985~\", \"[1990..1995]\", \"1964/..\".");
    definitions.scalar(
        "Url",
        "https://www.rfc-editor.org/rfc/rfc3986",
        "An address, as in RFC 3986.",
    );
}

pub(super) fn enumerations(definitions: &mut Definitions) {
    macro_rules! stored {
        ($($kind:ident),+ $(,)?) => {$(
            definitions.enumeration(kind::$kind::NAME, kind::$kind::DESCRIPTION, kind::$kind::VALUES);
            let name = kind::$kind::NAME;
            definitions.members(
                &format!("input {name}Filter"),
                &format!("Compares a value of type `{name}`. Unknown values pass no comparison."),
                &[
                    member("eq", name, "Is this value."),
                    member("in", &format!("[{name}!]"), "Is one of these values; an empty list lets nothing pass."),
                ],
            );
        )+};
    }
    stored!(
        AffiliationKind,
        ClaimRank,
        ClaimStatus,
        EntityKind,
        EventKind,
        LineageKind,
        NameKind,
        OrganisationKind,
        OrganisationStatus,
        PlaceKind,
        PoliticalPosition,
        PublicationKind,
        SourceKind,
        StatementKind,
        TopicKind,
    );
    definitions.enumeration(
        kind::DatePrecision::NAME,
        kind::DatePrecision::DESCRIPTION,
        kind::DatePrecision::VALUES,
    );
    definitions.enumeration(
        "DateMatch",
        "What a comparison of uncertain dates asks for.",
        &[
            (
                "POSSIBLY",
                "What is known allows it: the ranges of days overlap so.",
            ),
            (
                "CERTAINLY",
                "What is known forces it: no day of the range says otherwise.",
            ),
        ],
    );
    definitions.enumeration(
        "OrderDirection",
        "Which way an order goes.",
        &[
            ("ASC", "From the first or smallest; unknown dates last."),
            ("DESC", "From the last or largest; unknown dates first."),
        ],
    );
    // Filters of enums that nothing is filtered by would be dead weight to every client.
    for unused in ["ClaimRankFilter", "SourceKindFilter"] {
        definitions.texts.remove(unused);
    }
}

pub(super) fn values(definitions: &mut Definitions) {
    definitions.members(
        "type HistoricalDate",
        "A date as far as it is known. \"Some day in 1990 to 1995\" is not \"from 1990 to 1995\".",
        &[
            member(
                "edtf",
                "Edtf!",
                "The date itself; everything else follows from it.",
            ),
            member(
                "earliest",
                "Date",
                "The first day it can mean; null: unbounded.",
            ),
            member(
                "latest",
                "Date",
                "The last day it can mean; null: unbounded, or open.",
            ),
            member("precision", "DatePrecision!", "How finely it is known."),
            member(
                "approximate",
                "Boolean!",
                "Whether it is an estimate: \"about\".",
            ),
            member(
                "uncertain",
                "Boolean!",
                "Whether the source itself is in doubt.",
            ),
            member(
                "display",
                "String!",
                "The date in words: \"April 2011\", \"about 1985\".",
            )
            .with(vec![member(
                "locale",
                "String! = \"en\"",
                "Language tag (BCP 47). Languages that are not known give English.",
            )]),
            member(
                "sourceText",
                "String",
                "The source's wording; null: not kept.",
            ),
        ],
    );
    definitions.members("type Quantity", "A number of people or things, as exactly as the source gives it.", &[
        member("value", "Int", "The number; null: the source gives none."),
        member("text", "String", "The source's words, such as \"majority\" or \"numerous\"; null: the number says it all."),
    ]);
    definitions.members(
        "type PageInfo",
        "Where a page stands in its list.",
        &[
            member(
                "hasNextPage",
                "Boolean!",
                "Whether more follows. Going backward: whether a `before` was given.",
            ),
            member(
                "hasPreviousPage",
                "Boolean!",
                "Whether something stands before. Going forward: whether an `after` was given.",
            ),
            member(
                "startCursor",
                "String",
                "Cursor of the first place; null: the page is empty.",
            ),
            member(
                "endCursor",
                "String",
                "Cursor of the last place; null: the page is empty.",
            ),
        ],
    );
    definitions.members(
        "type Dataset",
        "The data set as a whole.",
        &[
            member(
                "revision",
                "Int!",
                "Raised by every write that changes something.",
            ),
            member(
                "counts",
                "[EntityCount!]!",
                "How many entities there are of each kind.",
            ),
            member("licence", "String!", "The licence of the data."),
            member("changedAt", "DateTime!", "When it was last written to."),
            member(
                "issues",
                "IssueConnection!",
                "What looks wrong in it, rule by rule, and by the slug of the subject. A rule looks at the whole data set: ask for the rules that you need.",
            )
            .with(issue::arguments()),
        ],
    );
    definitions.members(
        "type EntityCount",
        "How many entities there are of one kind.",
        &[
            member("kind", "EntityKind!", "Of which kind these are."),
            member("count", "Int!", "How many there are."),
        ],
    );
}

pub(super) fn inputs(definitions: &mut Definitions) {
    let text = |folded: &str| {
        [
            member("eq", "String", &format!("Is this text{folded}.")),
            member(
                "in",
                "[String!]",
                &format!("Is one of these texts{folded}; an empty list lets nothing pass."),
            ),
            member(
                "contains",
                "String",
                &format!("Has this text in it{folded}."),
            ),
            member(
                "startsWith",
                "String",
                &format!("Begins with this text{folded}."),
            ),
        ]
    };
    definitions.members(
        "input TextFilter",
        "Compares text exactly. An unknown text passes no comparison.",
        &text(", to the letter"),
    );
    definitions.members(
        "input FoldedTextFilter",
        "Compares text without regard to case and diacritics.",
        &text(", case and diacritics aside"),
    );
    definitions.members(
        "input IdFilter",
        "Compares a public id.",
        &[
            member("eq", "ID", "Is this id."),
            member(
                "in",
                "[ID!]",
                "Is one of these ids; an empty list lets nothing pass.",
            ),
        ],
    );
    definitions.members("input DateFilter", "Compares a date that may be known only roughly. A date that no source states passes no comparison.", &[
        member("during", "Edtf", "Lies within this time."),
        member("before", "Edtf", "Lies before this time begins."),
        member("after", "Edtf", "Lies after this time ends."),
        member("match", "DateMatch! = POSSIBLY", "Whether what is known must allow the comparison, or force it."),
        member("known", "Boolean", "Whether any source states a date at all."),
    ]);
    definitions.members(
        "input EntityFilter",
        "Narrows to entities of any kind that pass every entry given.",
        &[
            member("id", "IdFilter", "By public id."),
            member("kind", "EntityKindFilter", "By kind."),
            member(
                "organisation",
                "OrganisationFilter",
                "Is an organisation that passes this filter.",
            ),
            member(
                "person",
                "PersonFilter",
                "Is a person that passes this filter.",
            ),
            member(
                "campaign",
                "CampaignFilter",
                "Is a campaign that passes this filter.",
            ),
            member(
                "publication",
                "PublicationFilter",
                "Is a publication that passes this filter.",
            ),
            member(
                "event",
                "EventFilter",
                "Is an event that passes this filter.",
            ),
        ],
    );
    definitions.members(
        "input ExternalIdInput",
        "An id in another data set.",
        &[
            member(
                "scheme",
                "String!",
                "The data set: \"wikidata\", \"parlgov\", \"wikipedia\" ...",
            ),
            member("value", "String!", "The id there."),
        ],
    );
}
