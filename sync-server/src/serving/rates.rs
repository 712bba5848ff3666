//! How often somebody may ask: by address, before anything else is looked at, and by device.
//!
//! A device is known by the hash of the token that it shows, so that asking too often costs the relay no
//! question to its storage. Each may ask a minute's worth at once, and after that at the pace at which the
//! minute fills again. This process counts for itself: behind a load balancer with n relays, somebody may
//! ask n times as often.

use std::{hash::Hash, net::IpAddr, num::NonZeroU32, sync::Arc, time::Duration};

use governor::{Quota, RateLimiter, clock::Clock, middleware::NoOpMiddleware, state::keyed::DashMapStateStore};

use super::client::counted;

/// Tells how much time has passed since any moment in the past. Tests pass one in that they can turn.
#[derive(Clone)]
pub struct Ticks(Arc<dyn Fn() -> Duration + Send + Sync>);

impl Ticks {
    /// Ticks by this function, which never goes back.
    pub fn from_fn(ticks: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self(Arc::new(ticks))
    }

    /// Ticks by the system's steady clock.
    pub fn steady() -> Self {
        let start = std::time::Instant::now();
        Self::from_fn(move || start.elapsed())
    }
}

impl Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        (self.0)()
    }
}

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, Ticks, NoOpMiddleware<Duration>>;

/// The rates of a relay.
pub struct Rates {
    by_address: Option<Limiter<IpAddr>>,
    by_device: Option<Limiter<[u8; 32]>>,
    ticks: Ticks,
}

impl Rates {
    /// So many requests in a minute, from one address and by one device; 0 is as many as they like.
    pub fn new(per_address: u32, per_device: u32, ticks: Ticks) -> Self {
        Self { by_address: limiter(per_address, &ticks), by_device: limiter(per_device, &ticks), ticks }
    }

    /// As many as they like.
    pub fn none() -> Self {
        Self::new(0, 0, Ticks::steady())
    }

    /// Counts a request; or after how many seconds the next one is let through.
    pub(super) fn admit(&self, address: Option<IpAddr>, token_hash: Option<[u8; 32]>) -> Result<(), u64> {
        self.count(&self.by_address, address.map(counted))?;
        self.count(&self.by_device, token_hash)
    }

    fn count<K: Hash + Eq + Clone>(&self, limiter: &Option<Limiter<K>>, key: Option<K>) -> Result<(), u64> {
        let (Some(limiter), Some(key)) = (limiter, key) else { return Ok(()) };
        limiter.check_key(&key).map_err(|until| {
            let wait = until.wait_time_from(self.ticks.now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }

    /// Forgets whoever may ask a whole minute's worth again.
    pub(super) fn forget_idle(&self) {
        if let Some(limiter) = &self.by_address {
            limiter.retain_recent();
        }
        if let Some(limiter) = &self.by_device {
            limiter.retain_recent();
        }
    }
}

fn limiter<K: Hash + Eq + Clone>(a_minute: u32, ticks: &Ticks) -> Option<Limiter<K>> {
    let quota = Quota::per_minute(NonZeroU32::new(a_minute)?);
    Some(RateLimiter::dashmap_with_clock(quota, ticks.clone()))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    const LAN: [u8; 32] = [1; 32];
    const MINH: [u8; 32] = [2; 32];

    fn turnable() -> (Arc<AtomicU64>, Ticks) {
        let seconds = Arc::new(AtomicU64::new(0));
        let now = Arc::clone(&seconds);
        (seconds, Ticks::from_fn(move || Duration::from_secs(now.load(Ordering::Relaxed))))
    }

    #[test]
    fn who_asks_too_often_is_told_when_to_ask_again_and_others_are_answered() {
        let (clock, ticks) = turnable();
        let rates = Rates::new(0, 6, ticks);
        for _ in 0..6 {
            assert_eq!(rates.admit(None, Some(LAN)), Ok(()));
        }
        assert_eq!(rates.admit(None, Some(LAN)), Err(10));
        assert_eq!(rates.admit(None, Some(MINH)), Ok(()));
        clock.store(9, Ordering::Relaxed);
        assert_eq!(rates.admit(None, Some(LAN)), Err(1));
        clock.store(10, Ordering::Relaxed);
        assert_eq!(rates.admit(None, Some(LAN)), Ok(()));
        assert_eq!(rates.admit(None, Some(LAN)), Err(10));
    }

    #[test]
    fn an_address_is_counted_whatever_tokens_it_shows() {
        let (_, ticks) = turnable();
        let rates = Rates::new(2, 100, ticks);
        let here = |last: u8| Some(IpAddr::from([203, 0, 113, last]));
        assert_eq!(rates.admit(here(9), Some(LAN)), Ok(()));
        assert_eq!(rates.admit(here(9), None), Ok(()));
        assert_eq!(rates.admit(here(9), Some(MINH)), Err(30));
        assert_eq!(rates.admit(here(10), Some(MINH)), Ok(()));
    }

    #[test]
    fn who_has_not_called_for_a_minute_is_forgotten() {
        let (clock, ticks) = turnable();
        let rates = Rates::new(0, 2, ticks);
        for n in 0..100 {
            rates.admit(None, Some([n; 32])).unwrap();
        }
        clock.store(10, Ordering::Relaxed);
        rates.admit(None, Some([0; 32])).unwrap();
        clock.store(60, Ordering::Relaxed);
        rates.forget_idle();
        let known = rates.by_device.as_ref().unwrap().len();
        assert!(known <= 1, "{known}");
    }
}
