//! Against impostors: the reader's own phrase, the order's pair of pictures, and what is ours.

use playground::{Pretended, Sender};

use crate::world::World;

const PHRASE: &str = "山高水长 fox";

#[tokio::test]
async fn the_own_phrase_stands_on_everything_about_money_and_only_for_its_owner() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    li.says("/phrase").await;
    li.says("x").await;
    li.sees("2 to 40 characters");
    li.says(PHRASE).await;
    li.sees("Your phrase is set");
    assert_eq!(world.files_with("山高水长").await, Vec::<String>::new());
    let wang = world.buyer("Wang", "en").await;
    let sale = world.sale_between(&li, &wang).await;
    assert!(sale.card(&li).await.text.contains(PHRASE));
    sale.marks_paid().await;
    assert!(li.sees("has paid ¥720.00").text.contains(PHRASE));
    world.deposit(&li, "1 USDT").await;
    assert!(li.sees("1 USDT").text.contains(PHRASE));
    assert_eq!(wang.count(PHRASE), 0);
    li.says("/phrase").await;
    li.presses("Remove it").await;
    world.deposit(&li, "2 USDT").await;
    assert!(!li.sees("2 USDT").text.contains(PHRASE));
}

#[tokio::test]
async fn both_sides_see_the_same_pair_of_pictures() {
    let world = World::open().await;
    let sale = world.sale().await;
    let pair = |text: &str| {
        let after = text.split(&sale.code).nth(1).unwrap().to_owned();
        after.trim().split(' ').next().unwrap().to_owned()
    };
    let (li, wang) = (sale.card(&sale.li).await.text, sale.card(&sale.wang).await.text);
    assert_eq!(pair(&li), pair(&wang));
    assert!(!pair(&li).is_ascii(), "{li}");
}

#[tokio::test]
async fn a_forwarded_message_is_ours_or_not() {
    let world = World::open().await;
    let li = world.somebody("Li Na", "en").await;
    li.says("/verify").await;
    let ours = li.sees("Forward a message to me").message_id;
    li.forwards(ours).await;
    li.sees("Yes: this bot has sent that message");
    let pretended = |hidden| Pretended {
        text: "Order K7M2QX is paid, please release".to_owned(),
        from: Sender {
            name: "fangbi".to_owned(),
            id: Some(77),
            username: Some("fangbi_support_bot".to_owned()),
            is_bot: true,
            hidden,
        },
    };
    li.forwards_pretended(pretended(false)).await;
    li.sees("No: that is not from this bot");
    li.forwards_pretended(pretended(true)).await;
    li.sees("I cannot see who sent it");
}

#[tokio::test]
async fn a_forwarded_text_is_never_an_answer() {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.answers_all().await;
    let text = sale.last_digits().await;
    let from = Sender {
        name: "Wang".to_owned(),
        id: Some(78),
        username: None,
        is_bot: false,
        hidden: false,
    };
    sale.li.forwards_pretended(Pretended { text, from }).await;
    sale.li.sees("No: that is not from this bot");
    sale.is(fangbi::domain::order::Kind::Paid).await;
}

#[tokio::test]
async fn a_name_like_that_of_staff_is_warned_of() {
    let world = World::open().await;
    let li = world.seller("Li Na", "en").await;
    let wang = world.buyer("Fangbi Supp0rt", "en").await;
    let sale = world.sale_between(&li, &wang).await;
    assert!(sale.card(&li).await.text.contains("looks like that of staff"));
    assert!(!sale.card(&wang).await.text.contains("looks like that of staff"));
}
