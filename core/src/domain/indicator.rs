//! What a report counts. An indicator is data: a locality chooses, names and orders its own, and no code knows
//! which ones there are.
//!
//! Reports mix distinct people, accounts, occurrences (lượt) and rates, and each needs its own rule of counting
//! (Bắc Ninh's 6,320 queue numbers are occurrences and not people). So a [`Measure`] says what is counted and how
//! double counting is told, a [`Span`] says over which days, and whatever has a [`Denominator`] is a rate.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ItemId, Level, Outcome, SkillKey};

/// One figure of a report, as the place has set it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(deny_unknown_fields)]
#[cbor(map)]
pub struct Indicator {
    /// What it is known by for ever: small letters, digits and `_`.
    #[n(1)]
    pub key: String,
    /// What it is called.
    #[n(2)]
    pub name: String,
    /// In what it is counted: `hộ`, `người`, `lượt`.
    #[n(3)]
    pub unit: String,
    /// Over which days.
    #[n(4)]
    pub span: Span,
    /// What is counted.
    #[n(5)]
    pub measure: Measure,
    /// Of how many: with it the figure is a rate.
    #[serde(default)]
    #[ts(optional = nullable)]
    #[n(6)]
    pub per: Option<Denominator>,
}

/// Over which days something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Span {
    /// The days of the period.
    #[n(0)]
    Period,
    /// Lũy kế: everything up to the period's last day.
    #[n(1)]
    Cumulative,
    /// Từ đầu năm: from 1 January of the year in which the period ends. What people can do, and who was visited, is
    /// told of all time, as it stands on the last day.
    #[n(2)]
    Year,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Measure {
    /// Distinct people: whoever was merged or has moved is one.
    #[n(0)]
    People {
        /// What must have been seen of them.
        #[n(0)]
        evidence: Evidence,
    },
    /// Accounts that somebody has come to have.
    #[n(1)]
    Accounts {
        /// Where they are written down.
        #[n(0)]
        source: AccountSource,
    },
    /// Lượt: how often services were given, at visits and at activities.
    #[n(2)]
    Occurrences {
        /// The services' keys.
        #[n(0)]
        services: Vec<String>,
    },
    /// Visits.
    #[n(3)]
    Visits {
        /// With one of these outcomes; with any when empty.
        #[n(0)]
        outcomes: Vec<Outcome>,
    },
    /// People who came to activities, each time anew.
    #[n(4)]
    Attendance,
    /// Activities.
    #[n(5)]
    Activities,
    /// Hộ đạt, as of the period's last day, whatever the span.
    #[n(6)]
    HouseholdsAtTarget,
    /// Households that were visited.
    #[n(7)]
    HouseholdsVisited {
        /// With one of these outcomes at least once; with any when empty.
        #[n(0)]
        outcomes: Vec<Outcome>,
    },
}

/// What must have been seen of a person for them to count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// They were met at a visit.
    #[n(0)]
    Met,
    /// A level in skills. In a period: it was seen on one of its days. Cumulative: they have it on the last day.
    #[n(1)]
    Assessed {
        /// The skills; all five when empty.
        #[n(0)]
        skills: Vec<SkillKey>,
        /// In every one of them, and not in any one.
        #[n(1)]
        all: bool,
        /// At this level or a higher one.
        #[n(2)]
        at_least: Level,
    },
    /// Items of the checklist that they were seen to do.
    #[n(2)]
    Items {
        /// The items.
        #[n(0)]
        #[ts(as = "Vec<String>")]
        items: Vec<ItemId>,
        /// Every one of them, and not any one.
        #[n(1)]
        all: bool,
    },
    /// They came to an activity, by name.
    #[n(3)]
    Came,
}

/// Where accounts are written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AccountSource {
    /// An item of the checklist, of each person once: on the day on which it was first ticked.
    #[n(0)]
    Items {
        /// The items.
        #[n(0)]
        #[ts(as = "Vec<String>")]
        items: Vec<ItemId>,
    },
    /// A service, each time that it was given.
    #[n(1)]
    Services {
        /// The services' keys.
        #[n(0)]
        services: Vec<String>,
    },
}

/// Of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Denominator {
    /// Households that live there.
    #[n(0)]
    Households,
    /// Of those, the ones that were visited in the span.
    #[n(1)]
    HouseholdsVisited,
    /// Residents who live there.
    #[n(2)]
    Residents,
    /// Of those, whoever is not known to be under 18 on the last day.
    #[n(3)]
    Adults,
    /// People who were met in the span.
    #[n(4)]
    PeopleMet,
}

impl Indicator {
    /// Whether everything up to the last day counts: of a state on that day it does whatever the span says.
    pub fn is_cumulative(&self) -> bool {
        self.span != Span::Period || self.measure == Measure::HouseholdsAtTarget
    }
}
