//! A real PostgreSQL server for tests, of the system's own package.
//!
//! Each server has a folder of its own and listens on a socket in it and nowhere else, so that nothing
//! meets a database of the machine's. It runs as the user `postgres` where the tests run as root, which
//! PostgreSQL refuses. A small shell beside it removes everything when the tests are gone, however they
//! went: it waits for the end of a pipe that only this process holds open.
//!
//! Files are not forced to disk (`fsync=off`) unless a test wants it: what crashes in a test is a
//! program, not the machine. A machine without PostgreSQL fails the test and says what to install.

#![allow(clippy::unwrap_used)]

use std::{
    fs::{self, File, Permissions},
    io::Write,
    net::TcpListener,
    os::unix::{
        fs::{PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// Long enough for any machine, and short enough to see that something hangs.
const PATIENCE: Duration = Duration::from_secs(120);

const USER: &str = "tungnha";

const STOP_WHEN_ALONE: &str = r#"
    trap '' HUP INT TERM
    cat
    kill -QUIT "$(head -n 1 data/postmaster.pid)"
    for _ in $(seq 100); do [ -e data/postmaster.pid ] && sleep 0.1; done
    cd / && rm -rf "$1"
"#;

/// A PostgreSQL server, which is stopped and removed when this is dropped or the process ends.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
    settings: Vec<String>,
    port: u16,
    keeper: Child,
    postmaster: Mutex<Option<Child>>,
}

impl Server {
    /// The one server of this test process.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Server> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(&[]))
    }

    /// A server of its own, with settings such as `fsync=on`.
    pub fn start(settings: &[&str]) -> Self {
        let server = Self::in_new_folder(settings);
        server.make();
        server.start_again();
        server
    }

    fn make(&self) {
        let mut make = self.command("initdb");
        make.args(["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        succeed(make.args(["--username", USER, "--pgdata", "data"]));
    }

    /// A server that is reached by TLS at `localhost`, with this certificate and key (PEM), and its port.
    pub fn start_with_tls(certificate: &str, key: &str) -> (Self, u16) {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = Self::in_new_folder(&["listen_addresses=localhost", "ssl=on"]);
        server.port = port;
        server.make();
        for (name, text) in [("server.crt", certificate), ("server.key", key)] {
            let file = server.folder.join("data").join(name);
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
            if let Some((user, group)) = unprivileged() {
                chown(&file, Some(user), Some(group)).unwrap();
            }
        }
        server.start_again();
        (server, port)
    }

    fn in_new_folder(settings: &[&str]) -> Self {
        let programs = programs();
        let folder = tempfile::Builder::new().prefix("tungnha-pg-").tempdir().unwrap().keep();
        if let Some((user, group)) = unprivileged() {
            chown(&folder, Some(user), Some(group)).unwrap();
        }
        let mut keeper = Command::new("sh");
        keeper.args(["-c", STOP_WHEN_ALONE, "sh"]).arg(&folder).current_dir(&folder);
        let keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let settings = ["fsync=off"].iter().chain(settings).map(ToString::to_string).collect();
        Self { folder, programs, settings, port: 5432, keeper, postmaster: Mutex::default() }
    }

    /// Starts it again, after [`Server::crash`].
    pub fn start_again(&self) {
        let socket = format!("unix_socket_directories={}", self.folder.display());
        let port = format!("port={}", self.port);
        let mut options = vec!["listen_addresses=", "max_connections=300", &socket, &port];
        options.extend(self.settings.iter().map(String::as_str));
        let log = File::options().create(true).append(true).open(self.folder.join("log")).unwrap();
        let mut start = self.command("postgres");
        start.args(["-D", "data"]).args(options.iter().flat_map(|setting| ["-c", setting]));
        let mut started = start.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        wait_until("the server takes connections", || {
            let log = || fs::read_to_string(self.folder.join("log"));
            assert!(started.try_wait().unwrap().is_none(), "PostgreSQL did not start: {}", log().unwrap());
            self.command("pg_isready").arg("--quiet").arg("--host").arg(&self.folder).status().unwrap().success()
        });
        *self.postmaster.lock().unwrap() = Some(started);
    }

    /// Kills every process of it at once, as a power cut would.
    pub fn crash(&self) {
        let all: Vec<_> = self.processes().iter().map(ToString::to_string).collect();
        let mut postmaster = self.postmaster.lock().unwrap().take().expect("it runs");
        // Some may have ended meanwhile.
        let _ = Command::new("sh").args(["-c", "kill -KILL \"$@\"", "sh"]).args(&all).stderr(Stdio::null()).status();
        postmaster.wait().unwrap();
        wait_until("all its processes are gone", || all.iter().all(|process| !is_running(process)));
    }

    /// The numbers of its processes.
    pub fn processes(&self) -> Vec<u32> {
        let postmaster = self.postmaster.lock().unwrap().as_ref().expect("it runs").id();
        std::iter::once(postmaster).chain(children_of(postmaster)).collect()
    }

    /// Makes a database that nobody has yet, and tells its URL.
    pub fn fresh_database(&self) -> String {
        static NUMBER: AtomicUsize = AtomicUsize::new(1);
        let name = format!("story_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.url(&name)
    }

    /// The URL of one of its databases.
    pub fn url(&self, database: &str) -> String {
        url(&[self], database)
    }

    /// Runs SQL as the superuser, and returns what it answers, a line a row.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let mut psql = self.command("psql");
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]);
        psql.args(["--username", USER, "--dbname", database, "--command", sql]).arg("--host").arg(&self.folder);
        succeed(&mut psql)
    }

    /// A synchronous standby: from now on a commit here waits for it.
    pub fn standby(&self) -> Self {
        let standby = Self::in_new_folder(&[]);
        let mut copy = standby.command("pg_basebackup");
        copy.args(["--username", USER, "--pgdata", "data", "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]);
        succeed(copy.arg("--host").arg(&self.folder));
        standby.start_again();
        self.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'");
        self.sql("postgres", "SELECT pg_reload_conf()");
        wait_until("the standby is synchronous", || {
            self.sql("postgres", "SELECT sync_state FROM pg_stat_replication").trim() == "sync"
        });
        standby
    }

    /// Makes a standby the primary, which waits for nobody.
    pub fn promote(&self) {
        succeed(self.command("pg_ctl").args(["promote", "--wait", "--silent", "--pgdata", "data"]));
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(&self.folder).env("PGPORT", self.port.to_string()).env("LC_ALL", "C");
        if let Some((user, group)) = unprivileged() {
            command.uid(user).gid(group);
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
        if let Some(mut postmaster) = self.postmaster.lock().unwrap().take() {
            let _ = postmaster.wait();
        }
    }
}

/// The URL of a database that is on one of several servers.
pub fn url(servers: &[&Server], database: &str) -> String {
    let host = |server: &&Server| server.folder.display().to_string().replace('/', "%2F");
    let hosts: Vec<_> = servers.iter().map(host).collect();
    format!("postgres://{USER}@{}/{database}", hosts.join(","))
}

/// Waits for a condition; panics when it does not come.
#[track_caller]
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Debian keeps them apart by version, and outside of the path.
fn programs() -> PathBuf {
    let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
    let newest = versions.filter(|folder| folder.join("bin/initdb").exists()).max_by_key(version);
    newest.map(|folder| folder.join("bin")).expect(
        "PostgreSQL is not installed, and these tests are about it. Install Debian's package `postgresql` \
         (`./dev test rust` does so)",
    )
}

/// The user and group to run as, when the tests run as root.
fn unprivileged() -> Option<(u32, u32)> {
    static FOUND: OnceLock<Option<(u32, u32)>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let id = |arguments: &[&str]| succeed(Command::new("id").args(arguments)).trim().parse::<u32>().unwrap();
        (id(&["-u"]) == 0).then(|| (id(&["-u", "postgres"]), id(&["-g", "postgres"])))
    })
}

#[track_caller]
fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    if !output.status.success() {
        let mut stderr = std::io::stderr().lock();
        stderr.write_all(&output.stderr).unwrap();
        panic!("{command:?} failed");
    }
    String::from_utf8(output.stdout).unwrap()
}

fn children_of(parent: u32) -> Vec<u32> {
    let wanted = format!("PPid:\t{parent}\n");
    let processes = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path());
    let is_child = |folder: &Path| fs::read_to_string(folder.join("status")).is_ok_and(|text| text.contains(&wanted));
    let children = processes.filter(|folder| is_child(folder));
    children.filter_map(|folder| folder.file_name()?.to_str()?.parse().ok()).collect()
}

/// A zombie that nobody has waited for is not running any more.
fn is_running(process: &str) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status"));
    status.is_ok_and(|text| !text.contains("State:\tZ"))
}
