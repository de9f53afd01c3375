//! Coins come in and go out through the treasurer.

use crate::world::{Somebody, World, copies, labels};

const ADDRESS: &str = "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE";

#[tokio::test]
async fn a_deposit_is_credited_once_and_told() {
    let world = World::open().await;
    let (li, tao) = (world.somebody("Li Na", "en").await, world.treasurer());
    let command = format!("/deposit {} 12.5 usdt 9f86d081884c7d65", li.id());
    li.looks();
    tao.says(&command).await;
    tao.sees(&format!("12.5 USDT for user {}", li.id()));
    li.sees("12.5 USDT are in your balance. Transaction: 9f86d081884c7d65");
    tao.says(&command).await;
    tao.sees("Transaction 9f86d081884c7d65 has been credited before");
    assert_eq!(world.balance(&li).await, "12.5 USDT");
}

#[tokio::test]
async fn a_notice_of_a_deposit_stays_when_its_buttons_are_used() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let notice = li.sees("1,000 USDT are in your balance");
    li.presses_under(notice.message_id, "Sell coins").await;
    let page = li.sees("What do you sell?");
    assert!(page.message_id > notice.message_id);
    assert!(li.chat().iter().any(|it| it.text == notice.text));
}

#[tokio::test]
async fn a_deposit_that_cannot_be_is_explained() {
    let world = World::open().await;
    let (li, tao) = (world.somebody("Li Na", "en").await, world.treasurer());
    let id = li.id();
    for (command, problem) in [
        ("/deposit".to_owned(), "Write it like this: /deposit 1001 500 USDT"),
        (format!("/deposit {id} 5 DOGE 9f86d0"), "Write it like this"),
        (format!("/deposit {id} 0 USDT 9f86d0"), "more than zero"),
        (format!("/deposit {id} -5 USDT 9f86d0"), "without a minus"),
        (format!("/deposit {id} 1.1234567 USDT 9f86d0"), "at most 6 decimals"),
        (format!("/deposit {id} 5 USDT <b>"), "A transaction id has 4 to 128 letters and digits"),
        ("/deposit 999999 5 USDT 9f86d0".to_owned(), "User 999999 has not started this bot"),
    ] {
        tao.says(&command).await;
        tao.sees(problem);
    }
    li.says(&format!("/deposit {id} 5 USDT 9f86d0")).await;
    li.sees("Only staff of this desk can do that");
    assert_eq!(world.balance(&li).await, "0 USDT");
}

async fn asks_for_50(world: &World) -> Somebody {
    let li = world.seller("Li Na", "en").await;
    li.says("/withdraw").await;
    li.presses("1,000 USDT").await;
    li.says("50").await;
    li.says(ADDRESS).await;
    li.presses("Yes, withdraw 50 USDT").await;
    li.says("bLSE").await;
    li
}

#[tokio::test]
async fn a_withdrawal_is_set_aside_and_paid() {
    let world = World::open().await;
    let tao = world.treasurer();
    tao.looks();
    let li = asks_for_50(&world).await;
    li.sees("No. 1: 50 USDT are set aside for you");
    assert_eq!(world.balance(&li).await, "950 USDT");
    let notice = tao.sees(&format!("No. 1: user {} takes out 50 USDT", li.id()));
    assert!(!notice.text.contains(ADDRESS));
    li.says("/balance").await;
    li.sees("No. 1 · 50 USDT");

    tao.presses("Settle").await;
    let page = tao.sees(&format!("To: {ADDRESS}"));
    let copied: Vec<String> = copies(&page).into_iter().map(|it| it.1).collect();
    assert_eq!(copied, [ADDRESS, "50"]);
    tao.says("no").await;
    tao.sees("A transaction id has 4 to 128 letters and digits");
    li.looks();
    tao.says("abcdef123456").await;
    tao.sees("50 USDT were paid with abcdef123456");
    li.sees("50 USDT are on their way. Transaction: abcdef123456");
    assert_eq!(world.balance(&li).await, "950 USDT");
    tao.says("/withdrawals").await;
    tao.sees("Nobody waits for a withdrawal");
}

