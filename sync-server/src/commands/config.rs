//! `tungnha-relay config`.

use tungnha_relay::config::Settings;

use super::say;

/// Prints everything, and then says what makes no sense, as `serve` would.
pub(crate) fn run(settings: &Settings) -> anyhow::Result<()> {
    settings.lines().try_for_each(|line| say(&line))?;
    settings.database()?;
    settings.quota()?;
    settings.serving()?;
    settings.log()?;
    Ok(())
}
