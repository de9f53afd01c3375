//! The buyer's ads.

use fangbi::domain::order::Kind;

use crate::world::{World, labels};

#[tokio::test]
async fn numbers_that_make_no_ad_are_asked_for_again() {
    let world = World::open().await;
    let wang = world.somebody("Wang", "en").await;
    world.begins_ad(&wang).await;
    wang.presses("USDT").await;
    for (text, problem) in [
        ("0", "more than zero"),
        ("-7", "without a minus"),
        ("cheap", "could not read that as a number"),
        ("7.2001", "at most 3 decimals"),
    ] {
        wang.says(text).await;
        wang.sees(problem);
    }
    wang.says("7.2").await;
    for (text, problem) in
        [("0", "more than zero"), ("1.1234567", "at most 6 decimals"), ("5 BTC", "another unit")]
    {
        wang.says(text).await;
        wang.sees(problem);
    }
    wang.says("1000").await;
    for (text, problem) in [
        ("9.99", "The smallest order must be at least ¥10.00"),
        ("7200.01", "The whole ad is worth ¥7,200.00, less than its smallest order"),
        ("300000", "The whole ad is worth ¥7,200.00, less than its smallest order"),
    ] {
        wang.says(text).await;
        wang.sees(problem);
    }
    wang.says("100").await;
    for (text, problem) in [
        ("99", "larger than the largest"),
        ("200000.01", "The largest order can be at most ¥200,000.00"),
        ("-1", "without a minus"),
    ] {
        wang.says(text).await;
        wang.sees(problem);
    }
    wang.says("2000").await;
    wang.sees("How long do you need to pay?");
    wang.presses("30 minutes").await;
    let review = wang.sees("Is everything right?");
    for fact in
        ["Price: ¥7.20 for 1 USDT", "Quantity: 1,000 USDT", "¥100.00 to ¥2,000.00", "30 minutes"]
    {
        assert!(review.text.contains(fact), "{fact}: {}", review.text);
    }
    assert_eq!(world.query_one("select count(*) from ads").await, Some(0));
    wang.presses("Post the ad").await;
    wang.sees("Your ad is posted");
    assert_eq!(world.query_one("select count(*) from ads").await, Some(1));
}

#[tokio::test]
async fn a_paused_ad_is_offered_to_nobody_until_it_is_resumed() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20 · 1,000 USDT left").await;
    wang.presses("Pause").await;
    wang.sees("Your ad is paused");
    li.says("/sell").await;
    li.presses("1,000 USDT").await;
    li.sees("Nobody buys USDT right now");
    wang.presses("Resume").await;
    wang.sees("Your ad is active");
    world.sale_between(&li, &wang).await.is(Kind::AwaitingPayment).await;
}

#[tokio::test]
async fn an_ad_that_is_paused_in_the_middle_of_a_sale_takes_no_order() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    li.says("/sell").await;
    li.presses("1,000 USDT").await;
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.presses("Pause").await;
    li.presses("¥7.20").await;
    li.sees("This ad takes no orders at the moment. Please choose another one");
}

#[tokio::test]
async fn a_change_holds_for_new_orders_only() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    let sale = world.sale_between(&li, &wang).await;
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20 · 900 USDT left").await;
    wang.presses("Price").await;
    let page = wang.sees("The new price");
    assert_eq!(labels(&page), ["Leave"]);
    wang.says("nothing").await;
    wang.sees("could not read that as a number");
    wang.says("7").await;
    wang.sees("Price: ¥7.00 for 1 USDT");
    wang.presses("Time to pay").await;
    wang.says("31").await;
    wang.sees("The time to pay can be 10 to 30 minutes");
    wang.says("30").await;
    wang.sees("Time to pay: 30 minutes");
    let card = sale.card(&wang).await;
    assert!(card.text.contains("Price: ¥7.20 for 1 USDT"), "{}", card.text);
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_closed_ad_is_closed_for_good_and_its_orders_go_on() {
    let world = World::open().await;
    let (li, wang) = (world.seller("Li Na", "en").await, world.buyer("Wang", "en").await);
    let sale = world.sale_between(&li, &wang).await;
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.presses("Close for good").await;
    wang.sees("Close this ad for good?");
    wang.presses("Back").await;
    let card = wang.sees("Your ad is active");
    wang.presses("Close for good").await;
    wang.presses("Yes, close it").await;
    let page = wang.sees("Your ad is closed");
    assert_eq!(page.message_id, card.message_id);
    assert!(!labels(&page).contains(&"Resume".to_owned()));
    wang.says("/ads").await;
    wang.sees("You have no ads");
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn an_ad_that_has_changed_since_the_question_stays_open() {
    let world = World::open().await;
    let wang = world.buyer("Wang", "en").await;
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.presses("Close for good").await;
    let question = wang.sees("Close this ad for good?");
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.presses("Pause").await;
    let said = wang.presses_under(question.message_id, "Yes, close it").await;
    assert!(said.contains("The ad has changed meanwhile"), "{said}");
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.sees("Your ad is paused");
}

#[tokio::test]
async fn a_button_of_an_ad_that_has_changed_is_refused() {
    let world = World::open().await;
    let wang = world.buyer("Wang", "en").await;
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    let old = wang.sees("Your ad is active");
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.presses("Pause").await;
    let said = wang.presses_under(old.message_id, "Pause").await;
    assert!(said.contains("The ad has changed meanwhile. Please look at it again: /ads"), "{said}");
}

#[tokio::test]
async fn ten_ads_are_enough() {
    let world = World::open().await;
    let wang = world.buyer("Wang", "en").await;
    for n in 1..11 {
        world.begins_ad(&wang).await;
        wang.presses("BTC").await;
        for text in ["500000", "1", "100", "2000"] {
            wang.says(text).await;
        }
        wang.presses("15 minutes").await;
        wang.presses("Post the ad").await;
        if n < 10 {
            wang.sees("Your ad is posted");
        } else {
            wang.sees("You have 10 ads already. Please close one first: /ads");
        }
    }
}

/// Ads that were sold out keep a rest below their smallest order, and the best price.
#[tokio::test]
async fn ads_that_take_no_more_orders_hide_nobody_behind_them() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    for name in ["Wang", "Zhao"] {
        let wang = world.somebody(name, "en").await;
        for price in ["7.50", "7.51", "7.52", "7.53"] {
            world.begins_ad(&wang).await;
            wang.presses("USDT").await;
            for text in [price, "20", "100", "150"] {
                wang.says(text).await;
            }
            wang.presses("15 minutes").await;
            wang.presses("Post the ad").await;
        }
    }
    let honest = world.buyer("Chen", "en").await;
    honest.looks();
    // Each takes one order, and is left with less than another one.
    let process = world.process().await;
    let store = &process.as_ref().unwrap().store;
    store
        .write(world.now(), |tx| {
            Box::pin(async move {
                sqlx::query("update ads set units_left = 6000000 where price >= 7500")
                    .execute(tx.conn().await?)
                    .await?;
                Ok::<_, fangbi::store::StoreError>(())
            })
        })
        .await
        .unwrap();
    drop(process);
    li.says("/sell").await;
    li.presses("USDT").await;
    let page = li.sees("Who buys USDT");
    assert!(labels(&page)[0].starts_with("¥7.20"), "{:?}", labels(&page));
}