#[tokio::test]
async fn a_refused_withdrawal_comes_back() {
    let world = World::open().await;
    let li = asks_for_50(&world).await;
    let tao = world.treasurer();
    tao.says("/withdrawals").await;
    tao.presses("No. 1 · 50 USDT").await;
    tao.presses("Refuse").await;
    tao.sees("Refuse withdrawal no. 1?");
    assert_eq!(world.balance(&li).await, "950 USDT", "that was only a question");
    tao.says("abcdef123456").await;
    tao.sees("I was not waiting for a message");
    tao.presses("Yes, refuse it").await;
    tao.sees("50 USDT are in the user's balance again");
    li.sees("No. 1: 50 USDT are in your balance again");
    assert_eq!(world.balance(&li).await, "1,000 USDT");
}

#[tokio::test]
async fn a_treasurer_who_does_not_refuse_after_all_goes_on_to_pay() {
    let world = World::open().await;
    let li = asks_for_50(&world).await;
    let tao = world.treasurer();
    tao.says("/withdrawals").await;
    tao.presses("No. 1 · 50 USDT").await;
    tao.presses("Refuse").await;
    tao.presses("Back").await;
    tao.sees(&format!("To: {ADDRESS}"));
    tao.says("abcdef123456").await;
    tao.sees("50 USDT were paid with abcdef123456");
    assert_eq!(world.balance(&li).await, "950 USDT");
}

#[tokio::test]
async fn a_withdrawal_is_settled_once() {
    let world = World::open().await;
    let li = asks_for_50(&world).await;
    let tao = world.treasurer();
    tao.says("/withdrawals").await;
    tao.presses("No. 1 · 50 USDT").await;
    tao.presses("Refuse").await;
    let refuse = tao.presses_and_goes_on("Yes, refuse it");
    let again = tao.presses_and_goes_on("Yes, refuse it");
    world.drain().await;
    tao.answer_to(&refuse, "Yes, refuse it");
    tao.answer_to(&again, "Yes, refuse it");
    assert_eq!(world.balance(&li).await, "1,000 USDT");
}

#[tokio::test]
async fn what_cannot_be_withdrawn_is_asked_for_again() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    li.says("/withdraw").await;
    li.presses("1,000 USDT").await;
    for (text, problem) in [
        ("0", "more than zero"),
        ("-1", "without a minus"),
        ("1000.000001", "You have only 1,000 USDT available"),
        ("1.1234567", "at most 6 decimals"),
        ("¥50", "another unit"),
        ("all", "could not read that as a number"),
    ] {
        li.says(text).await;
        li.sees(problem);
    }
    li.presses("All of it").await;
    li.sees("Paste the address for 1,000 USDT");
    for text in ["T1", "https://example.com/TQn9Y2khEsLJW1Ch", "地址"] {
        li.says(text).await;
        li.sees("An address has 20 to 120 letters and digits");
    }
    li.says(ADDRESS).await;
    li.sees("To: TQn9Y2…KcbLSE");
}

#[tokio::test]
async fn coins_that_are_locked_meanwhile_cannot_be_withdrawn() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let wang = world.buyer("Wang", "en").await;
    li.says("/withdraw").await;
    li.presses("1,000 USDT").await;
    li.presses("All of it").await;
    li.says(ADDRESS).await;
    let review = li.sees("Please check once more");
    let data = review.buttons[0][0].clone();
    let playground::Action::Callback(data) = data.action else { panic!("{data:?}") };
    world.sale_between(&li, &wang).await;
    let said = li.forges(review.message_id, &data).await;
    assert!(said.contains("no longer current"), "{said}");
    assert_eq!(world.balance(&li).await, "900 USDT");
    li.says("/balance").await;
    let page = li.sees("900 USDT available, 100 USDT locked for open orders");
    assert!(labels(&page).contains(&"Withdraw".to_owned()));
}

#[tokio::test]
async fn a_deposit_that_reached_us_late_has_to_be_said_again() {
    let world = World::open().await;
    let (li, tao) = (world.somebody("Li Na", "en").await, world.treasurer());
    let command = format!("/deposit {} 12.5 USDT 9f86d081884c7d65", li.id());
    tao.person.send(&command).unwrap();
    world.away(crate::world::minutes(6));
    world.drain().await;
    tao.sees("That message reached me late, so I did nothing");
    assert_eq!(world.balance(&li).await, "0 USDT");
    tao.says(&command).await;
    assert_eq!(world.balance(&li).await, "12.5 USDT");
}
