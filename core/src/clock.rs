//! Time, passed in so that tests decide it, and the hybrid clock that orders visits.
//!
//! A tablet's clock cannot be trusted: after a flat battery it may stand in 2015 or in
//! 2035. The hybrid clock follows the device's clock but never runs backwards past what
//! this device has seen, so that a correction always sorts after what it corrects. A
//! remote clock more than a day ahead is not followed: one tablet that believes in 2035
//! must not drag every other one along.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

/// Asia/Ho_Chi_Minh has had no daylight saving since 1975: UTC+7 all year.
const VIETNAM: Offset = Offset::constant(7);
/// The hybrid clock counts from here, 1 January 2020 UTC, in milliseconds since 1970.
const EPOCH_MS: i64 = 1_577_836_800_000;
/// Low bits of the hybrid clock that tell apart what happens in one millisecond.
const COUNTER_BITS: u32 = 8;
const DAY_MS: i64 = 86_400_000;

/// Where the time comes from.
#[derive(Clone)]
pub struct Clock {
    now_ms: Arc<dyn Fn() -> i64 + Send + Sync>,
    steady_ms: Arc<dyn Fn() -> u64 + Send + Sync>,
    last: Arc<AtomicU64>,
}

impl Clock {
    /// The device's clock.
    #[expect(clippy::disallowed_methods, reason = "this is where the time comes from")]
    pub fn system() -> Self {
        Self::from_fn(|| jiff::Timestamp::now().as_millisecond())
    }

    /// A clock that somebody else decides; milliseconds since 1970.
    pub fn from_fn(now_ms: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        let start = Instant::now();
        let steady_ms = move || start.elapsed().as_millis() as u64;
        Self { now_ms: Arc::new(now_ms), steady_ms: Arc::new(steady_ms), last: Arc::new(AtomicU64::new(0)) }
    }

    /// The same clock, with somebody else's idea of how long the process has run.
    pub fn with_steady(self, steady_ms: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self { steady_ms: Arc::new(steady_ms), ..self }
    }

    /// Milliseconds that nobody's setting of the date can stretch or shorten, since some moment of this
    /// process. What the device sleeps through may not count.
    pub fn steady_ms(&self) -> u64 {
        (self.steady_ms)()
    }

    /// Milliseconds since 1970, by the device.
    pub fn now_ms(&self) -> i64 {
        (self.now_ms)()
    }

    /// Today in Vietnam, by the device.
    pub fn today(&self) -> Date {
        date_of(self.now_ms())
    }

    /// The next tick of the hybrid clock: after every tick given or seen before.
    pub fn tick(&self) -> u64 {
        let physical = hybrid(self.now_ms());
        let next = |last: u64| physical.max(last + 1);
        // The closure always returns a value, so both arms hold what was there before.
        match self.last.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(next(last))) {
            Ok(last) | Err(last) => next(last),
        }
    }

    /// The newest tick of others that is followed: a day ahead of the device's clock.
    pub fn horizon(&self) -> u64 {
        hybrid(self.now_ms() + DAY_MS)
    }

    /// Takes note of a tick that came from elsewhere.
    pub fn see(&self, tick: u64) {
        if tick <= self.horizon() {
            self.last.fetch_max(tick, Ordering::SeqCst);
        }
    }
}

fn hybrid(ms: i64) -> u64 {
    (ms.max(EPOCH_MS) - EPOCH_MS).unsigned_abs() << COUNTER_BITS
}

/// The moment that a tick of the hybrid clock tells, in milliseconds since 1970.
pub fn moment_of(tick: u64) -> i64 {
    i64::try_from(tick >> COUNTER_BITS).unwrap_or(i64::MAX).saturating_add(EPOCH_MS)
}

/// The date in Vietnam at a moment, in milliseconds since 1970.
pub fn date_of(ms: i64) -> Date {
    date_and_time_of(ms).date()
}

/// What a clock on the wall in Vietnam shows at a moment, in milliseconds since 1970.
pub fn date_and_time_of(ms: i64) -> DateTime {
    let moment = jiff::Timestamp::from_millisecond(ms).unwrap_or_default();
    moment.to_zoned(TimeZone::fixed(VIETNAM)).datetime()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicI64;

    fn settable(start: i64) -> (Clock, Arc<AtomicI64>) {
        let time = Arc::new(AtomicI64::new(start));
        let source = time.clone();
        (Clock::from_fn(move || source.load(Ordering::SeqCst)), time)
    }

    #[test]
    fn a_clock_that_is_set_back_still_ticks_forward() {
        let (clock, time) = settable(1_795_000_000_000);
        let first = clock.tick();
        time.store(1_400_000_000_000, Ordering::SeqCst);
        assert!(clock.tick() > first);
    }

    #[test]
    fn a_tablet_that_believes_in_2035_is_not_followed() {
        let (clock, _) = settable(1_795_000_000_000);
        let tomorrow_noon = hybrid(1_795_000_000_000 + DAY_MS / 2);
        clock.see(tomorrow_noon);
        assert!(clock.tick() > tomorrow_noon);
        clock.see(hybrid(2_051_222_400_000));
        assert!(clock.tick() < hybrid(2_051_222_400_000));
    }

    #[test]
    fn the_day_begins_at_midnight_in_vietnam() {
        assert_eq!(date_of(1_795_107_600_000 - 1).to_string(), "2026-11-19");
        assert_eq!(date_of(1_795_107_600_000).to_string(), "2026-11-20");
    }
}
