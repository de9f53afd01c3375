//! The second factor: an authenticator in somebody's hand, guesses, locks, lost phones.

use fangbi::app::{Origin, Reply, WithdrawRefusal};
use fangbi::domain::UserId;
use fangbi::domain::factor::FactorRefusal;
use fangbi::domain::money::{Coin, Coins};
use totp_rs::{Builder, Secret, Totp};

use crate::payees::opens_card;
use crate::world::sale::{ACCOUNT, ACCOUNT_MASK, NAME};
use crate::world::{Somebody, World, copies, hours, labels, minutes, seconds};

const SECOND: &str = "15810002222";
const SECOND_MASK: &str = "158******22";
const ADDRESS: &str = "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE";

/// An app on somebody's phone.
struct Authenticator {
    totp: Totp,
    secret: String,
    world: World,
}

impl Authenticator {
    fn code(&self) -> String {
        self.totp.generate(self.world.now().timestamp().try_into().unwrap()).to_string()
    }

    /// Six digits that are not a code around now.
    fn wrong_code(&self) -> String {
        let now = u64::try_from(self.world.now().timestamp()).unwrap();
        let right = [now - 30, now, now + 30].map(|it| self.totp.generate(it).to_string());
        let mut guesses = (0..4).map(|it| format!("{it}{it}{it}{it}{it}{it}"));
        guesses.find(|it| !right.contains(it)).unwrap()
    }

    /// The phone shows another code.
    fn waits(&self) {
        self.world.away(seconds(30));
    }
}

/// Scans what is shown, and confirms. The recovery codes are on the page that is seen last.
async fn scans(world: &World, li: &Somebody) -> Authenticator {
    li.says("/security").await;
    li.sees("The second factor is off");
    li.presses("Turn it on").await;
    let page = li.sees("Scan this with your authenticator");
    assert!(page.photo.is_some() && page.protected);
    let [(_, secret)] = &copies(&page)[..] else { panic!("{page:?}") };
    assert!(page.text.contains(secret.as_str()));
    let key = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(key).build().unwrap();
    Authenticator { totp, secret: secret.clone(), world: world.clone() }
}

async fn enrols(world: &World, li: &Somebody) -> (Authenticator, Vec<String>) {
    let app = scans(world, li).await;
    li.says(&app.code()).await;
    let page = li.sees("These are your recovery codes");
    assert!(page.protected);
    let codes = page.text.lines().filter(|it| it.len() == 11 && it.as_bytes()[5] == b'-');
    let codes: Vec<String> = codes.map(str::to_owned).collect();
    assert_eq!(codes.len(), 8, "{}", page.text);
    li.presses("I have written them down").await;
    app.waits();
    (app, codes)
}

/// To the last question of a withdrawal.
async fn withdraws(li: &Somebody) {
    li.says("/withdraw").await;
    li.presses("USDT").await;
    li.says("50").await;
    li.says(ADDRESS).await;
    li.presses("Yes, withdraw 50 USDT").await;
    li.sees("One last check");
}

