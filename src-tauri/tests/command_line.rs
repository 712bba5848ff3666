//! The program as a script uses it.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

fn tungnha(data: &Path, door: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tungnha"));
    command.arg("--data").arg(data).args(door).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn start_exec(data: &Path) -> Child {
    tungnha(data, &["exec"]).stdin(Stdio::piped()).spawn().unwrap()
}

fn exec(data: &Path, lines: &[u8]) -> Output {
    let mut child = start_exec(data);
    child.stdin.take().unwrap().write_all(lines).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn each_line_gets_one_answer_and_nonsense_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let lines = b"{\"command\":\"household_list\",\"args\":{}}\n\nnonsense\n\xff\xfe\n{\"command\":\"household_list\",\"args\":{}}";
    let output = exec(folder.path(), lines);
    assert!(output.status.success());
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), 4, "{answers:?}");
    assert!(answers[1].starts_with(r#"{"error""#) && answers[2].starts_with(r#"{"error""#), "{answers:?}");
    assert_eq!(answers[0], answers[3]);
}

#[test]
fn a_notebook_that_is_open_elsewhere_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = start_exec(folder.path());
    wait_for_answer(&mut first);

    let second = tungnha(folder.path(), &["verify"]).output().unwrap();
    assert_eq!(second.status.code(), Some(2));
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(said.contains("đang mở") && said.contains("another process"), "{said}");

    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    assert!(exec(folder.path(), b"").status.success(), "free again once the first is gone");
}

#[test]
fn only_this_machine_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let refused = tungnha(folder.path(), &["serve", "--listen", "0.0.0.0:0"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("127.0.0.1"));
}

/// Once it has answered, it holds the folder.
fn wait_for_answer(child: &mut Child) {
    use std::io::{BufRead, BufReader};
    writeln!(child.stdin.as_mut().unwrap(), "{{}}").unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(!line.is_empty());
}
