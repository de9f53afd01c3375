//! Telegram, time and people at their worst.

use chrono::TimeDelta;
use fangbi::bucket::Rate;
use fangbi::domain::order::Kind;
use fangbi::inbox;
use playground::{Fault, FaultKind};
use serde_json::json;
use torture::Dice;

use super::{Tried, standing, times};
use crate::world::{Rules, Somebody, World, hours, minutes, seconds};

/// A treasurer's deposit, over and over; in the order of dice; and long after it was typed.
pub(crate) async fn repeated_updates() -> Tried {
    let (mut tried, mut dice) = (Tried::default(), Dice::new(7));
    let world = World::open().await;
    let (li, tao) = (world.somebody("Li Na", "en").await, world.treasurer());
    let says = |id: Option<i64>, text: &str, date: i64| {
        let mut update = json!({ "message": {
            "message_id": 1_000_000, "date": date, "text": text,
            "chat": { "id": tao.id(), "type": "private", "first_name": "Tao" },
            "from": { "id": tao.id(), "is_bot": false, "first_name": "Tao" },
        } });
        if let Some(id) = id {
            update["update_id"] = id.into();
        }
        world.telegram().push_update(update)
    };
    let now = world.now().timestamp();
    let deposit = |at: i64| format!("/deposit {} 5 USDT deposit-{at}", li.id());
    let mut ids = Vec::new();
    for at in 0..5 {
        ids.push((says(None, &deposit(at), now), at));
    }
    world.drain().await;
    assert_eq!(world.balance(&li).await, "25 USDT");
    for _ in 0..times(60) {
        let (id, at) = dice.pick(&ids);
        says(Some(id), &deposit(at), now);
        if dice.below(3) == 0 {
            world.restart().await;
        }
        world.drain().await;
        let balance = world.balance(&li).await;
        tried.note(balance != "25 USDT", || format!("update {id} again: {balance}"));
    }
    for (at, age) in [301, 3_600, 86_000, 86_400 * 7].into_iter().enumerate() {
        says(None, &deposit(100 + at as i64), now - age);
        world.drain().await;
        let balance = world.balance(&li).await;
        tried.note(balance != "25 USDT", || format!("{age} seconds late: {balance}"));
    }
    // After a quiet week ids begin anew, anywhere: that is new, and counts once.
    world.telegram().set_next_update_id(77);
    let id = says(None, &deposit(200), now);
    world.drain().await;
    assert_eq!(world.balance(&li).await, "30 USDT");
    says(Some(id), &deposit(200), now);
    world.drain().await;
    let balance = world.balance(&li).await;
    tried.note(balance != "30 USDT", || format!("update {id} again: {balance}"));
    tried
}

/// Ten people write nonsense, and one at twenty times their rate, of which most is not even taken in:
/// whoever is honest is answered once to each thing. (How long that takes is measured by the benchmark.)
pub(crate) async fn floods() -> Tried {
    let mut tried = Tried::default();
    for _ in 0..times(1) {
        floods_once(&mut tried).await;
    }
    tried
}

async fn floods_once(tried: &mut Tried) {
    let sender = Rate { per_second: 5, burst: 100 };
    let intake = inbox::Limits { sender, ..inbox::Limits::USUAL };
    let world = World::with(Rules { intake, ..Rules::default() }).await;
    let (li, mallory) = (world.seller("Li Na", "en").await, world.somebody("Mallory", "en").await);
    let mut crowd = Vec::new();
    for at in 0..10 {
        crowd.push(world.stranger(&format!("Sybil {at}"), "en"));
    }
    for round in 0..4 {
        let before = li.count("1,000 USDT");
        for sybil in &crowd {
            for _ in 0..5 {
                sybil.person.send("/start x").unwrap();
            }
        }
        for _ in 0..50 {
            mallory.person.send("junk").unwrap();
        }
        li.person.send("/balance").unwrap();
        for _ in 0..50 {
            mallory.person.send("/sell").unwrap();
        }
        // Once everything is taken in, one turn of each queue is enough for whoever waits alone.
        world.drain().await;
        let heard = li.count("1,000 USDT") - before;
        for _ in 0..crowd.len() * 5 + 100 {
            tried.note(heard != 1, || format!("round {round}: {heard} answers to one question"));
        }
        let told = mallory.count("too much at once");
        tried.note(told != 1, || format!("round {round}: told {told} times"));
    }
}

