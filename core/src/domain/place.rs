//! Where a household is: a commune, a hamlet, a lane. Places have ids of their own;
//! the official code is only an attribute, because communes and hamlets merge.
//!
//! What becomes of places is told by events ([`PlaceChange`]): a document keeps the place under which it was written,
//! and which place that is on a day follows from the events up to it ([`super::Succession`]).

use jiff::civil::Date;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{MemberId, PlaceChangeId, PlaceId, SpaceId, visit};

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Xã, phường, đặc khu.
    Commune,
    /// Thôn, bản, tiểu khu, khu phố, khóm, ấp.
    #[default]
    Hamlet,
}

impl PlaceKind {
    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Hamlet => "hamlet",
        }
    }

    /// Reads a document's value; what a later version wrote counts as a hamlet.
    pub fn from_stored(text: &str) -> Self {
        if text == "commune" { Self::Commune } else { Self::Hamlet }
    }
}

/// What happens to places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ChangeKind {
    /// One gets another name.
    #[n(0)]
    Rename,
    /// Several become one.
    #[n(1)]
    Merge,
    /// One becomes several.
    #[n(2)]
    Split,
}

impl ChangeKind {
    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rename => "rename",
            Self::Merge => "merge",
            Self::Split => "split",
        }
    }
}

/// How far such a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum ChangeState {
    /// Chờ quyết định: known of, and nothing moves.
    #[n(0)]
    Pending,
    /// It holds from its day on.
    #[n(1)]
    Decided,
    /// Taken back: as if it had never been.
    #[n(2)]
    Undone,
}

impl ChangeState {
    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Decided => "decided",
            Self::Undone => "undone",
        }
    }
}

/// A rename, a merger or a split. Its id is the key under which it is kept; of a split, which households go stands
/// beside it, a key each.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PlaceChange {
    /// What happens.
    #[n(1)]
    pub kind: ChangeKind,
    /// How far it is.
    #[n(2)]
    pub state: ChangeState,
    /// The places that it happens to.
    #[n(3)]
    pub from: Vec<PlaceId>,
    /// What becomes of them: one place, or of a split several. Whoever is not named as going stands under the first.
    #[n(4)]
    pub into: Vec<PlaceId>,
    /// From which day on, see [`visit::day_number`]; nothing while it is pending.
    #[n(5)]
    pub day_number: Option<i32>,
    /// The number of the paper that decides it.
    #[n(6)]
    pub decision: String,
    /// Names that places have from that day on.
    #[n(7)]
    pub names: Vec<PlaceName>,
    /// Hybrid clock at writing.
    #[n(8)]
    pub clock: u64,
    /// Who wrote it.
    #[n(9)]
    pub author: MemberId,
}

/// A name that a place gets.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PlaceName {
    /// The place.
    #[n(1)]
    pub place: PlaceId,
    /// The name.
    #[n(2)]
    pub name: String,
}

/// Version of the stored value; a value with another version is kept and not read.
pub const PLACE_CHANGE_VERSION: u8 = 1;

impl PlaceChange {
    /// The id that everybody derives for one and the same change: who records it on two devices records one. A
    /// rename may come again, so its new name and its day belong to it.
    pub fn id(space: SpaceId, kind: ChangeKind, from: &[PlaceId], into: &[PlaceId], more: &str) -> PlaceChangeId {
        let sorted = |places: &[PlaceId]| {
            let mut ids: Vec<String> = places.iter().map(ToString::to_string).collect();
            ids.sort();
            ids.join("+")
        };
        let key = format!("{}|{}|{}|{more}", kind.as_str(), sorted(from), sorted(into));
        PlaceChangeId::derived(&space.0, &key)
    }

    /// From which day on it holds; nothing while nothing is decided.
    pub fn day(&self) -> Option<Date> {
        let decided = self.state == ChangeState::Decided;
        self.day_number.filter(|_| decided).and_then(visit::day_from_number)
    }

    /// Where each place goes that it happens to and that does not stay what it is.
    pub fn leaving(&self) -> impl Iterator<Item = PlaceId> + '_ {
        self.from.iter().copied().filter(|place| !self.into.contains(place))
    }

    /// The stored bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![PLACE_CHANGE_VERSION];
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(self, &mut out);
        out
    }

    /// Reads stored bytes; `None` for another version or damage.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (version, map) = bytes.split_first()?;
        (*version == PLACE_CHANGE_VERSION).then(|| minicbor::decode(map).ok()).flatten()
    }

    /// Of values that were written to one key at once the newest holds: everybody chooses the same.
    pub fn newest(values: impl IntoIterator<Item = Vec<u8>>) -> Option<Self> {
        let read =
            values.into_iter().filter_map(|bytes| Self::decode(&bytes).map(|change| (change.clock, bytes, change)));
        read.max_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1))).map(|(_, _, change)| change)
    }
}

/// The id of a place that comes into being by a change and is called as one that is no longer: on every device the same.
pub fn namesake(space: SpaceId, folded_name: &str, day: &str) -> PlaceId {
    PlaceId(Uuid::new_v5(&space.0, format!("PlaceId\u{1f}{folded_name}\u{1f}{day}").as_bytes()))
}