#[tokio::test]
async fn an_authenticator_is_scanned_confirmed_and_asked() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let app = scans(&world, &li).await;
    li.says(&app.wrong_code()).await;
    li.sees("That code does not belong to this key");
    li.presses("Show the picture again").await;
    let again = li.sees("Scan this with your authenticator");
    assert!(again.text.contains(&app.secret), "it is the same key");
    assert_eq!(li.count("Scan this with your authenticator"), 1, "the one before is gone");

    li.says(&app.code()).await;
    let codes = li.sees("These are your recovery codes").text;
    assert_eq!(li.count("Scan this with your authenticator"), 0, "the key has left the chat");
    assert!(li.chat().iter().all(|it| !it.text.contains(&app.secret)));
    li.presses("I have written them down").await;
    li.sees("The second factor is on");
    li.sees("Recovery codes left: 8");
    assert_eq!(li.count("recovery codes"), 0, "and so have the codes");
    let readable = "select count(*) from second_factors where codes is not null";
    assert_eq!(world.query_one(readable).await, Some(0), "only their hashes are kept");

    app.waits();
    withdraws(&li).await;
    li.says("bLSE").await;
    li.sees("That is not right. You have 4 tries left");
    li.says(&format!(" {} ", app.code())).await;
    li.sees("50 USDT are set aside for you");
    assert_eq!(world.balance(&li).await, "950 USDT");

    for words in [app.secret.as_str(), codes.lines().nth(2).unwrap()] {
        assert_eq!(world.files_with(words).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn whoever_has_no_authenticator_types_the_end_of_the_address() {
    let world = World::open().await;
    let li = world.seller("李娜", "zh-CN").await;
    li.says("/withdraw").await;
    li.presses("USDT").await;
    li.says("50").await;
    li.says(ADDRESS).await;
    li.presses("确认提币 50 USDT").await;
    li.sees("收币地址的最后四位");
    li.says("ＫcbL").await;
    li.sees("不正确，还可以试 4 次");
    li.says("ｂＬＳＥ").await;
    li.sees("提币申请已提交");
}

#[tokio::test]
async fn a_code_counts_once() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (app, _) = enrols(&world, &li).await;
    let code = app.code();
    withdraws(&li).await;
    li.says(&code).await;
    li.sees("50 USDT are set aside for you");
    withdraws(&li).await;
    li.says(&code).await;
    li.sees("That code has been used");
    app.waits();
    li.says(&code).await;
    li.sees("That code has been used");
    li.says(&app.code()).await;
    li.sees("50 USDT are set aside for you");
    assert_eq!(world.balance(&li).await, "900 USDT");
}

/// The code that has turned it on, and one before it, prove nothing more.
#[tokio::test]
async fn the_first_code_counts_once_too() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let app = scans(&world, &li).await;
    let (before, first) = (app.code(), {
        app.waits();
        app.code()
    });
    li.says(&first).await;
    li.presses("I have written them down").await;
    withdraws(&li).await;
    for code in [&first, &before] {
        li.says(code).await;
        li.sees("That code has been used");
    }
    assert_eq!(world.balance(&li).await, "1,000 USDT");
}

#[tokio::test]
async fn guesses_meet_ever_longer_locks() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (app, _) = enrols(&world, &li).await;
    withdraws(&li).await;
    for lock in [minutes(15), hours(1), hours(24), hours(24)] {
        for left in ["4 tries left", "3 tries left", "2 tries left", "one try left"] {
            li.says(&app.wrong_code()).await;
            li.sees(left);
        }
        li.says(&app.wrong_code()).await;
        li.sees("so nothing is looked at until");
        // Not even what is right, up to the last second.
        world.away(lock - seconds(1));
        li.says(&app.code()).await;
        li.sees("so nothing is looked at until");
        world.away(seconds(1));
    }
    li.says(&app.code()).await;
    li.sees("50 USDT are set aside for you");
    // What has succeeded begins anew.
    app.waits();
    withdraws(&li).await;
    li.says(&app.wrong_code()).await;
    li.sees("4 tries left");
}

/// However many reach us together, five are looked at.
#[tokio::test]
async fn guesses_at_speed_are_counted_each() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (app, _) = enrols(&world, &li).await;
    withdraws(&li).await;
    let wrong = app.wrong_code();
    for _ in 0..30 {
        li.person.send(&wrong).unwrap();
    }
    li.person.send(&app.code()).unwrap();
    world.drain().await;
    assert_eq!(li.count("tries left"), 3);
    assert_eq!(li.count("one try left"), 1);
    assert_eq!(world.balance(&li).await, "1,000 USDT", "the right one came too late");
    assert_eq!(tries(&world, &li).await, (0, 1));
}

