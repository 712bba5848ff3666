//! The command line: chooses a door, and turns a few everyday deeds into notebook commands.
//!
//! Exit codes: 0 done, 1 the notebook said no (or `verify` found something), 2 it could not be
//! opened or the arguments make no sense. Answers go to stdout, words for people to stderr.

use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use tungnha_core::api::{Gate, Opening};

use crate::commands;
use crate::folder::{self, say};
use crate::pin::{self, Whose};
use crate::requests::{self, NewTeam};
use crate::station::{ANYWHERE, Stations};
use crate::web::{self, Files};

const CANNOT_OPEN: u8 = 2;

/// Từng Nhà: sổ tay của tổ công nghệ số cộng đồng · the notebook of a community digital team
#[derive(Parser)]
#[command(name = "tungnha", version)]
struct Arguments {
    /// Thư mục chứa sổ · The folder that holds the notebook
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Địa chỉ để chia sẻ trong phòng · Where the room is served; only private addresses are answered
    #[arg(long, global = true, value_name = "ADDR", env = "TUNGNHA_STATION_LISTEN", default_value_t = ANYWHERE)]
    station_listen: SocketAddr,
    #[command(flatten)]
    whose: Whose,
    #[command(subcommand)]
    door: Option<Door>,
}

#[derive(Subcommand)]
enum Door {
    /// Mở sổ trong trình duyệt của máy này · Open the notebook in this machine's browser
    Serve {
        /// Only addresses of this machine are accepted; port 0 takes any free one
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        /// Serve the pages from this folder instead of the built-in ones
        #[arg(long, value_name = "DIR")]
        ui: Option<PathBuf>,
    },
    /// Lệnh JSON từ stdin, mỗi dòng một lệnh · JSON commands on stdin, one a line, answers on stdout
    Exec,
    /// Nhập danh sách hộ từ tệp Excel · Import a household list; starts a team in an empty folder
    Import {
        /// The workbook
        file: PathBuf,
        /// Tên tổ mới · The name of a new team
        #[arg(long, value_name = "NAME", default_value = "Tổ công nghệ số cộng đồng")]
        team: String,
        /// Tên thôn, bản, tổ dân phố của tổ mới · A new team's hamlet; the file's name when left out
        #[arg(long, value_name = "NAME")]
        place: Option<String>,
        /// Họ tên tổ trưởng của tổ mới · The full name of a new team's leader
        #[arg(long, value_name = "NAME", default_value = "Tổ trưởng")]
        member: String,
    },
    /// Gửi và nhận ngay · Send and receive now
    Sync,
    /// Gửi và nhận bằng tệp .tungnha · Send and receive by a .tungnha file
    File {
        #[command(subcommand)]
        way: Way,
    },
    /// Kiểm tra sổ · Check that the notebook is whole; exit code 1 when it is not
    Verify,
    /// Xuất dữ liệu · Write the notebook out
    Export {
        /// As JSON on stdout
        #[arg(long, required = true)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum Way {
    /// Ghi sổ ra tệp · Write everything that another device may lack, or only what is new, to a file
    Export {
        /// Tệp hoặc thư mục · The file, or a folder in which it gets a name of its own
        path: PathBuf,
        /// Chỉ phần mới · Only what has not arrived at this relay (its address), or what no earlier file for
        /// this receiver held (their name)
        #[arg(long, value_name = "RELAY|NAME")]
        since: Option<String>,
        /// Tệp cho ai · Who gets the file; the receiver that --since names when left out
        #[arg(long = "for", value_name = "NAME")]
        receiver: Option<String>,
    },
    /// Nhận sổ từ tệp · Take a file in; a second time changes nothing
    Import {
        /// The file
        path: PathBuf,
    },
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    log_to_stderr();
    let arguments = Arguments::parse();
    match arguments.door {
        None => open_window(arguments.data, arguments.station_listen),
        Some(door) => walk_through(&door, &folder::choose(arguments.data), &arguments.whose, arguments.station_listen),
    }
}

#[cfg(feature = "window")]
fn open_window(data: Option<PathBuf>, station_listen: SocketAddr) -> ExitCode {
    crate::window::open(Some(folder::choose(data)), station_listen);
    ExitCode::SUCCESS
}

#[cfg(not(feature = "window"))]
fn open_window(_data: Option<PathBuf>, _station_listen: SocketAddr) -> ExitCode {
    say("Bản này không có cửa sổ: hãy dùng `tungnha serve`.\nBuilt without the window: use `tungnha serve`.");
    ExitCode::from(CANNOT_OPEN)
}

fn walk_through(door: &Door, data: &Path, whose: &Whose, station_listen: SocketAddr) -> ExitCode {
    // In a browser the page asks for the PIN, and a script may send it as a command.
    let asks_itself = matches!(door, Door::Serve { .. } | Door::Exec);
    let opened = Gate::open(data, Opening::on_device(folder::secret_places()))
        .and_then(|gate| pin::come_in(&gate, whose, asks_itself).map(|()| gate));
    let gate = match opened {
        Ok(gate) => gate,
        Err(error) => {
            say(&folder::explain(data, &error));
            return ExitCode::from(CANNOT_OPEN);
        }
    };
    gate.serve_rooms_with(Arc::new(Stations::on(station_listen)));
    let went = through(door, &gate);
    gate.close();
    match went {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// False when the deed was done but its answer is a no.
fn through(door: &Door, gate: &Gate) -> anyhow::Result<bool> {
    match door {
        Door::Serve { listen, ui } => {
            let files = ui.clone().map_or(Files::BuiltIn, Files::Folder);
            gate.sync_by_itself();
            web::serve(gate.clone(), *listen, files).map(|()| true)
        }
        Door::Exec => exec(gate, io::stdin().lock(), io::stdout().lock()).map(|()| true),
        Door::Import { file, team, place, member } => {
            let stem = || file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let place = place.clone().unwrap_or_else(stem);
            let names = NewTeam { team: team.clone(), place, member: member.clone() };
            show(&requests::import(gate, file, &names)?)
        }
        Door::Sync => show(&requests::sync(gate)?),
        Door::File { way: Way::Export { path, since, receiver } } => {
            show(&requests::export_file(gate, path, since.as_deref(), receiver.as_deref())?)
        }
        Door::File { way: Way::Import { path } } => show(&requests::import_file(gate, path)?),
        Door::Verify => {
            let report = requests::verify(gate)?;
            show(&report)?;
            Ok(requests::is_clean(&report))
        }
        Door::Export { .. } => show(&requests::export(gate)?),
    }
}

/// Answers line by line, each flushed, so that a script can hold a conversation.
fn exec(gate: &Gate, input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    for line in input.split(b'\n') {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = match std::str::from_utf8(&line) {
            Ok(request) => gate.execute_json(request),
            Err(_) => commands::failure("bad_request", "Not UTF-8 text."),
        };
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

fn show(answer: &serde_json::Value) -> anyhow::Result<bool> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, answer)?;
    writeln!(out)?;
    Ok(true)
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    // A log that cannot be written (its disk is full) is no reason to stop.
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).log_internal_errors(false).init();
}
