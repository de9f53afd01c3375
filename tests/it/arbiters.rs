//! Who settles disputes: operators say so, and the configuration does.

use fangbi::store::users::StaffRole;

use crate::world::{World, labels};

#[tokio::test]
async fn an_operator_appoints_and_dismisses_and_the_person_hears_of_it() {
    let world = World::open().await;
    let olga = world.operator();
    let bo = world.somebody("Bo", "zh-hans").await;
    olga.says("/arbiters").await;
    olga.sees("There is none");
    olga.presses("Add an arbiter").await;
    for (typed, answer) in [
        ("Bo", "That is no id"),
        ("-5", "That is no id"),
        ("424242", "Nobody with this id has started the bot"),
    ] {
        olga.says(typed).await;
        olga.sees(answer);
    }
    olga.says(&bo.id().to_string()).await;
    olga.sees("is an arbiter now, and has been told");
    bo.sees("你已成为本平台的仲裁员");
    let menus = |world: &World| {
        let calls = world.telegram().calls().into_iter();
        let own = |it: &playground::Call| it.params["scope"]["chat_id"] == bo.id();
        let own: Vec<_> = calls.filter(|it| it.method == "setMyCommands").filter(own).collect();
        own.iter().map(|it| it.params["commands"].to_string().contains("disputes")).collect()
    };
    let seen: Vec<bool> = menus(&world);
    assert_eq!(seen, [true, true], "a menu in each language");
    bo.says("/disputes").await;
    bo.sees("目前没有待处理的案件");

    olga.says("/arbiters").await;
    let page = olga.sees(&format!("appointed by {}", olga.id()));
    assert!(labels(&page).contains(&format!("Remove {}", bo.id())));
    olga.presses("Add an arbiter").await;
    olga.says(&bo.id().to_string()).await;
    olga.sees("They are an arbiter already");
    olga.says("/cancel").await;
    olga.says("/arbiters").await;
    olga.presses(&format!("Remove {}", bo.id())).await;
    olga.presses("Yes, remove").await;
    olga.sees("is no arbiter any more, and has been told");
    bo.sees("你已不再是本平台的仲裁员");
    let seen: Vec<bool> = menus(&world);
    assert_eq!(seen, [true, true, false, false]);
    let logged = "select count(*) from order_log where order_id is null and entry like '%arbiter%'";
    assert_eq!(world.query_one(logged).await, Some(2));
}

#[tokio::test]
async fn whoever_was_appointed_in_the_chat_stays_and_the_file_brings_back_its_own() {
    let world = World::open().await;
    let olga = world.operator();
    let ada = world.arbiter("Ada").await;
    let bo = world.somebody("Bo", "en").await;
    olga.says("/arbiters").await;
    olga.sees("from the configuration");
    olga.presses("Add an arbiter").await;
    olga.says(&bo.id().to_string()).await;
    olga.presses("Back").await;
    olga.presses(&format!("Remove {}", ada.id())).await;
    olga.sees("They come from the configuration");
    olga.presses("Yes, remove").await;
    ada.says("/disputes").await;
    ada.sees("Only arbiters and operators");

    world.restart().await;
    for arbiter in [&ada, &bo] {
        arbiter.says("/disputes").await;
        arbiter.sees("Nothing waits");
    }
    // The file names nobody any more.
    let app = world.process().await.as_ref().unwrap().app.clone();
    app.appoint(StaffRole::Arbiter, vec![]).await.unwrap();
    ada.says("/disputes").await;
    ada.sees("Only arbiters and operators");
    bo.says("/disputes").await;
    bo.sees("Nothing waits");
}

#[tokio::test]
async fn only_operators_say_who_settles_disputes() {
    let world = World::open().await;
    let olga = world.operator();
    let ada = world.arbiter("Ada").await;
    for person in [&ada, &world.treasurer(), &world.somebody("Mallory", "en").await] {
        person.says("/arbiters").await;
        person.sees("Only the operators of this desk appoint arbiters");
        person.says("/help").await;
        person.does_not_see("/arbiters");
    }
    olga.says("/help").await;
    olga.sees("/arbiters");

    // Somebody who has just ceased to be an operator.
    olga.says("/arbiters").await;
    olga.presses("Add an arbiter").await;
    let app = world.process().await.as_ref().unwrap().app.clone();
    app.appoint(StaffRole::Operator, vec![]).await.unwrap();
    olga.says(&olga.id().to_string()).await;
    olga.sees("Only the operators of this desk appoint arbiters");
    assert_eq!(world.query_one("select count(*) from staff where role = 'arbiter'").await, Some(1));
}
