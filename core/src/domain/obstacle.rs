//! What stands in the way (khó khăn, vướng mắc), and what was said of it on its way up and back.
//!
//! One that was raised in a visit is the visit's own text, under the visit's id: it is written once. One that was
//! raised on its own is one value of the space's document. Replies and closings stand beside it, each under a key
//! of its own, so that two who answer at once both stand.

use jiff::civil::Date;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{MemberId, PlaceId, visit};

/// Days without an answer after which an obstacle stands out, where the place has set no other number.
pub const ANSWER_WITHIN: i64 = 7;

/// An obstacle that was raised on its own.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Raised {
    /// The day on which it was raised, see [`visit::day_number`].
    #[n(1)]
    pub day_number: i32,
    /// Hybrid clock at saving.
    #[n(2)]
    pub clock: u64,
    /// Who raised it.
    #[n(3)]
    pub author: MemberId,
    /// What stands in the way.
    #[n(4)]
    pub text: String,
    /// Where, if at a known place.
    #[n(5)]
    pub place: Option<PlaceId>,
    /// Taken back; can be restored.
    #[n(6)]
    pub removed: bool,
}

impl Raised {
    /// The day on which it was raised.
    pub fn day(&self) -> Option<Date> {
        visit::day_from_number(self.day_number)
    }
}

/// What kind of word was said of an obstacle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum SaidKind {
    /// An answer.
    #[n(0)]
    Reply,
    /// It is settled.
    #[n(1)]
    Closed,
    /// It is not settled after all.
    #[n(2)]
    Reopened,
}

impl SaidKind {
    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
        }
    }

    /// Reads the name in tables.
    pub fn from_stored(text: &str) -> Self {
        match text {
            "closed" => Self::Closed,
            "reopened" => Self::Reopened,
            _ => Self::Reply,
        }
    }
}

/// One word that was said of an obstacle. Its id is the last part of its key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Said {
    /// The moment, in milliseconds since 1970.
    #[n(1)]
    pub at_ms: i64,
    /// Hybrid clock: the last of several closings and reopenings holds.
    #[n(2)]
    pub clock: u64,
    /// Who said it.
    #[n(3)]
    pub author: MemberId,
    /// What kind of word.
    #[n(4)]
    pub kind: SaidKind,
    /// The answer; empty once it is taken back. May be empty when it is closed or reopened.
    #[n(5)]
    pub text: String,
}

impl Said {
    /// Whether this is an answer that stands.
    pub fn answers(&self) -> bool {
        self.kind == SaidKind::Reply && !self.text.is_empty()
    }
}
