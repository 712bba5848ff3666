//! What an operator may set, and what the program can do.
//!
//! Every setting can be given as a flag, as an environment variable and in a file, in that order; where
//! one comes from is remembered, so that `tungnha-relay config` can say it. See [`SETTINGS`].

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use tungnha_protocol::{DeviceId, RelayUrl, SpaceId};

mod database;
mod file;
mod settings;
mod table;

pub use database::Database;
pub use settings::{ConfigError, LogFormat, MetricsAt, Serving, Settings};
pub use table::{Given, SETTINGS, Setting, Source};

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
    Serve(Given),
    /// Print what is set, and where it comes from.
    Config(Given),
    /// Make a relay pass and print its link, which is told nowhere else.
    Pass(MakePass),
    /// List devices, or shut one out.
    #[command(subcommand)]
    Devices(Devices),
    /// Copy everything into a file, while the relay runs, and check the copy.
    Backup(Backup),
    /// Put a backup in the place of what there is, while the relay is stopped.
    Restore(Restore),
    /// Check that nothing is damaged, while the relay runs.
    Verify(Given),
    /// Move a relay that has outgrown its file into PostgreSQL, while it is stopped.
    Migrate(Migrate),
}

/// `tungnha-relay pass`.
#[derive(Debug, Args)]
pub struct MakePass {
    /// What is set.
    #[command(flatten)]
    pub given: Given,
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

/// `tungnha-relay devices`.
#[derive(Debug, Subcommand)]
pub enum Devices {
    /// One line a device: its key, when it was here last, of how many spaces it is a member.
    List(ListDevices),
    /// Shut a device out for good: its stream ends within seconds, and it is told so.
    Revoke(RevokeDevice),
}

/// `tungnha-relay devices list`.
#[derive(Debug, Args)]
pub struct ListDevices {
    /// What is set.
    #[command(flatten)]
    pub given: Given,
    /// Only the members of this space.
    #[arg(long)]
    pub space: Option<SpaceId>,
}

/// `tungnha-relay devices revoke`.
#[derive(Debug, Args)]
pub struct RevokeDevice {
    /// What is set.
    #[command(flatten)]
    pub given: Given,
    /// The device's key, as `devices list` shows it.
    pub device: DeviceId,
}

/// `tungnha-relay backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// What is set.
    #[command(flatten)]
    pub given: Given,
    /// The file to make; one that is there is never overwritten.
    #[arg(long)]
    pub to: PathBuf,
}

/// `tungnha-relay restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// What is set.
    #[command(flatten)]
    pub given: Given,
    /// The backup.
    #[arg(long)]
    pub from: PathBuf,
}

/// `tungnha-relay migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// What is set.
    #[command(flatten)]
    pub given: Given,
    /// The file, which no relay may be serving: sqlite://FILE
    #[arg(long, value_parser = database::without_a_secret)]
    pub from: Database,
    /// The empty database, postgres://USER@HOST/DATABASE; the one that is set when left out.
    #[arg(long, value_parser = database::without_a_secret)]
    pub to: Option<Database>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
