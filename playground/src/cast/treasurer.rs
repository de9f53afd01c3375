//! The desk's treasurer: gives coins to practise with.

use std::collections::HashSet;
use std::time::Duration;

use tokio::sync::broadcast;

use super::actor::Actor;
use crate::{Event, Message};

/// When somebody gets coins, and which.
struct Occasion {
    /// A button that is seen then, in each language.
    button: [&'static str; 2],
    gifts: &'static [&'static str],
}

/// Something to sell for whoever has accepted the risk notice, and something else for whoever looks
/// at their coins: three messages about coins at once would only be in the way.
const OCCASIONS: [Occasion; 2] = [
    Occasion { button: ["Sell coins", "卖币"], gifts: &["1000 USDT"] },
    Occasion { button: ["Withdraw", "提币"], gifts: &["0.05 BTC", "1 ETH"] },
];
/// Before a script that went wrong begins anew.
const PAUSE: Duration = Duration::from_secs(2);

/// Gives on each occasion once: the transaction's name is unique.
pub(super) async fn play(mut actor: Actor, mut events: broadcast::Receiver<Event>) {
    while let Err(error) = actor.comes_in().await {
        tracing::debug!(%error, "the treasurer comes in again");
        tokio::time::sleep(PAUSE).await;
    }
    let mut given = HashSet::new();
    loop {
        match events.recv().await {
            Ok(Event::Message { person, message } | Event::Edit { person, message })
                if message.is_from_bot() && !actor.is_scripted(person) =>
            {
                for gift in
                    OCCASIONS.iter().filter(|it| it.is_now(&message)).flat_map(|it| it.gifts)
                {
                    if given.insert((person, gift)) {
                        give(&mut actor, person, gift);
                    }
                }
            }
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

impl Occasion {
    fn is_now(&self, page: &Message) -> bool {
        page.labels().iter().any(|label| self.button.iter().any(|it| label.contains(it)))
    }
}

fn give(actor: &mut Actor, person: i64, gift: &str) {
    let coin = gift.split(' ').next_back().unwrap_or_default();
    let said = actor.says(&format!("/deposit {person} {gift} demo-{person}-{coin}"));
    if let Err(error) = said {
        tracing::warn!(%error, person, "the treasurer could not give coins");
    }
}
