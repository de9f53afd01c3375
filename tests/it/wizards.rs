//! The seller's wizard: everything that can be typed or pressed in it, and how it is left.

use playground::Upload;

use crate::world::sale::{ACCOUNT, NAME};
use crate::world::{Somebody, World, hours, labels};

/// Somebody with 50 USDT who is asked how much to sell to an ad of ¥100 to ¥2,000.
async fn asked_for_an_amount() -> (World, Somebody) {
    let world = World::open().await;
    world.buyer("Wang", "en").await;
    let li = world.somebody("Li Na", "en").await;
    world.deposit(&li, "50 USDT").await;
    li.says("/sell").await;
    li.presses("USDT").await;
    li.presses("¥7.20").await;
    li.sees("How much USDT do you sell?");
    (world, li)
}

#[tokio::test]
async fn an_amount_that_cannot_be_is_refused_with_what_to_do() {
    let (world, li) = asked_for_an_amount().await;
    for (text, problem) in [
        ("0", "The number must be more than zero. Please type another one."),
        ("0.00", "more than zero"),
        ("-5", "Please type it without a minus"),
        ("abc", "I could not read that as a number"),
        ("1e3", "I could not read that as a number"),
        ("NaN", "I could not read that as a number"),
        ("100.001", "There can be at most 2 decimals. Please type fewer."),
        ("20.1234567 USDT", "There can be at most 6 decimals"),
        ("1,00", "The commas are in odd places"),
        ("99999999999999999999", "That number is too large"),
        ("0.01 BTC", "That is another unit than asked for"),
        ("99.99", "This merchant takes ¥100.00 to ¥2,000.00 an order"),
        ("2000.01", "This merchant takes ¥100.00 to ¥2,000.00 an order"),
        ("13 USDT", "This merchant takes ¥100.00 to ¥2,000.00 an order"),
        ("50.000001 USDT", "You have 50 USDT available. Please type less"),
        ("¥500", "You have 50 USDT available"),
    ] {
        li.says(text).await;
        let page = li.sees(problem);
        assert!(page.text.contains("Type yuan, like 500"), "how to go on: {}", page.text);
        assert_eq!(labels(&page), ["All of it", "‹ Back", "Leave"]);
    }
    assert_eq!(world.balance(&li).await, "50 USDT");
    li.says("３６０元").await;
    li.sees("You sell 50 USDT and receive ¥360.00");
}

#[tokio::test]
async fn where_money_is_real_there_is_nothing_to_practise() {
    let world = World::open().await;
    let li = world.somebody("Li Na", "en").await;
    li.says("/practice").await;
    li.sees("I was not waiting for a message");
}

#[tokio::test]
async fn all_of_it_is_as_much_as_there_is_or_as_fits() {
    let (world, li) = asked_for_an_amount().await;
    li.presses("All of it").await;
    li.sees("You sell 50 USDT and receive ¥360.00");
    world.deposit(&li, "950 USDT").await;
    li.presses("‹ Back").await;
    li.presses("All of it").await;
    li.sees("receive ¥2,000.00");
}

#[tokio::test]
async fn an_account_or_a_name_that_cannot_be_is_asked_for_again() {
    let (_world, li) = asked_for_an_amount().await;
    li.says("50 USDT").await;
    for text in ["12345", "+852 9123 4567", "12800001234", "wang@localhost", "@name", "王小明"] {
        li.says(text).await;
        let page = li.sees("neither a mobile number of mainland China nor an e-mail address");
        assert!(page.text.contains("For example 13800001234"), "{}", page.text);
    }
    li.says("+86 139-7160-4482").await;
    li.sees("Account: 139******82");
    for text in ["王", "王小明5000", "<b>王小</b>", "13800001234"] {
        li.says(text).await;
        li.sees("That does not look like a real name");
    }
    li.says(NAME).await;
    li.sees("Please check once more");
}

