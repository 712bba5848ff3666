//! Where a household's door is, as a device measured it when somebody asked it to.
//!
//! It is personal data of a whole family, and good for one thing: finding the door. So only a measurement that finds a
//! door is kept, and nothing measures by itself.

use jiff::civil::Date;

/// A measurement that may be further off finds no door.
pub const ACCURACY_AT_MOST: u32 = 100;
const MICRO: f64 = 1_000_000.0;

/// A position, in millionths of a degree (a tenth of a metre).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// North of the equator.
    pub latitude_e6: i32,
    /// East of Greenwich.
    pub longitude_e6: i32,
    /// How far off it may be, in metres.
    pub accuracy_m: u32,
    /// The day on which it was measured.
    pub day: Date,
}

impl Position {
    /// A measured position; nothing when these numbers are no place on earth.
    pub fn new(latitude: f64, longitude: f64, accuracy: f64, day: Date) -> Option<Self> {
        let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        // Not a number fails every comparison.
        if !on_earth || !(0.0..=100_000.0).contains(&accuracy) {
            return None;
        }
        Some(Self {
            latitude_e6: (latitude * MICRO).round() as i32,
            longitude_e6: (longitude * MICRO).round() as i32,
            accuracy_m: (accuracy.ceil() as u32).max(1),
            day,
        })
    }

    /// The stored form, one text, so that two measurements are never mixed: `21.123456,104.987654,12,2026-11-18`.
    pub fn encode(&self) -> String {
        let Self { latitude_e6, longitude_e6, accuracy_m, day } = self;
        format!("{:.6},{:.6},{accuracy_m},{day}", f64::from(*latitude_e6) / MICRO, f64::from(*longitude_e6) / MICRO)
    }

    /// Reads the stored form.
    pub fn decode(text: &str) -> Option<Self> {
        let mut parts = text.split(',');
        let (latitude, longitude) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let accuracy: u32 = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        Self::new(latitude, longitude, f64::from(accuracy), day)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: Date = Date::constant(2026, 11, 18);

    #[test]
    fn a_position_reads_back_as_it_was_written() {
        let door = Position::new(21.123_456_4, -104.000_001, 11.2, DAY).unwrap();
        assert_eq!(door.encode(), "21.123456,-104.000001,12,2026-11-18");
        assert_eq!(Position::decode(&door.encode()), Some(door));
    }

    #[test]
    fn what_is_no_place_on_earth_is_no_position() {
        for (latitude, longitude, accuracy) in
            [(90.1, 0.0, 5.0), (0.0, -180.1, 5.0), (f64::NAN, 0.0, 5.0), (0.0, 0.0, f64::INFINITY), (0.0, 0.0, -1.0)]
        {
            assert_eq!(Position::new(latitude, longitude, accuracy, DAY), None);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_not(text: String) {
            let _ = Position::decode(&text);
        }
    }
}
