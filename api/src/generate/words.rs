//! The words that names are made of. None of the places exists; that a name does is chance.

use super::random::Random;

const COUNTRIES: [&str; 36] = [
    "Ardenia",
    "Belmark",
    "Calvoria",
    "Dravinia",
    "Estmark",
    "Fjelland",
    "Galdonia",
    "Havria",
    "Istrovia",
    "Jutvia",
    "Kelmaria",
    "Lothenia",
    "Maravia",
    "Norrland",
    "Ostrovia",
    "Pelagonia",
    "Quentia",
    "Rhovania",
    "Sarnia",
    "Tavaria",
    "Ulmaria",
    "Valdovia",
    "Westmark",
    "Xandria",
    "Ystland",
    "Zelania",
    "Åsmark",
    "Béarnia",
    "Çelia",
    "Édenia",
    "Łavonia",
    "Ørland",
    "Skandria",
    "Torvia",
    "Vestria",
    "Wolmark",
];
const CITY_STARTS: [&str; 20] = [
    "Al", "Bran", "Cor", "Dun", "El", "Fal", "Grim", "Hal", "Ing", "Kar", "Lang", "Mor", "Nor",
    "Old", "Port ", "Ros", "Stein", "Tor", "Val", "Wey",
];
const CITY_ENDS: [&str; 18] = [
    "berg", "borough", "bridge", "by", "castle", "dorf", "feld", "ford", "grad", "hafen", "holm",
    "mouth", "ost", "polis", "stad", "stow", "ton", "vár",
];
const MANNERS: [&str; 36] = [
    "Revolutionary",
    "Democratic",
    "Independent",
    "United",
    "Free",
    "National",
    "Popular",
    "Radical",
    "Social",
    "Socialist",
    "Communist",
    "Liberal",
    "Conservative",
    "Christian",
    "Green",
    "Progressive",
    "Republican",
    "Federal",
    "Agrarian",
    "Labour",
    "New",
    "Left",
    "Civic",
    "Constitutional",
    "Reform",
    "Unitary",
    "Marxist",
    "Syndicalist",
    "Libertarian",
    "Patriotic",
    "Regional",
    "Ecological",
    "Feminist",
    "Internationalist",
    "Moderate",
    "Centre",
];
const MEMBERS: [&str; 24] = [
    "Workers",
    "Peasants",
    "People's",
    "Citizens'",
    "Youth",
    "Students'",
    "Women's",
    "Farmers'",
    "Miners'",
    "Tenants'",
    "Unity",
    "Renewal",
    "Freedom",
    "Justice",
    "Solidarity",
    "Action",
    "Progress",
    "Homeland",
    "Future",
    "Equality",
    "Peace",
    "Democracy",
    "Autonomy",
    "Struggle",
];
const BODIES: [&str; 22] = [
    "Party",
    "League",
    "Group",
    "Alliance",
    "Front",
    "Union",
    "Movement",
    "Tendency",
    "Federation",
    "Association",
    "Organisation",
    "Committee",
    "Bloc",
    "Current",
    "Fraction",
    "Assembly",
    "Network",
    "Initiative",
    "Coalition",
    "Forum",
    "Platform",
    "Congress",
];
const GIVEN: [&str; 60] = [
    "Ada", "Alan", "Anna", "Anton", "Beatriz", "Bela", "Bruno", "Carla", "Carmen", "Clara", "Dana",
    "David", "Edith", "Elena", "Emil", "Erik", "Eva", "Farid", "Felix", "Franz", "Greta", "Hana",
    "Hugo", "Ida", "Ines", "Irena", "Ivan", "Jan", "Jean", "Jonas", "José", "Julia", "Karl",
    "Kasia", "Kemal", "Lars", "Leila", "Lena", "Luis", "Magda", "Marek", "Maria", "Mila", "Nadia",
    "Nils", "Nora", "Olga", "Omar", "Otto", "Paula", "Pavel", "Petra", "Rosa", "Samir", "Sara",
    "Sven", "Tomás", "Vera", "Yusuf", "Zoë",
];
const FAMILY_STARTS: [&str; 40] = [
    "Abra", "Albe", "Ander", "Bar", "Berg", "Bor", "Bran", "Cal", "Car", "Dal", "Dor", "Eber",
    "Fer", "Fisch", "Gal", "Gor", "Hal", "Her", "Jan", "Kar", "Kel", "Kov", "Lam", "Lind", "Lor",
    "Mar", "Mel", "Mor", "Nov", "Ols", "Pav", "Pet", "Ros", "Sand", "Sil", "Stan", "Tor", "Val",
    "Var", "Wil",
];
const FAMILY_ENDS: [&str; 32] = [
    "ács", "ak", "ander", "ano", "berg", "bert", "czyk", "dottir", "eira", "ek", "elli", "enko",
    "er", "escu", "ez", "feld", "gren", "holm", "ić", "ini", "kin", "lund", "mann", "nen", "oglu",
    "ova", "quist", "sen", "son", "ström", "ton", "vski",
];
const TITLES: [&str; 20] = [
    "Voice",
    "Banner",
    "Tribune",
    "Star",
    "Spark",
    "Forward",
    "Struggle",
    "Worker",
    "Banner of Labour",
    "Bulletin",
    "Review",
    "Critique",
    "Dawn",
    "Free Word",
    "Letters",
    "Notes",
    "Herald",
    "Torch",
    "Open Letter",
    "Chronicle",
];
const CAUSES: [&str; 20] = [
    "the War",
    "Austerity",
    "Rent Rises",
    "the Poll Tax",
    "Nuclear Power",
    "Racism",
    "the Eight-Hour Day",
    "Votes for All",
    "Land Reform",
    "Free Schooling",
    "the Prisoners",
    "the Closure of the Pits",
    "Clean Water",
    "Public Transport",
    "a New Constitution",
    "Home Rule",
    "the Blockade",
    "Equal Pay",
    "the Right to Strike",
    "Press Freedom",
];
pub(super) const IDEOLOGIES: [&str; 24] = [
    "Agrarianism",
    "Anarchism",
    "Christian democracy",
    "Communism",
    "Conservatism",
    "Ecology",
    "Federalism",
    "Feminism",
    "Islamic democracy",
    "Internationalism",
    "Labourism",
    "Leninism",
    "Liberalism",
    "Libertarianism",
    "Monarchism",
    "Nationalism",
    "Pacifism",
    "Populism",
    "Regionalism",
    "Republicanism",
    "Social democracy",
    "Socialism",
    "Syndicalism",
    "Trotskyism",
];
pub(super) const SUBJECTS: [&str; 24] = [
    "Anti-militarism",
    "Austerity",
    "Centralisation",
    "Church and state",
    "Collective bargaining",
    "Education",
    "Electoral reform",
    "Emigration",
    "Energy",
    "Foreign bases",
    "Housing",
    "Land reform",
    "Language rights",
    "Minority rights",
    "Nationalisation",
    "Neutrality",
    "Prison reform",
    "Public health",
    "Rearmament",
    "Self-determination",
    "Taxation",
    "Trade union unity",
    "Women's suffrage",
    "Working hours",
];
const WORKS: [&str; 12] = [
    "History of Parties",
    "Yearbook of Politics",
    "Dictionary of Movements",
    "Atlas of Elections",
    "Papers",
    "Register of Associations",
    "Gazette",
    "Companion to the Left",
    "Encyclopaedia of Parties",
    "Files",
    "Survey of Political Groups",
    "Annual Register",
];