/// Two updates that are decided at the same moment, with one code.
#[tokio::test]
async fn one_code_at_two_places_at_once_counts_once() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (authenticator, _) = enrols(&world, &li).await;
    let code = authenticator.code();
    let app = world.process().await.as_ref().unwrap().app.clone();
    let withdraws = |update_id| {
        let user = UserId(li.id());
        let origin = Origin { update_id, chat: li.id(), user, meet: None, poses: None };
        let (tell, told) = std::sync::mpsc::channel();
        let say = move |outcome| {
            tell.send(outcome).unwrap();
            Reply::default()
        };
        let coins = Coins::new(Coin::Usdt, 50_000_000);
        let (app, code) = (app.clone(), code.clone());
        async move {
            app.withdraw(origin, coins, ADDRESS.to_owned(), code, say).await.unwrap();
            told.recv().unwrap()
        }
    };
    let (one, other) = futures::join!(withdraws(-901), withdraws(-902));
    assert_eq!(one.map(|it| it.coins.to_string()), Ok("50 USDT".to_owned()));
    assert_eq!(other, Err(WithdrawRefusal::Unproved { refusal: FactorRefusal::Used }));
    world.drain().await;
    assert_eq!(world.balance(&li).await, "950 USDT");
}

/// What was tried stays counted when the program dies.
#[tokio::test]
async fn a_crash_gives_no_try_back() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (app, _) = enrols(&world, &li).await;
    withdraws(&li).await;
    li.person.send(&app.wrong_code()).unwrap();
    li.person.send(&app.wrong_code()).unwrap();
    world.poll().await;
    world.restart().await;
    world.drain().await;
    assert_eq!(tries(&world, &li).await, (2, 0));
    world.restart().await;
    li.says(&app.wrong_code()).await;
    li.sees("You have 2 tries left");
}

async fn tries(world: &World, of: &Somebody) -> (i64, i64) {
    let user = UserId(of.id());
    let column = |name: &str| format!("select {name} from second_factors where user_id = {user}");
    let tries = world.query_one(&column("tries")).await.unwrap();
    (tries, world.query_one(&column("locks")).await.unwrap())
}

#[tokio::test]
async fn a_recovery_code_replaces_one_code() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (_, codes) = enrols(&world, &li).await;
    world.restart().await;
    withdraws(&li).await;
    li.says(&codes[0].to_lowercase().replace('-', " ")).await;
    li.sees("50 USDT are set aside for you");
    withdraws(&li).await;
    li.says(&codes[0]).await;
    li.sees("That code has been used");
    li.says("/security").await;
    li.sees("Recovery codes left: 7");
}

#[tokio::test]
async fn new_recovery_codes_end_the_old_ones() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (app, old) = enrols(&world, &li).await;
    li.says("/security").await;
    li.presses("New recovery codes").await;
    li.says(&app.code()).await;
    let page = li.sees("These are your recovery codes");
    assert!(!page.text.contains(&old[0]));
    withdraws(&li).await;
    li.says(&old[0]).await;
    li.sees("That is not right");
}

/// A lost phone: a recovery code turns it off, and a new one can be scanned.
#[tokio::test]
async fn it_is_turned_off_with_a_code_and_with_nothing_else() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (app, codes) = enrols(&world, &li).await;
    li.says("/security").await;
    li.presses("Turn it off").await;
    li.says("please").await;
    li.sees("That is not right");
    li.presses("Leave").await;
    li.says("/security").await;
    li.sees("The second factor is on");
    li.presses("Turn it off").await;
    li.says(&codes[3]).await;
    li.sees("The second factor is now off");

    withdraws(&li).await;
    li.says(&app.code()).await;
    li.sees("That is not right");
    let (new, _) = enrols(&world, &li).await;
    assert_ne!(new.secret, app.secret);
    withdraws(&li).await;
    li.says(&app.code()).await;
    li.sees("That is not right");
    li.says(&codes[4]).await;
    li.sees("That is not right");
    li.says(&new.code()).await;
    li.sees("50 USDT are set aside for you");
}

#[tokio::test]
async fn what_was_not_confirmed_protects_nothing_and_leaves_the_chat() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let first = scans(&world, &li).await;
    li.says("/cancel").await;
    assert_eq!(li.count("Scan this with your authenticator"), 0);
    li.says("/security").await;
    li.sees("The second factor is off");
    let second = scans(&world, &li).await;
    assert_ne!(first.secret, second.secret);
    li.says(&first.code()).await;
    li.sees("That code does not belong to this key");
    li.presses("Leave").await;
    withdraws(&li).await;
    li.says("bLSE").await;
    li.sees("50 USDT are set aside for you");
}

