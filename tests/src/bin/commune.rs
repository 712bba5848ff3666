//! `commune FOLDER`: a notebook with a whole commune in it, see [`tungnha_tests::commune`].
#![allow(clippy::unwrap_used, reason = "a program for the terminal")]

use std::path::PathBuf;

fn main() {
    let folder: PathBuf = std::env::args_os().nth(1).expect("commune FOLDER").into();
    std::fs::create_dir_all(&folder).unwrap();
    for file in std::fs::read_dir(tungnha_tests::commune::copy().path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
}
