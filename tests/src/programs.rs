//! Where the programs are: in `TUNGNHA_BIN_DIR`, or built once beside the test that asks.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// `tungnha`, without its window unless somebody has put one with a window into `TUNGNHA_BIN_DIR`.
pub fn tungnha() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| find_or_build("tungnha", &["--package", "tungnha", "--no-default-features"]))
}

/// `tungnha-relay`.
pub fn relay() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| find_or_build("tungnha-relay", &["--package", "tungnha-relay"]))
}

/// A command that runs a program, in another network namespace when one is named.
pub fn in_namespace(program: &Path, namespace: Option<&str>) -> Command {
    let Some(namespace) = namespace else { return Command::new(program) };
    let mut command = Command::new("ip");
    command.args(["netns", "exec", namespace]).arg(program);
    command
}

fn find_or_build(name: &str, package: &[&str]) -> PathBuf {
    if let Some(folder) = std::env::var_os("TUNGNHA_BIN_DIR") {
        return PathBuf::from(folder).join(name);
    }
    let profile = profile_folder();
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).args(["build", "--quiet"]).args(package);
    build.arg("--target-dir").arg(profile.parent().unwrap());
    if profile.ends_with("release") {
        build.arg("--release");
    }
    assert!(build.status().unwrap().success(), "{name} does not build");
    profile.join(name)
}

/// `target/debug` or `target/release`, in which this very program lies.
fn profile_folder() -> PathBuf {
    let me = std::env::current_exe().unwrap();
    let folder = me.ancestors().find(|folder| folder.ends_with("debug") || folder.ends_with("release"));
    folder.expect("this program lies in a target folder").to_owned()
}
