//! Work that belongs to no household: a class, a booth at the market, a welfare-payment
//! day. Kept in the space document as one value each, like a visit.

use jiff::civil::Date;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{MemberId, PlaceId, visit};

/// What kind of activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ActivityKind {
    /// Lớp học.
    #[n(0)]
    Class,
    /// Bàn hướng dẫn ở chợ, ở trụ sở.
    #[n(1)]
    Booth,
    /// Ngày chi trả trợ cấp.
    #[n(2)]
    WelfareDay,
    /// Việc khác.
    #[n(3)]
    Other,
}

impl ActivityKind {
    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Booth => "booth",
            Self::WelfareDay => "welfare_day",
            Self::Other => "other",
        }
    }

    /// Reads the name in tables.
    pub fn from_stored(text: &str) -> Self {
        match text {
            "class" => Self::Class,
            "booth" => Self::Booth,
            "welfare_day" => Self::WelfareDay,
            _ => Self::Other,
        }
    }
}

/// What an activity says. Its id is the key under which it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Activity {
    /// The day it counts for, see [`visit::day_number`].
    #[n(1)]
    pub day_number: i32,
    /// Hybrid clock at saving.
    #[n(2)]
    pub clock: u64,
    /// Who recorded it.
    #[n(3)]
    pub author: MemberId,
    /// What it was.
    #[n(4)]
    pub kind: ActivityKind,
    /// What it was called.
    #[n(5)]
    pub title: String,
    /// Where, if at a known place.
    #[n(6)]
    pub place: Option<PlaceId>,
    /// How many people came.
    #[n(7)]
    pub attendees: u32,
    /// Services given: key and how often.
    #[n(8)]
    pub services: Vec<(String, u32)>,
    /// A free note.
    #[n(9)]
    pub note: String,
    /// Taken back; can be restored.
    #[n(10)]
    pub removed: bool,
    /// When it began, in minutes of the day.
    #[n(11)]
    pub minute: Option<u16>,
}

/// Version of the stored value; a value with another version is kept and not read.
pub const ACTIVITY_VERSION: u8 = 1;

impl Activity {
    /// The day it counts for.
    pub fn day(&self) -> Option<Date> {
        visit::day_from_number(self.day_number)
    }

    /// The stored bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![ACTIVITY_VERSION];
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(self, &mut out);
        out
    }

    /// Reads stored bytes; `None` for another version or damage.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (version, map) = bytes.split_first()?;
        (*version == ACTIVITY_VERSION).then(|| minicbor::decode(map).ok()).flatten()
    }
}
