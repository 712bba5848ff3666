//! Something to do: who, what, until when, and who answers for it.

use jiff::civil::Date;

use super::{MemberId, Outcome, TaskId, Visit, VisitId};
use crate::doc::Scalar;
use crate::doc::task::TaskField;

/// What one document says of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Which. The same in every document that it stands in.
    pub id: TaskId,
    /// What is to be done; empty means to visit.
    pub what: String,
    /// Who is to do it.
    pub who: Option<MemberId>,
    /// Who asked for it and answers for it.
    pub from_who: Option<MemberId>,
    /// The day on which it was given.
    pub from: Option<Date>,
    /// The last day on which it is in time.
    pub due: Option<Date>,
    /// How often it is to be done.
    pub goal: u32,
    /// How often it is done.
    pub done: u32,
    /// Taken back.
    pub removed: bool,
}

impl Task {
    /// A task of which nothing is known yet.
    pub fn unknown(id: TaskId) -> Self {
        Self {
            id,
            what: String::new(),
            who: None,
            from_who: None,
            from: None,
            due: None,
            goal: 1,
            done: 0,
            removed: false,
        }
    }

    /// Takes a field's value in.
    pub fn read(&mut self, field: TaskField, value: &Scalar) {
        let member = || value.text().and_then(|text| text.parse().ok());
        let day = || value.text().and_then(|text| text.parse().ok());
        let number = || value.int().and_then(|n| u32::try_from(n).ok());
        match field {
            TaskField::What => self.what = value.text().unwrap_or_default().to_owned(),
            TaskField::Who => self.who = member(),
            TaskField::FromWho => self.from_who = member(),
            TaskField::From => self.from = day(),
            TaskField::Due => self.due = day(),
            TaskField::Goal => self.goal = number().unwrap_or(1),
            TaskField::Done => self.done = number().unwrap_or_default(),
            TaskField::Removed => self.removed = value.is_true(),
        }
    }

    /// Whether a visit does it: it asks for no more than to visit, and somebody was met after it was given.
    /// On one day the moments decide that both ids carry.
    pub fn is_done_by(&self, id: VisitId, visit: &Visit) -> bool {
        let moment = |id: uuid::Uuid| id.get_timestamp().map(|t| t.to_unix());
        let later =
            self.from.is_none_or(|from| visit.day > from || (visit.day == from && moment(id.0) >= moment(self.id.0)));
        self.what.is_empty() && !visit.removed && visit.outcome == Outcome::Met && later
    }
}
