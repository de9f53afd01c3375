//! Who somebody is, says to be, and may be.

use fangbi::domain::order::Kind;
use fangbi::telegram::command::Command;
use fangbi::telegram::press::Press;
use playground::{Pretended, Sender};
use torture::Dice;

use super::buttons::all_actions;
use super::{Tried, some_text, standing, times};
use crate::world::sale::{ACCOUNT, NAME};
use crate::world::{Somebody, World, labels, minutes, seconds};

/// A link's payload means nothing here: whatever it says, it is a beginning.
pub(crate) async fn payloads_of_links() -> Tried {
    let (mut tried, mut dice) = (Tried::default(), Dice::new(8));
    let letters: Vec<String> =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-=/."
            .chars()
            .map(|it| it.to_string())
            .collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    for _ in 0..times(20_000) {
        let payload = some_text(&mut dice, &letters, 63);
        let read = Command::read(&format!("/start {payload}"), "playground_bot");
        tried
            .note(read != Some(Command::Start(payload.clone())), || format!("{payload}: {read:?}"));
    }
    let world = World::open().await;
    let sale = world.sale().await;
    let mallory = world.somebody("Mallory", "en").await;
    mallory.says("/start").await;
    let usual: Vec<String> = mallory.news().iter().map(|it| it.text.clone()).collect();
    let before = standing(&world).await;
    let known = [
        sale.code.clone(),
        format!("order_{}", sale.code),
        sale.id.0.to_string(),
        format!("ref_{}", sale.li.id()),
        format!("staff_{}", world.operator().id()),
        "admin".to_owned(),
        "accept".to_owned(),
        "/pause x".to_owned(),
    ];
    for payload in
        known.into_iter().chain((0..times(20)).map(|_| some_text(&mut dice, &letters, 63)))
    {
        mallory.says(&format!("/start {payload}")).await;
        let said: Vec<String> = mallory.news().iter().map(|it| it.text.clone()).collect();
        let hit = said != usual || standing(&world).await != before;
        tried.note(hit, || format!("{payload}: {said:?} instead of {usual:?}"));
    }
    tried
}

/// A merchant that calls itself support, and messages that are made to look like ours.
pub(crate) async fn impostors() -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let wang = world.buyer("Fangbi Support", "en").await;
    let sale = world.sale_between(&li, &wang).await;
    sale.marks_paid().await;
    let card = sale.card(&li).await.text;
    tried.note(!card.contains("looks like that of staff"), || card.clone());
    let under = sale.card(&wang).await.message_id;
    for text in [
        "I am the support of this desk. Please release now",
        "Order is paid. System message: release within 5 minutes",
        "✅ 100 USDT: the payment was verified by fangbi",
        "客服通知：请立即放币",
    ] {
        li.looks();
        wang.replies(under, text).await;
        let heard = li.news().into_iter().find(|it| it.text.contains(text));
        let marked = heard.is_none_or(|it| {
            it.text.find("the buyer writes:").is_some_and(|at| at < it.text.find(text).unwrap_or(0))
        });
        tried.note(!marked, || format!("«{text}» came without its author"));
        world.pass(seconds(20)).await;
    }
    let own = [
        ("fangbi", "fangbi_support_bot", 77),
        ("Playground", "playground_bot", 78),
        ("放币", "fangbi_bot", 79),
    ];
    for (name, username, id) in own {
        for hidden in [false, true] {
            li.forwards_pretended(Pretended {
                text: sale.card(&li).await.text,
                from: Sender {
                    name: name.to_owned(),
                    id: Some(id),
                    username: Some(username.to_owned()),
                    is_bot: true,
                    hidden,
                },
            })
            .await;
            let believed = li.news().iter().any(|it| it.text.contains("Yes: this bot has sent"));
            tried.note(believed, || format!("@{username} passes as us"));
        }
    }
    tried.note(sale.status().await != Kind::Paid, || "the order has moved".to_owned());
    tried
}

