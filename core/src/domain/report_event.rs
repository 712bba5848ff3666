//! What happens with a team's report of one period: submitted, returned, approved, locked, reopened, each an event
//! that is written once and never changed. Where the report stands follows from its events alone, so all devices
//! that know the same events agree.
//!
//! **Order.** An event carries a step, one more than the most that its writer knew of. What builds on something
//! sorts after it, even if a clock is years off; only what was written at once is ordered by the hybrid clock, and
//! then by the event's id.
//!
//! **Two at once.** A lock holds against everything that was written at the same time: its figures may have been
//! handed on already. Of two locks the first stands, and what only the second one had becomes an adjustment. A
//! return holds against an approval: the careful one. Two submissions are one. Only who knew of a lock can reopen.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};
use serde::Serialize;
use ts_rs::TS;

use super::{MemberId, Period, ReportEventId, TeamId};

/// Which report: a period's, of a team or of all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportScope {
    /// The period.
    pub period: Period,
    /// The team; nothing for the whole notebook.
    pub team: Option<TeamId>,
}

/// Stands in a key where a team's id would.
const WHOLE: &str = "all";

impl ReportScope {
    /// Reads it as a key has it (`2026-11~<team>`, `2026-11~all`).
    pub fn parse(text: &str) -> Option<Self> {
        let (period, team) = text.split_once('~')?;
        let team = if team == WHOLE { None } else { Some(team.parse().ok()?) };
        Some(Self { period: Period::parse(period)?, team })
    }

    /// The team's id as tables have it, empty for the whole notebook.
    pub fn team_bytes(&self) -> &[u8] {
        self.team.as_ref().map(|team| team.bytes().as_slice()).unwrap_or_default()
    }
}

impl std::fmt::Display for ReportScope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let team = self.team.map_or_else(|| WHOLE.to_owned(), |team| team.to_string());
        write!(f, "{}~{team}", self.period)
    }
}

/// What somebody did with a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ReportDeed {
    /// Nộp.
    #[n(0)]
    Submitted,
    /// Trả lại.
    #[n(1)]
    Returned,
    /// Duyệt.
    #[n(2)]
    Approved,
    /// Chốt số liệu.
    #[n(3)]
    Locked,
    /// Mở lại.
    #[n(4)]
    Reopened,
    /// Took an earlier event back.
    #[n(5)]
    Undone,
}

impl ReportDeed {
    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Locked => "locked",
            Self::Reopened => "reopened",
            Self::Undone => "undone",
        }
    }
}

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Nobody has submitted it, or it was reopened: its figures are what the records say now.
    #[default]
    Draft,
    /// The team has submitted it.
    Submitted,
    /// It went back to the team, with a reason.
    Returned,
    /// The office has approved it.
    Approved,
    /// Its figures are fixed.
    Locked,
}

impl ReportState {
    /// Whether the team still owes the report.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ReportEvent {
    /// What was done.
    #[n(1)]
    pub deed: ReportDeed,
    /// One more than the most that the writer knew of this report.
    #[n(2)]
    pub step: u32,
    /// Hybrid clock at writing.
    #[n(3)]
    pub clock: u64,
    /// When, in milliseconds since 1970, by the writer's clock.
    #[n(4)]
    pub at_ms: i64,
    /// Who.
    #[n(5)]
    pub by: MemberId,
    /// Why; empty where none is asked for.
    #[n(6)]
    pub reason: String,
    /// The event that is taken back.
    #[n(7)]
    pub undoes: Option<ReportEventId>,
    /// In how many parts the frozen figures of a lock stand beside it.
    #[n(8)]
    pub figures: u32,
    /// In how many parts the fingerprints of what went into a lock stand beside it.
    #[n(9)]
    pub prints: u32,
    /// The lock of the whole notebook that has this lock's fingerprints.
    #[n(10)]
    pub with: Option<ReportEventId>,
}

/// Version of the stored value; a value with another version is kept and not read.
pub const REPORT_EVENT_VERSION: u8 = 1;

impl ReportEvent {
    /// The stored bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![REPORT_EVENT_VERSION];
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(self, &mut out);
        out
    }

    /// Reads stored bytes; `None` for another version or damage.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (version, map) = bytes.split_first()?;
        (*version == REPORT_EVENT_VERSION).then(|| minicbor::decode(map).ok()).flatten()
    }
}

/// Where a report stands, and which of its events brought it there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Where it stands.
    pub state: ReportState,
    /// The event that brought it there; none while nothing was done.
    pub last: Option<ReportEventId>,
    /// The lock in force.
    pub lock: Option<ReportEventId>,
    /// The events that changed nothing: taken back, or overtaken by what was done at the same time.
    pub void: BTreeSet<ReportEventId>,
}