#[tokio::test]
async fn the_review_shows_everything_before_a_coin_is_locked() {
    let (world, li) = asked_for_an_amount().await;
    for text in ["50 USDT", ACCOUNT, NAME] {
        li.says(text).await;
    }
    let page = li.sees("Please check once more");
    for fact in [
        "You sell: 50 USDT",
        "You receive: ¥360.00",
        "Price: ¥7.20 for 1 USDT",
        "Time to pay: 15 minutes",
        "Your Alipay: 139******82 · ***珠",
        "50 USDT are locked until the order ends",
    ] {
        assert!(page.text.contains(fact), "{fact}: {}", page.text);
    }
    assert_eq!(labels(&page), ["Sell now", "‹ Back", "Leave"]);
    assert_eq!(world.balance(&li).await, "50 USDT");
}

#[tokio::test]
async fn back_goes_to_the_question_before() {
    let (_world, li) = asked_for_an_amount().await;
    for text in ["50 USDT", ACCOUNT, NAME] {
        li.says(text).await;
    }
    for question in [
        "Which Alipay account gets the money?",
        "How much USDT do you sell?",
        "Who buys USDT",
        "What do you sell?",
    ] {
        li.presses("‹ Back").await;
        li.sees(question);
    }
}

#[tokio::test]
async fn a_text_where_a_button_is_wanted_costs_nothing() {
    let (world, li) = asked_for_an_amount().await;
    for text in ["360", ACCOUNT, NAME, "ok", NAME] {
        li.says(text).await;
    }
    li.sees("That page waits for one of its buttons");
    li.presses("Sell now").await;
    li.sees("is open");
    assert_eq!(world.balance(&li).await, "0 USDT");
}

#[tokio::test]
async fn a_wizard_is_left_by_command_and_by_button() {
    let (_world, li) = asked_for_an_amount().await;
    li.says("/cancel").await;
    li.sees("You have left it. Nothing was done.");
    li.says("/cancel").await;
    li.sees("There is nothing to leave");
    li.says("50 USDT").await;
    li.sees("I was not waiting for a message");
    li.says("/sell").await;
    li.presses("Leave").await;
    li.sees("You have left it");
    assert!(labels(&li.sees("You have left it")).contains(&"Sell coins".to_owned()));
}

#[tokio::test]
async fn a_photo_where_text_is_wanted_changes_nothing() {
    let (world, li) = asked_for_an_amount().await;
    let photo =
        || Upload { name: "a.jpg".into(), bytes: vec![1], caption: "50".into(), photo: true };
    li.looks();
    li.person.upload(photo()).unwrap();
    world.drain().await;
    li.sees("I can only read text here. Please type the answer, or press /cancel to leave");
    li.says("50 USDT").await;
    li.sees("Which Alipay account gets the money?");
    li.says("/cancel").await;
    li.looks();
    li.person.upload(Upload { photo: false, ..photo() }).unwrap();
    world.drain().await;
    li.sees("I was not waiting for a message");
}

#[tokio::test]
async fn a_wizard_that_was_left_for_a_day_is_put_away() {
    let (world, li) = asked_for_an_amount().await;
    world.away(hours(25));
    li.presses("All of it").await;
    assert!(li.presses("All of it").await.contains("This page is no longer current"));
    li.says("50 USDT").await;
    li.sees("You had begun something a day ago, so I put it away. Nothing was done");
    li.says("/sell").await;
    li.presses("USDT").await;
    li.sees("Who buys USDT");
}

#[tokio::test]
async fn a_wizard_is_waited_for_for_most_of_a_day() {
    let (world, li) = asked_for_an_amount().await;
    world.away(hours(23));
    li.says("50 USDT").await;
    li.sees("Which Alipay account gets the money?");
}

#[tokio::test]
async fn a_command_in_the_middle_of_a_wizard_does_not_lose_it() {
    let (_world, li) = asked_for_an_amount().await;
    li.says("/balance").await;
    li.sees("50 USDT available");
    li.says("50 USDT").await;
    li.sees("Which Alipay account gets the money?");
}

