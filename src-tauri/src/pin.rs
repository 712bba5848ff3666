//! Coming in with a PIN at the command line: from a file descriptor, never from an argument or the
//! environment, which every process of the machine can read.

use std::fs::File;
use std::io::Read;

use clap::Args;
use serde_json::{Value, json};
use tungnha_core::api::Gate;
use tungnha_core::error::{Error, Result};
use zeroize::Zeroizing;

/// Who comes in, and where their PIN is to be read.
#[derive(Args)]
pub struct Whose {
    /// Số hiệu tệp để đọc mã PIN · The file descriptor from which the PIN is read, one line
    #[arg(long, global = true, value_name = "N")]
    pin_fd: Option<u32>,
    /// Mã PIN của ai · Whose PIN it is, by full name or id; may be left out where one person alone has one
    #[arg(long, global = true, value_name = "NAME", requires = "pin_fd")]
    profile: Option<String>,
}

/// No PIN is longer; what else comes from there is not read.
const LONGEST: usize = 64;

/// Unlocks the machine, if it is locked and a PIN was handed over. Without one a locked machine is an error,
/// unless the door `asks_itself`.
pub fn come_in(gate: &Gate, whose: &Whose, asks_itself: bool) -> Result<()> {
    let profiles = gate.execute("profile_list", json!({}))?;
    if profiles["locked"] != json!(true) {
        return Ok(());
    }
    match whose.pin_fd {
        Some(fd) => {
            let profile = choose(&profiles, whose.profile.as_deref())?;
            let pin = read_line(fd)?;
            gate.execute("profile_unlock", json!({ "profile": profile, "pin": pin.as_str() })).map(drop)
        }
        None if asks_itself => Ok(()),
        None => Err(Error::new("needs_pin", "this notebook opens only with the PIN of one of its people")),
    }
}

fn choose(profiles: &Value, wanted: Option<&str>) -> Result<Value> {
    let people = profiles["people"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found = match (wanted, people) {
        (None, [only]) => Some(only),
        (None, _) => {
            return Err(Error::new("whose_pin", "several people have PINs here: say whose it is with --profile"));
        }
        (Some(wanted), _) => people.iter().find(|one| one["name"] == wanted || one["id"] == wanted),
    };
    found.map(|one| one["id"].clone()).ok_or_else(|| Error::not_found("profile"))
}

/// One line, byte by byte: what follows it on the same descriptor is for whoever reads next.
fn read_line(fd: u32) -> Result<Zeroizing<String>> {
    let mut input = File::open(format!("/dev/fd/{fd}"))
        .map_err(|error| Error::new("pin_fd_unreadable", format!("descriptor {fd}: {error}")))?;
    let (mut line, mut byte) = (Zeroizing::new(String::with_capacity(LONGEST)), [0]);
    while line.len() < LONGEST && input.read(&mut byte)? == 1 && byte != [b'\n'] {
        line.push(char::from(byte[0]));
    }
    Ok(line)
}
