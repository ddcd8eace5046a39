//! Places, countries, and where an organisation was active.

use entity::{place, place_period};

use super::thing::{Test, Thing, column};

pub fn place() -> Thing {
    use place::Column;
    Thing::over(
        place::Entity,
        "Place",
        "A place of any size, from an address to a state.",
    )
    .filterable()
    .id("plc", Column::PublicId)
    .column(
        "slug",
        Column::Slug,
        "Name for people and addresses, unique among places.",
    )
    .scalar("name", "String", Column::Name, "The name it is known by.")
    .filter(
        "name",
        Test::Folded(column(Column::NameFolded)),
        "By name, without regard to case and diacritics.",
    )
    .kind(
        "kind",
        "PlaceKind",
        Column::Kind,
        "What sort of place it is.",
    )
    .column(
        "code",
        Column::Code,
        "ISO 3166 code, such as \"GB\" or \"GB-SCT\"; null: none.",
    )
    .column(
        "street",
        Column::Street,
        "Street, for an address; null: none stated.",
    )
    .column(
        "postcode",
        Column::Postcode,
        "Postcode, for an address; null: none stated.",
    )
    .one_filtered(
        "parent",
        Column::ParentId,
        "Place",
        "The place it lies in; null: none stated.",
    )
}

pub fn country() -> Thing {
    use place::Column;
    Thing::over(place::Entity, "Country", "A state or nation.")
        .column(
            "slug",
            Column::Slug,
            "Name for people and addresses, unique among places.",
        )
        .column(
            "code",
            Column::Code,
            "ISO 3166 code, such as \"GB\" or \"GB-SCT\"; null: none.",
        )
        .scalar("name", "String", Column::Name, "The name it is known by.")
}

pub fn place_period() -> Thing {
    use place_period::Column;
    Thing::over(
        place_period::Entity,
        "PlacePeriod",
        "A place where an organisation was active or had an office, for one period.",
    )
    .filterable()
    .id("ppd", Column::PublicId)
    .one_filtered("place", Column::PlaceId, "Place", "Where.")
    .column(
        "role",
        Column::Role,
        "As what: \"activity\", \"national office\" ...",
    )
    .date("start", Column::Start, "Since when; null: no source says.")
    .date(
        "end",
        Column::End,
        "Until when; null: no source says, or it still is.",
    )
    .column(
        "note",
        Column::Note,
        "What the source says of the time without a date, such as \"at first\"; null: nothing.",
    )
    .kind(
        "status",
        "ClaimStatus",
        Column::Status,
        "Whether a source states it, it is derived, disputed or denied.",
    )
    .claims_about()
}
