//! The desk's treasurer: gives every newcomer coins to practise with.

use std::collections::HashSet;
use std::time::Duration;

use tokio::sync::broadcast;

use super::actor::Actor;
use crate::Event;

/// What a newcomer gets.
const GIFTS: [&str; 3] = ["1000 USDT", "0.05 BTC", "1 ETH"];
/// The button on the page that comes after the risk notice, in each language.
const HOME: [&str; 2] = ["Sell coins", "卖币"];
/// Before a script that went wrong begins anew.
const PAUSE: Duration = Duration::from_secs(2);

/// Whoever has come in gets the gifts, once: the transaction's name is unique.
pub(super) async fn play(mut actor: Actor, mut events: broadcast::Receiver<Event>) {
    while let Err(error) = actor.comes_in().await {
        tracing::debug!(%error, "the treasurer comes in again");
        tokio::time::sleep(PAUSE).await;
    }
    let mut given = HashSet::new();
    loop {
        match events.recv().await {
            Ok(Event::Message { person, message } | Event::Edit { person, message })
                if message.is_from_bot() && has_come_in(&message) && given.insert(person) =>
            {
                if !actor.is_scripted(person) {
                    give(&mut actor, person);
                }
            }
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

fn has_come_in(page: &crate::Message) -> bool {
    page.labels().iter().any(|it| HOME.iter().any(|home| it.contains(home)))
}

fn give(actor: &mut Actor, person: i64) {
    for gift in GIFTS {
        let coin = gift.split(' ').next_back().unwrap_or_default();
        let said = actor.says(&format!("/deposit {person} {gift} demo-{person}-{coin}"));
        if let Err(error) = said {
            tracing::warn!(%error, person, "the treasurer could not give coins");
        }
    }
}