/// Sorts events as every device does.
pub fn sort(events: &mut [(ReportEventId, ReportEvent)]) {
    events.sort_by_key(|(id, event)| (event.step, event.clock, *id));
}

/// Where a report stands by these events, which are in order.
pub fn standing(events: &[(ReportEventId, ReportEvent)]) -> Standing {
    let undone: BTreeSet<ReportEventId> =
        events.iter().filter(|(_, e)| e.deed == ReportDeed::Undone).filter_map(|(_, e)| e.undoes).collect();
    let mut at = Standing::default();
    for (id, event) in events {
        let next = if undone.contains(id) { None } else { after(at.state, event.deed) };
        match next {
            Some(state) => {
                at.state = state;
                at.last = Some(*id);
                at.lock = (state == ReportState::Locked).then_some(*id);
            }
            None if event.deed == ReportDeed::Undone => {}
            None => {
                at.void.insert(*id);
            }
        }
    }
    at
}

/// Where a deed leads from a state; nowhere when it does nothing there.
fn after(state: ReportState, deed: ReportDeed) -> Option<ReportState> {
    use ReportState::{Approved, Draft, Locked, Returned, Submitted};
    match (deed, state) {
        (ReportDeed::Submitted, Draft | Returned) => Some(Submitted),
        (ReportDeed::Returned, Submitted | Approved) => Some(Returned),
        (ReportDeed::Approved, Submitted) => Some(Approved),
        (ReportDeed::Locked, Draft | Submitted | Returned | Approved) => Some(Locked),
        (ReportDeed::Reopened, Locked) => Some(Draft),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ReportDeed::{Approved, Locked, Reopened, Returned, Submitted, Undone};
    use uuid::Uuid;

    fn event(n: u128, deed: ReportDeed, step: u32, clock: u64) -> (ReportEventId, ReportEvent) {
        let event = ReportEvent {
            deed,
            step,
            clock,
            at_ms: 0,
            by: MemberId(Uuid::from_u128(1)),
            reason: String::new(),
            undoes: None,
            figures: 0,
            prints: 0,
            with: None,
        };
        (ReportEventId(Uuid::from_u128(n)), event)
    }

    fn state(mut events: Vec<(ReportEventId, ReportEvent)>) -> ReportState {
        sort(&mut events);
        standing(&events).state
    }

    #[test]
    fn a_lock_holds_against_a_return_at_the_same_time_whichever_clock_is_ahead() {
        for (lock, back) in [(5, 6), (6, 5)] {
            let at_once = vec![event(1, Submitted, 1, 1), event(2, Locked, 2, lock), event(3, Returned, 2, back)];
            assert_eq!(state(at_once), ReportState::Locked);
        }
    }

    #[test]
    fn a_return_holds_against_an_approval_at_the_same_time() {
        for (yes, no) in [(5, 6), (6, 5)] {
            let at_once = vec![event(1, Submitted, 1, 1), event(2, Approved, 2, yes), event(3, Returned, 2, no)];
            assert_eq!(state(at_once), ReportState::Returned);
        }
    }

    #[test]
    fn of_two_locks_the_first_stands() {
        let mut events = vec![event(1, Submitted, 1, 1), event(3, Locked, 2, 8), event(2, Locked, 2, 7)];
        sort(&mut events);
        let at = standing(&events);
        assert_eq!(at.lock, Some(ReportEventId(Uuid::from_u128(2))));
        assert_eq!(at.void, BTreeSet::from([ReportEventId(Uuid::from_u128(3))]));
    }

    #[test]
    fn a_tablet_that_believes_in_2035_cannot_have_the_last_word() {
        let events = vec![event(1, Submitted, 1, u64::MAX), event(2, Returned, 2, 5)];
        assert_eq!(state(events), ReportState::Returned);
    }

    #[test]
    fn what_was_taken_back_did_nothing() {
        let mut undone = event(3, Undone, 3, 3);
        undone.1.undoes = Some(ReportEventId(Uuid::from_u128(2)));
        let events = vec![event(1, Submitted, 1, 1), event(2, Returned, 2, 2), undone.clone()];
        assert_eq!(state(events), ReportState::Submitted);
        // A reopening that is taken back leaves the same lock in force.
        let mut events = vec![event(1, Locked, 1, 1), event(2, Reopened, 2, 2), undone];
        sort(&mut events);
        assert_eq!(standing(&events).lock, Some(ReportEventId(Uuid::from_u128(1))));
    }
}
