//! Bytes for any message of ours: what a client can send that somebody has changed.

use fangbi::secrets::Seal;
use fangbi::telegram::action::Action;
use fangbi::telegram::press::Press;
use playground::Action as Does;
use torture::Dice;

use super::{Tried, some_bytes, standing, times};
use crate::world::sale::{ACCOUNT, NAME};
use crate::world::{Sale, Somebody, World};

/// All actions that there are, with small arguments: few, unless more is asked for.
pub(super) fn all_actions() -> Vec<Action> {
    let most = times(3).min(25) as u16;
    let all =
        (0..=u8::MAX).flat_map(|code| (0..most).filter_map(move |it| Action::from_code(code, it)));
    let mut known = Vec::new();
    for action in all {
        if !known.contains(&action) {
            known.push(action);
        }
    }
    known
}

/// Every button that stands in somebody's chat, with its message.
fn buttons(of: &Somebody) -> Vec<(i64, String)> {
    let mut found = Vec::new();
    for message in of.chat() {
        for button in message.buttons.iter().flatten() {
            if let Does::Callback(data) = &button.action {
                found.push((message.message_id, data.clone()));
            }
        }
    }
    found
}

/// By dice, by changing what was drawn for oneself, and by writing what only we can write: then
/// the rights decide, whatever the MAC says.
pub(crate) async fn forged_buttons() -> Tried {
    let mut tried = Tried::default();
    let (mut dice, seal) = (Dice::new(1), Seal::from_key(&[7; 32]));
    let actions = all_actions();
    for _ in 0..times(30_000) {
        let press = Press {
            action: dice.pick(&actions),
            subject: dice.below(1_000) as i64,
            version: dice.below(50) as i64,
        };
        let mut data = press.encode(&seal, 1).as_str().as_bytes().to_vec();
        match dice.below(4) {
            0 => data = some_bytes(&mut dice, 64),
            1 => {
                let at = dice.below(data.len());
                let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
                let other = dice.pick(letters);
                data[at] = if data[at] == other { b'!' } else { other };
            }
            2 => data.truncate(dice.below(data.len())),
            // As it was, by somebody else.
            _ => {}
        }
        let data = String::from_utf8_lossy(&data).into_owned();
        let by = 2 + dice.below(1_000) as i64;
        let read = Press::decode(&data, &seal, by)
            .or_else(|| Press::decode(&data, &seal, 1).filter(|it| *it != press));
        tried.note(read.is_some(), || format!("{data} is {read:?}"));
    }
    tried.and(rightly_signed(&actions).await)
}

async fn rightly_signed(actions: &[Action]) -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let sale = world.sale().await;
    let mallory = world.somebody("Mallory", "en").await;
    let (before, version) = (standing(&world).await, world.order(sale.id).await.version);
    let under = mallory.chat().last().unwrap().message_id;
    for action in actions {
        let press = Press { action: *action, subject: sale.id.0, version };
        let data = press.encode(world.seal(), mallory.id());
        mallory.person.press_data_no_wait(under, data.as_str()).unwrap();
        world.drain().await;
        let after = standing(&world).await;
        tried.note(after != before, || format!("{action:?}: {before:?} became {after:?}"));
    }
    for secret in [ACCOUNT, NAME, "139******82", "186******18"] {
        tried.note(mallory.count(secret) > 0, || format!("a stranger reads {secret}"));
    }
    tried
}

/// Every button that was drawn in the course of a sale, once it is over.
pub(crate) async fn old_buttons() -> Tried {
    let world = World::open().await;
    let sale = world.sale().await;
    let mut drawn: Vec<(Somebody, i64, String)> = Vec::new();
    let mut collect = |sale: &Sale| {
        for side in [&sale.li, &sale.wang] {
            for (message, data) in buttons(side) {
                if !drawn.iter().any(|it| it.2 == data) {
                    drawn.push((side.clone(), message, data));
                }
            }
        }
    };
    collect(&sale);
    sale.marks_paid().await;
    collect(&sale);
    sale.li.presses("I've received payment").await;
    for _ in 0..5 {
        collect(&sale);
        sale.li.presses("Yes").await;
    }
    collect(&sale);
    sale.li.says(&sale.last_digits().await).await;
    collect(&sale);
    sale.cools_off().await;
    sale.is_released().await;

    let money = async || {
        let mut all = vec![world.query_one("select count(*) from transfers").await];
        all.push(world.query_one("select sum(version) from orders").await);
        all.push(world.query_one("select count(*) from orders").await);
        all.push(world.query_one("select count(*) from withdrawals").await);
        all.push(world.query_one("select count(*) from ads").await);
        all
    };
    let (mut tried, before) = (Tried::default(), money().await);
    for _ in 0..times(1) {
        for (owner, message, data) in &drawn {
            owner.person.press_data_no_wait(*message, data).unwrap();
            world.drain().await;
            let after = money().await;
            tried.note(after != before, || format!("{data}: {before:?} became {after:?}"));
        }
    }
    sale.is_released().await;
    tried
}

/// Every button of both sides' chats, by three who only know its data.
pub(crate) async fn buttons_of_others() -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    let mut strangers = Vec::new();
    for name in ["Mallory", "Trudy", "Oscar"] {
        strangers.push(world.somebody(name, "en").await);
    }
    let before = standing(&world).await;
    for (_, data) in [buttons(&sale.li), buttons(&sale.wang)].concat() {
        for stranger in &strangers {
            let under = stranger.chat().last().unwrap().message_id;
            let said = stranger.forges(under, &data).await;
            let after = standing(&world).await;
            let hit = after != before || !said.contains("This button is not for you");
            tried.note(hit, || format!("{data}: «{said}», {before:?} became {after:?}"));
        }
    }
    // And by the other side: not one button of theirs is one's own.
    for (one, other) in [(&sale.li, &sale.wang), (&sale.wang, &sale.li)] {
        for (_, data) in buttons(one) {
            let under = other.chat().last().unwrap().message_id;
            other.forges(under, &data).await;
            let after = standing(&world).await;
            tried.note(after != before, || format!("{data}: {before:?} became {after:?}"));
        }
    }
    tried
}
