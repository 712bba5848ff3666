//! When the next exchange with one relay is due, if nobody asks for one.
//!
//! There is one pace a relay, so that a relay that is gone does not hold up one that is there. No
//! thread, clock, network or chance in here: moments are milliseconds from any start that does not
//! jump, `chance` is a number from 0 to below 1, and both are passed in.
//!
//! What costs a battery or a data plan is the radio, not the bytes: so saves are gathered, failures
//! are retried ever more seldom, and while the relay's wake stream stands nothing is asked at all.

use tungnha_protocol::wire::code;

use super::backoff::{Backoff, share};

/// So long after a save the exchange begins, unless more is saved meanwhile.
const SETTLE: u64 = 600;
/// So long after the first of many saves it begins all the same.
const SETTLE_AT_MOST: u64 = 3_000;
/// Devices that are woken together spread over this time, and so do those that get a network together.
const SPREAD: u64 = 300;
/// At the start the wake stream gets this time to stand first: its standing asks for an exchange too.
const START: u64 = 1_500;
/// Without a wake stream, the relay is asked for news this often.
const ASK: u64 = 15 * 60_000;
/// With one, this often, in case that something that should have been told was not.
const HEARTBEAT: u64 = 4 * 60 * 60_000;
/// While the face says that there is no network, it is believed for so long: it may be wrong.
const DISBELIEVE: u64 = 10 * 60_000;

/// Something that bears on when to exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// Something was written here.
    Saved,
    /// The relay says that it has something new.
    Woken,
    /// The relay's wake stream stands, or stands no longer.
    Listening(bool),
    /// An exchange has begun, whoever asked for it. What is saved from now on needs another.
    Begun,
    /// It went through.
    WentThrough,
    /// It did not, with this error's code.
    Failed(&'static str),
}

/// What is known of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// There is one, as far as the face can tell.
    pub online: bool,
    /// It may be used without somebody asking: it does not cost by the byte, or that is allowed.
    pub allowed: bool,
}

/// The pace of exchanges with one relay.
#[derive(Debug, Clone)]
pub struct Pace {
    network: Network,
    listening: bool,
    /// The first and the last save that no exchange has taken up.
    saved: Option<(u64, u64)>,
    /// When an exchange is due that something else calls for.
    called: Option<u64>,
    /// Something calls for an exchange, and none has gone through since.
    owed: bool,
    backoff: Backoff,
    /// Not before this moment, after failures.
    retry: u64,
    /// When an exchange last began.
    begun: Option<u64>,
    /// The relay does not take this device: pointless until somebody asks and it goes through.
    refused: bool,
}

impl Pace {
    /// A pace from this moment on.
    pub fn new(now: u64, network: Network) -> Self {
        Self {
            network,
            listening: false,
            saved: None,
            called: Some(now + START),
            owed: true,
            backoff: Backoff::default(),
            retry: 0,
            begun: None,
            refused: false,
        }
    }

    /// When the next exchange is due; none when something has to happen first.
    pub fn due(&self) -> Option<u64> {
        if !self.wants_stream() {
            return None;
        }
        let saved = self.saved.map(|(first, last)| (last + SETTLE).min(first + SETTLE_AT_MOST));
        let retry = (self.owed && self.backoff.is_waiting()).then_some(self.retry);
        let every = if self.listening { HEARTBEAT } else { ASK };
        let in_time = self.begun.map(|begun| begun + every);
        let due = [saved, self.called, retry, in_time].into_iter().flatten().min()?;
        Some(due.max(self.not_before()))
    }

    fn not_before(&self) -> u64 {
        let retry = if self.backoff.is_waiting() && self.owed { self.retry } else { 0 };
        let believed = !self.network.online && !self.listening;
        let offline = self.begun.filter(|_| believed).map_or(0, |begun| begun + DISBELIEVE);
        retry.max(offline)
    }

    /// Whether the wake stream is worth its keep-alives now.
    pub fn wants_stream(&self) -> bool {
        !self.refused && self.network.allowed
    }

    /// Whether there is a network, as far as the face can tell.
    pub fn is_online(&self) -> bool {
        self.network.online
    }

    /// Whether the relay's wake stream stands.
    pub fn is_listening(&self) -> bool {
        self.listening
    }

    /// Whether the last exchange failed.
    pub fn is_failing(&self) -> bool {
        self.backoff.is_waiting()
    }

    /// Takes note of what happened.
    pub fn note(&mut self, now: u64, what: Happened, chance: f64) {
        match what {
            Happened::Saved => {
                let first = self.saved.map_or(now, |(first, _)| first);
                self.saved = Some((first, now));
                self.owed = true;
            }
            Happened::Woken => self.call(now, chance),
            Happened::Listening(stands) => {
                self.listening = stands;
                if stands {
                    self.hope(now, chance);
                }
            }
            Happened::Begun => {
                self.begun = Some(now);
                self.saved = None;
                self.called = None;
            }
            // What found no room is brought again hours later, and calls for no exchange of its own.
            Happened::WentThrough | Happened::Failed(code::FULL) => {
                self.backoff = Backoff::default();
                self.refused = false;
                self.owed = self.saved.is_some() || self.called.is_some();
            }
            Happened::Failed(code) => {
                self.refused |= is_final(code);
                self.retry = now + self.backoff.failed(chance);
            }
        }
    }

