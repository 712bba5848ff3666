//! Every setting, once: its name, what it is without anybody's doing, what it is for.
//!
//! A flag counts more than the environment, that more than the file, and that more than the default. The
//! flag of `some_setting` is `--some-setting`, its variable `TUNGNHA_RELAY_SOME_SETTING`.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, parser::ValueSource};

/// One thing that can be set.
#[derive(Debug)]
pub struct Setting {
    /// Its name, which is also its key in the file.
    pub key: &'static str,
    /// The flag.
    flag: &'static str,
    /// The environment variable.
    variable: &'static str,
    /// What it is when nobody says anything; empty is "not set".
    pub(super) default: &'static str,
    /// What it is for, in a sentence.
    help: &'static str,
}

macro_rules! settings {
    ($($key:literal $flag:literal $variable:literal $default:literal $help:literal;)*) => {
        &[$(Setting { key: $key, flag: $flag, variable: $variable, default: $default, help: $help }),*]
    };
}

/// Where the file of settings is, which cannot stand in it.
pub(super) const CONFIG: Setting = Setting {
    key: "config",
    flag: "config",
    variable: "TUNGNHA_RELAY_CONFIG",
    default: "",
    help: "A file of settings (TOML)",
};

/// Everything that can be set.
#[rustfmt::skip]
pub const SETTINGS: &[Setting] = settings![
    "listen" "listen" "TUNGNHA_RELAY_LISTEN" "127.0.0.1:7443"
        "The address to listen on; port 0 takes a free one, which is printed";
    "database" "database" "TUNGNHA_RELAY_DATABASE" ""
        "Where everything is kept, such as sqlite:///var/lib/tungnha-relay/relay.db";
    "database_file" "database-file" "TUNGNHA_RELAY_DATABASE_FILE" ""
        "A file in which the database's address stands, for one that has a password in it";
    "tls_certificate" "tls-certificate" "TUNGNHA_RELAY_TLS_CERTIFICATE" ""
        "The certificate with its chain (PEM); without one, HTTP is plain";
    "tls_key" "tls-key" "TUNGNHA_RELAY_TLS_KEY" ""
        "The certificate's key (PEM)";
    "trusted_proxies" "trusted-proxies" "TUNGNHA_RELAY_TRUSTED_PROXIES" ""
        "Addresses and networks, separated by commas, whose X-Forwarded-For is believed";
    "metrics" "metrics" "TUNGNHA_RELAY_METRICS" "127.0.0.1:7444"
        "Where /metrics is served: an address, same (with everything else), or off";
    "max_connections" "max-connections" "TUNGNHA_RELAY_MAX_CONNECTIONS" "12000"
        "The most connections at one time";
    "max_connections_per_address" "max-connections-per-address" "TUNGNHA_RELAY_MAX_CONNECTIONS_PER_ADDRESS" "1000"
        "The most of them from one address";
    "max_listeners" "max-listeners" "TUNGNHA_RELAY_MAX_LISTENERS" "10000"
        "The most devices that listen on wake streams at one time";
    "header_seconds" "header-seconds" "TUNGNHA_RELAY_HEADER_SECONDS" "20"
        "How long the head of a request may take, and a connection be idle";
    "requests_a_minute_per_address" "requests-a-minute-per-address" "TUNGNHA_RELAY_REQUESTS_A_MINUTE_PER_ADDRESS" "6000"
        "How often one address may ask; 0 is as often as it likes";
    "requests_a_minute_per_device" "requests-a-minute-per-device" "TUNGNHA_RELAY_REQUESTS_A_MINUTE_PER_DEVICE" "600"
        "How often one device may ask; 0 is as often as it likes";
    "space_megabytes" "space-megabytes" "TUNGNHA_RELAY_SPACE_MEGABYTES" "2000"
        "The most that is kept of one space; 0 is without limit";
    "device_megabytes_a_day" "device-megabytes-a-day" "TUNGNHA_RELAY_DEVICE_MEGABYTES_A_DAY" "500"
        "The most that one device may bring in a day; 0 is without limit";
    "drain_seconds" "drain-seconds" "TUNGNHA_RELAY_DRAIN_SECONDS" "0"
        "How long a relay that is to stop says that it is not ready before it lets nobody in any more";
    "log" "log" "TUNGNHA_RELAY_LOG" ""
        "How much is logged: error, warn, info, debug, or a filter as RUST_LOG has it, which counts when this is not set";
    "log_format" "log-format" "TUNGNHA_RELAY_LOG_FORMAT" "text"
        "How it is logged: text or json";
];

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// A line of the file.
    File {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Nobody has said anything.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "--{flag}"),
            Self::Variable(name) => write!(f, "{name}"),
            Self::File { file, line } => write!(f, "{}, line {line}", file.display()),
            Self::Default => write!(f, "default"),
        }
    }
}

/// What is set, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) source: Source,
}

/// What the command line and the environment say.
#[derive(Debug, Default)]
pub struct Given(pub(super) BTreeMap<&'static str, Value>);

impl Args for Given {
    fn augment_args(command: Command) -> Command {
        std::iter::once(&CONFIG).chain(SETTINGS).fold(command, |command, setting| {
            let argument = Arg::new(setting.key).long(setting.flag).env(setting.variable).help(setting.help);
            // What stands in the environment may be a password.
            command.arg(argument.hide_env_values(true).value_name("…"))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let all = std::iter::once(&CONFIG).chain(SETTINGS);
        let given = all.filter_map(|setting| {
            let text = matches.get_one::<String>(setting.key)?.clone();
            let source = match matches.value_source(setting.key)? {
                ValueSource::CommandLine => Source::Flag(setting.flag),
                _ => Source::Variable(setting.variable),
            };
            Some((setting.key, Value { text, source }))
        });
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