#[tokio::test]
async fn a_restart_in_between_costs_nothing() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let app = scans(&world, &li).await;
    world.restart().await;
    li.says(&app.code()).await;
    world.restart().await;
    li.sees("These are your recovery codes");
    assert_eq!(li.count("Scan this with your authenticator"), 0);
    li.presses("I have written them down").await;
    assert_eq!(li.count("recovery codes"), 0);
    app.waits();
    withdraws(&li).await;
    world.restart().await;
    li.says(&app.code()).await;
    li.sees("50 USDT are set aside for you");
}

#[tokio::test]
async fn old_buttons_of_the_pages_change_nothing() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (app, _) = enrols(&world, &li).await;
    li.says("/security").await;
    let page = li.sees("The second factor is on");
    assert_eq!(labels(&page), ["New recovery codes", "Turn it off"]);
    li.presses("Turn it off").await;
    li.says(&app.code()).await;
    app.waits();
    let (app, _) = enrols(&world, &li).await;
    // "Turn it on" of the page that said it was off.
    li.presses("Turn it on").await;
    li.sees("The second factor is on");
    withdraws(&li).await;
    li.says(&app.code()).await;
    li.sees("50 USDT are set aside for you");
}

/// Whoever holds the unlocked phone cannot lead the yuan elsewhere.
#[tokio::test]
async fn an_account_is_added_or_changed_only_with_a_code() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (app, _) = enrols(&world, &li).await;
    // Before the first one there is nothing to be led away from.
    world.adds(&li, ACCOUNT).await;
    li.sees("The account is saved");

    world.adds(&li, SECOND).await;
    let page = li.sees("Add this account?");
    assert!(page.text.contains("Account: 158******22 · ***珠"), "{}", page.text);
    assert_eq!(world.query_one("select count(*) from payees").await, Some(1));
    li.says(&app.wrong_code()).await;
    let page = li.sees("That is not right. You have 4 tries left");
    assert!(page.text.contains("Add this account?"), "{}", page.text);
    world.restart().await;
    let code = app.code();
    li.says(&code).await;
    li.sees("The account is saved");
    li.sees("A new Alipay account was added");
    for words in [SECOND, NAME] {
        assert_eq!(world.files_with(words).await, Vec::<String>::new());
    }

    // What leads nothing to anybody else needs none.
    opens_card(&li, SECOND_MASK).await;
    li.presses("Pause").await;
    li.sees("Paused: no new order is paid to it");
    li.presses("Offer it first").await;
    li.sees("Offered first when you sell");
    for limit in ["2000", "1000"] {
        li.presses("Limit a day").await;
        li.says(limit).await;
        li.sees(&format!("Today: ¥0.00 of ¥{}", if limit == "2000" { "2,000" } else { "1,000" }));
    }

    li.presses("Resume").await;
    li.sees("Resume this account?");
    li.says(&code).await;
    li.sees("That code has been used");
    app.waits();
    li.says(&app.code()).await;
    li.sees("New or changed: orders can be paid to it from");

    for (more, shown) in [("1000.01", "of ¥1,000.01"), ("", "¥0.00, no limit")] {
        li.presses("Limit a day").await;
        match more {
            "" => drop(li.presses("No limit").await),
            more => li.says(more).await,
        }
        li.sees("Let this account take more?");
        app.waits();
        li.says(&app.code()).await;
        li.sees(shown);
    }

    li.presses("Payment code").await;
    li.says("https://qr.alipay.com/fkx07326abcdefgh").await;
    li.sees("Change the payment code of this account?");
    assert_eq!(world.files_with("07326abcdefgh").await, Vec::<String>::new());
    app.waits();
    li.says(&app.code()).await;
    li.sees("Payment code: saved");

    li.presses("Erase the account").await;
    li.presses("Yes, erase it").await;
    li.sees("Erase this account?");
    li.presses("‹ Back").await;
    li.sees("Payment code: saved");
    li.presses("Erase the account").await;
    li.presses("Yes, erase it").await;
    app.waits();
    li.says(&app.code()).await;
    li.sees("The account is erased");
    li.says("/accounts").await;
    assert_eq!(labels(&li.sees("Your Alipay accounts"))[0], "★ 139******82 · ***珠");
}

