//! What can go wrong, with a stable code each. The face turns a code into a sentence
//! in the reader's language; `message` is for logs and scripts.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error as a person or a script meets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{code}: {message}")]
#[ts(rename = "CommandError")]
pub struct Error {
    /// A stable word, the key of a sentence in the catalogues.
    #[ts(type = "string")]
    pub code: &'static str,
    /// For logs and scripts, in English. Never holds personal data or secrets.
    pub message: String,
    /// The form's field that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(type = "string", optional)]
    pub field: Option<&'static str>,
    /// Values for the sentence's blanks.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(optional, as = "Option<BTreeMap<String, String>>")]
    pub params: BTreeMap<&'static str, String>,
}

impl Error {
    /// An error with its code and a message for logs.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, params: BTreeMap::new() }
    }

    /// A field that a person should put right.
    pub fn invalid(code: &'static str, field: &'static str) -> Self {
        Self { field: Some(field), ..Self::new(code, format!("field {field} is not acceptable: {code}")) }
    }

    /// Something that is not (or no longer) there.
    pub fn not_found(what: &'static str) -> Self {
        Self::new("not_found", format!("there is no such {what}"))
    }

    /// Stored or received bytes that are not what they should be.
    pub fn damaged(what: impl Into<String>) -> Self {
        Self::new("damaged", what)
    }

    /// Adds a value for the sentence.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.insert(name, value.to_string());
        self
    }

    /// The stable word.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull, NotADatabase, ReadOnly, SystemIoFailure};
        let code = match error.sqlite_error_code() {
            Some(DiskFull) => "disk_full",
            Some(ReadOnly) => "disk_read_only",
            Some(DatabaseBusy | DatabaseLocked) => "database_busy",
            Some(NotADatabase) => "database_key_wrong",
            Some(SystemIoFailure) => "disk_failed",
            _ => "storage",
        };
        Self::new(code, error.to_string())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        let code = match error.kind() {
            std::io::ErrorKind::StorageFull => "disk_full",
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => "disk_read_only",
            _ => "disk_failed",
        };
        Self::new(code, error.to_string())
    }
}

impl From<automerge::AutomergeError> for Error {
    fn from(error: automerge::AutomergeError) -> Self {
        Self::damaged(format!("document: {error}"))
    }
}
