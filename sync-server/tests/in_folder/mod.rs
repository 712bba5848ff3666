//! The program on a SQLite file in a folder of its own.
#![allow(dead_code, clippy::unwrap_used)]

use std::{path::Path, process::Command};

use tungnha_protocol::Pass;

use crate::running::{self, Running};

/// The folder's database.
pub fn database(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("relay.db").display())
}

/// The program with the folder's database.
pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    running::program(&database(folder), arguments)
}

pub fn start(folder: &Path) -> Running {
    start_with(folder, &[])
}

pub fn start_with(folder: &Path, more: &[&str]) -> Running {
    Running::start_with("127.0.0.1:0", &database(folder), &folder.join("log"), more)
}

pub fn start_at(folder: &Path, listen: &str) -> Running {
    Running::start_at(listen, &database(folder), &folder.join("log"))
}

/// What a command prints; that it succeeds is part of the story.
#[track_caller]
pub fn ok(folder: &Path, arguments: &[&str]) -> String {
    let output = program(folder, arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

pub fn make_pass(folder: &Path) -> Pass {
    running::make_pass(&database(folder))
}
