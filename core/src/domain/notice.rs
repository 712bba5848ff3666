//! What the office tells its teams.

use minicbor::{Decode, Encode};

use super::MemberId;

/// A notice. Its id is the key under which it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OfficeNotice {
    /// The day from which it is shown, see [`super::visit::day_number`].
    #[n(1)]
    pub from: i32,
    /// The last day on which it is shown; for good when left out.
    #[n(2)]
    pub until: Option<i32>,
    /// Who wrote it.
    #[n(3)]
    pub author: MemberId,
    /// What it says.
    #[n(4)]
    pub text: String,
    /// Taken back; can be restored.
    #[n(5)]
    pub removed: bool,
}
