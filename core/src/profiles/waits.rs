//! How long to wait after wrong PINs.
//!
//! Failures are counted in the file before a PIN is looked at, so killing the app saves nobody an
//! attempt. A wait counts only time that the running app has seen pass by a clock that nobody sets:
//! neither turning the date forward nor back shortens it, and after a restart it begins anew.

/// Wrong PINs that cost nothing but themselves.
const FREE: u32 = 4;

const SECOND: u64 = 1000;
const MINUTE: u64 = 60 * SECOND;

/// How long to wait after so many wrong PINs in a row, in milliseconds.
pub fn after(failed: u32) -> u64 {
    match failed {
        0..=FREE => 0,
        5 => 30 * SECOND,
        6 => MINUTE,
        7 => 5 * MINUTE,
        8 => 15 * MINUTE,
        _ => 60 * MINUTE,
    }
}

/// How many more wrong PINs are free of a wait; 0 when the next one, too, brings a wait.
pub fn tries_left(failed: u32) -> u32 {
    (FREE + 1).saturating_sub(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_wrong_pin_brings_the_first_wait_and_waits_grow_to_an_hour() {
        assert_eq!((after(4), tries_left(4)), (0, 1));
        assert_eq!((after(5), tries_left(5)), (30 * SECOND, 0));
        assert!((5..20).all(|failed| after(failed) <= after(failed + 1)));
        assert_eq!(after(1000), 60 * MINUTE);
    }
}
