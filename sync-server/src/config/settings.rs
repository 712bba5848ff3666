//! What is set in the end, and what it means.

use std::{
    collections::BTreeMap,
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use super::{
    database::{Database, has_password, without_password},
    file,
    table::{CONFIG, Given, SETTINGS, Source, Value},
};
use crate::{
    serving::{Connections, Proxies},
    storage::Quota,
};

/// Why the program cannot run like this.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read, or not understood.
    #[error("{}", in_file(.file, .line, .reason))]
    File {
        /// Its name.
        file: PathBuf,
        /// The line, from 1; 0 when it is the whole file.
        line: usize,
        /// What is wrong, without the line itself.
        reason: String,
    },
    /// A value that makes no sense.
    #[error("{key} ({source_of}): {reason}")]
    Value {
        /// The setting.
        key: &'static str,
        /// Where it comes from.
        source_of: Source,
        /// What is wrong, without the value.
        reason: String,
    },
    /// Something has to be set.
    #[error("{0}")]
    Missing(&'static str),
}

fn in_file(file: &Path, line: &usize, reason: &str) -> String {
    match line {
        0 => format!("{}: {reason}", file.display()),
        line => format!("{}:{line}: {reason}", file.display()),
    }
}

/// What is set in the end.
#[derive(Debug)]
pub struct Settings(BTreeMap<&'static str, Value>);

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, one object a line.
    Json,
}

/// Where the figures are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsAt {
    /// On an address of their own. Whether an operator has said so.
    Own(SocketAddr, bool),
    /// With everything else.
    Same,
    /// Nowhere.
    Off,
}

/// All that serving needs to know, beside the database.
#[derive(Debug)]
pub struct Serving {
    /// Where devices connect.
    pub listen: SocketAddr,
    /// The files of the certificate and its key.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Whose X-Forwarded-For is believed.
    pub proxies: Proxies,
    /// Where the figures are.
    pub metrics: MetricsAt,
    /// How many may connect.
    pub connections: Connections,
    /// How many may listen.
    pub max_listeners: usize,
    /// Requests a minute, per address and per device.
    pub rates: (u32, u32),
    /// How long to say "not ready" before stopping.
    pub drain: Duration,
}

impl Settings {
    /// Puts everything together: flags and environment, then the file, then what is so by default.
    pub fn resolve(given: Given) -> Result<Self, ConfigError> {
        let mut values: BTreeMap<_, _> = SETTINGS
            .iter()
            .map(|setting| (setting.key, Value { text: setting.default.into(), source: Source::Default }))
            .collect();
        if let Some(config) = given.0.get(CONFIG.key) {
            values
                .extend(file::read(Path::new(&config.text))?.into_iter().map(|(setting, value)| (setting.key, value)));
        }
        values.extend(given.0);
        let settings = Self(values);
        let database = settings.value("database");
        if matches!(database.source, Source::Flag(_)) && has_password(&database.text) {
            let reason = "everybody on this machine can read a password that is an argument; \
                          use TUNGNHA_RELAY_DATABASE, the file of settings or --database-file";
            return Err(settings.wrong("database", reason));
        }
        Ok(settings)
    }

    /// Where everything is kept.
    pub fn database(&self) -> Result<Database, ConfigError> {
        let file = &self.value("database_file").text;
        if file.is_empty() {
            let missing =
                "where is everything to be kept? Set database, such as sqlite:///var/lib/tungnha-relay/relay.db";
            return self.get("database")?.ok_or(ConfigError::Missing(missing));
        }
        if !self.value("database").text.is_empty() {
            return Err(self.wrong("database_file", "database is set as well; one of them is enough"));
        }
        let address = std::fs::read_to_string(file).map_err(|error| self.wrong("database_file", &error.to_string()))?;
        address.trim().parse().map_err(|reason: String| self.wrong("database_file", &reason))
    }

    /// How much is kept at most.
    pub fn quota(&self) -> Result<Quota, ConfigError> {
        let limit = |megabytes: u64| (megabytes > 0).then(|| megabytes.saturating_mul(1_000_000));
        Ok(Quota {
            space_bytes: limit(self.number("space_megabytes")?),
            device_bytes_a_day: limit(self.number("device_megabytes_a_day")?),
        })
    }

