//! The fields of a task, which are the same in a household's document and in the space's.

/// A field of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskField {
    /// What is to be done; empty means to visit.
    What,
    /// The member who is to do it.
    Who,
    /// The member who asked for it and answers for it.
    FromWho,
    /// The day on which it was given, ISO.
    From,
    /// The last day on which it is in time, ISO.
    Due,
    /// How often it is to be done, where it belongs to no household.
    Goal,
    /// How often it is done. At a household, once is enough.
    Done,
    /// Taken back; can be restored.
    Removed,
}

impl TaskField {
    const ALL: [Self; 8] =
        [Self::What, Self::Who, Self::FromWho, Self::From, Self::Due, Self::Goal, Self::Done, Self::Removed];

    /// The last part of the key.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Who => "who",
            Self::FromWho => "from_who",
            Self::From => "from",
            Self::Due => "due",
            Self::Goal => "goal",
            Self::Done => "done",
            Self::Removed => "removed",
        }
    }

    /// Reads the last part of a key.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == text)
    }
}
