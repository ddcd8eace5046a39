//! Who is answered: so many requests at once, and of one client so much in a minute.
//!
//! What a request is worth is its cost as the graph counts it. A client is told by its address: of IPv6 by the
//! network, as one household or machine has all addresses of it. What stands in the headers is said by the
//! draft-ietf-httpapi-ratelimit-headers, <https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/>.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, header::RETRY_AFTER};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::HashMapStateStore,
};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{graphql::Refusal, serve::Peer};
use crate::{config::Config, error::Error};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");

/// Seconds of the window in which a client's costs are counted.
const WINDOW: u32 = 60;

/// After so many requests those who have all their quota again are forgotten.
const FORGET: u32 = 10_000;

/// Who is answered.
pub struct Admission {
    free: Semaphore,
    most_at_once: u32,
    /// None: everyone may spend what they like.
    purses: Option<Purses>,
    client_header: Option<String>,
}

type Limiter =
    RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock, StateInformationMiddleware>;

struct Purses {
    limiter: Limiter,
    clock: DefaultClock,
    most: NonZeroU32,
    requests: AtomicU32,
}

/// What a client has left, as headers of the answer.
#[derive(Debug, Default)]
pub(super) struct Budget(Vec<(HeaderName, HeaderValue)>);

impl Budget {
    pub fn write(self, headers: &mut HeaderMap) {
        headers.extend(self.0);
    }

    fn add(&mut self, name: HeaderName, value: &str) {
        let value = HeaderValue::from_str(value).ok();
        self.0.extend(value.map(|value| (name, value)));
    }

    /// Tells the policy, what is left of it, and the seconds after which all of it is there again.
    fn tell(&mut self, most: NonZeroU32, left: u32) {
        let spent = u64::from(most.get() - left.min(most.get()));
        let again = (spent * u64::from(WINDOW)).div_ceil(most.get().into());
        self.0.clear();
        self.add(POLICY, &format!("\"cost\";q={most};w={WINDOW}"));
        self.add(LEFT, &format!("\"cost\";r={left};t={again}"));
    }
}

impl Admission {
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let most_at_once = config.concurrency_limit.get();
        let permits = usize::try_from(most_at_once).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            free: Semaphore::new(permits.min(Semaphore::MAX_PERMITS)),
            most_at_once,
            purses: NonZeroU32::new(config.cost_rate).map(Purses::new),
            client_header: config.client_header.as_ref().map(|name| name.0.clone()),
        }
    }

    /// Lets a request in, until what this gives is dropped.
    ///
    /// # Errors
    /// When as many as may be are being answered.
    pub(super) fn enter(&self, budget: &mut Budget) -> Result<SemaphorePermit<'_>, Refusal> {
        self.free.try_acquire().map_err(|_| {
            let most = self.most_at_once;
            let message = format!(
                "as many requests are being answered as may be at once, which is {most}; try again"
            );
            let error = Error::exceeded("concurrency_limit", most.into(), None, message);
            budget.add(RETRY_AFTER, "1");
            (StatusCode::SERVICE_UNAVAILABLE, error)
        })
    }

    /// Takes the cost of a request from what its client may spend.
    ///
    /// # Errors
    /// When the client has too little left, or could never have enough.
    pub(super) fn charge(
        &self,
        client: IpAddr,
        cost: u64,
        budget: &mut Budget,
    ) -> Result<(), Refusal> {
        match &self.purses {
            Some(purses) => purses.charge(client, cost, budget),
            None => Ok(()),
        }
    }

    /// The address of the client: the last that the proxy in front has told, which no client can make up.
    pub(super) fn client(&self, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
        let told = self.client_header.as_ref().and_then(|name| {
            let mut lines = headers.get_all(name).iter();
            let last = lines.next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
            last.parse().ok()
        });
        let peer = extensions.get::<Peer>().map(|peer| peer.0);
        household(told.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }
}

fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address @ IpAddr::V4(_) => address,
    }
}

impl Purses {
    fn new(most: NonZeroU32) -> Self {
        let limiter = RateLimiter::hashmap(Quota::per_minute(most));
        Self {
            limiter: limiter.with_middleware(),
            clock: DefaultClock::default(),
            most,
            requests: AtomicU32::new(0),
        }
    }

    fn charge(&self, client: IpAddr, cost: u64, budget: &mut Budget) -> Result<(), Refusal> {
        if self.requests.fetch_add(1, Ordering::Relaxed) % FORGET == FORGET - 1 {
            self.limiter.retain_recent();
        }
        let most = self.most;
        let refuse = |status, advice: &str| {
            let message = format!(
                "the request costs {cost}, and a client may spend {most} in a minute; {advice}"
            );
            let error = Error::exceeded("cost_rate", most.get().into(), Some(cost), message);
            Err((status, error))
        };
        // Even the least that is asked takes some work.
        let asked = u32::try_from(cost.max(1)).ok().and_then(NonZeroU32::new);
        match asked.map(|asked| self.limiter.check_key_n(&client, asked)) {
            Some(Ok(Ok(state))) => {
                budget.tell(most, state.remaining_burst_capacity());
                Ok(())
            }
            Some(Ok(Err(not_until))) => {
                let seconds = not_until.wait_time_from(self.clock.now()).as_secs() + 1;
                budget.tell(most, 0);
                budget.add(RETRY_AFTER, &seconds.to_string());
                let advice = format!("this one has too little left, try again in {seconds} s");
                refuse(StatusCode::TOO_MANY_REQUESTS, &advice)
            }
            Some(Err(_)) | None => refuse(StatusCode::BAD_REQUEST, "ask for less at once"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn households() {
        let check = |address: &str, of: &str| {
            let [address, of] = [address, of].map(|it| it.parse::<IpAddr>().expect("an address"));
            assert_eq!(household(address), of);
        };
        check("192.0.2.7", "192.0.2.7");
        check("::ffff:192.0.2.7", "192.0.2.7");
        check("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::");
    }
}
