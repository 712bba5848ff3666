//! What the processes on one database tell each other: whose logs have grown.
//!
//! Each process gathers for a moment what it has committed and sends one notification, on a connection
//! that does nothing else. Inside the appending transaction a notification would take a lock that all
//! the database's commits share. The same connection hears what the others send. When it breaks it is
//! made anew, and then everybody who listens here is woken, because something may have been missed.
//! What a process has committed and not told yet when it is killed is found at the next exchange.

use std::{convert::Infallible, future::poll_fn, time::Duration};

use tokio::{
    sync::mpsc,
    time::{sleep, timeout},
};
use tokio_postgres::{AsyncMessage, Client, Notification};
use tokio_postgres_rustls::MakeRustlsConnect;
use tungnha_protocol::SpaceId;

use super::{ANSWER, Target, connections};
use crate::{GrownHere, Hub, storage::StorageError as Error};

const LISTEN: &str = "LISTEN tungnha_relay";

const TELL: &str = "SELECT pg_notify('tungnha_relay', news) FROM unnest($1::text[]) AS news";

/// How long news are gathered before they are sent.
const GATHER: Duration = Duration::from_millis(30);

/// A notification has fewer than 8000 bytes, and a space's name 22 and a blank.
const SPACES: usize = 300;

/// Without news, so often it is tried whether the connection still works.
const SILENCE: Duration = Duration::from_secs(30);

/// How long to wait before a connection that broke is made anew.
const AGAIN: Duration = Duration::from_secs(1);

/// News between this process and the others on its database.
pub struct News {
    config: tokio_postgres::Config,
    tls: MakeRustlsConnect,
    hub: Hub,
    here: GrownHere,
}

impl News {
    /// News of the logs in this database, for who listens at this hub.
    pub fn new(target: &Target, hub: &Hub) -> Result<Self, Error> {
        let settings = target.settings()?;
        let mut config = settings.config;
        // What is lost with the server has nobody to hear it.
        let options = config.get_options().unwrap_or_default();
        config.options(format!("{options} -c synchronous_commit=off"));
        let tls = connections::tls(settings.roots.as_deref())?;
        Ok(Self { config, tls, hub: hub.clone(), here: hub.grown_here() })
    }

    /// Tells and hears, for as long as it is polled.
    pub async fn share(&self) -> Infallible {
        loop {
            let Err(error) = self.share_on_one_connection().await;
            tracing::warn!(reason = error.to_string(), "no news from other processes");
            sleep(AGAIN).await;
        }
    }

    /// Tells what was committed last, before the process ends.
    pub async fn tell_the_rest(&self) -> Result<(), Error> {
        let rest = self.here.take();
        if rest.is_empty() {
            return Ok(());
        }
        let (client, _notifications) = self.connect().await?;
        self.here.put_back(rest);
        self.tell(&client).await
    }

    async fn share_on_one_connection(&self) -> Result<Infallible, Error> {
        let (client, notifications) = self.connect().await?;
        client.batch_execute(LISTEN).await?;
        let own: i32 = client.query_one("SELECT pg_backend_pid()", &[]).await?.get(0);
        self.hub.woken_all();
        tracing::debug!("hearing what other processes commit");
        let (never, _) = tokio::try_join!(self.hear(notifications, own), self.tell_on(&client))?;
        Ok(never)
    }

    async fn connect(&self) -> Result<(Client, mpsc::Receiver<Notification>), Error> {
        let connected = timeout(ANSWER, self.config.connect(self.tls.clone())).await;
        let (client, mut connection) = connected.map_err(|_| no_answer())??;
        let (heard, notifications) = mpsc::channel(64);
        tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
                if let AsyncMessage::Notification(notification) = message
                    && heard.send(notification).await.is_err()
                {
                    return;
                }
            }
        });
        Ok((client, notifications))
    }

    async fn hear(&self, mut notifications: mpsc::Receiver<Notification>, own: i32) -> Result<Infallible, Error> {
        while let Some(notification) = notifications.recv().await {
            if notification.process_id() != own {
                let spaces = notification.payload().split(' ').filter_map(|name| name.parse::<SpaceId>().ok());
                spaces.for_each(|space| self.hub.woken(&space, None));
            }
        }
        Err(Error::Failed("the connection has ended".into()))
    }

    async fn tell_on(&self, client: &Client) -> Result<Infallible, Error> {
        loop {
            match timeout(SILENCE, self.here.wait()).await {
                Ok(()) => {
                    sleep(GATHER).await;
                    self.tell(client).await?;
                }
                Err(_) => timeout(ANSWER, client.batch_execute("SELECT 1")).await.map_err(|_| no_answer())??,
            }
        }
    }

    async fn tell(&self, client: &Client) -> Result<(), Error> {
        let spaces = self.here.take();
        let names: Vec<_> = spaces.iter().map(ToString::to_string).collect();
        let news: Vec<_> = names.chunks(SPACES).map(|names| names.join(" ")).collect();
        let told = timeout(ANSWER, client.execute(TELL, &[&news])).await;
        let told = told.map_err(|_| no_answer()).and_then(|told| Ok(told?));
        if told.is_err() {
            self.here.put_back(spaces);
        }
        told.map(|_| ())
    }
}

fn no_answer() -> Error {
    Error::Failed("the database does not answer".into())
}
