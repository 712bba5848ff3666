//! Requests and responses of an exchange, offers and wants among them: what is read is written again
//! as it was meant.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tungnha_protocol::frames::{Request, Response};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = Request::decode(bytes) {
        assert_eq!(Request::decode(&request.encode()).as_ref(), Ok(&request));
    }
    if let Ok(response) = Response::decode(bytes, 3) {
        assert_eq!(Response::decode(&response.encode(), 3).as_ref(), Ok(&response));
    }
});
