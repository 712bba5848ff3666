//! `tungnha-relay`: serves the relay, and what its operator needs beside that; one file a command.
//!
//! Standard output carries only what is asked for (the address, a pass's link, a list); the log goes to
//! standard error.

mod commands;

use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use tracing_subscriber::{EnvFilter, util::SubscriberInitExt};
use tungnha_relay::config::{Cli, Command, Devices, Given, LogFormat, Settings};

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // `{:#}`: the whole way down, in one line, without a debug form that may show more.
            commands::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(given) => commands::serve::run(set(given)?).await,
        Command::Config(given) => commands::config::run(&Settings::resolve(given)?),
        Command::Pass(args) => commands::pass::run(set(args.given)?, args.url, args.uses, args.days).await,
        Command::Devices(Devices::List(args)) => commands::devices::list(set(args.given)?, args.space).await,
        Command::Devices(Devices::Revoke(args)) => commands::devices::revoke(set(args.given)?, args.device).await,
        Command::Backup(args) => commands::backup::run(&set(args.given)?, &args.to),
        Command::Restore(args) => commands::restore::run(&set(args.given)?, &args.from),
        Command::Verify(given) => commands::verify::run(&set(given)?),
        Command::Migrate(args) => commands::migrate::run(set(args.given)?, args.from, args.to).await,
    }
}

/// What is set; from here on, what happens is logged as it says.
fn set(given: Given) -> anyhow::Result<Settings> {
    let settings = Settings::resolve(given)?;
    let (filter, format) = settings.log()?;
    let filter = match filter {
        Some(filter) => EnvFilter::try_new(filter).context("log")?,
        None => EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")),
    };
    // More than warnings would quote what is sent to the database: hashes of tokens, whole chunks.
    let filter = filter.add_directive("tokio_postgres=warn".parse()?);
    // A log that cannot be written (its disk is full) is no reason to stop.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let log = log.with_ansi(false).log_internal_errors(false);
    match format {
        LogFormat::Text => log.finish().init(),
        LogFormat::Json => log.json().flatten_event(true).finish().init(),
    }
    Ok(settings)
}
