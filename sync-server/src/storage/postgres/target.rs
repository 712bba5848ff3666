//! Which database, as an operator writes it, and what every session of the relay insists on.

use std::{fmt, path::Path, time::Duration};

use tokio_postgres::{
    Config,
    config::{Host, SslMode, TargetSessionAttrs},
};

use crate::storage::StorageError as Error;

/// A session's settings that the relay's promises rest on, whatever the role's or the server's are.
/// - `synchronous_commit`: an acknowledgement means the disk, and a synchronous standby's disk.
/// - `client_min_messages`: a commit that did not wait for its standby says so by a warning.
/// - `plan_cache_mode`: every statement finds its rows by their keys, so that one plan is the best for all.
/// - The timeouts: no lock outlives a relay that hangs, and no request waits for ever.
const SETTINGS: &str = "-c synchronous_commit=on -c client_min_messages=warning -c statement_timeout=30s \
     -c plan_cache_mode=force_generic_plan -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s";

/// How long a host may take to answer a connection's first packet, and to acknowledge any other.
const PATIENCE: Duration = Duration::from_secs(5);

/// A PostgreSQL database: `postgres://USER@HOST[:PORT][,HOST…]/DATABASE`, with the parameters of
/// PostgreSQL's own clients, and two of its files:
/// - `passfile=FILE`: a file that holds the password and nothing else;
/// - `sslrootcert=FILE`: the certificates that the server's has to be signed by (else the system's).
///
/// It is read when a connection is made, so that what is wrong with it is told without what is in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Target(String);

/// What a [`Target`] says.
pub(super) struct Settings {
    pub(super) config: Config,
    pub(super) roots: Option<String>,
}

impl Target {
    /// A URL that begins with `postgres://` or `postgresql://`.
    pub fn new(url: &str) -> Option<Self> {
        let is_one = url.starts_with("postgres://") || url.starts_with("postgresql://");
        is_one.then(|| Self(url.to_owned()))
    }

    pub(super) fn settings(&self) -> Result<Settings, Error> {
        let (url, [passfile, roots, sslmode]) = self.without(["passfile", "sslrootcert", "sslmode"]);
        let mut config: Config = url.parse()?;
        if let Some(file) = passfile {
            config.password(password(Path::new(&file))?);
        }
        config.ssl_mode(ssl_mode(sslmode.as_deref(), config.get_hosts())?);
        config.options(format!("{} {SETTINGS}", config.get_options().unwrap_or_default()));
        config.application_name("tungnha-relay");
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        config.keepalives_idle(6 * PATIENCE).keepalives_interval(PATIENCE).keepalives_retries(3);
        config.tcp_user_timeout(6 * PATIENCE);
        Ok(Settings { config, roots })
    }

    /// The URL without some of its parameters, and what those were.
    fn without<const N: usize>(&self, names: [&str; N]) -> (String, [Option<String>; N]) {
        let (address, query) = self.0.split_once('?').unwrap_or((&self.0, ""));
        let mut found = [const { None }; N];
        let mut rest = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match names.iter().position(|known| *known == name) {
                Some(position) => found[position] = Some(value.to_owned()),
                None => rest.push(pair),
            }
        }
        (format!("{address}?{}", rest.join("&")), found)
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Target(postgres://…)")
    }
}

/// Only the first line counts: editors end it with a line feed.
fn password(file: &Path) -> Result<String, Error> {
    let read = std::fs::read_to_string(file);
    let text = read.map_err(|error| Error::Failed(format!("cannot read {}: {error}", file.display())))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Over a network the connection is encrypted and the server's certificate checked, unless the operator
/// says `disable`. PostgreSQL's own clients take any certificate for `require`; a password and a whole
/// commune's chunks deserve to know where they go.
fn ssl_mode(asked: Option<&str>, hosts: &[Host]) -> Result<SslMode, Error> {
    match asked {
        Some("disable") => Ok(SslMode::Disable),
        Some("require" | "verify-ca" | "verify-full") => Ok(SslMode::Require),
        None if hosts.iter().all(is_here) => Ok(SslMode::Disable),
        None => Ok(SslMode::Require),
        Some(_) => Err(Error::Failed("sslmode is one of disable, require, verify-ca, verify-full".into())),
    }
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str) -> Settings {
        Target::new(url).unwrap().settings().unwrap()
    }

    #[test]
    fn what_an_operator_leaves_out_is_the_safe_choice() {
        let far = settings("postgres://relay@db1:5432,db2:5433/tungnha").config;
        assert_eq!((far.get_hosts().len(), far.get_ports()), (2, [5432, 5433].as_slice()));
        assert_eq!(far.get_ssl_mode(), SslMode::Require);
        assert_eq!(far.get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
        for near in ["postgres://localhost/r", "postgresql://127.0.0.1/r", "postgres://%2Frun%2Fpostgresql/r"] {
            assert_eq!(settings(near).config.get_ssl_mode(), SslMode::Disable, "{near}");
        }
        assert_eq!(settings("postgres://db1/r?sslmode=disable").config.get_ssl_mode(), SslMode::Disable);
        assert!(Target::new("postgres://db1/r?sslmode=prefer").unwrap().settings().is_err());
    }

    #[test]
    fn a_role_that_does_not_wait_for_its_commits_does_so_for_the_relay() {
        let config = settings("postgres://localhost/r?options=-c%20synchronous_commit%3Doff").config;
        let options = config.get_options().unwrap();
        assert!(options.rfind("synchronous_commit=on") > options.rfind("synchronous_commit=off"), "{options}");
    }

    #[test]
    fn the_password_may_lie_in_a_file_and_is_shown_nowhere() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&file, "bí mật\n").unwrap();
        let url = format!("postgres://relay@localhost/r?passfile={}", file.path().display());
        assert_eq!(settings(&url).config.get_password(), Some("bí mật".as_bytes()));
        let target = Target::new("postgres://relay:secret@db1/r?application_name=x").unwrap();
        assert_eq!(format!("{target:?}"), "Target(postgres://…)");
        let wrong = Target::new("postgres://relay:secret@db1:port/r").unwrap().settings();
        assert!(!wrong.err().unwrap().to_string().contains("secret"));
    }
}
