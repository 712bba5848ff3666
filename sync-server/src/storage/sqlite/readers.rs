//! Threads that read, each with a connection of its own, on which blocking is allowed.
//!
//! They share one queue, and whoever takes from it takes a few questions together and answers them from one
//! moment of the database. When many ask, threads are therefore neither woken for each question nor begin
//! anew for it: a snapshot that another commit has overtaken empties SQLite's page cache.

use std::{
    iter,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::storage::StorageError as Error;

/// The most questions that are answered from one moment. A slow one keeps no more than these waiting.
const GROUP: usize = 8;
/// The most questions that wait; who has another waits to ask.
const QUEUE: usize = 256;

/// Asks its question, or says why there is no moment to ask it of.
type Job = Box<dyn FnOnce(Result<&Connection, &rusqlite::Error>) + Send>;

/// The threads, until this is dropped: then they answer what was asked, and close their connections.
pub(super) struct Readers {
    jobs: Option<mpsc::Sender<Job>>,
    threads: Vec<thread::JoinHandle<()>>,
}

impl Readers {
    /// A thread for each connection.
    pub(super) fn start(connections: Vec<Connection>) -> Result<Self, Error> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        let start = |connection| {
            let queue = Arc::clone(&queue);
            thread::Builder::new().name("relay-reader".into()).spawn(move || answer_in_groups(&connection, &queue))
        };
        let threads: std::io::Result<_> = connections.into_iter().map(start).collect();
        Ok(Self { jobs: Some(jobs), threads: threads.map_err(|error| Error::Failed(error.to_string()))? })
    }

    /// Asks a question; all queries in it see one moment.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |moment| {
            let moment = moment.map_err(|error| Error::Failed(error.to_string()));
            // The caller may have hung up.
            let _ = answer.send(moment.and_then(question));
        });
        let stopped = || Error::Failed("the readers have stopped".into());
        let jobs = self.jobs.as_ref().ok_or_else(stopped)?;
        jobs.send(job).await.map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn answer_in_groups(connection: &Connection, queue: &Mutex<mpsc::Receiver<Job>>) {
    while let Some(group) = take_group(queue) {
        match connection.unchecked_transaction() {
            Ok(moment) => group.into_iter().for_each(|job| job(Ok(&moment))),
            Err(error) => group.into_iter().for_each(|job| job(Err(&error))),
        }
    }
}

/// The next questions, once there are any; none when no more will come.
fn take_group(queue: &Mutex<mpsc::Receiver<Job>>) -> Option<Vec<Job>> {
    // The other readers wait here meanwhile.
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let first = queue.blocking_recv()?;
    let more = iter::from_fn(|| queue.try_recv().ok());
    Some(iter::once(first).chain(more.take(GROUP - 1)).collect())
}
