//! A `.tungnha` file, in parts as it is read; also with a closing hash that holds, so that what lies
//! behind it is reached.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tungnha_protocol::bundle::Reader;

fn read(bytes: &[u8]) -> bool {
    let mut reader = Reader::new();
    bytes.chunks(977).all(|part| reader.push(part).is_ok()) && reader.finish().is_ok()
}

fuzz_target!(|bytes: &[u8]| {
    let whole = read(bytes);
    let mut closed = bytes.to_vec();
    closed.extend(blake3::hash(bytes).as_bytes());
    let holds = read(&closed);
    assert!(!(whole && holds), "a file ends in one place");
});