pub(super) fn countries() -> &'static [&'static str] {
    &COUNTRIES
}

pub(super) fn city(random: &mut Random) -> String {
    let (start, end) = (random.pick(&CITY_STARTS), random.pick(&CITY_ENDS));
    match start.strip_suffix(' ') {
        Some(start) => format!("{start} {}", capital(end)),
        None => format!("{start}{end}"),
    }
}

/// The name of an organisation of this place.
pub(super) fn organisation(random: &mut Random, place: &str) -> String {
    let (manner, members, body) = (
        random.pick(&MANNERS),
        random.pick(&MEMBERS),
        random.pick(&BODIES),
    );
    match random.below(5) {
        0 => format!("{manner} {body} of {place}"),
        1 => format!("{manner} {members} {body}"),
        2 => format!("{members} {body} ({place})"),
        3 => format!("{manner} {members} {body} of {place}"),
        _ => format!(
            "{body} for {members} {} ({place})",
            random.pick(&["Power", "Unity", "Rights"])
        ),
    }
}

/// The capitals of a name's words.
pub(super) fn initials(name: &str) -> String {
    name.split([' ', '('])
        .filter_map(|word| word.chars().next())
        .filter(|letter| letter.is_uppercase())
        .collect()
}

pub(super) fn person(random: &mut Random) -> String {
    let given = random.pick(&GIVEN);
    let family = format!(
        "{}{}",
        random.pick(&FAMILY_STARTS),
        random.pick(&FAMILY_ENDS)
    );
    if random.percent(15) {
        format!("{given} {} {family}", random.pick(&GIVEN))
    } else {
        format!("{given} {family}")
    }
}

pub(super) fn publication(random: &mut Random, place: &str) -> String {
    let title = random.pick(&TITLES);
    match random.below(4) {
        0 => format!("{place} {title}"),
        1 => format!("The {title} of {place}"),
        2 => format!("{} {title}", random.pick(&MANNERS)),
        _ => format!("{} {title}", random.pick(&MEMBERS)),
    }
}

pub(super) fn campaign(random: &mut Random, place: &str) -> String {
    let start = random.pick(&[
        "Campaign on",
        "Coalition on",
        "Committee on",
        "March on",
        "Stop",
    ]);
    format!("{start} {} ({place})", random.pick(&CAUSES))
}

pub(super) fn source(random: &mut Random, place: &str) -> String {
    format!("{place}: {}", random.pick(&WORKS))
}

pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
