//! The program itself: started, killed, asked for a pass, stopped.
#![allow(clippy::unwrap_used)]

mod common;
mod http_client;
mod program;

use std::net::SocketAddr;

use common::*;
use http_client::{call, try_call};
use program::{Running, make_pass};
use tungnha_protocol::{
    Chunk, ChunkId, RollingHash, SpaceId,
    frames::{Hello, Push, Request, Response, SpaceAnswer},
    wire::Body,
};

/// The ids of a whole log, whose numbers are checked on the way, and by the relay its hashes.
fn read_all(from: SocketAddr, device: &Device, space: SpaceId) -> Vec<ChunkId> {
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

fn sync(to: SocketAddr, device: &Device, space: SpaceId, chunks: &[Chunk]) -> std::io::Result<SpaceAnswer> {
    sync_at(to, device, Hello::at(space, RollingHash::NONE), chunks)
}

fn sync_at(to: SocketAddr, device: &Device, hello: Hello, chunks: &[Chunk]) -> std::io::Result<SpaceAnswer> {
    let pushes = chunks.iter().map(|chunk| Push { space_index: 0, bytes: chunk.bytes().to_vec() });
    let hellos = vec![hello];
    let request = Request { hellos, pushes: pushes.collect(), ..Request::default() }.encode();
    let answer = try_call(to, "POST", "/v1/sync", Some(&device.token), &request)?;
    Ok(Response::decode(answer.ok(), 1).unwrap().spaces.remove(0))
}

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    let mut running = Running::start(folder.path());
    let pass = make_pass(folder.path()); // while the relay serves
    call(running.address, "POST", "/v1/spaces", None, &hoa.opens(space, &pass).to_bytes()).ok();
    let mut acknowledged = Vec::new();
    for round in 0..5 {
        // The kill falls somewhere into the writing: a second thread pushes until the relay is gone.
        let (address, writer) = (running.address, hoa.clone());
        let pushing = std::thread::spawn(move || {
            let mut acks = Vec::new();
            for i in 0.. {
                let visit = writer.visit(space, &format!("visit {round} {i}"));
                match sync(address, &writer, space, &[visit]) {
                    Ok(answer) => acks.extend(answer.acks),
                    Err(_) => break,
                }
            }
            acks
        });
        let enough = acknowledged.len() as u64 + 10;
        while sync(running.address, &hoa, space, &[]).unwrap().welcome.unwrap().head.seq < enough {}
        running.kill();
        acknowledged.extend(pushing.join().unwrap());
        running = Running::start(folder.path());
    }
    assert!(acknowledged.len() >= 40, "{}", acknowledged.len());
    let log = read_all(running.address, &hoa, space);
    for ack in acknowledged {
        assert_eq!(log[ack.seq as usize - 1], ack.id);
    }
}

#[test]
fn neither_the_log_nor_the_file_has_a_secret_or_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let (hoa, space) = (device("Hoà"), space("Vân Hồ"));
    let mut running = Running::start(folder.path());
    let pass = make_pass(folder.path());
    call(running.address, "POST", "/v1/spaces", None, &hoa.opens(space, &pass).to_bytes()).ok();
    let invite = invite("for Lan");
    let call_invite = offer(&invite, space, 1, 1).to_bytes();
    call(running.address, "POST", "/v1/invites", Some(&hoa.token), &call_invite).ok();
    call(running.address, "POST", "/v1/join", None, &device("Lan").joins(&invite).to_bytes()).ok();
    sync(running.address, &hoa, space, &[hoa.visit(space, "bà Giàng Thị Mỷ, nhà cuối bản")]).unwrap();

    running.stop();

    let mut everything = Vec::new();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        everything.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let link_secret = |link: String| link.split_once('#').unwrap().1.as_bytes().to_vec();
    let token = data_encoding::BASE64URL_NOPAD.encode(&hoa.token).into_bytes();
    for secret in [
        "Giàng Thị".as_bytes().to_vec(),
        "Hua Tạt".as_bytes().to_vec(), // the team's name, in the sealed envelope
        hoa.token.to_vec(),
        token,
        link_secret(pass.link()),
        link_secret(invite.link()),
        pass.auth().to_vec(),
        invite.auth().to_vec(),
        vec![3; 32], // the space's key
    ] {
        let found = everything.windows(secret.len()).any(|window| window == secret);
        assert!(!found, "{:?}", String::from_utf8_lossy(&secret));
    }
    let known = space.0;
    assert!(everything.windows(16).any(|window| window == known), "the search itself works");
}
