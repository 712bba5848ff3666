//! Visiting a station: the way to a member's device that serves a room without internet.
//!
//! Nobody has vouched for its certificate, so any is taken at first and only that one from then on; the
//! handshake proves that the other side has its key. Who that is, the meeting proves ([`super::meet`]): both sides
//! show over this very certificate that they hold the space's key.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::blocking::Client;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use tungnha_protocol::RelayUrl;
use tungnha_protocol::ids::{DeviceId, Nonce};
use tungnha_protocol::meet::{JoinedRoom, Meet, Meeting, Met, Proved};
use tungnha_protocol::wire::Body;

use super::http;
use super::meet::{Proving, Visitor};
use crate::error::{Error, Result};

/// It is in this room, or it is not there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(6);

/// A visit to one station, under the certificate that it showed first.
pub struct Visit {
    url: String,
    client: Client,
    pin: Arc<Pin>,
}

/// Who was met.
pub struct Host {
    /// The station's device.
    pub device: DeviceId,
    /// The full name of whoever uses it, as it says.
    pub name: String,
    /// This device's token there.
    pub token: [u8; 32],
}

impl Visit {
    /// A visit to the station at this address. Nothing is sent yet.
    pub fn to(station: &RelayUrl) -> Result<Self> {
        let failed = |message: String| Error::new("internal", message);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let pin = Arc::new(Pin { provider: provider.clone(), shown: OnceLock::new(), changed: AtomicBool::new(false) });
        let tls = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(|error| failed(error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(pin.clone())
            .with_no_client_auth();
        let client = http::builder().connect_timeout(CONNECT_TIMEOUT).no_proxy().tls_backend_preconfigured(tls);
        let client = client.build().map_err(|error| failed(error.to_string()))?;
        Ok(Self { url: station.to_string(), client, pin })
    }

    /// Posts a body; the answer's body, or what is wrong in the words of a room.
    pub fn post(&self, path: &str, token: Option<&[u8; 32]>, body: Vec<u8>) -> Result<Vec<u8>> {
        http::post_with(&self.client, &self.url, path, token, body).map_err(|error| self.explain(error))
    }

    /// Begins a meeting.
    pub fn greet(&self) -> Result<Meeting> {
        let visitor = Nonce::random();
        let met: Met = self.call("/v1/meet", &Meet { nonce: visitor })?;
        let certificate = self.pin.shown.get().copied();
        let certificate = certificate.ok_or_else(|| Error::new("internal", "no certificate was shown"))?;
        Ok(Meeting { certificate, visitor, station: met.nonce })
    }

    /// Goes on with a meeting: both sides prove that they hold the space's key, then the visitor says
    /// who it is. `station_other_team` when they do not; the station has learnt nothing then.
    pub fn meet(&self, meeting: &Meeting, visitor: &Visitor<'_>) -> Result<Host> {
        let proving = Proving::new(*meeting, visitor.keys);
        let proved: Proved = self.call("/v1/meet/prove", &proving.prove())?;
        let token = tungnha_protocol::random_bytes();
        let call = proving.join(&proved, visitor, &token)?;
        let JoinedRoom { device, name } = self.call("/v1/meet/join", &call)?;
        Ok(Host { device, name: name.chars().take(MAX_NAME).collect(), token })
    }

    fn call<A: Body, B: Body>(&self, path: &str, body: &A) -> Result<B> {
        let answer = self.post(path, None, body.to_bytes())?;
        B::from_bytes(&answer).map_err(|error| Error::new("station_answer", error.to_string()))
    }

    /// What is said of relays does not fit a device in the same room.
    fn explain(&self, error: Error) -> Error {
        let code = match error.code() {
            _ if self.pin.changed.load(Ordering::SeqCst) => "station_changed",
            "offline" => "station_unreachable",
            code if code.starts_with("invite_") || code == "internal" => code,
            _ => "station_answer",
        };
        Error { code, ..error }
    }
}

/// A name on the screen, not a letter.
const MAX_NAME: usize = 100;

/// Takes the first certificate that is shown, and then no other.
#[derive(Debug)]
struct Pin {
    provider: Arc<CryptoProvider>,
    shown: OnceLock<[u8; 32]>,
    changed: AtomicBool,
}

impl ServerCertVerifier for Pin {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        let hash = *blake3::hash(certificate).as_bytes();
        if *self.shown.get_or_init(|| hash) == hash {
            return Ok(ServerCertVerified::assertion());
        }
        self.changed.store(true, Ordering::SeqCst);
        Err(rustls::CertificateError::ApplicationVerificationFailure.into())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
