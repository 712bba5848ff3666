//! What a relay remembers in, as an operator writes it.

use std::{path::PathBuf, str::FromStr};

use crate::storage::postgres::Target;

/// What a relay remembers in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// `sqlite://FILE`: created when it is missing.
    Sqlite(PathBuf),
    /// `postgres://USER@HOST/DATABASE`: its tables are made when they are missing.
    Postgres(Target),
}

impl FromStr for Database {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(target) = Target::new(text) {
            return Ok(Self::Postgres(target));
        }
        match text.strip_prefix("sqlite://") {
            Some(file) if !file.is_empty() => Ok(Self::Sqlite(file.into())),
            _ => Err("write sqlite:// and the file, such as sqlite:///var/lib/tungnha-relay/relay.db, \
                      or postgres://USER@HOST/DATABASE"
                .into()),
        }
    }
}

/// A database that is named on the command line, where everybody on the machine can read it.
pub(super) fn without_a_secret(text: &str) -> Result<Database, String> {
    match has_password(text) {
        true => Err("everybody on this machine can read a password that is an argument".into()),
        false => text.parse(),
    }
}

/// The same address without its password, for whoever looks on.
pub(super) fn without_password(address: &str) -> String {
    match password(address) {
        Some((from, to)) => format!("{}***{}", &address[..from], &address[to..]),
        None => address.to_owned(),
    }
}

/// Whether a password stands in it.
pub(super) fn has_password(address: &str) -> bool {
    password(address).is_some()
}

/// Where the password begins and ends: `scheme://user:PASSWORD@host`, or `password=PASSWORD` among
/// what follows the question mark.
fn password(address: &str) -> Option<(usize, usize)> {
    let start = address.find("://")? + 3;
    let authority = start + address[start..].find(['/', '?']).unwrap_or(address.len() - start);
    // A password may have a slash in it that nobody has escaped: the last @ of all counts.
    let at = address.rfind('@').filter(|at| *at >= start);
    if let Some(at) = at
        && let Some(colon) = address[start..at].find(':')
    {
        return Some((start + colon + 1, at));
    }
    let query = authority + address[authority..].find("password=")? + "password=".len();
    let end = query + address[query..].find('&').unwrap_or(address.len() - query);
    Some((query, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_a_sqlite_file_or_postgresql() {
        assert_eq!("sqlite:///r.db".parse(), Ok(Database::Sqlite("/r.db".into())));
        for url in ["postgres://localhost/r", "postgresql://a,b/r"] {
            assert!(matches!(url.parse(), Ok(Database::Postgres(_))));
        }
        assert!("mysql://localhost/r".parse::<Database>().is_err());
        assert!("sqlite://".parse::<Database>().is_err());
        assert!("relay.db".parse::<Database>().is_err());
    }

    #[test]
    fn a_password_is_never_shown() {
        for (address, shown) in [
            ("sqlite:///r.db", "sqlite:///r.db"),
            ("postgres://relay@db/relay", "postgres://relay@db/relay"),
            ("postgres://relay:s3cret@db:5432/relay", "postgres://relay:***@db:5432/relay"),
            ("postgres://relay:s3/c@r@et@db/relay", "postgres://relay:***@db/relay"),
            (
                "postgres://db/relay?user=r&password=s3cret&sslmode=require",
                "postgres://db/relay?user=r&password=***&sslmode=require",
            ),
        ] {
            assert_eq!(without_password(address), shown);
            assert_eq!(has_password(address), shown != address);
        }
    }
}
