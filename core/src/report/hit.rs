//! One record that counts.

use uuid::Uuid;

use super::ground::Stand;

/// A record that counts, and where it stands. What a figure says is the sum of its hits' counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Where it stands on the last day.
    pub stand: Stand,
    /// How much it is.
    pub count: u64,
    /// The household.
    pub household: Option<Uuid>,
    /// Who of it, where people count.
    pub resident: Option<Uuid>,
    /// The visit at which it was seen last.
    pub visit: Option<Uuid>,
    /// The activity.
    pub activity: Option<Uuid>,
    /// The item or service.
    pub what: What,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Nothing that has a name.
    Nothing,
    /// An item of the checklist.
    Item(Uuid),
    /// A service.
    Service(String),
}

impl Hit {
    /// Once, and of nothing yet.
    pub fn at(stand: Stand) -> Self {
        Self { stand, count: 1, household: None, resident: None, visit: None, activity: None, what: What::Nothing }
    }
}