    /// Takes note of the network. When one is back, or may be used again, everything is tried at once.
    pub fn network(&mut self, now: u64, network: Network, chance: f64) {
        let back = network.online && !self.network.online;
        let allowed = network.allowed && !self.network.allowed;
        self.network = network;
        if back || allowed {
            self.hope(now, chance);
        }
    }

    /// An exchange soon; what failed before says nothing any more.
    fn hope(&mut self, now: u64, chance: f64) {
        self.backoff = Backoff::default();
        // Earlier than what was planned for the start: it has begun.
        self.called = None;
        self.call(now, chance);
    }

    fn call(&mut self, now: u64, chance: f64) {
        let at = now + share(SPREAD, chance);
        self.called = Some(self.called.map_or(at, |called| called.min(at)));
        self.owed = true;
    }
}

/// Refusals that trying again does not change.
fn is_final(code: &str) -> bool {
    matches!(code, "not_member" | "device_revoked" | "unauthorized")
}

#[cfg(test)]
mod tests {
    use super::Happened::{Begun, Failed, Listening, Saved, WentThrough, Woken};
    use super::*;

    const WIFI: Network = Network { online: true, allowed: true };
    const NONE: Network = Network { online: false, allowed: true };
    const METERED: Network = Network { online: true, allowed: false };
    const MINUTE: u64 = 60_000;
    const HOUR: u64 = 60 * MINUTE;

    /// A tablet whose chance always falls in the middle.
    struct Tablet(Pace);

    impl Tablet {
        /// Started at 0; its stream stands, and its first exchange went through at 1,000.
        fn settled() -> Self {
            let mut tablet = Self(Pace::new(0, WIFI));
            tablet.at(100, Listening(true));
            tablet.exchanges(1_000);
            tablet
        }

        fn at(&mut self, now: u64, what: Happened) {
            self.0.note(now, what, 0.5);
        }

        fn exchanges(&mut self, now: u64) {
            self.at(now, Begun);
            self.at(now, WentThrough);
        }

        fn fails(&mut self, now: u64, code: &'static str) {
            self.at(now, Begun);
            self.at(now, Failed(code));
        }

        fn network(&mut self, now: u64, network: Network) {
            self.0.network(now, network, 0.5);
        }

        fn due(&self) -> Option<u64> {
            self.0.due()
        }
    }

    #[test]
    fn the_start_waits_for_the_stream_a_moment_and_exchanges_once() {
        let mut tablet = Tablet(Pace::new(0, WIFI));
        assert_eq!(tablet.due(), Some(1_500), "without a stream");
        tablet.at(40, Listening(true));
        assert_eq!(tablet.due(), Some(190), "with one, soon");
        tablet.exchanges(190);
        assert_eq!(tablet.due(), Some(190 + 4 * HOUR));
    }

    #[test]
    fn a_save_goes_out_when_the_hand_rests_and_many_do_not_put_it_off_for_ever() {
        let mut tablet = Tablet::settled();
        tablet.at(10_000, Saved);
        assert_eq!(tablet.due(), Some(10_600));
        tablet.at(10_500, Saved);
        assert_eq!(tablet.due(), Some(11_100));
        for now in (11_000..12_900).step_by(100) {
            tablet.at(now, Saved);
        }
        assert_eq!(tablet.due(), Some(13_000));
        tablet.exchanges(13_000);
        assert_eq!(tablet.due(), Some(13_000 + 4 * HOUR));
    }

    #[test]
    fn what_is_saved_during_an_exchange_needs_another() {
        let mut tablet = Tablet::settled();
        tablet.at(10_000, Saved);
        tablet.at(10_600, Begun);
        tablet.at(10_700, Saved);
        tablet.at(10_800, WentThrough);
        assert_eq!(tablet.due(), Some(11_300));
    }

    #[test]
    fn eight_tablets_that_are_woken_together_spread_and_each_asks_once() {
        let tablets: Vec<_> = (0..8).map(|n| (Tablet::settled(), f64::from(n) / 8.0)).collect();
        let mut due = Vec::new();
        for (Tablet(mut pace), chance) in tablets {
            pace.note(20_000, Woken, chance);
            let first = pace.due();
            pace.note(20_100, Woken, 0.9);
            assert_eq!(pace.due(), first, "woken twice is one exchange");
            due.push(first.unwrap());
        }
        assert!(due.iter().all(|due| (20_000..20_300).contains(due)), "{due:?}");
        due.dedup();
        assert_eq!(due.len(), 8);
    }

