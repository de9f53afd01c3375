//! What operators stop: all new orders, a person, an ad. Each has a reason that those concerned
//! read.

use fangbi::domain::order::Kind;
use fangbi::store::check::books;

use crate::world::{World, hours, labels};

const REASON: &str = "We move to another wallet";

#[tokio::test]
async fn a_pause_stops_all_new_orders_and_nothing_else() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, olga) = (&sale.li, world.operator());
    let hong = world.seller("Hong", "zh").await;
    world.reviews(&hong, "100 USDT").await;
    let bo = world.also_operates("Bo").await;

    olga.says(&format!("/pause  {REASON}\n until six. ")).await;
    let page = olga.sees("Stopped: all new orders");
    assert!(page.text.contains(&format!("{REASON} until six.")), "{}", page.text);
    let told = bo.sees("has stopped: all new orders");
    assert!(told.text.contains(REASON), "{}", told.text);

    // Before anything is asked, and at the last press.
    li.says("/sell").await;
    li.sees("have paused all new orders");
    li.sees(REASON);
    hong.presses("立即出售").await;
    hong.sees("本交易台已暂停所有新订单");
    hong.sees(REASON);
    assert_eq!(world.newest_order().await, sale.id);

    // Ads are posted, orders go on, coins go out.
    let chen = world.buyer("Chen", "en").await;
    chen.sees("Your ad is posted");
    chen.sees("All new orders are paused at the moment");
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
    li.says("/withdraw").await;
    li.sees("What do you take out?");
    li.says("/cancel").await;

    world.restart().await;
    hong.says("/sell").await;
    hong.sees("本交易台已暂停所有新订单");

    bo.says("/resume").await;
    bo.sees("Lifted: all new orders");
    olga.sees("has lifted the stop of all new orders");
    let again = world.sale_between(li, &sale.wang).await;
    assert_eq!(again.status().await, Kind::AwaitingPayment);
    olga.says("/resume").await;
    olga.sees("Not stopped: all new orders");
}

#[tokio::test]
async fn a_person_who_is_stopped_reads_why_and_keeps_the_coins() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang, olga) = (&sale.li, &sale.wang, world.operator());
    let hong = world.seller("Hong", "en").await;
    world.reviews(&hong, "100 USDT").await;

    olga.says(&format!("/stop {} {REASON}", wang.id())).await;
    olga.sees(&format!("Stopped: user {}", wang.id()));
    let told = wang.sees("have stopped your new orders and ads");
    assert!(told.text.contains(REASON), "{}", told.text);

    // Nobody sells to a person who is stopped…
    hong.presses("Sell now").await;
    hong.sees("have stopped this ad. Please choose another one");
    hong.does_not_see(REASON);
    hong.says("/sell").await;
    hong.presses("1,000 USDT").await;
    hong.sees("Nobody buys USDT right now");
    // …who posts no ad…
    wang.says("/ad").await;
    wang.sees(REASON);
    wang.does_not_see("Which coin do you want to buy?");
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.presses("Pause").await;
    let window = wang.presses("Resume").await;
    assert!(window.contains("have stopped it"), "{window}");
    // …but whose orders go on, and whose coins are theirs.
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
    wang.says("/sell").await;
    wang.sees("have stopped your new orders and ads");
    wang.sees(REASON);
    wang.says("/withdraw").await;
    wang.sees("What do you take out?");
    wang.says("/cancel").await;

    olga.says(&format!("/allow {}", wang.id())).await;
    olga.sees(&format!("Lifted: user {}", wang.id()));
    wang.sees("allow your new orders and ads again");
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.presses("Resume").await;
    wang.sees("Your ad is active");
    let again = world.sale_between(li, wang).await;
    assert_eq!(again.status().await, Kind::AwaitingPayment);
}

#[tokio::test]
async fn an_ad_that_is_stopped_is_offered_to_nobody() {
    let world = World::open().await;
    let sale = world.sale().await;
    let (li, wang, olga) = (&sale.li, &sale.wang, world.operator());
    olga.says(&format!("/stopad 1 {REASON}")).await;
    olga.sees("Stopped: ad no. 1");
    let told = wang.sees("have stopped your ad no. 1");
    assert!(told.text.contains(REASON), "{}", told.text);
    wang.says("/ads").await;
    wang.presses("USDT · ¥7.20").await;
    wang.sees("have stopped your ad no. 1");
    li.says("/sell").await;
    li.presses("900 USDT").await;
    li.sees("Nobody buys USDT right now");

    olga.says("/stops").await;
    olga.presses("ad no. 1").await;
    olga.sees(REASON);
    olga.presses("Lift it").await;
    olga.sees("Lifted: ad no. 1");
    wang.sees("allow your ad no. 1 again");
    olga.says("/stops").await;
    olga.sees("Nothing is stopped");
    let again = world.sale_between(li, wang).await;
    assert_eq!(again.status().await, Kind::AwaitingPayment);
}

