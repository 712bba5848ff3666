//! A wire between devices and a relay on which every byte of TCP payload is counted, HTTP headers
//! included. Nothing else about the connection is changed.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A counting wire to one relay. Its threads end with their connections.
pub struct Wire {
    address: SocketAddr,
    counted: Arc<Counted>,
}

#[derive(Default)]
struct Counted {
    up: AtomicUsize,
    down: AtomicUsize,
}

impl Wire {
    /// Lays a wire to this address.
    pub fn to(relay: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let wire = Self { address: listener.local_addr().unwrap(), counted: Arc::default() };
        let counted = wire.counted.clone();
        std::thread::spawn(move || {
            for device in listener.incoming().map_while(Result::ok) {
                let Ok(relay) = TcpStream::connect(relay) else { continue };
                let (up, down) = (counted.clone(), counted.clone());
                let (from, to) = (device.try_clone().unwrap(), relay.try_clone().unwrap());
                std::thread::spawn(move || carry(from, to, |count| up.up.fetch_add(count, Ordering::SeqCst)));
                std::thread::spawn(move || carry(relay, device, |count| down.down.fetch_add(count, Ordering::SeqCst)));
            }
        });
        wire
    }

    /// Where devices reach the relay through it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where its near end is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Bytes up and down since this was asked last.
    pub fn take_counts(&self) -> (usize, usize) {
        (self.counted.up.swap(0, Ordering::SeqCst), self.counted.down.swap(0, Ordering::SeqCst))
    }
}

/// Counts before it carries: whoever has received bytes finds them counted.
fn carry(mut from: TcpStream, mut to: TcpStream, count: impl Fn(usize) -> usize) {
    let _ = to.set_nodelay(true);
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read) = from.read(&mut buffer)
        && read > 0
    {
        count(read);
        if to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