    #[test]
    fn with_a_stream_nothing_is_asked_but_a_heartbeat_and_without_one_a_quarter_of_an_hour() {
        let mut tablet = Tablet::settled();
        assert_eq!(tablet.due(), Some(1_000 + 4 * HOUR));
        tablet.at(30 * MINUTE, Listening(false));
        assert_eq!(tablet.due(), Some(1_000 + 15 * MINUTE), "which is over");
        tablet.exchanges(30 * MINUTE);
        assert_eq!(tablet.due(), Some(45 * MINUTE));
        // The relay is gone and nothing waits here: no reason to try harder than that.
        tablet.fails(45 * MINUTE, "offline");
        assert_eq!(tablet.due(), Some(60 * MINUTE));
    }

    #[test]
    fn failures_are_retried_ever_more_seldom_with_jitter_up_to_ten_minutes() {
        let mut tablet = Tablet::settled();
        tablet.at(100, Listening(false));
        tablet.at(10_000, Saved);
        let mut now = tablet.due().unwrap();
        let mut waits = Vec::new();
        for _ in 0..12 {
            tablet.fails(now, "offline");
            tablet.at(now + 1, Saved);
            let due = tablet.due().unwrap();
            waits.push(due - now);
            now = due;
        }
        assert_eq!(waits[..4], [2_625, 5_125, 10_125, 20_125], "and saves do not hurry it");
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
        assert_eq!(*waits.last().unwrap(), 5 * MINUTE + 125);
        // It goes through, and the next failure begins anew.
        tablet.exchanges(now);
        tablet.at(now, Saved);
        tablet.fails(now + 600, "offline");
        assert_eq!(tablet.due(), Some(now + 600 + 2_625));
    }

    #[test]
    fn a_network_that_returns_and_a_stream_that_stands_again_are_used_at_once() {
        for returns in [false, true] {
            let mut tablet = Tablet::settled();
            tablet.at(2_000, Listening(false));
            tablet.network(2_000, NONE);
            tablet.at(10_000, Saved);
            for n in 0..9 {
                tablet.fails(11_000 + n, "offline");
            }
            assert!(tablet.due().unwrap() > 60_000);
            if returns {
                tablet.network(60_000, WIFI)
            } else {
                tablet.at(60_000, Listening(true))
            }
            assert_eq!(tablet.due(), Some(60_150));
            tablet.fails(60_150, "offline");
            assert_eq!(tablet.due(), Some(60_150 + 2_625), "what failed before is forgotten");
        }
    }

    #[test]
    fn a_face_that_says_there_is_no_network_is_believed_unless_the_relay_is_heard() {
        let mut tablet = Tablet::settled();
        tablet.network(5_000, NONE);
        tablet.at(5_000, Saved);
        assert_eq!(tablet.due(), Some(5_600), "the stream stands: there is a network");
        tablet.at(5_100, Listening(false));
        assert_eq!(tablet.due(), Some(1_000 + 10 * MINUTE), "now it may be right; it is tried all the same");
        tablet.exchanges(5_200);
        tablet.network(6_000, NONE);
        assert_eq!(tablet.due(), Some(5_200 + 15 * MINUTE), "told again, nothing changes");
    }

    #[test]
    fn a_refusal_for_good_stops_it_until_somebody_asks_and_is_let_in() {
        for code in ["not_member", "device_revoked", "unauthorized"] {
            let mut tablet = Tablet::settled();
            tablet.fails(10_000, code);
            tablet.at(11_000, Saved);
            tablet.at(11_000, Woken);
            tablet.network(11_000, NONE);
            tablet.network(12_000, WIFI);
            assert_eq!((tablet.due(), tablet.0.wants_stream()), (None, false), "{code}");
            tablet.fails(20_000, code);
            assert_eq!(tablet.due(), None, "somebody asked, and it is as before");
            tablet.exchanges(30_000);
            assert_eq!((tablet.due(), tablet.0.wants_stream()), (Some(30_000 + 4 * HOUR), true));
        }
        let mut tablet = Tablet::settled();
        tablet.fails(10_000, "relay_answer");
        assert!(tablet.due().is_some(), "other failures pass");
    }

    #[test]
    fn wifi_only_waits_for_wifi_and_then_sends_what_was_saved() {
        let mut tablet = Tablet::settled();
        tablet.network(5_000, METERED);
        tablet.at(6_000, Saved);
        assert_eq!((tablet.due(), tablet.0.wants_stream()), (None, false));
        tablet.network(70_000, WIFI);
        assert_eq!((tablet.due(), tablet.0.wants_stream()), (Some(6_600), true));
        tablet.exchanges(70_000);
        tablet.network(71_000, WIFI);
        assert_eq!(tablet.due(), Some(70_000 + 4 * HOUR), "told again, nothing changes");
    }

    #[test]
    fn an_idle_day_costs_six_exchanges_with_a_stream_and_less_than_a_hundred_without() {
        for (stream, most) in [(true, 6), (false, 96)] {
            let mut tablet = Tablet::settled();
            tablet.at(1_000, Listening(stream));
            tablet.exchanges(1_000);
            let mut exchanges = 0;
            while let Some(due) = tablet.due().filter(|due| *due <= 24 * HOUR) {
                tablet.exchanges(due);
                exchanges += 1;
            }
            assert!(exchanges <= most, "{exchanges}");
        }
    }
}