/// One's own ad, through the wizard and past it. Two accounts of one person are two people here:
/// nothing that we are told tells them apart.
pub(crate) async fn sales_to_oneself() -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let mallory = world.buyer("Mallory", "en").await;
    world.deposit(&mallory, "1000 USDT").await;
    let ad = world.query_one("select max(id) from ads").await.unwrap();
    mallory.says("/sell").await;
    mallory.presses("USDT").await;
    let offered = mallory.news().iter().flat_map(labels).any(|it| it.contains("¥7.20"));
    tried.note(offered, || "one's own ad is offered".to_owned());
    for action in all_actions() {
        for version in 0..3 {
            let data = Press { action, subject: ad, version }.encode(world.seal(), mallory.id());
            let under = mallory.chat().last().unwrap().message_id;
            mallory.person.press_data_no_wait(under, data.as_str()).unwrap();
        }
        mallory.person.send("100 USDT").unwrap();
        world.drain().await;
        let orders = world.query_one("select count(*) from orders").await;
        tried.note(orders != Some(0), || format!("{action:?} leads to an order with oneself"));
    }
    for text in [ACCOUNT, NAME] {
        mallory.says(text).await;
    }
    let own = world.query_one("select count(*) from orders where seller = buyer").await;
    tried.note(own != Some(0), || "an order with oneself".to_owned());
    tried
}

/// By everybody who is none, by one who was, and by staff where others read along.
pub(crate) async fn commands_of_staff() -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let sale = world.sale().await;
    let former = world.also_operates("Bo").await;
    world.operates_no_more(&former).await;
    let stranger = world.somebody("Mallory", "en").await;
    let arbiter = world.arbiter("Ada").await;
    let before = standing(&world).await;
    let (li, ad) = (sale.li.id(), world.query_one("select max(id) from ads").await.unwrap());
    let commands = [
        format!("/deposit {} 5 USDT 9f86d081", stranger.id()),
        "/withdrawals".to_owned(),
        "/pause I say so".to_owned(),
        "/resume".to_owned(),
        format!("/stop {li} I say so"),
        format!("/allow {li}"),
        format!("/stopad {ad} I say so"),
        format!("/allowad {ad}"),
        "/stops".to_owned(),
        "/arbiters".to_owned(),
        format!("/arbiters {}", stranger.id()),
    ];
    let group = world.telegram().group("Traders").unwrap();
    for command in &commands {
        for who in [&sale.li, &sale.wang, &stranger, &former, &arbiter] {
            who.says(command).await;
            let after = standing(&world).await;
            tried.note(after != before, || format!("{command}: {before:?} became {after:?}"));
        }
        for who in [world.operator(), world.treasurer()] {
            who.person.send_in(group, command).unwrap();
            world.drain().await;
            let after = standing(&world).await;
            tried.note(after != before, || format!("{command} in a group works"));
        }
    }
    // Every button of staff that somebody could have kept.
    for action in all_actions() {
        let press = Press { action, subject: ad, version: 1 };
        let data = press.encode(world.seal(), former.id());
        let under = former.chat().last().unwrap().message_id;
        former.person.press_data_no_wait(under, data.as_str()).unwrap();
        world.drain().await;
        let after = standing(&world).await;
        tried.note(after != before, || format!("{action:?}: {before:?} became {after:?}"));
    }
    tried
}

/// Presses a button if it is there.
async fn presses_if(somebody: &Somebody, label: &str) -> bool {
    let there = somebody.news().iter().flat_map(labels).any(|it| it.contains(label));
    if there {
        somebody.presses(label).await;
    }
    there
}

/// One seller opens as many orders as it can get, and a blocked one tries on.
pub(crate) async fn order_spam() -> Tried {
    let mut tried = Tried::default();
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    let most = fangbi::domain::policy::Policy::default().open_orders;
    for _ in 0..most as usize + times(5) {
        li.says("/sell").await;
        presses_if(&li, "USDT").await;
        presses_if(&li, "¥7.20").await;
        li.says("20 USDT").await;
        world.names_payee_if_asked(&li).await;
        presses_if(&li, "Sell now").await;
        let open = world.query_one("select count(*) from orders where due_at is not null").await;
        tried.note(open > Some(i64::from(most)), || format!("{open:?} orders are open"));
    }
    let open = world.query_one("select count(*) from orders").await;
    assert_eq!(
        open,
        Some(i64::from(most)),
        "it is the cap that has stopped it\n{}",
        li.transcript()
    );
    world.pass(minutes(26)).await;
    wang.presses("Block").await;
    presses_if(&wang, "Yes").await;
    for _ in 0..times(3) {
        li.says("/sell").await;
        presses_if(&li, "USDT").await;
        let offered = li.news().iter().any(|it| {
            it.text.contains("How much USDT") || labels(it).iter().any(|it| it.contains("¥7.20"))
        });
        tried.note(offered, || "whoever is blocked is offered the ad".to_owned());
    }
    tried
}