#[tokio::test]
async fn each_command_explains_itself_and_says_what_is_wrong() {
    let world = World::open().await;
    let olga = world.operator();
    for (command, example) in [
        ("/pause", "/pause We are moving"),
        ("/stop", "/stop 7654321 "),
        ("/stop Wang is slow", "/stop 7654321 "),
        ("/allow", "/allow 7654321"),
        ("/stopad", "/stopad 12 "),
        ("/allowad", "/allowad 12"),
    ] {
        olga.says(command).await;
        olga.sees(example);
    }
    for (command, problem) in [
        ("/pause x", "A reason has 3 to 200 characters"),
        ("/stop 77 That is enough", "User 77 has not started this bot"),
        ("/stopad 77 That is enough", "There is no ad no. 77"),
        ("/allow 77", "Not stopped: user 77"),
        ("/allowad 77", "Not stopped: ad no. 77"),
    ] {
        olga.says(command).await;
        olga.sees(problem);
    }
    olga.says(&format!("/pause {}", "x".repeat(201))).await;
    olga.sees("A reason has 3 to 200 characters");
    assert_eq!(world.query_one("select count(*) from stops").await, Some(0));
    olga.says(&format!("/pause {REASON}")).await;
    olga.says("/pause Because it rains").await;
    let page = olga.sees("It is stopped already");
    assert!(page.text.contains(REASON) && !page.text.contains("rains"), "{}", page.text);
}

#[tokio::test]
async fn only_an_operator_stops_and_lifts() {
    let world = World::open().await;
    let (wang, olga) = (world.buyer("Wang", "en").await, world.operator());
    let chen = world.buyer("Chen", "en").await;
    for command in [
        "/pause That is enough",
        "/resume",
        "/stop 1 That is enough",
        "/allow 1",
        "/stopad 1 That is enough",
        "/allowad 1",
        "/stops",
        "/stop",
        "/allow",
    ] {
        for somebody in [&wang, &world.treasurer()] {
            somebody.says(command).await;
            somebody.sees("Only staff of this desk can do that");
        }
    }
    // A button of somebody who is no operator any more does nothing.
    let bo = world.also_operates("Bo").await;
    chen.looks();
    olga.says(&format!("/stop {} {REASON}", wang.id())).await;
    bo.sees("has stopped");
    world.operates_no_more(&bo).await;
    bo.presses("Lift it").await;
    bo.sees("Only staff of this desk can do that");
    assert_eq!(
        world.query_one("select count(*) from stops where lifted_at is null").await,
        Some(1)
    );
    chen.sees_nothing();
}

#[tokio::test]
async fn a_command_that_comes_late_stops_nothing() {
    let world = World::open().await;
    let olga = world.operator();
    olga.person.send(&format!("/pause {REASON}")).unwrap();
    world.away(hours(1));
    world.settle().await;
    olga.sees("That message reached me late");
    assert_eq!(world.query_one("select count(*) from stops").await, Some(0));
}

#[tokio::test]
async fn operators_see_their_commands() {
    let world = World::open().await;
    let olga = world.operator();
    olga.says("/help").await;
    let help = olga.sees("Running the desk");
    assert!(help.text.contains("/pause") && !help.text.contains("/deposit"), "{}", help.text);
    let wang = world.somebody("Wang", "en").await;
    wang.says("/help").await;
    wang.sees("/blocks");
    wang.does_not_see("/pause");
}

#[tokio::test]
async fn stops_are_what_the_log_says_and_their_words_are_sealed() {
    let world = World::open().await;
    let (wang, olga) = (world.buyer("Wang", "en").await, world.operator());
    olga.says(&format!("/stop {} {REASON}", wang.id())).await;
    assert_eq!(labels(&olga.sees(REASON)), ["Lift it", "What is stopped"]);
    assert_eq!(world.files_with(REASON).await, [""; 0]);
    let row = ["stops row 1: it is not what the log says of it"];
    for (change, found) in [
        ("update stops set by = by + 1", &row),
        ("update stops set subject = subject + 1", &row),
        ("update stops set lifted_by = 1, lifted_at = 1", &row),
        ("delete from stops", &["stops row 1: it is gone"]),
    ] {
        let folder = world.copied_files().await;
        let options =
            sqlx_sqlite::SqliteConnectOptions::new().filename(folder.path().join("fangbi.db"));
        let mut file = sqlx::ConnectOptions::connect(&options).await.unwrap();
        sqlx::query(change).execute(&mut file).await.unwrap();
        let said = books(&mut file, Some(world.seal())).await.unwrap();
        assert_eq!(said, found, "{change}");
    }
}
