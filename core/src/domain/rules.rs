//! How a place reports: on which day a period ends, to whom the report goes, and what it counts.
//!
//! A set of rules is in force from a period on until a later one, each set under a key of its own. So what is
//! changed for next month leaves the months before alone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Level;
use super::indicator::{AccountSource, Denominator, Evidence, Indicator, Measure, Span};
use super::period::{Days, Period};
use super::skill::{DEFAULT_CHECKLIST, DEFAULT_SERVICES};
use super::text::{self, NineDigits};
use crate::error::{Error, Result};

/// How a place reports. Stored as one value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct ReportRules {
    /// The day of the month on which a period ends, 1 to 31; 31 is the month's last day.
    #[n(1)]
    pub end_day: u8,
    /// How many days after that the report is due.
    #[n(2)]
    pub due_days: u8,
    /// To whom it goes.
    #[n(3)]
    pub recipient: String,
    /// What it is called.
    #[n(4)]
    pub title: String,
    /// What it counts, in this order.
    #[n(5)]
    pub indicators: Vec<Indicator>,
}

/// Version of the stored value; a value with another version is kept and not read.
pub const RULES_VERSION: u8 = 1;
/// The most indicators that a report has.
pub const MAX_INDICATORS: usize = 60;
/// The largest stored set of rules, in bytes: one change stays well within what a chunk takes.
pub const MAX_BYTES: usize = 32 * 1024;
/// The longest time that a place gives for its report.
pub const MAX_DUE_DAYS: u8 = 28;
/// The longest key of an indicator.
const MAX_KEY: usize = 40;

impl ReportRules {
    /// The stored bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![RULES_VERSION];
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(self, &mut out);
        out
    }

    /// Reads stored bytes; `None` for another version, for damage, and for a day that no month has.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (version, map) = bytes.split_first()?;
        let read = (*version == RULES_VERSION).then(|| minicbor::decode::<Self>(map).ok()).flatten();
        read.filter(|rules| (1..=31).contains(&rules.end_day))
    }

    /// Takes rules from a form: days that exist, texts that may be stored, keys that are told apart.
    pub fn check(mut self) -> Result<Self> {
        if !(1..=31).contains(&self.end_day) {
            return Err(Error::invalid("bad_number", "end_day"));
        }
        if self.due_days > MAX_DUE_DAYS {
            return Err(Error::invalid("bad_number", "due_days"));
        }
        self.recipient = text::line("recipient", &self.recipient, NineDigits::Ask)?;
        self.title = text::line("title", &self.title, NineDigits::Ask)?;
        if self.indicators.len() > MAX_INDICATORS {
            return Err(Error::invalid("too_many", "indicators").with("max", MAX_INDICATORS));
        }
        let mut keys = BTreeSet::new();
        for indicator in &mut self.indicators {
            check_indicator(indicator)?;
            if !keys.insert(indicator.key.clone()) {
                return Err(Error::invalid("twice", "indicators").with("key", &indicator.key));
            }
        }
        if self.encode().len() > MAX_BYTES {
            return Err(Error::invalid("rules_too_large", "indicators"));
        }
        Ok(self)
    }
}

fn check_indicator(indicator: &mut Indicator) -> Result<()> {
    let named = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if !(1..=MAX_KEY).contains(&indicator.key.len()) || !indicator.key.bytes().all(named) {
        return Err(Error::invalid("bad_arguments", "indicators"));
    }
    indicator.name = text::required("indicators", &indicator.name, NineDigits::Ask)?;
    indicator.unit = text::line("indicators", &indicator.unit, NineDigits::Ask)?;
    let empty = match &indicator.measure {
        Measure::People { evidence: Evidence::Items { items, .. } }
        | Measure::Accounts { source: AccountSource::Items { items } } => items.is_empty(),
        Measure::Occurrences { services } | Measure::Accounts { source: AccountSource::Services { services } } => {
            services.is_empty()
        }
        // Everybody is at least not assessed.
        Measure::People { evidence: Evidence::Assessed { at_least, .. } } => *at_least == Level::NotAssessed,
        _ => false,
    };
    if empty { Err(Error::invalid("bad_arguments", "indicators")) } else { Ok(()) }
}

impl Default for ReportRules {
    /// What holds where nobody has written any rules: the period ends on the 20th, as in Vân Hồ, and all that the
    /// team's guidance asks for is counted.
    fn default() -> Self {
        Self {
            end_day: 20,
            due_days: 2,
            recipient: String::new(),
            title: "Báo cáo hoạt động Tổ công nghệ số cộng đồng".to_owned(),
            indicators: default_indicators(),
        }
    }
}

