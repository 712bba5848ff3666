//! How long to wait after a failure.

/// Waits that grow with each failure and are never the same on two devices: any time up to a ceiling
/// of 5 seconds, then 10, 20 … up to 10 minutes.
#[derive(Debug, Clone, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The shortest wait: never none at all.
    const LEAST: u64 = 250;
    const FIRST: u64 = 5_000;
    const MOST: u64 = 10 * 60_000;

    /// Whether something has failed since it went well.
    pub fn is_waiting(&self) -> bool {
        self.failures > 0
    }

    /// After one more failure: how long to wait, in milliseconds. `chance` is from 0 to below 1.
    pub fn failed(&mut self, chance: f64) -> u64 {
        let ceiling = Self::FIRST.saturating_mul(1 << self.failures.min(16)).min(Self::MOST);
        self.failures = self.failures.saturating_add(1);
        Self::LEAST + share(ceiling - Self::LEAST, chance)
    }
}

/// A share of so many milliseconds; `chance` is from 0 to below 1.
pub(super) fn share(most: u64, chance: f64) -> u64 {
    (most as f64 * chance.clamp(0.0, 1.0)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ceiling_doubles_up_to_ten_minutes_and_chance_decides_below_it() {
        let mut backoff = Backoff::default();
        let longest: Vec<_> = (0..9).map(|_| backoff.failed(1.0)).collect();
        assert_eq!(longest, [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 600_000, 600_000]);
        assert_eq!(backoff.failed(0.0), 250, "never at once");
        let mut backoff = Backoff { failures: u32::MAX };
        assert_eq!(backoff.failed(1.0), 600_000);
    }
}
