//! Everyday deeds of the command line, said as notebook commands.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use data_encoding::BASE64;
use serde_json::{Value, json};
use tungnha_core::api::{FileExport, FileSince, Gate};
use tungnha_core::error::Error;

/// The names that a new team starts with.
pub struct NewTeam {
    /// The team's name.
    pub team: String,
    /// The hamlet's name.
    pub place: String,
    /// The full name of its leader, who is using this device.
    pub member: String,
}

/// Imports a household list with its columns as guessed. In an empty folder a team is started first.
pub fn import(gate: &Gate, file: &Path, new_team: &NewTeam) -> anyhow::Result<Value> {
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let list = json!({ "name": name, "content": BASE64.encode(&bytes) });
    if ask(gate, "status", json!({}))?["space"].is_null() {
        start_team(gate, new_team)?;
    }
    let opened = ask(gate, "import_open", list)?;
    ask(gate, "import_run", json!({ "list": opened["list"] }))
}

fn start_team(gate: &Gate, NewTeam { team, place, member }: &NewTeam) -> anyhow::Result<()> {
    let names = json!({ "team_name": team, "place_name": place, "member_name": member });
    ask(gate, "team_start", names).map(drop)
}

/// One exchange with the relay.
pub fn sync(gate: &Gate) -> anyhow::Result<Value> {
    ask(gate, "sync_now", json!({}))
}

/// Writes the notebook's file to `path`. What `since` names is a relay when it is an address.
pub fn export_file(gate: &Gate, path: &Path, since: Option<&str>, receiver: Option<&str>) -> anyhow::Result<Value> {
    let since = since.map(|named| match named.contains("://") {
        true => FileSince::Relay(named.trim_end_matches('/').to_owned()),
        false => FileSince::Receiver(named.to_owned()),
    });
    let written = gate.export_file(path, FileExport { since, receiver: receiver.map(str::to_owned) }).map_err(told)?;
    Ok(serde_json::to_value(written)?)
}

/// Takes a notebook's file in.
pub fn import_file(gate: &Gate, path: &Path) -> anyhow::Result<Value> {
    Ok(serde_json::to_value(gate.import_file(path).map_err(told)?)?)
}

/// The notebook's own account of whether it is whole.
pub fn verify(gate: &Gate) -> anyhow::Result<Value> {
    ask(gate, "verify", json!({}))
}

/// Whether `verify` found nothing wrong.
pub fn is_clean(report: &Value) -> bool {
    report["clean"] == json!(true)
}

/// Everything the notebook shows, as plain data.
pub fn export(gate: &Gate) -> anyhow::Result<Value> {
    ask(gate, "export", json!({}))
}

fn ask(gate: &Gate, command: &str, args: Value) -> anyhow::Result<Value> {
    let answer = gate.execute_json(&json!({ "command": command, "args": args }).to_string());
    let mut answer: Value = serde_json::from_str(&answer)?;
    if let Some(error) = answer.get("error") {
        let message = error["message"].as_str().unwrap_or_default();
        bail!("{message} [{}]", error["code"].as_str().unwrap_or("unknown"));
    }
    Ok(answer["ok"].take())
}

/// A refusal, as `ask` tells it.
fn told(error: Error) -> anyhow::Error {
    anyhow::anyhow!("{} [{}]", error.message, error.code)
}
