//! One field: what is shown of it, and the claims on it.

use entity::date::HistoricalDate;
use serde_json::{Value, json};

use super::super::draft::Kind;
use super::NameOf;
use super::claim::{self, Speaker};

/// Fields that name a record.
const REFERENCES: [(&str, Kind); 6] = [
    ("country", Kind::Place),
    ("headquarters", Kind::Place),
    ("place", Kind::Place),
    ("newspaper", Kind::Publication),
    ("parent", Kind::Campaign),
    ("organisation", Kind::Organisation),
];

pub(super) struct Field<'a> {
    pub name: &'a str,
    pub name_of: NameOf<'a>,
}

impl Field<'_> {
    /// What is shown, and all claims. Both come as what is stored and what comes in.
    pub fn settle(
        &self,
        [old, new]: [Option<&Value>; 2],
        [said, says]: [Vec<Value>; 2],
        speaker: &Speaker<'_>,
    ) -> (Option<Value>, Vec<Value>) {
        let is_known = |value: &&Value| value.as_str() != Some(claim::UNKNOWN);
        let stated = (old.filter(is_known), new.filter(is_known));
        let said = self.spell_out(said, old);
        let says = self.spell_out(says, new);
        let kept = stated.0.and_then(|old| {
            let again = stated.1.is_some_and(|new| self.told(new) == self.told(old));
            if again {
                Some(old.clone())
            } else {
                self.kept(old, &said, speaker)
            }
        });
        let shown = match (kept, stated.1) {
            (Some(kept), Some(new)) if is_finer(new, &kept) => Some(new.clone()),
            (Some(kept), _) => Some(kept),
            (None, Some(new)) => Some(new.clone()),
            // What nobody says any more is not shown any more.
            (None, None) if stated.0.is_some() => new.cloned(),
            (None, None) => old.or(new).cloned(),
        };
        let mut claims = speaker.replace(said, says);
        if let Some(shown) = &shown {
            self.rank(&mut claims, shown, stated.0 == Some(shown));
            for claim in &mut claims {
                self.leave_out(claim, shown);
            }
        }
        (shown, claims)
    }

    /// What was shown, if more than this source stands for it; else what another source says.
    fn kept(&self, old: &Value, said: &[Value], speaker: &Speaker<'_>) -> Option<Value> {
        let mut supporting = said
            .iter()
            .filter(|claim| self.supports(claim, old))
            .peekable();
        if supporting.peek().is_none() || supporting.any(|claim| !speaker.is_replaced(claim)) {
            return Some(old.clone());
        }
        let others = said
            .iter()
            .filter(|claim| !speaker.is_replaced(claim) && claim::is_upheld(claim));
        let best = others.min_by_key(|claim| claim["rank"] != json!("PREFERRED"))?;
        self.value_of(best, old)
    }

    /// A claim's value as the field would hold it.
    fn value_of(&self, claim: &Value, like: &Value) -> Option<Value> {
        match self.reference() {
            // The name alone does not lead to a place.
            Some(Kind::Place) => None,
            Some(_) => {
                let (_, slug) = claim.get("node")?.as_str()?.split_once('/')?;
                Some(json!(slug))
            }
            None => {
                let text = claim.get("value")?.as_str()?;
                match like {
                    Value::Bool(_) => text.parse().ok().map(Value::Bool),
                    Value::Object(fields) if fields.contains_key("value") => Some(
                        text.parse::<i64>()
                            .map_or_else(|_| json!({"text": text}), |it| json!({"value": it})),
                    ),
                    _ => Some(json!(text)),
                }
            }
        }
    }

    fn reference(&self) -> Option<Kind> {
        let found = REFERENCES.iter().find(|(name, _)| *name == self.name);
        found.map(|(_, kind)| *kind)
    }

    /// A value as claims tell it: under which key, and in which words.
    fn told(&self, value: &Value) -> Option<(&'static str, String)> {
        if let (Some(kind), Some(slug)) = (self.reference(), value.as_str()) {
            return match kind {
                Kind::Place => Some(("value", (self.name_of)(kind, slug)?)),
                _ => Some(("node", format!("{kind}/{slug}"))),
            };
        }
        let text = match value {
            Value::Object(fields) => {
                let said = ["edtf", "text", "value"]
                    .iter()
                    .find_map(|it| fields.get(*it))?;
                said.as_str()
                    .map_or_else(|| said.to_string(), str::to_owned)
            }
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Some(("value", text))
    }

    fn supports(&self, claim: &Value, value: &Value) -> bool {
        let told = self.told(value);
        told.is_some_and(|(key, text)| claim.get(key).and_then(Value::as_str) == Some(&text))
            && claim::is_upheld(claim)
    }

    /// Writes into each claim that leaves it out what it claims.
    fn spell_out(&self, mut claims: Vec<Value>, value: Option<&Value>) -> Vec<Value> {
        let Some((key, text)) = value.and_then(|value| self.told(value)) else {
            return claims;
        };
        for claim in claims.iter_mut().filter_map(Value::as_object_mut) {
            if !claim.contains_key("value") && !claim.contains_key("node") {
                claim.insert(key.to_owned(), json!(text));
            }
        }
        claims
    }

    /// Takes out of a claim what is the field's own value.
    fn leave_out(&self, claim: &mut Value, shown: &Value) {
        let Some((key, text)) = self.told(shown) else {
            return;
        };
        if let Some(claim) = claim.as_object_mut()
            && claim.get(key).and_then(Value::as_str) == Some(&text)
            && !(key == "value" && claim.contains_key("node"))
        {
            claim.shift_remove(key);
        }
    }

    /// Where claims disagree, one that says what is shown is preferred, and no other. What is preferred stays so where
    /// none of them says what is shown and was shown before: then people have ranked them.
    fn rank(&self, claims: &mut [Value], shown: &Value, as_before: bool) {
        let supporting: Vec<bool> = claims
            .iter()
            .map(|claim| self.supports(claim, shown))
            .collect();
        let disagree = claims
            .iter()
            .zip(&supporting)
            .any(|(claim, supports)| !supports && claim::is_upheld(claim));
        if !disagree {
            return;
        }
        let preferred = json!("PREFERRED");
        let best = claims
            .iter()
            .zip(&supporting)
            .position(|(claim, supports)| *supports && claim["rank"] == preferred)
            .or_else(|| supporting.iter().position(|supports| *supports));
        if best.is_none() && as_before {
            return;
        }
        for (index, claim) in claims.iter_mut().enumerate() {
            let Some(claim) = claim.as_object_mut() else {
                continue;
            };
            if Some(index) == best {
                claim.insert("rank".to_owned(), preferred.clone());
            } else if claim.get("rank") == Some(&preferred) {
                claim.shift_remove("rank");
            }
        }
    }
}

