//! Countries by name: their ISO 3166 codes, which make a place a country.

use entity::kind::PlaceKind;

use crate::write::PlaceDraft;

/// A country that is known by name.
pub(super) struct Country {
    pub code: &'static str,
    pub name: &'static str,
}

/// States of today by ISO 3166-1.
const STATES: [Country; 195] = [
    country("AF", "Afghanistan"),
    country("AL", "Albania"),
    country("DZ", "Algeria"),
    country("AD", "Andorra"),
    country("AO", "Angola"),
    country("AG", "Antigua and Barbuda"),
    country("AR", "Argentina"),
    country("AM", "Armenia"),
    country("AU", "Australia"),
    country("AT", "Austria"),
    country("AZ", "Azerbaijan"),
    country("BS", "Bahamas"),
    country("BH", "Bahrain"),
    country("BD", "Bangladesh"),
    country("BB", "Barbados"),
    country("BY", "Belarus"),
    country("BE", "Belgium"),
    country("BZ", "Belize"),
    country("BJ", "Benin"),
    country("BT", "Bhutan"),
    country("BO", "Bolivia"),
    country("BA", "Bosnia and Herzegovina"),
    country("BW", "Botswana"),
    country("BR", "Brazil"),
    country("BN", "Brunei"),
    country("BG", "Bulgaria"),
    country("BF", "Burkina Faso"),
    country("BI", "Burundi"),
    country("KH", "Cambodia"),
    country("CM", "Cameroon"),
    country("CA", "Canada"),
    country("CV", "Cape Verde"),
    country("CF", "Central African Republic"),
    country("TD", "Chad"),
    country("CL", "Chile"),
    country("CN", "China"),
    country("CO", "Colombia"),
    country("KM", "Comoros"),
    country("CG", "Republic of the Congo"),
    country("CD", "Democratic Republic of the Congo"),
    country("CR", "Costa Rica"),
    country("CI", "Ivory Coast"),
    country("HR", "Croatia"),
    country("CU", "Cuba"),
    country("CY", "Cyprus"),
    country("CZ", "Czech Republic"),
    country("DK", "Denmark"),
    country("DJ", "Djibouti"),
    country("DM", "Dominica"),
    country("DO", "Dominican Republic"),
    country("EC", "Ecuador"),
    country("EG", "Egypt"),
    country("SV", "El Salvador"),
    country("GQ", "Equatorial Guinea"),
    country("ER", "Eritrea"),
    country("EE", "Estonia"),
    country("SZ", "Eswatini"),
    country("ET", "Ethiopia"),
    country("FJ", "Fiji"),
    country("FI", "Finland"),
    country("FR", "France"),
    country("GA", "Gabon"),
    country("GM", "Gambia"),
    country("GE", "Georgia"),
    country("DE", "Germany"),
    country("GH", "Ghana"),
    country("GR", "Greece"),
    country("GD", "Grenada"),
    country("GT", "Guatemala"),
    country("GN", "Guinea"),
    country("GW", "Guinea-Bissau"),
    country("GY", "Guyana"),
    country("HT", "Haiti"),
    country("HN", "Honduras"),
    country("HU", "Hungary"),
    country("IS", "Iceland"),
    country("IN", "India"),
    country("ID", "Indonesia"),
    country("IR", "Iran"),
    country("IQ", "Iraq"),
    country("IE", "Ireland"),
    country("IL", "Israel"),
    country("IT", "Italy"),
    country("JM", "Jamaica"),
    country("JP", "Japan"),
    country("JO", "Jordan"),
    country("KZ", "Kazakhstan"),
    country("KE", "Kenya"),
    country("KI", "Kiribati"),
    country("KP", "North Korea"),
    country("KR", "South Korea"),
    country("KW", "Kuwait"),
    country("KG", "Kyrgyzstan"),
    country("LA", "Laos"),
    country("LV", "Latvia"),
    country("LB", "Lebanon"),
    country("LS", "Lesotho"),
    country("LR", "Liberia"),
    country("LY", "Libya"),
    country("LI", "Liechtenstein"),
    country("LT", "Lithuania"),
    country("LU", "Luxembourg"),
    country("MG", "Madagascar"),
    country("MW", "Malawi"),
    country("MY", "Malaysia"),
    country("MV", "Maldives"),
    country("ML", "Mali"),
    country("MT", "Malta"),
    country("MH", "Marshall Islands"),
    country("MR", "Mauritania"),
    country("MU", "Mauritius"),
    country("MX", "Mexico"),
    country("FM", "Federated States of Micronesia"),
    country("MD", "Moldova"),
    country("MC", "Monaco"),
    country("MN", "Mongolia"),
    country("ME", "Montenegro"),
    country("MA", "Morocco"),
    country("MZ", "Mozambique"),
    country("MM", "Myanmar"),
    country("NA", "Namibia"),
    country("NR", "Nauru"),
    country("NP", "Nepal"),
    country("NL", "Netherlands"),
    country("NZ", "New Zealand"),
    country("NI", "Nicaragua"),
    country("NE", "Niger"),
    country("NG", "Nigeria"),
    country("MK", "North Macedonia"),
    country("NO", "Norway"),
    country("OM", "Oman"),
    country("PK", "Pakistan"),
    country("PW", "Palau"),
    country("PA", "Panama"),
    country("PG", "Papua New Guinea"),
    country("PY", "Paraguay"),
    country("PE", "Peru"),
    country("PH", "Philippines"),
    country("PL", "Poland"),
    country("PT", "Portugal"),
    country("QA", "Qatar"),
    country("RO", "Romania"),
    country("RU", "Russia"),
    country("RW", "Rwanda"),
    country("KN", "Saint Kitts and Nevis"),
    country("LC", "Saint Lucia"),
    country("VC", "Saint Vincent and the Grenadines"),
    country("WS", "Samoa"),
    country("SM", "San Marino"),
    country("ST", "São Tomé and Príncipe"),
    country("SA", "Saudi Arabia"),
    country("SN", "Senegal"),
    country("RS", "Serbia"),
    country("SC", "Seychelles"),
    country("SL", "Sierra Leone"),
    country("SG", "Singapore"),
    country("SK", "Slovakia"),
    country("SI", "Slovenia"),
    country("SB", "Solomon Islands"),
    country("SO", "Somalia"),
    country("ZA", "South Africa"),
    country("SS", "South Sudan"),
    country("ES", "Spain"),
    country("LK", "Sri Lanka"),
    country("SD", "Sudan"),
    country("SR", "Suriname"),
    country("SE", "Sweden"),
    country("CH", "Switzerland"),
    country("SY", "Syria"),
    country("TW", "Taiwan"),
    country("TJ", "Tajikistan"),
    country("TZ", "Tanzania"),
    country("TH", "Thailand"),
    country("TL", "East Timor"),
    country("TG", "Togo"),
    country("TO", "Tonga"),
    country("TT", "Trinidad and Tobago"),
    country("TN", "Tunisia"),
    country("TR", "Turkey"),
    country("TM", "Turkmenistan"),
    country("TV", "Tuvalu"),
    country("UG", "Uganda"),
    country("UA", "Ukraine"),
    country("AE", "United Arab Emirates"),
    country("GB", "United Kingdom"),
    country("US", "United States"),
    country("UY", "Uruguay"),
    country("UZ", "Uzbekistan"),
    country("VU", "Vanuatu"),
    country("VA", "Vatican City"),
    country("VE", "Venezuela"),
    country("VN", "Vietnam"),
    country("YE", "Yemen"),
    country("ZM", "Zambia"),
    country("ZW", "Zimbabwe"),
];

