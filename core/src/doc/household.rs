//! The keys of a household's document.
//!
//! `place` `place/<day>` `team` `code` `door` `position` `phone` `note` `head` `people` `business` `elderly` `status`
//! `removed` `split_from` · `i/<import>` · `r/<resident>/{name,relation,birth,sex,phone,status,consent,removed,moved_from}`
//! · `v/<visit>` · `t/<task>/{what,who,from_who,from,due,done,removed}`; whatever is not known here stays.
//!
//! A task for several households stands in each of their documents under the same id.

use jiff::civil::Date;

use crate::doc::task::TaskField;
use crate::domain::{ImportId, ResidentId, TaskId, VisitId};

/// A resident's id.
pub const HEAD: &str = "head";
/// A place's id.
pub const PLACE: &str = "place";
/// The team that looks after it, where that is another than its place's.
pub const TEAM: &str = "team";
/// The household's number in the list.
pub const CODE: &str = "code";
/// Address or how to find the door.
pub const DOOR: &str = "door";
/// Where the door is, see [`crate::domain::Position`]; empty once it was taken off.
pub const POSITION: &str = "position";
/// Phone, national form.
pub const PHONE: &str = "phone";
/// A note.
pub const NOTE: &str = "note";
/// How many people the list counts.
pub const PEOPLE: &str = "people";
/// A business household.
pub const BUSINESS: &str = "business";
/// Has somebody elderly.
pub const ELDERLY: &str = "elderly";
/// See [`crate::domain::HouseholdStatus`].
pub const STATUS: &str = "status";
/// Removed, can be restored.
pub const REMOVED: &str = "removed";

/// The household from which this one was split, so that it goes when the split is taken back.
pub const SPLIT_FROM: &str = "split_from";

/// The key that says that this import brought the household.
pub fn import(id: ImportId) -> String {
    format!("i/{id}")
}

/// The key of a visit.
pub fn visit(id: VisitId) -> String {
    format!("v/{id}")
}

/// The key of the place in which a household was until it moved on this day, so that the months before still
/// find it there. A place that is put right and not moved from has none.
pub fn place_until(day: Date) -> String {
    format!("{PLACE}/{day}")
}

/// The key of a resident's field.
pub fn resident(id: ResidentId, field: ResidentField) -> String {
    format!("r/{id}/{}", field.as_str())
}

/// The key of a task's field.
pub fn task(id: TaskId, field: TaskField) -> String {
    format!("t/{id}/{}", field.as_str())
}

/// A field of a resident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResidentField {
    /// Full name.
    Name,
    /// Relation to the head.
    Relation,
    /// Birth.
    Birth,
    /// See [`crate::domain::Sex`].
    Sex,
    /// Phone, national form.
    Phone,
    /// See [`crate::domain::ResidentStatus`].
    Status,
    /// See [`crate::domain::Consent`].
    Consent,
    /// Removed, can be restored.
    Removed,
    /// See [`crate::domain::MovedFrom`].
    MovedFrom,
}

impl ResidentField {
    const ALL: [Self; 9] = [
        Self::Name,
        Self::Relation,
        Self::Birth,
        Self::Sex,
        Self::Phone,
        Self::Status,
        Self::Consent,
        Self::Removed,
        Self::MovedFrom,
    ];

    /// The last part of the key.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Relation => "relation",
            Self::Birth => "birth",
            Self::Sex => "sex",
            Self::Phone => "phone",
            Self::Status => "status",
            Self::Consent => "consent",
            Self::Removed => "removed",
            Self::MovedFrom => "moved_from",
        }
    }
}

/// What a key is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key<'a> {
    /// A field of the household.
    Own(&'a str),
    /// The place in which it was until this day.
    PlaceUntil(Date),
    /// A field of a resident.
    Resident(ResidentId, ResidentField),
    /// A visit.
    Visit(VisitId),
    /// An import that brought it.
    Import(ImportId),
    /// A field of a task.
    Task(TaskId, TaskField),
    /// Of a later version.
    Unknown,
}

/// Reads a key.
pub fn parse(key: &str) -> Key<'_> {
    let mut parts = key.split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("r"), Some(id), Some(field), None) => {
            let field = ResidentField::ALL.into_iter().find(|f| f.as_str() == field);
            id.parse().ok().zip(field).map_or(Key::Unknown, |(id, field)| Key::Resident(id, field))
        }
        (Some("t"), Some(id), Some(field), None) => {
            id.parse().ok().zip(TaskField::parse(field)).map_or(Key::Unknown, |(id, field)| Key::Task(id, field))
        }
        (Some(PLACE), Some(day), None, None) => day.parse().map_or(Key::Unknown, Key::PlaceUntil),
        (Some("v"), Some(id), None, None) => id.parse().map_or(Key::Unknown, Key::Visit),
        (Some("i"), Some(id), None, None) => id.parse().map_or(Key::Unknown, Key::Import),
        (Some(own), None, None, None) => Key::Own(own),
        _ => Key::Unknown,
    }
}