async fn stands(world: &World, absent: &Somebody) {
    absent.person.block();
    world.drain().await;
}

/// Whoever goes away at the worst moment gets no coins by it, and nobody's order is stuck.
pub(crate) async fn people_who_are_gone() -> Tried {
    let mut tried = Tried::default();
    for _ in 0..times(1) {
        for (seller_goes, paid) in [(true, true), (true, false), (false, true), (false, false)] {
            for gone in ["Forbidden: bot was blocked by the user", "Forbidden: user is deactivated"]
            {
                let world = World::open().await;
                let sale = world.sale().await;
                if paid {
                    sale.marks_paid().await;
                }
                let absent = if seller_goes { &sale.li } else { &sale.wang };
                if gone.contains("blocked") {
                    stands(&world, absent).await;
                } else {
                    let fault = Fault::new(FaultKind::Forbidden).person(absent.id());
                    world.fault(fault.description(gone).lasting());
                }
                world.pass(minutes(40)).await;
                let money = sale.money().await;
                let safe = match sale.status().await {
                    Kind::Paid | Kind::Disputed => paid && money.1 == "100 USDT",
                    Kind::Expired => !paid && money.0 == "1,000 USDT",
                    _ => false,
                };
                tried.note(!safe, || {
                    format!("{gone}, paid {paid}, seller {seller_goes}: {money:?}")
                });
                let stuck = world
                    .query_one(
                        "select count(*) from orders where due_at is null
                         and status not in ('released', 'cancelled', 'expired')",
                    )
                    .await;
                tried.note(stuck != Some(0), || format!("{gone}: an order is stuck"));
            }
        }
    }
    tried
}

/// Forwards and back, by a second, an hour, a year: nothing ends before the buyer has had its time,
/// and what is paid does not end at all.
pub(crate) async fn jumping_clocks() -> Tried {
    let (mut tried, mut dice) = (Tried::default(), Dice::new(24));
    let jumps = [seconds(1), seconds(59), minutes(10), hours(1), hours(24), TimeDelta::days(365)];
    for paid in [false, true] {
        for _ in 0..times(1) {
            let world = World::open().await;
            let sale = world.sale().await;
            if paid {
                sale.marks_paid().await;
            }
            for _ in 0..8 {
                let jump = dice.pick(&jumps);
                let jump = if dice.below(2) == 0 { jump } else { -jump };
                // Less than a minute is no outage, so it may be taken from the buyer's time.
                world.away(jump);
                world.drain().await;
                // A clock that was put right goes on from there.
                world.away(-jump);
                world.drain().await;
                world.pass(seconds(30)).await;
                let status = sale.status().await;
                let hit = status != if paid { Kind::Paid } else { Kind::AwaitingPayment };
                tried.note(hit, || format!("after {jump} and back it is {status:?}"));
            }
        }
    }
    tried
}

/// Somebody else polls with our token: nothing of an order moves by itself meanwhile, the operator
/// hears of it, and afterwards every press still counts once. What is drawn without our key is no
/// button: see the first row.
pub(crate) async fn stolen_tokens() -> Tried {
    let mut tried = Tried::default();
    for round in 0..times(3) {
        let world = World::open().await;
        let sale = world.sale().await;
        sale.marks_paid().await;
        sale.confirms().await;
        assert_eq!(sale.status().await, Kind::Releasing);
        let before = standing(&world).await;
        world.fault(Fault::new(FaultKind::Conflict).method("getUpdates").lasting());
        for _ in 0..4 {
            // Longer than a minute: from then on, nobody can reach us.
            world.away(minutes(2));
            world.drain().await;
            let after = standing(&world).await;
            tried.note(after != before, || format!("round {round}: the order went on unreachable"));
        }
        tried.note(world.operator().count("Somebody else receives messages") == 0, || {
            format!("no operator hears of it\n{}", world.operator().transcript())
        });
        world.calms_down();
        world.drain().await;
        let hit = sale.status().await != Kind::Releasing;
        tried.note(hit, || "it was released before anybody could look".to_owned());
        sale.li.presses("Stop").await;
        let hit = sale.status().await != Kind::Paid;
        tried.note(hit, || "the seller could not stop it afterwards".to_owned());
    }
    tried
}
