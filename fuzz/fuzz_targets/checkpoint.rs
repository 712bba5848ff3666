//! Pages of a checkpoint, as a member's device may have made them in strange hands.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tungnha_protocol::SpaceId;
use tungnha_protocol::checkpoint::Reader;

fuzz_target!(|bytes: &[u8]| {
    // The first byte says where one page ends and the next begins.
    let Some((&at, rest)) = bytes.split_first() else { return };
    let (first, second) = rest.split_at(rest.len() * usize::from(at) / 256);
    let mut reader = Reader::new(SpaceId([0; 16]));
    if reader.read(first).is_ok() {
        let _ = reader.read(second);
    }
});
