//! `tungnha`: see [`tungnha_app::cli`] for what it understands.

use std::process::ExitCode;

fn main() -> ExitCode {
    tungnha_app::cli::main()
}
