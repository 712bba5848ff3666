//! Somebody on the same Wi-Fi who stands between a visitor and a station, with a certificate of his own:
//! he reads every byte of both and hands it on.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, ServerConfig, ServerConnection};
use rustls::{SignatureScheme, StreamOwned};
use tungnha_protocol::ids::{Nonce, Proof};
use tungnha_protocol::meet::{Met, Proved, Shared};
use tungnha_protocol::wire::Body;

/// How long he waits for more before he looks at the other side.
const TURN: Duration = Duration::from_millis(10);

/// A stranger between a visitor and a station.
pub struct Between {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Between {
    /// Stands before this station. `new_each_time`: he hangs up after each answer, and shows another
    /// certificate to whoever calls again.
    pub fn before(station: SocketAddr, new_each_time: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let between = Self { address: listener.local_addr().unwrap(), heard: Arc::default() };
        let heard = between.heard.clone();
        std::thread::spawn(move || {
            let mut shown = server();
            for visitor in listener.incoming().map_while(Result::ok) {
                if new_each_time {
                    shown = server();
                }
                let (config, heard) = (shown.clone(), heard.clone());
                std::thread::spawn(move || hand_on(visitor, config, station, &heard, new_each_time));
            }
        });
        between
    }

    /// Where visitors find him.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// All that visitor and station said to him.
    pub fn heard(&self) -> Vec<u8> {
        self.heard.lock().unwrap().clone()
    }
}

fn server() -> Arc<ServerConfig> {
    let made = rcgen::generate_simple_self_signed(Vec::new()).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key.into()).unwrap())
}

/// A machine that pretends to be a station: it claims to hold whatever key a visitor proves, and keeps
/// all that it is told.
pub struct Pretender {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Pretender {
    /// Waits for visitors.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let pretender = Self { address: listener.local_addr().unwrap(), heard: Arc::default() };
        let (heard, config) = (pretender.heard.clone(), server());
        std::thread::spawn(move || {
            for visitor in listener.incoming().map_while(Result::ok) {
                let mut visitor = StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), visitor);
                while let Some(request) = request(&mut visitor) {
                    heard.lock().unwrap().extend(&request);
                    let body = claim(&request);
                    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                    if visitor.write_all(&[head.as_bytes(), &body].concat()).is_err() || visitor.flush().is_err() {
                        break;
                    }
                }
            }
        });
        pretender
    }

    /// Where visitors find it.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// All that visitors said.
    pub fn heard(&self) -> Vec<u8> {
        self.heard.lock().unwrap().clone()
    }
}

/// One whole request; none when the visitor has gone.
fn request(visitor: &mut impl Read) -> Option<Vec<u8>> {
    let mut read = Vec::new();
    loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&read[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse::<usize>().ok()?;
            if read.len() >= end + 4 + length {
                return Some(read);
            }
        }
        let mut buffer = [0; 4096];
        let count = visitor.read(&mut buffer).ok().filter(|count| *count > 0)?;
        read.extend(&buffer[..count]);
    }
}

fn claim(request: &[u8]) -> Vec<u8> {
    if request.starts_with(b"POST /v1/meet HTTP") {
        return Met { nonce: Nonce::random() }.to_bytes();
    }
    let shared = (0..8).map(|number| Shared { number, proof: Proof::random() }).collect();
    Proved { shared }.to_bytes()
}

/// A connection to a station by somebody who cares for no certificate.
pub fn call(station: SocketAddr) -> StreamOwned<ClientConnection, TcpStream> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.dangerous().with_custom_certificate_verifier(Arc::new(Anybody)).with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), station.ip().into()).unwrap();
    StreamOwned::new(client, TcpStream::connect(station).unwrap())
}

fn hand_on(visitor: TcpStream, config: Arc<ServerConfig>, station: SocketAddr, heard: &Mutex<Vec<u8>>, hangs_up: bool) {
    let mut visitor = StreamOwned::new(ServerConnection::new(config).unwrap(), visitor);
    let mut station = call(station);
    visitor.sock.set_read_timeout(Some(TURN)).unwrap();
    station.sock.set_read_timeout(Some(TURN)).unwrap();
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(60) {
        let (Some(_), Some(answered)) =
            (pass(&mut visitor, &mut station, heard), pass(&mut station, &mut visitor, heard))
        else {
            return;
        };
        if hangs_up && answered > 0 {
            visitor.conn.send_close_notify();
            let _ = visitor.flush();
            return;
        }
    }
}

/// Hands on what is there; none when one of them has gone.
fn pass(from: &mut impl Read, to: &mut impl Write, heard: &Mutex<Vec<u8>>) -> Option<usize> {
    let mut buffer = vec![0; 64 * 1024];
    match from.read(&mut buffer) {
        Ok(0) => None,
        Ok(count) => {
            heard.lock().unwrap().extend(&buffer[..count]);
            to.write_all(&buffer[..count]).ok()?;
            to.flush().ok()?;
            Some(count)
        }
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Some(0),
        Err(_) => None,
    }
}

#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
