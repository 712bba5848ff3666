//! Whether two households, or two residents, are one.
//!
//! What somebody says of two is an edge between their ids, and nothing else is written: both stay as they
//! are, each with its history, and an edge can be taken back. All that "same" connects is one, under the
//! smallest of its ids. So two people who merge in opposite directions, or three in a ring, agree.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// What may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SameKind {
    /// Two households.
    Household,
    /// Two residents.
    Resident,
}

impl SameKind {
    /// The value in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Resident => "resident",
        }
    }
}

/// What somebody said of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They are one.
    Same,
    /// They are two, however alike.
    Different,
    /// Nothing any more: it was taken back.
    Undone,
}

impl Verdict {
    /// The value in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Undone => "undone",
        }
    }

    /// Reads a document's value; nothing when a later version wrote it.
    pub fn from_stored(text: &str) -> Option<Self> {
        [Self::Same, Self::Different, Self::Undone].into_iter().find(|v| v.as_str() == text)
    }
}

/// Two ids, the smaller first; nothing when they are one id.
pub fn pair(one: Uuid, other: Uuid) -> Option<(Uuid, Uuid)> {
    (one != other).then(|| (one.min(other), one.max(other)))
}

/// Everything that these edges connect, each with the smallest id of its set.
pub fn sets(edges: impl IntoIterator<Item = (Uuid, Uuid)>) -> BTreeMap<Uuid, Uuid> {
    let mut up = BTreeMap::new();
    for (one, other) in edges {
        let (one, other) = (smallest(&mut up, one), smallest(&mut up, other));
        up.insert(one.max(other), one.min(other));
    }
    let ids: Vec<Uuid> = up.keys().copied().collect();
    ids.into_iter().map(|id| (id, smallest(&mut up, id))).collect()
}

/// Follows an id up to the smallest that is known of its set, and shortens the way for the next time.
fn smallest(up: &mut BTreeMap<Uuid, Uuid>, mut id: Uuid) -> Uuid {
    loop {
        let next = *up.entry(id).or_insert(id);
        if next == id {
            return id;
        }
        let beyond = *up.entry(next).or_insert(next);
        up.insert(id, beyond);
        id = beyond;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(edges: &[(u128, u128)]) -> Vec<(u128, u128)> {
        let edges = edges.iter().map(|(a, b)| (Uuid::from_u128(*a), Uuid::from_u128(*b)));
        sets(edges).into_iter().map(|(id, smallest)| (id.as_u128(), smallest.as_u128())).collect()
    }

    #[test]
    fn a_ring_and_a_chain_are_one_set_under_their_smallest_id() {
        let all = [(1, 1), (2, 1), (3, 1)];
        assert_eq!(of(&[(1, 2), (2, 3), (3, 1)]), all);
        assert_eq!(of(&[(2, 3), (1, 2)]), all);
        assert_eq!(of(&[(3, 2), (3, 1)]), all);
        assert_eq!(of(&[(4, 5), (2, 3), (3, 4), (1, 9)]), [(1, 1), (2, 2), (3, 2), (4, 2), (5, 2), (9, 1)]);
    }
}
