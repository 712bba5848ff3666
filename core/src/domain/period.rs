//! The months of reports. A period is named by the month in which it ends; on which day it ends is the place's own
//! rule, see [`super::rules::Calendar`]. Days are those on the forms, so no time zone has a say.

use jiff::ToSpan;
use jiff::civil::Date;

/// A month of reports, such as `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day of the month in which it ends.
    month: Date,
}

/// The days of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// The last day on which the report is in time.
    pub due: Date,
}

impl Period {
    /// The month of a day.
    pub fn month_of(day: Date) -> Self {
        Self { month: day.first_of_month() }
    }

    /// Reads `2026-11`. Years 1970 to 9000, so that its neighbours are dates, too.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-').filter(|(year, month)| (year.len(), month.len()) == (4, 2))?;
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year) || !digits(month) {
            return None;
        }
        let month = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
        (1970..=9000).contains(&month.year()).then_some(Self { month })
    }

    /// The one after it.
    pub fn next(self) -> Self {
        Self { month: self.month.saturating_add(1.month()) }
    }

    /// The one before it.
    pub fn before(self) -> Self {
        Self { month: self.month.saturating_sub(1.month()) }
    }

    /// This day of its month, or the month's last where it has no such day.
    pub fn day(self, n: u8) -> Date {
        let last = self.month.last_of_month();
        self.month.with().day(n.clamp(1, 31) as i8).build().unwrap_or(last)
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.month.year(), self.month.month())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_reads_back_and_nothing_else_is_one() {
        let period = Period::parse("2026-11").expect("a period");
        assert_eq!(period.to_string(), "2026-11");
        assert_eq!(period.next().next().to_string(), "2027-01");
        assert_eq!(Period::parse("2027-01").map(Period::before).map(|p| p.to_string()), Some("2026-12".into()));
        for bad in ["2026-13", "2026-00", "26-11", "2026-1", "2026/11", "+026-11", "9999-12", "", "2026-11-20"] {
            assert_eq!(Period::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_31st_is_the_last_day_of_every_month() {
        let last = |text| Period::parse(text).expect("a period").day(31).to_string();
        assert_eq!(
            (last("2026-02"), last("2028-02"), last("2026-11")),
            ("2026-02-28".into(), "2028-02-29".into(), "2026-11-30".into())
        );
    }
}