/// Countries within a state, by ISO 3166-2.
const NATIONS: [Country; 4] = [
    country("GB-ENG", "England"),
    country("GB-NIR", "Northern Ireland"),
    country("GB-SCT", "Scotland"),
    country("GB-WLS", "Wales"),
];

/// States that are no more, by ISO 3166-3.
const FORMER: [Country; 4] = [
    country("CSHH", "Czechoslovakia"),
    country("DDDE", "East Germany"),
    country("SUHH", "Soviet Union"),
    country("YUCS", "Yugoslavia"),
];

/// Other names in use.
const OTHER_NAMES: [(&str, &str); 17] = [
    ("The Bahamas", "BS"),
    ("Burma", "MM"),
    ("Cabo Verde", "CV"),
    ("Czechia", "CZ"),
    ("Côte d'Ivoire", "CI"),
    ("GDR", "DDDE"),
    ("Great Britain", "GB"),
    ("Republic of Ireland", "IE"),
    ("Swaziland", "SZ"),
    ("The Gambia", "GM"),
    ("The Netherlands", "NL"),
    ("Timor-Leste", "TL"),
    ("Türkiye", "TR"),
    ("U.S.", "US"),
    ("UK", "GB"),
    ("USA", "US"),
    ("United States of America", "US"),
];

const fn country(code: &'static str, name: &'static str) -> Country {
    Country { code, name }
}

/// The country of this name.
pub(super) fn of(name: &str) -> Option<&'static Country> {
    let name = name.trim();
    let all = || STATES.iter().chain(&NATIONS).chain(&FORMER);
    all().find(|country| country.name == name).or_else(|| {
        let (_, code) = OTHER_NAMES.iter().find(|(other, _)| *other == name)?;
        all().find(|country| country.code == *code)
    })
}

impl Country {
    /// The state that it is a part of.
    pub fn state(&self) -> Option<&'static Self> {
        let (state, _) = self.code.split_once('-')?;
        STATES.iter().find(|country| country.code == state)
    }

    /// What is known of it as a place; `parent` is the slug of its state.
    pub fn place(&self, parent: Option<String>) -> PlaceDraft {
        let kind = if self.code.contains('-') {
            PlaceKind::Nation
        } else {
            PlaceKind::State
        };
        PlaceDraft {
            name: self.name.to_owned(),
            kind: Some(kind),
            code: Some(self.code.to_owned()),
            parent,
            ..PlaceDraft::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names() {
        let check = |name, code| assert_eq!(of(name).map(|it| it.code), code, "{name}");
        check("Scotland", Some("GB-SCT"));
        check("UK", Some("GB"));
        check("Czechoslovakia", Some("CSHH"));
        check("Ruritania", None);
        let scotland = of("Scotland").and_then(Country::state);
        assert_eq!(scotland.map(|it| it.name), Some("United Kingdom"));
    }

    #[test]
    fn each_code_stands_once() {
        let all = STATES.iter().chain(&NATIONS).chain(&FORMER);
        let codes: HashSet<_> = all.clone().map(|it| it.code).collect();
        assert_eq!(codes.len(), all.count());
        assert!(OTHER_NAMES.iter().all(|(name, _)| of(name).is_some()));
    }
}
