//! `tungnha-relay`: serves the relay, or makes a pass for somebody to open spaces on it.
//!
//! Standard output carries only what is asked for (the address, a pass's link); the log goes to
//! standard error, at the level of `RUST_LOG` (default: info).

use std::{io::Write, path::Path, time::Duration};

use anyhow::Context;
use clap::Parser;
use tokio::{net::TcpListener, sync::oneshot};
use tracing_subscriber::EnvFilter;
use tungnha_protocol::{Pass, wire::auth_hash};
use tungnha_relay::{
    Relay,
    config::{Cli, Command, Database, MakePass, Migrate, Serve},
    migrate::migrate,
    serve,
    storage::{
        NewPass, Storage,
        postgres::{News, Postgres, Target},
        sqlite::Sqlite,
    },
    system_clock,
};

/// How long requests that have begun may take once the relay is to stop. What they were not answered,
/// they will ask again.
const GRACE: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let level = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // More than warnings would quote what is sent to the database: hashes of tokens, whole chunks.
    let level = level.add_directive("tokio_postgres=warn".parse()?);
    // A log that cannot be written (its disk is full) is no reason to stop.
    tracing_subscriber::fmt().with_env_filter(level).with_writer(std::io::stderr).log_internal_errors(false).init();
    match cli.command {
        Command::Serve(args) => match &args.database {
            Database::Sqlite(file) => run(Relay::new(open(file)?), args).await,
            Database::Postgres(target) => run_with_others(&target.clone(), args).await,
        },
        Command::Pass(args) => match &args.database {
            Database::Sqlite(file) => make_pass(open(file)?, args).await,
            Database::Postgres(target) => make_pass(connect(target).await?, args).await,
        },
        Command::Migrate(Migrate { from: Database::Sqlite(from), to: Database::Postgres(to) }) => {
            move_out(&from, &to).await
        }
        Command::Migrate(_) => anyhow::bail!("a relay moves from sqlite:// to postgres://"),
    }
}

/// Serves as one of the processes on a database, which wake each other's devices.
async fn run_with_others(target: &Target, args: Serve) -> anyhow::Result<()> {
    let relay = Relay::new(connect(target).await?);
    let news = News::new(target, &relay.hub)?;
    tokio::select! {
        ran = run(relay, args) => ran?,
        never = news.share() => match never {},
    }
    Ok(news.tell_the_rest().await?)
}

async fn run(relay: Relay<impl Storage>, args: Serve) -> anyhow::Result<()> {
    let listener = TcpListener::bind(args.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", args.listen))?;
    say(&format!("listening on http://{}", listener.local_addr()?))?;
    let (stopping, stop) = oneshot::channel();
    let patience = async {
        stopped().await;
        let _ = stopping.send(());
        tokio::time::sleep(GRACE).await;
    };
    let stop = async {
        let _ = stop.await;
    };
    tokio::select! {
        served = serve(relay, listener, stop) => served?,
        () = patience => tracing::warn!("some requests did not end in time"),
    }
    tracing::info!("stopped");
    Ok(())
}

async fn make_pass(storage: impl Storage, args: MakePass) -> anyhow::Result<()> {
    let pass = Pass::new(args.url, tungnha_protocol::random_bytes());
    let now = system_clock()();
    let kept = NewPass {
        pass: pass.id(),
        auth_hash: auth_hash(&pass.auth()),
        uses: args.uses,
        expires_at: now.saturating_add(u64::from(args.days) * 24 * 60 * 60),
    };
    storage.add_pass(kept, now).await?;
    say(&pass.link())
}

async fn move_out(from: &Path, to: &Target) -> anyhow::Result<()> {
    let moved = migrate(from, &connect(to).await?).await?;
    for table in moved {
        say(&format!("{}: {} rows", table.table, table.rows))?;
    }
    say("everything has moved: all rows were read back and are the same, and all logs add up")?;
    say("the file is closed for good; serve the database now, under the address that devices know")
}

fn open(file: &Path) -> anyhow::Result<Sqlite> {
    Sqlite::open(file).with_context(|| format!("cannot open {}", file.display()))
}

async fn connect(target: &Target) -> anyhow::Result<Postgres> {
    Postgres::open(target).await.context("cannot use the database")
}

fn say(line: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")?;
    Ok(stdout.flush()?)
}

/// Completes when the operator (Ctrl+C) or the system (SIGTERM) wants the relay to stop.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