#[tokio::test]
async fn an_ad_that_changes_meanwhile_is_looked_at_again() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    world.reviews(&li, "100 USDT").await;
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.presses("Price").await;
    wang.says("7.1").await;
    wang.sees("Price: ¥7.10 for 1 USDT");
    li.presses("Sell now").await;
    let page = li.sees("The merchant has just changed this ad. Please look at it again");
    assert!(labels(&page).contains(&"Sell coins".to_owned()));
    assert_eq!(world.balance(&li).await, "1,000 USDT");
}

#[tokio::test]
async fn ones_own_ad_is_not_for_oneself_and_five_orders_are_enough() {
    let world = World::open().await;
    let wang = world.buyer("Wang", "en").await;
    world.deposit(&wang, "100 USDT").await;
    wang.says("/sell").await;
    wang.presses("100 USDT").await;
    wang.sees("Nobody buys USDT right now");

    let li = world.seller("Li Na", "en").await;
    for _ in 0..5 {
        world.sells(&li, "20 USDT").await;
        li.sees("is open. Here is its card");
    }
    world.sells(&li, "20 USDT").await;
    li.sees("You have 5 open orders already. Please finish one first: /orders");
    assert_eq!(world.balance(&li).await, "900 USDT");
}

#[tokio::test]
async fn the_first_order_is_a_small_one() {
    let world = World::open().await;
    let wang = world.somebody("Wang", "en").await;
    world.begins_ad(&wang).await;
    wang.presses("USDT").await;
    for text in ["7.2", "1000", "100"] {
        wang.says(text).await;
    }
    wang.presses("¥7,200.00").await;
    wang.presses("15 minutes").await;
    wang.presses("Post the ad").await;
    let li = world.seller("Li Na", "en").await;
    li.says("/sell").await;
    li.presses("USDT").await;
    li.presses("¥7.20").await;
    li.sees("One order: ¥100.00 to ¥2,000.00");
    li.says("2001").await;
    li.sees("For your first order the limit is ¥2,000.00");
    world.deposit(&li, "2000 USDT").await;
    li.presses("All of it").await;
    li.sees("receive ¥2,000.00");
    li.presses("‹ Back").await;
    li.says("2000").await;
    li.sees("receive ¥2,000.00");
}

#[tokio::test]
async fn only_coins_that_are_there_can_be_chosen() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    for (command, title) in [("/sell", "What do you sell?"), ("/withdraw", "What do you take out?")]
    {
        li.says(command).await;
        assert_eq!(labels(&li.sees(title)), ["1,000 USDT", "Leave"]);
    }
}

#[tokio::test]
async fn somebody_without_coins_learns_how_they_come_in() {
    let world = World::open().await;
    let li = world.somebody("Li Na", "en").await;
    li.says("/sell").await;
    let page = li.sees("There is nothing to sell yet");
    assert!(page.text.contains("Coins come in through the desk's treasurer"), "{}", page.text);
    assert!(page.text.contains(&li.id().to_string()));
}

#[tokio::test]
async fn offers_come_in_pages_with_the_best_price_first() {
    let world = World::open().await;
    let wang = world.somebody("Wang", "en").await;
    for cents in 0..8 {
        world.begins_ad(&wang).await;
        wang.presses("USDT").await;
        for text in [&format!("7.2{cents}"), "1000", "100", "2000"] {
            wang.says(text).await;
        }
        wang.presses("15 minutes").await;
        wang.presses("Post the ad").await;
    }
    let li = world.seller("Li Na", "en").await;
    li.says("/sell").await;
    li.presses("1,000 USDT").await;
    let page = li.sees("Who buys USDT");
    assert!(labels(&page)[0].starts_with("¥7.27 · ¥100–2,000 · 15 min · new"), "{page:?}");
    li.presses("More ›").await;
    assert!(labels(&li.sees("Who buys USDT"))[1].starts_with("¥7.20"));
    li.presses("‹ Better prices").await;
    assert!(labels(&li.sees("Who buys USDT"))[0].starts_with("¥7.27"));
}
