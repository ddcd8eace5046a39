//! The caller's place in a trace, as it tells in `traceparent`: W3C Trace Context, level 1,
//! <https://www.w3.org/TR/trace-context-1/>.

use axum::http::{HeaderMap, HeaderName};

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Where in which trace a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller<'h> {
    /// 32 hexadecimal digits.
    pub trace_id: &'h str,
    /// 16 hexadecimal digits.
    pub span_id: &'h str,
    /// Two hexadecimal digits.
    pub flags: &'h str,
}

impl<'h> Caller<'h> {
    /// None also for what breaks the rules: the trace then begins anew.
    pub fn of(headers: &'h HeaderMap) -> Option<Self> {
        let mut lines = headers.get_all(TRACEPARENT).iter();
        let text = lines.next()?.to_str().ok()?;
        if lines.next().is_some() {
            return None;
        }
        let mut parts = text.splitn(5, '-');
        let version = hexadecimal(parts.next()?, 2)?;
        let caller = Self {
            trace_id: hexadecimal(parts.next()?, 32)?,
            span_id: hexadecimal(parts.next()?, 16)?,
            flags: hexadecimal(parts.next()?, 2)?,
        };
        // Later versions may say more behind.
        let whole = version != "ff" && (version != "00" || parts.next().is_none());
        let zero = |id: &str| id.bytes().all(|byte| byte == b'0');
        (whole && !zero(caller.trace_id) && !zero(caller.span_id)).then_some(caller)
    }
}

fn hexadecimal(text: &str, length: usize) -> Option<&str> {
    let digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (text.len() == length && text.bytes().all(digit)).then_some(text)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const SPAN: &str = "00f067aa0ba902b7";

    #[test]
    fn what_breaks_the_rules_is_ignored() {
        let zeros = |count| "0".repeat(count);
        let check = |lines: &[&str], fits: bool| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(TRACEPARENT, HeaderValue::from_str(line).expect("a header"));
            }
            let caller = Caller::of(&headers).map(|it| (it.trace_id, it.span_id));
            assert_eq!(caller, fits.then_some((TRACE, SPAN)), "{lines:?}");
        };
        let sampled = &*format!("00-{TRACE}-{SPAN}-01");
        check(&[sampled], true);
        check(&[&format!("00-{TRACE}-{SPAN}-00")], true);
        check(&[&format!("cc-{TRACE}-{SPAN}-01-what-comes-later")], true);
        check(&[], false);
        check(&[""], false);
        check(&[sampled, sampled], false);
        check(&[&format!("{sampled}-more")], false);
        check(&[&format!("cc-{TRACE}-{SPAN}-01.more")], false);
        check(&[&format!("ff-{TRACE}-{SPAN}-01")], false);
        check(&[&sampled.to_uppercase()], false);
        check(&[&format!("00-{}-{SPAN}-01", zeros(32))], false);
        check(&[&format!("00-{TRACE}-{}-01", zeros(16))], false);
        check(&[&format!("00-{TRACE}-{SPAN}-1")], false);
        check(&[&format!("00-{TRACE}-{SPAN}")], false);
        check(&[&format!("00-{TRACE}{SPAN}-01")], false);
    }
}
