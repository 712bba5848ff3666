//! The certificate, from files that somebody else renews.
//!
//! The files are looked at every few seconds and read again when they have changed, or when the operator
//! says so (SIGHUP), so that a renewal needs no restart and cuts no stream: connections that stand keep
//! what they began with. A pair that does not fit, because one of the two was written first, changes
//! nothing and is tried again.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

/// A certificate and its key, as they are in two files.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    /// What is shown to new connections, and what the files looked like when it was read.
    current: RwLock<(Arc<ServerConfig>, Stamp)>,
}

/// When the two files were last written, as far as can be told.
type Stamp = [Option<SystemTime>; 2];

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file that cannot be read, or has nothing of the kind in it.
    #[error("{file}: {reason}")]
    File {
        /// Its name.
        file: String,
        /// What is wrong, which tells nothing of what is in it.
        reason: String,
    },
    /// The two do not fit, or rustls does not take them.
    #[error("the certificate and the key cannot be used: {0}")]
    Pair(rustls::Error),
}

impl Tls {
    /// Reads a certificate with its chain, the server's own first, and its key, both PEM.
    pub fn open(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let stamp = stamp(certificate, key);
        let config = read(certificate, key)?;
        Ok(Self { certificate: certificate.into(), key: key.into(), current: RwLock::new((config, stamp)) })
    }

    /// What a new connection is met with.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(Arc::clone(&current.0))
    }

    /// Reads the files again.
    pub fn reload(&self) -> Result<(), TlsError> {
        let stamp = stamp(&self.certificate, &self.key);
        let config = read(&self.certificate, &self.key)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = (config, stamp);
        tracing::info!("the certificate was read again");
        Ok(())
    }

    /// Looks at the files so often, and reads them again whenever they have changed, for as long as the task
    /// lives.
    pub async fn follow(&self, every: Duration) {
        let mut failed = None;
        loop {
            tokio::time::sleep(every).await;
            let now = stamp(&self.certificate, &self.key);
            if now == self.current.read().unwrap_or_else(PoisonError::into_inner).1 {
                continue;
            }
            let outcome = self.reload();
            // Said once for each state of the files.
            if let Err(error) = outcome
                && failed != Some(now)
            {
                tracing::error!(%error, "the certificate has changed and cannot be used; the one before stays");
                failed = Some(now);
            }
        }
    }
}

fn stamp(certificate: &Path, key: &Path) -> Stamp {
    [certificate, key].map(|file| std::fs::metadata(file).and_then(|file| file.modified()).ok())
}

fn read(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let wrong = |file: &Path, reason: rustls::pki_types::pem::Error| TlsError::File {
        file: file.display().to_string(),
        reason: reason.to_string(),
    };
    let chain = CertificateDer::pem_file_iter(certificate).map_err(|error| wrong(certificate, error))?;
    let chain = chain.collect::<Result<Vec<_>, _>>().map_err(|error| wrong(certificate, error))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, error))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(TlsError::Pair)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(TlsError::Pair)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