fn default_indicators() -> Vec<Indicator> {
    let indicator = |key: &str, name: &str, unit: &str, span, measure, per| Indicator {
        key: key.to_owned(),
        name: name.to_owned(),
        unit: unit.to_owned(),
        span,
        measure,
        per,
    };
    let people = |skills, at_least| Measure::People { evidence: Evidence::Assessed { skills, all: false, at_least } };
    let visited = Measure::HouseholdsVisited { outcomes: Vec::new() };
    let households = Some(Denominator::Households);
    let mut all = vec![
        indicator("at_target", "Hộ đạt", "hộ", Span::Cumulative, Measure::HouseholdsAtTarget, households),
        indicator("visited", "Hộ đã được thăm (lũy kế)", "hộ", Span::Cumulative, visited.clone(), households),
        indicator("visited_in_period", "Hộ được thăm trong kỳ", "hộ", Span::Period, visited, None),
        indicator("guided", "Người được hướng dẫn", "người", Span::Period, people(vec![], Level::Guided), None),
    ];
    for (skill, name, _) in DEFAULT_CHECKLIST {
        let (key, name) = (format!("proficient_{}", skill.as_str()), format!("Thành thạo: {name}"));
        let measure = people(vec![skill], Level::Proficient);
        all.push(indicator(&key, &name, "người", Span::Cumulative, measure, Some(Denominator::Residents)));
    }
    for (service, name) in DEFAULT_SERVICES {
        let measure = Measure::Occurrences { services: vec![service.to_owned()] };
        all.push(indicator(&format!("service_{service}"), name, "lượt", Span::Period, measure, None));
    }
    all
}

/// All rules of a notebook, and the periods that follow from them. One follows the other without a gap, also
/// where the day on which they end was changed.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    default: ReportRules,
    from: BTreeMap<Period, ReportRules>,
}

impl Calendar {
    /// The calendar of these rules, each in force from its period on.
    pub fn new(from: BTreeMap<Period, ReportRules>) -> Self {
        Self { default: ReportRules::default(), from }
    }

    /// The rules of a period.
    pub fn rules(&self, period: Period) -> &ReportRules {
        self.from.range(..=period).next_back().map_or(&self.default, |(_, rules)| rules)
    }

    /// From which period on the rules of this one are in force; `None` where nobody has written any.
    pub fn since(&self, period: Period) -> Option<Period> {
        self.from.range(..=period).next_back().map(|(since, _)| *since)
    }

    /// The next period after this one from which other rules are in force.
    pub fn changes_after(&self, period: Period) -> Option<Period> {
        self.from.range(period.next()..).next().map(|(from, _)| *from)
    }

    /// Whether anybody has written any rules.
    pub fn is_written(&self) -> bool {
        !self.from.is_empty()
    }

    fn last(&self, period: Period) -> Date {
        period.day(self.rules(period).end_day)
    }

    /// The days of a period.
    pub fn days(&self, period: Period) -> Days {
        let last = self.last(period);
        let due = last.saturating_add(i64::from(self.rules(period).due_days).days());
        Days { first: self.last(period.before()).saturating_add(1.day()), last, due }
    }

    /// The period that a day belongs to.
    pub fn period_of(&self, day: Date) -> Period {
        let month = Period::month_of(day);
        if day <= self.last(month) { month } else { month.next() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ending(end_day: u8) -> ReportRules {
        ReportRules { end_day, ..ReportRules::default() }
    }

    fn period(text: &str) -> Period {
        Period::parse(text).expect("a period")
    }

    #[test]
    fn rules_read_back_and_those_of_a_later_version_are_told_apart() {
        let rules = ReportRules { recipient: "Phòng Văn hóa và Thông tin".into(), ..ReportRules::default() };
        assert_eq!(ReportRules::decode(&rules.encode()), Some(rules.clone()));
        let mut later = rules.encode();
        later[0] = 9;
        assert_eq!(ReportRules::decode(&later), None);
        assert_eq!(ReportRules::decode(&ending(0).encode()), None);
    }

    #[test]
    fn the_default_rules_are_valid_and_small() {
        let rules = ReportRules::default().check().expect("valid");
        assert_eq!(rules.indicators.len(), 13);
        assert!(rules.encode().len() < 1_500, "{}", rules.encode().len());
    }

    #[test]
    fn a_change_for_next_month_leaves_this_one_alone() {
        let calendar = Calendar::new(BTreeMap::from([(period("2026-12"), ending(18))]));
        let days = |text| {
            let days = calendar.days(period(text));
            (days.first.to_string(), days.last.to_string())
        };
        assert_eq!(days("2026-11"), ("2026-10-21".into(), "2026-11-20".into()));
        assert_eq!(days("2026-12"), ("2026-11-21".into(), "2026-12-18".into()));
        assert_eq!(days("2027-01"), ("2026-12-19".into(), "2027-01-18".into()));
    }

    #[test]
    fn a_card_number_is_refused_and_so_are_two_of_one_key() {
        let rules = ReportRules { recipient: "012 345 678 901".into(), ..ReportRules::default() };
        assert_eq!(rules.check().expect_err("refused").code, "id_number");
        let mut rules = ReportRules::default();
        rules.indicators.push(rules.indicators[0].clone());
        assert_eq!(rules.check().expect_err("refused").code, "twice");
    }

    proptest! {
        #[test]
        fn every_day_is_in_one_period(
            changes in prop::collection::btree_map((2025..2028i16, 1..=12i8), 1..=31u8, 0..5),
            ordinal in 0..1_200i32,
        ) {
            let from = changes.into_iter().map(|((y, m), end)| (period(&format!("{y}-{m:02}")), ending(end)));
            let calendar = Calendar::new(from.collect());
            let day = Date::constant(2025, 1, 1).saturating_add(i64::from(ordinal).days());
            let of = calendar.period_of(day);
            let days = calendar.days(of);
            prop_assert!(days.first <= day && day <= days.last);
            prop_assert_eq!(calendar.days(of.next()).first, days.last.tomorrow().expect("a day"));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = ReportRules::decode(&[&[RULES_VERSION], bytes.as_slice()].concat());
        }
    }
}
