//! Connections: how they are made, how many, and when one is not to be believed.
//!
//! **A commit that did not wait.** With a synchronous standby, PostgreSQL commits on its own disk first
//! and then waits for the standby's. When that waiting is cut short (`pg_cancel_backend`, an operator's
//! restart), the commit is reported as a success after a warning, although only the primary has it: if
//! that machine then dies, an acknowledgement would have been a lie. The warning comes before the
//! success, so the connection is dropped when it is seen, and whoever waits for the commit is told of a
//! failure. The chunk may be there: pushing it again finds it, behind a commit that did wait.

use std::{future::poll_fn, sync::Arc, time::Duration};

use deadpool_postgres::{Connect, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use futures_util::{FutureExt, future::BoxFuture};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    task::JoinHandle,
};
use tokio_postgres::{AsyncMessage, Client, Config, Connection, error::DbError};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::target::Target;
use crate::storage::StorageError as Error;

/// The most connections of one process, one more for what others have committed apart. More than the
/// database has cores gain little, and PostgreSQL allows a hundred in all unless told otherwise.
const MOST: usize = 16;

/// How long a request waits for a connection that is free, or for a new one.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) fn pool(target: &Target) -> Result<Pool, Error> {
    let settings = target.settings()?;
    let watched = Watched { tls: tls(settings.roots.as_deref())? };
    let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_connect(settings.config, watched, manager);
    let pool = Pool::builder(manager)
        .max_size(MOST)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE));
    pool.build().map_err(|error| Error::Failed(error.to_string()))
}

/// Makes connections of which every message is looked at.
struct Watched {
    tls: MakeRustlsConnect,
}

impl Connect for Watched {
    fn connect(&self, config: &Config) -> BoxFuture<'_, Result<(Client, JoinHandle<()>), tokio_postgres::Error>> {
        let config = config.clone();
        async move {
            let (client, connection) = config.connect(self.tls.clone()).await?;
            Ok((client, tokio::spawn(watch(connection))))
        }
        .boxed()
    }
}

/// Drives a connection until it ends, or until it is not to be believed any more.
async fn watch<S, T>(mut connection: Connection<S, T>)
where
    S: AsyncRead + AsyncWrite + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
        match message {
            Ok(AsyncMessage::Notice(notice)) if did_not_wait(&notice) => {
                tracing::error!(warning = notice.message(), "a commit did not wait for the standby");
                return;
            }
            Ok(AsyncMessage::Notice(notice)) => tracing::warn!(warning = notice.message(), "the database warns"),
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(reason = Error::from(error).to_string(), "a database connection has ended");
                return;
            }
        }
    }
}

/// The message is in the server's language and has no code of its own; the function that it comes from
/// has had this name since there are synchronous standbys (9.1).
fn did_not_wait(notice: &DbError) -> bool {
    notice.routine() == Some("SyncRepWaitForLSN")
}

pub(super) fn tls(roots: Option<&str>) -> Result<MakeRustlsConnect, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| Error::Failed(error.to_string()))?;
    let config = config.with_root_certificates(trusted(roots)?).with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn trusted(roots: Option<&str>) -> Result<RootCertStore, Error> {
    let mut trusted = RootCertStore::empty();
    match roots {
        // What the system has that cannot be read is missing, and a server that needs it is refused.
        None => _ = trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs),
        Some(file) => {
            let wrong = |error: &dyn std::fmt::Display| Error::Failed(format!("cannot use {file}: {error}"));
            for certificate in CertificateDer::pem_file_iter(file).map_err(|error| wrong(&error))? {
                let certificate = certificate.map_err(|error| wrong(&error))?;
                trusted.add(certificate).map_err(|error| wrong(&error))?;
            }
        }
    }
    Ok(trusted)
}
