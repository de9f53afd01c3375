//! The same coins twice: by haste, and by the clock.

use std::collections::HashSet;

use chrono::TimeDelta;
use fangbi::domain::factor::Factor;
use fangbi::domain::ledger;
use fangbi::domain::order::schedule::What;
use fangbi::domain::order::{Asker, DisputeReason, Fact, Request};

use super::{Tried, times};
use crate::world::{Sale, Somebody, World, minutes};

const CONFIRM: Request = Request::ConfirmReceipt { factor: Factor::Digits };
const DISPUTE: Request = Request::Dispute { why: DisputeReason::Other };

/// Whether a request that waits for the writer among others is granted.
async fn wants(sale: &Sale, who: &Somebody, request: Request) -> bool {
    sale.world.asks_and_goes_on(who, sale.id, request).await.is_none()
}

/// A seller's script confirms a hundred times at once, while the buyer's opens disputes.
pub(crate) async fn all_at_once() -> Tried {
    let mut tried = Tried::default();
    for round in 0..times(4) {
        let world = World::open().await;
        let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
        let sale = world.sale_between(&li, &wang).await;
        sale.marks_paid().await;
        world.pass(minutes(16)).await;
        sale.answers_directly().await;
        let confirmed = (0..100).map(|_| wants(&sale, &li, CONFIRM));
        let disputed = (0..100).map(|_| wants(&sale, &wang, DISPUTE));
        let (confirmed, disputed) = match round % 2 {
            0 => {
                futures::join!(
                    futures::future::join_all(confirmed),
                    futures::future::join_all(disputed)
                )
            }
            _ => {
                let (disputed, confirmed) = futures::join!(
                    futures::future::join_all(disputed),
                    futures::future::join_all(confirmed)
                );
                (confirmed, disputed)
            }
        };
        let mut granted = 0;
        for it in confirmed.iter().chain(&disputed) {
            granted += usize::from(*it);
            tried.note(granted > 1, || "a second wish was granted".to_owned());
        }
        world.pass(minutes(1)).await;
        let sql = format!(
            "select count(*) from transfers where kind in ('release', 'return') and key = '{}'",
            sale.id.0
        );
        let ends = world.query_one(&sql).await;
        tried.note(ends > Some(1), || format!("{ends:?} ends of one order"));
    }
    tried
}

/// All orders of four events that want the end of one order, each a millisecond early, in time or
/// late: at most one transfer follows, and coins go to the buyer only if the seller's word counted.
pub(crate) async fn at_the_deadline() -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(15)).await;
    sale.answers_directly().await;
    let order = world.order(sale.id).await;
    let schedule = order.schedule(world.now());
    let end = schedule.iter().find(|it| matches!(it.what, What::End(_))).unwrap().at;
    for first in permutations() {
        for offsets in 0..81_i64 {
            let (mut order, mut transfers, mut confirmed) = (order.clone(), Vec::new(), false);
            for (place, event) in first.iter().enumerate() {
                let offset = offsets / 3_i64.pow(place as u32) % 3 - 1;
                let now = end + TimeDelta::milliseconds(offset);
                let asks = |user, request| {
                    let asker = Asker { user, arbiter: false };
                    order.clone().ask(request, asker, None, now).ok()
                };
                let step = match event {
                    0 => asks(order.seller, CONFIRM),
                    1 => asks(order.buyer, Request::GiveUp),
                    2 => asks(order.seller, DISPUTE),
                    _ => Some(order.clone().learn(Fact::TimeCame, now)),
                };
                if let Some(step) = step {
                    confirmed |= *event == 0;
                    transfers.extend(step.transfers);
                    order = step.order;
                }
            }
            let step = order.learn(Fact::TimeCame, end + TimeDelta::hours(1));
            transfers.extend(step.transfers);
            let released = transfers.iter().any(|it| it.kind == ledger::Kind::Release);
            let hit = transfers.len() > 1 || released && !confirmed;
            tried.note(hit, || format!("{first:?}, {offsets}: {transfers:?}"));
        }
    }
    tried
}

fn permutations() -> HashSet<[u8; 4]> {
    let all =
        (0..256_u16).map(|it| [it >> 6 & 3, it >> 4 & 3, it >> 2 & 3, it & 3].map(|it| it as u8));
    let all: HashSet<_> = all.filter(|it| (0..4).all(|event| it.contains(&event))).collect();
    assert_eq!(all.len(), 24);
    all
}
