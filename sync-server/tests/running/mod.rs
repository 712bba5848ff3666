//! The program itself as a process, and a device that talks to it.
#![allow(dead_code, clippy::unwrap_used)]

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use tungnha_protocol::{
    Chunk, ChunkId, Pass, RollingHash, SpaceId,
    frames::{Hello, Push, Request, Response, SpaceAnswer},
};

use crate::{common::Device, http_client::try_call};

/// A relay that serves; killed when it is dropped.
pub struct Running {
    pub child: Child,
    pub address: SocketAddr,
}

/// The program with a database, which stands in no argument list.
pub fn program(database: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tungnha-relay"));
    command.args(arguments).env("TUNGNHA_RELAY_DATABASE", database).env("RUST_LOG", "debug");
    // These stories ask as fast as they can, all from one address; how often one may ask is told in serving.rs.
    command.env("TUNGNHA_RELAY_REQUESTS_A_MINUTE_PER_ADDRESS", "0");
    command.env("TUNGNHA_RELAY_REQUESTS_A_MINUTE_PER_DEVICE", "0");
    command
}

impl Running {
    /// Starts it on a free port; its log is added to a file.
    pub fn start(database: &str, log: &Path) -> Self {
        Self::start_at("127.0.0.1:0", database, log)
    }

    pub fn start_at(listen: &str, database: &str, log: &Path) -> Self {
        Self::start_with(listen, database, log, &[])
    }

    pub fn start_with(listen: &str, database: &str, log: &Path, more: &[&str]) -> Self {
        let log = std::fs::File::options().create(true).append(true).open(log).unwrap();
        let mut command = program(database, &[&["serve", "--listen", listen], more].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (_, address) = line.trim().split_once("://").expect(&line);
        Self { address: address.parse().unwrap(), child }
    }

    /// SIGKILL, and waits until it is gone.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, as its operator would.
    pub fn stop(&mut self) {
        let told = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success() && self.child.wait().unwrap().success(), "SIGTERM ends it in good order");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn make_pass(database: &str) -> Pass {
    let made = program(database, &["pass", "--url", "http://localhost:7443", "--uses", "2"]).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    Pass::parse(&String::from_utf8(made.stdout).unwrap()).unwrap()
}

/// The ids of a whole log, whose numbers are checked on the way, and by the relay its hashes.
pub fn read_all(from: SocketAddr, device: &Device, space: SpaceId) -> Vec<ChunkId> {
    let (mut ids, mut place) = (Vec::new(), RollingHash::NONE);
    loop {
        let answer = sync_at(from, device, Hello::at(space, place), &[]).unwrap();
        assert_eq!(answer.rewind, None);
        if let Some(welcome) = answer.welcome {
            place = RollingHash::start(&welcome.incarnation);
        }
        for pull in &answer.pulls {
            place = place.then(&pull.id());
            assert_eq!(pull.seq, place.seq);
            ids.push(pull.id());
        }
        if answer.more.is_none() {
            return ids;
        }
    }
}

pub fn sync(to: SocketAddr, device: &Device, space: SpaceId, chunks: &[Chunk]) -> std::io::Result<SpaceAnswer> {
    sync_at(to, device, Hello::at(space, RollingHash::NONE), chunks)
}

/// One exchange. An error when the relay is gone or cannot do it.
pub fn sync_at(to: SocketAddr, device: &Device, hello: Hello, chunks: &[Chunk]) -> std::io::Result<SpaceAnswer> {
    let pushes = chunks.iter().map(|chunk| Push { space_index: 0, bytes: chunk.bytes().to_vec() });
    let hellos = vec![hello];
    let request = Request { hellos, pushes: pushes.collect(), ..Request::default() }.encode();
    let answer = try_call(to, "POST", "/v1/sync", Some(&device.token), &request)?;
    match answer.status {
        200 => Ok(Response::decode(&answer.body, 1).unwrap().spaces.remove(0)),
        status => Err(std::io::Error::other(format!("status {status}"))),
    }
}
