//! The desk's treasurer: gives coins to practise with.

use std::collections::HashSet;
use std::time::Duration;

use tokio::sync::broadcast;

use super::actor::Actor;
use crate::{Event, Message};

/// When somebody gets coins, and which.
struct Occasion {
    sign: Sign,
    gifts: &'static [&'static str],
}

/// What is seen then, in each language.
enum Sign {
    /// Words in a page's text.
    Says([&'static str; 2]),
    /// Words on a button.
    Offers([&'static str; 2]),
}

/// Something to sell for whoever has accepted the risk notice, and something else for whoever looks
/// at their coins: three messages about coins at once would only be in the way.
const OCCASIONS: [Occasion; 2] = [
    // The start page. Help offers to sell, too, and is there for everybody.
    Occasion {
        sign: Sign::Says(["Sell coins to a merchant", "把币卖给商家"]),
        gifts: &["1000 USDT"],
    },
    Occasion { sign: Sign::Offers(["Withdraw", "提币"]), gifts: &["0.05 BTC", "1 ETH"] },
];
/// Before a script that went wrong begins anew.
pub(super) const PAUSE: Duration = Duration::from_secs(2);

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
        match self.sign {
            Sign::Says(words) => words.iter().any(|it| page.text.contains(it)),
            Sign::Offers(words) => {
                page.labels().iter().any(|label| words.iter().any(|it| label.contains(it)))
            }
        }
    }
}

fn give(actor: &mut Actor, person: i64, gift: &str) {
    let coin = gift.split(' ').next_back().unwrap_or_default();
    let said = actor.says(&format!("/deposit {person} {gift} demo-{person}-{coin}"));
    if let Err(error) = said {
        tracing::warn!(%error, person, "the treasurer could not give coins");
    }
}
