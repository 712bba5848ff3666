//! What a member's chunk holds: hostile too, for a member's device may be in strange hands.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tungnha_protocol::payload::{decode, encode};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(documents) = decode(bytes) {
        let again = encode(&documents).expect("what was read can be written");
        assert_eq!(decode(&again).as_ref(), Ok(&documents));
    }
});
