//! Cursors: the keys of a row in the order of its list, as hexadecimal text. A signature of the list and its
//! order stands in front, so that a cursor is refused where it does not belong.

use super::{convert::Bound, thing::KeyKind};

/// Stands for a list and its order: a few characters, equal for equal lists.
pub fn signature(list: &str) -> String {
    // FNV-1a: short, stable over releases of every dependency, and no secret is guarded by it.
    let hash = list.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    format!("{hash:08x}")
}

const SEPARATOR: char = '\u{1f}';

/// One key of a cursor; none where it is no cursor of that list.
pub fn key(cursor: &str, signature: &str, index: usize, kinds: &[KeyKind]) -> Option<Bound> {
    // PostgreSQL has no text with a NUL in it.
    let text = decode(cursor).filter(|text| !text.contains('\0'))?;
    let mut parts = text.split(SEPARATOR);
    if parts.next() != Some(signature) || text.split(SEPARATOR).count() != kinds.len() + 1 {
        return None;
    }
    let part = parts.nth(index)?;
    match kinds.get(index)? {
        KeyKind::Text => Some(Bound::Text(part.to_owned())),
        KeyKind::Int => part.parse().ok().map(Bound::Int),
    }
}

fn decode(cursor: &str) -> Option<String> {
    let digits: Vec<u8> = cursor
        .bytes()
        .map(|byte| {
            char::from(byte)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect::<Option<_>>()?;
    let (pairs, []) = digits.as_chunks::<2>() else {
        return None;
    };
    String::from_utf8(pairs.iter().map(|[high, low]| high << 4 | low).collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str) -> String {
        text.bytes()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    }

    #[test]
    fn a_cursor_gives_its_keys_back_and_nothing_else_does() {
        let list = signature("organisations by name");
        let cursor = encode(&format!("{list}\u{1f}communiqué\u{1f}7"));
        let kinds = [KeyKind::Text, KeyKind::Int];
        assert_eq!(
            key(&cursor, &list, 0, &kinds),
            Some(Bound::Text("communiqué".into()))
        );
        assert_eq!(key(&cursor, &list, 1, &kinds), Some(Bound::Int(7)));
        assert_eq!(key(&cursor, &signature("people by name"), 0, &kinds), None);
        assert_eq!(key(&cursor[1..], &list, 0, &kinds), None);
        let nul = encode(&format!("{list}\u{1f}a\0b\u{1f}7"));
        assert_eq!(key(&nul, &list, 0, &kinds), None);
        assert_eq!(key("zz", &list, 0, &kinds), None);
        assert_eq!(key("", &list, 0, &kinds), None);
        assert_eq!(key(&cursor, &list, 0, &[KeyKind::Text]), None);
    }
}