/// Whether a date says the same as another and more: it lies within the other, and is not the other in other words.
fn is_finer(new: &Value, old: &Value) -> bool {
    let date = |value: &Value| {
        let text = value.as_str().or_else(|| value.get("edtf")?.as_str())?;
        HistoricalDate::parse(text).ok()
    };
    let (Some(new), Some(old)) = (date(new), date(old)) else {
        return false;
    };
    let (Some(first), Some(last)) = (new.earliest, new.latest) else {
        return false;
    };
    let within =
        old.earliest.is_none_or(|day| day <= first) && old.latest.is_none_or(|day| last <= day);
    within
        && (old.earliest, old.latest) != (new.earliest, new.latest)
        && !new.approximate
        && !new.uncertain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finer() {
        let check =
            |new, old, finer| assert_eq!(is_finer(&json!(new), &json!(old)), finer, "{new} {old}");
        check("1996-05", "1996", true);
        check("1996", "199X", true);
        check("1996", "1996", false);
        check("1996", "1996-05", false);
        check("1997-05", "1996", false);
        check("1996-05~", "1996", false);
        check("Glasgow", "Edinburgh", false);
        assert!(is_finer(
            &json!({"edtf": "1996-05-01", "text": "May Day"}),
            &json!("1996-05")
        ));
    }
}
