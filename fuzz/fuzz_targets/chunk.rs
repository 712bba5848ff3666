//! Sealed chunks: parsing, and opening what parses. So that the bytes behind the signature and the
//! seal are reached too, each input is also sealed and signed as a plaintext, and as a header.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tungnha_protocol::chunk::{Chunk, Kind, Lane, MAX_PLAINTEXT, SealInput, seal};
use tungnha_protocol::{DeviceKey, SpaceId, SpaceKey};

/// The bytes of a signature.
const SIGNATURE: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    let (device, key) = (DeviceKey::from_bytes(&[1; 32]), SpaceKey::from_bytes([2; 32]));
    let read = |bytes: Vec<u8>| {
        if let Ok(chunk) = Chunk::parse(bytes.clone()) {
            assert_eq!(chunk.bytes(), bytes, "a chunk is the bytes that it was read from");
            let _ = chunk.open(&key);
        }
    };
    read(bytes.to_vec());
    let mut signed = bytes.to_vec();
    signed.extend(device.sign(&[b"tungnha chunk", &blake3::hash(bytes).as_bytes()[..]].concat()));
    read(signed);
    if bytes.len() <= MAX_PLAINTEXT {
        let input = SealInput {
            kind: Kind::Data,
            lane: Lane::Records,
            space: SpaceId([3; 16]),
            key: &key,
            device: &device,
            nonce: [4; 24],
            plaintext: bytes,
        };
        let chunk = seal(input).expect("what fits is sealed");
        assert_eq!(chunk.open(&key).as_deref(), Ok(bytes));
        let mut cut = chunk.into_bytes();
        cut.truncate(cut.len() - SIGNATURE);
        read(cut);
    }
});
