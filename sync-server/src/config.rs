//! What an operator may set: by flag or by environment variable.

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use clap::{Args, Parser, Subcommand};
use tungnha_protocol::RelayUrl;

use crate::storage::postgres::Target;

/// The relay of Từng Nhà: keeps sealed chunks in order and hands them on.
#[derive(Debug, Parser)]
#[command(name = "tungnha-relay", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve devices until stopped.
    Serve(Serve),
    /// Make a relay pass and print its link, which is told nowhere else.
    Pass(MakePass),
    /// Move a relay from its file into PostgreSQL, prove that nothing is missing, and close the file.
    Migrate(Migrate),
}

/// `tungnha-relay serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The address to listen on; port 0 takes a free one, which is printed.
    #[arg(long, env = "TUNGNHA_RELAY_LISTEN", default_value = "127.0.0.1:7443")]
    pub listen: SocketAddr,
    /// Where everything is kept.
    #[arg(long, env = "TUNGNHA_RELAY_DATABASE", hide_env_values = true)]
    pub database: Database,
}

/// `tungnha-relay pass`.
#[derive(Debug, Args)]
pub struct MakePass {
    /// Where everything is kept.
    #[arg(long, env = "TUNGNHA_RELAY_DATABASE", hide_env_values = true)]
    pub database: Database,
    /// The address at which devices reach this relay, such as https://relay.example.vn
    #[arg(long)]
    pub url: RelayUrl,
    /// How many spaces it may open.
    #[arg(long, default_value_t = 1)]
    pub uses: u32,
    /// For how many days.
    #[arg(long, default_value_t = 30)]
    pub days: u32,
}

/// `tungnha-relay migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// The file, which no relay may be serving: sqlite://FILE
    #[arg(long)]
    pub from: Database,
    /// The empty database: postgres://USER@HOST/DATABASE
    #[arg(long, env = "TUNGNHA_RELAY_DATABASE", hide_env_values = true)]
    pub to: Database,
}

/// What a relay remembers in, as an operator writes it.
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
            _ => Err("write sqlite:// and the file, such as sqlite:///var/lib/tungnha/relay.db, \
                      or postgres://USER@HOST/DATABASE"
                .into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn a_database_is_a_sqlite_file_or_postgresql() {
        assert_eq!("sqlite:///r.db".parse(), Ok(Database::Sqlite("/r.db".into())));
        for url in ["postgres://localhost/r", "postgresql://a,b/r"] {
            assert!(matches!(url.parse(), Ok(Database::Postgres(_))));
        }
        assert!("mysql://localhost/r".parse::<Database>().is_err());
        assert!("sqlite://".parse::<Database>().is_err());
    }
}