    /// What serving needs.
    pub fn serving(&self) -> Result<Serving, ConfigError> {
        Ok(Serving {
            listen: self.required("listen")?,
            tls: self.tls()?,
            proxies: self.get("trusted_proxies")?.unwrap_or_default(),
            metrics: self.metrics()?,
            connections: Connections {
                total: self.number("max_connections")?,
                per_address: self.number("max_connections_per_address")?,
                header: Duration::from_secs(self.number("header_seconds")?),
            },
            max_listeners: self.number("max_listeners")?,
            rates: (self.number("requests_a_minute_per_address")?, self.number("requests_a_minute_per_device")?),
            drain: Duration::from_secs(self.number("drain_seconds")?),
        })
    }

    /// What is logged, and how. Without a setting, what `RUST_LOG` says, or else `info`.
    pub fn log(&self) -> Result<(Option<&str>, LogFormat), ConfigError> {
        let filter = self.value("log").text.as_str();
        let format = match self.value("log_format").text.as_str() {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => return Err(self.wrong("log_format", "it is text or json")),
        };
        Ok(((!filter.is_empty()).then_some(filter), format))
    }

    /// Every setting as a line of a file of settings, with where it comes from; passwords are left out.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        SETTINGS.iter().map(|setting| {
            let Value { text, source } = self.value(setting.key);
            let text = without_password(text);
            let value = if text.parse::<u64>().is_ok() { text } else { toml::Value::String(text).to_string() };
            format!("{} = {value} # {source}", setting.key)
        })
    }

    fn tls(&self) -> Result<Option<(PathBuf, PathBuf)>, ConfigError> {
        match (self.get("tls_certificate")?, self.get("tls_key")?) {
            (Some(certificate), Some(key)) => Ok(Some((certificate, key))),
            (None, None) => Ok(None),
            (Some(_), None) => Err(self.wrong("tls_certificate", "tls_key has to be set as well")),
            (None, Some(_)) => Err(self.wrong("tls_key", "tls_certificate has to be set as well")),
        }
    }

    fn metrics(&self) -> Result<MetricsAt, ConfigError> {
        let Value { text, source } = self.value("metrics");
        match text.as_str() {
            "off" => Ok(MetricsAt::Off),
            "same" => Ok(MetricsAt::Same),
            _ => Ok(MetricsAt::Own(self.required("metrics")?, *source != Source::Default)),
        }
    }

    fn number<T: FromStr>(&self, key: &'static str) -> Result<T, ConfigError> {
        self.value(key).text.parse().map_err(|_| self.wrong(key, "it has to be a whole number that is not too large"))
    }

    fn required<T: FromStr<Err: fmt::Display>>(&self, key: &'static str) -> Result<T, ConfigError> {
        self.value(key).text.parse().map_err(|error: T::Err| self.wrong(key, &error.to_string()))
    }

    /// None when it is not set.
    fn get<T: FromStr<Err: fmt::Display>>(&self, key: &'static str) -> Result<Option<T>, ConfigError> {
        if self.value(key).text.is_empty() { Ok(None) } else { self.required(key).map(Some) }
    }

    fn value(&self, key: &str) -> &Value {
        static NOTHING: Value = Value { text: String::new(), source: Source::Default };
        self.0.get(key).unwrap_or(&NOTHING)
    }

    fn wrong(&self, key: &'static str, reason: &str) -> ConfigError {
        ConfigError::Value { key, source_of: self.value(key).source.clone(), reason: reason.into() }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        given: Given,
    }

    fn given(arguments: &[&str]) -> Given {
        Program::parse_from(std::iter::once(&"relay").chain(arguments)).given
    }

    fn file(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    fn with_file(text: &str, arguments: &[&str]) -> Result<Settings, String> {
        let file = file(text);
        let path = file.path().to_str().unwrap();
        let arguments = [&["--config", path], arguments].concat();
        Settings::resolve(given(&arguments)).map_err(|error| error.to_string().replace(path, "relay.toml"))
    }

    #[test]
    fn a_flag_counts_more_than_the_file_and_the_file_more_than_the_default() {
        let settings = with_file(
            "# A district's relay\nlisten = \"0.0.0.0:443\"\nmax_listeners = 20_000\ntrusted_proxies = [\"10.0.0.1\", \"10.1.0.0/16\"]\n",
            &["--max-listeners", "30"],
        );
        let settings = settings.unwrap();
        let serving = settings.serving().unwrap();
        assert_eq!(serving.listen.to_string(), "0.0.0.0:443");
        assert_eq!(serving.max_listeners, 30);
        assert_eq!(serving.connections, Connections::default());
        assert!(serving.proxies.contain([10, 1, 2, 3].into()));
        let lines: Vec<_> = settings.lines().collect();
        assert!(lines[0].starts_with("listen = \"0.0.0.0:443\" # ") && lines[0].ends_with(", line 2"), "{}", lines[0]);
        assert!(lines.contains(&"max_listeners = 30 # --max-listeners".to_owned()), "{lines:?}");
        assert!(lines.contains(&"max_connections = 12000 # default".to_owned()), "{lines:?}");
    }

    #[test]
    fn what_nobody_knows_is_refused_with_its_line_and_without_what_stands_there() {
        let refused = |text| with_file(text, &[]).unwrap_err();
        assert_eq!(refused("listen = \"0.0.0.0:443\"\nlissten = \"x\"\n"), "relay.toml:2: there is no setting lissten");
        assert_eq!(refused("[tls]\nkey = \"x\"\n"), "relay.toml:1: there is no setting tls");
        let broken = refused("\n\ndatabase = \"postgres://relay:s3cret@db/relay\" oops\n");
        assert!(broken.starts_with("relay.toml:3: ") && !broken.contains("s3cret"), "{broken}");
        assert!(refused("listen = [1]\n").starts_with("relay.toml:1: listen has to be"));
        assert!(Settings::resolve(given(&["--config", "/nowhere"])).unwrap_err().to_string().starts_with("/nowhere: "));
    }

    #[test]
    fn a_password_is_no_argument_and_is_never_printed() {
        let secret = "postgres://relay:s3cret@db/relay";
        let refused = Settings::resolve(given(&["--database", secret])).unwrap_err().to_string();
        assert!(refused.starts_with("database (--database): everybody") && !refused.contains("s3cret"), "{refused}");
        let settings = with_file(&format!("database = \"{secret}\""), &[]).unwrap();
        let lines = settings.lines().collect::<Vec<_>>().join("\n");
        assert!(lines.contains("postgres://relay:***@db/relay") && !lines.contains("s3cret"), "{lines}");
    }

    #[test]
    fn the_database_may_stand_in_a_file_of_its_own() {
        let kept = file("sqlite:///r.db\n");
        let path = kept.path().to_str().unwrap();
        let settings = Settings::resolve(given(&["--database-file", path])).unwrap();
        assert_eq!(settings.database().unwrap(), Database::Sqlite("/r.db".into()));
        let both = Settings::resolve(given(&["--database-file", path, "--database", "sqlite:///s.db"])).unwrap();
        assert!(both.database().is_err());
        assert!(Settings::resolve(Given::default()).unwrap().database().is_err());
    }

    #[test]
    fn what_makes_no_sense_is_told_by_name_and_place() {
        let wrong =
            |arguments: &[&str]| Settings::resolve(given(arguments)).unwrap().serving().unwrap_err().to_string();
        assert!(wrong(&["--listen", "everywhere"]).starts_with("listen (--listen): "));
        assert!(wrong(&["--max-connections=-1"]).starts_with("max_connections (--max-connections): "));
        assert!(wrong(&["--tls-key", "/k"]).starts_with("tls_key (--tls-key): tls_certificate"));
        assert!(wrong(&["--trusted-proxies", "10.0.0.1,proxy"]).contains("proxy is no address"));
        assert!(wrong(&["--metrics", "everywhere"]).starts_with("metrics (--metrics): "));
    }

    #[test]
    fn nothing_is_without_limit_unless_somebody_says_so() {
        let quota = |arguments: &[&str]| Settings::resolve(given(arguments)).unwrap().quota().unwrap();
        assert_eq!(quota(&[]).space_bytes, Some(2_000_000_000));
        assert_eq!(quota(&["--space-megabytes", "0"]).space_bytes, None);
        assert_eq!(quota(&["--device-megabytes-a-day", "1"]).device_bytes_a_day, Some(1_000_000));
    }
}
