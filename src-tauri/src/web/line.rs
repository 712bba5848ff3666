//! A line that stays open for commands. A page in a slow browser has an answer over it in a third of the time that a
//! request of its own takes, and that time is most of what a tap costs there.
//!
//! A message is a number, a space, and what `/execute` takes; its answer begins with the same number. Answers come when
//! they are ready, in whatever order.

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use tokio::task::JoinSet;
use tungnha_core::api::Gate;

use super::Door;
use crate::commands;

pub const PATH: &str = "/line";

/// In bytes. What is larger goes by `/execute`.
const MESSAGE_LIMIT: usize = 64 * 1024;

/// So many commands of one page are under way at once; the others wait in the line.
const AT_ONCE: usize = 32;

/// `GET /line`, for our own pages alone: unlike a request, a line that another site opens would be that site's to read.
pub async fn open(State(door): State<Door>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.max_message_size(MESSAGE_LIMIT).on_upgrade(move |line| answer_all(door.0.gate.clone(), line))
}

async fn answer_all(gate: Gate, mut line: WebSocket) {
    let mut under_way = JoinSet::new();
    loop {
        tokio::select! {
            message = line.recv(), if under_way.len() < AT_ONCE => match message {
                Some(Ok(Message::Text(text))) => match text.split_once(' ') {
                    Some((number, request)) => {
                        let (number, request) = (number.to_owned(), request.to_owned());
                        let answer = commands::run(gate.clone(), request);
                        under_way.spawn(async move { format!("{number} {}", answer.await) });
                    }
                    None => break,
                },
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => break,
            },
            Some(answer) = under_way.join_next() => match answer {
                // A page that has gone may have asked for more than it heard of: its line ends when all of that is read.
                Ok(answer) => drop(line.send(Message::Text(answer.into())).await),
                Err(_) => break,
            },
        }
    }
    // What was asked is done, also when nobody is left to hear of it.
    under_way.detach_all();
}