#[tokio::test]
async fn guesses_at_an_account_meet_the_same_lock() {
    let world = World::open().await;
    let li = world.seller("李娜", "zh-CN").await;
    world.buyer("Wang", "zh-CN").await;
    let (app, _) = {
        li.says("/language").await;
        li.presses("English").await;
        let enrolled = enrols(&world, &li).await;
        li.says("/language").await;
        li.presses("简体中文").await;
        enrolled
    };
    li.says("/accounts").await;
    li.presses("添加账号").await;
    li.says(ACCOUNT).await;
    li.says(NAME).await;
    li.presses("保存账号").await;
    li.sees("账号已保存");

    // The way through a sale is the same one.
    li.says("/sell").await;
    li.presses("USDT").await;
    li.presses("¥7.20").await;
    li.says("100 USDT").await;
    li.presses("换个账号").await;
    li.says(SECOND).await;
    li.says(NAME).await;
    li.presses("保存账号").await;
    li.sees("添加这个账号？");
    for left in ["还可以试 4 次", "还可以试 3 次", "还可以试 2 次", "还可以试 1 次"]
    {
        li.says(&app.wrong_code()).await;
        li.sees(left);
    }
    li.says(&app.wrong_code()).await;
    li.sees("错误次数过多");
    app.waits();
    li.says(&app.code()).await;
    li.sees("错误次数过多");
    assert_eq!(world.query_one("select count(*) from payees").await, Some(1));
    world.away(minutes(15));
    li.says(&app.code()).await;
    li.sees("账号已保存");
    assert_eq!(world.query_one("select count(*) from payees").await, Some(2));
}

/// Who has found a single recovery code gains nothing by turning it off, and its owner hears of it.
#[tokio::test]
async fn after_it_was_turned_off_accounts_stay_as_they_are_for_a_day() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (_, codes) = enrols(&world, &li).await;
    world.adds(&li, ACCOUNT).await;
    li.says("/security").await;
    li.presses("Turn it off").await;
    li.says(&codes[0]).await;
    let used = li.sees("A recovery code was used");
    assert!(used.text.contains("Recovery codes left: 7"), "{}", used.text);
    let off = li.sees("The second factor was turned off");
    assert!(off.text.contains("can be added, changed and erased again from"), "{}", off.text);
    assert_eq!(labels(&off), ["Second factor"]);

    let refused = "You turned the second factor off not long ago";
    world.adds(&li, SECOND).await;
    li.sees(refused);
    opens_card(&li, ACCOUNT_MASK).await;
    li.presses("Pause").await;
    li.sees("Paused: no new order is paid to it");
    li.presses("Resume").await;
    li.sees(refused);
    opens_card(&li, ACCOUNT_MASK).await;
    li.presses("Erase the account").await;
    li.presses("Yes, erase it").await;
    li.sees(refused);

    // Another authenticator does not undo it.
    let (app, _) = enrols(&world, &li).await;
    world.adds(&li, SECOND).await;
    li.sees(refused);
    assert_eq!(world.query_one("select count(*) from payees").await, Some(1));
    world.away(hours(24));
    world.drain().await;
    world.adds(&li, SECOND).await;
    li.sees("Add this account?");
    li.says(&app.code()).await;
    li.sees("The account is saved");
}

#[tokio::test]
async fn what_is_forgotten_leaves_the_second_factor_on() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let (app, _) = enrols(&world, &li).await;
    world.adds(&li, ACCOUNT).await;
    li.says("/forget").await;
    li.sees("A second factor stays on, too");
    li.presses("Yes, erase them").await;
    li.says("/security").await;
    li.sees("The second factor is on");
    // Nor does it lead around the code.
    world.adds(&li, SECOND).await;
    li.sees("Add this account?");
    li.says(&app.code()).await;
    li.sees("The account is saved");
}
