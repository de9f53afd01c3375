//! Nothing leaves before the yuan are there: five questions, a proof, ten seconds.

use fangbi::domain::order::{Kind, Question, Request};

use crate::world::{Sale, World, copies, labels, minutes, seconds};

/// Li's order is marked as paid.
async fn paid(world: &World) -> Sale {
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale
}

/// …and the gate is answered up to this question.
async fn asked(world: &World, question: Question) -> Sale {
    let sale = paid(world).await;
    sale.li.presses("I've received payment").await;
    for _ in Question::ALL.into_iter().take_while(|it| *it < question) {
        sale.li.presses("Yes").await;
    }
    sale
}

#[tokio::test]
async fn a_seller_answers_five_questions_and_types_four_digits() {
    let world = World::open().await;
    let sale = paid(&world).await;
    let li = &sale.li;
    li.presses("I've received payment").await;
    for question in [
        "1 of 5 · Is the money an entry in your balance or bill?",
        "2 of 5 · Does the entry have its time of arrival",
        "3 of 5 · Is it exactly ¥720.00?",
        "4 of 5 · Did the declared payer pay?",
        "5 of 5 · Is the memo empty?",
    ] {
        assert!(sale.card(li).await.text.contains(question), "{}", li.transcript());
        sale.is(Kind::Paid).await;
        li.presses("Yes").await;
    }
    let card = sale.card(li).await.text;
    assert!(card.contains("All five are answered with yes"), "{card}");
    assert!(card.contains("type the last four digits of the amount"), "{card}");
    li.says("2000").await;
    sale.is(Kind::Releasing).await;
    sale.cools_off().await;
    sale.is_released().await;
    let order = world.order(sale.id).await;
    for question in Question::ALL {
        assert!(order.gate.answer(question).unwrap().yes, "kept with the order");
    }
}

#[tokio::test]
async fn no_request_leads_around_the_gate() {
    use fangbi::domain::factor::Factor;
    let world = World::open().await;
    let sale = asked(&world, Question::Memo).await;
    for factor in [Factor::Totp, Factor::Recovery, Factor::Digits] {
        let refused = world.asks(&sale.li, sale.id, Request::ConfirmReceipt { factor }).await;
        assert_eq!(refused.as_deref(), Some("the gate is not passed: memo"));
    }
    sale.li.says(&sale.last_digits().await).await;
    sale.is(Kind::Paid).await;
}

#[tokio::test]
async fn what_is_not_there_yet_is_waited_for() {
    let world = World::open().await;
    let sale = asked(&world, Question::Entry).await;
    let (li, wang) = (&sale.li, &sale.wang);
    li.presses("No").await;
    let card = sale.card(li).await;
    assert!(card.text.contains("It is not in your balance or bill"), "{}", card.text);
    assert!(!labels(&card).contains(&"Yes".to_owned()));
    li.presses("Not there yet").await;
    wang.sees("The seller has looked");
    sale.is(Kind::Paid).await;
    // Whatever was answered before counts no more.
    world.pass(minutes(3)).await;
    sale.confirms().await;
    sale.is(Kind::Releasing).await;
}

#[tokio::test]
async fn a_transfer_that_alipay_holds_back_is_asked_about_again() {
    let world = World::open().await;
    let sale = asked(&world, Question::Arrival).await;
    sale.li.presses("No").await;
    assert!(sale.card(&sale.li).await.text.contains("until it has, it can be called back"));
    sale.li.presses("Delayed 2 h").await;
    sale.is(Kind::Delayed).await;
    world.pass(minutes(121)).await;
    sale.li.sees("should be there now");
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn a_few_fen_less_are_asked_for() {
    let world = World::open().await;
    let sale = asked(&world, Question::Amount).await;
    let (li, wang) = (&sale.li, &sale.wang);
    li.says("￥７１９．９９").await;
    li.sees("That is ¥0.01 less than agreed");
    assert_eq!(wang.count("are missing"), 0, "nobody is asked by a slip of the thumb");
    li.presses("Ask for ¥0.01").await;
    li.sees("I have asked the buyer for the missing ¥0.01");
    wang.sees("¥0.01 are missing");
    sale.is(Kind::Paid).await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.is_released().await;
}

#[tokio::test]
async fn more_than_agreed_goes_back_whole() {
    let world = World::open().await;
    let sale = asked(&world, Question::Amount).await;
    let (li, wang) = (&sale.li, &sale.wang);
    li.says("720.5").await;
    li.sees("That is ¥0.50 more than agreed");
    li.presses("Wrong amount: send back").await;
    sale.is(Kind::Refunding).await;
    let text = copies(&sale.card(li).await).into_iter().find(|(label, _)| label.contains("text"));
    let (_, text) = text.unwrap();
    assert!(text.contains(&sale.code) && text.contains("原路退回"), "{text}");
    li.presses("I've sent the money back").await;
    wang.sees("The seller has sent ¥720.00 back");
    wang.presses("I've got the money back").await;
    wang.presses("Yes, ¥720.00 is back").await;
    sale.is_returned(Kind::Cancelled).await;
    let completed = world.query_one("select sum(completed) from users").await;
    assert_eq!(completed, Some(0), "a refusal counts neither for nor against anybody");
}

#[tokio::test]
async fn nonsense_in_place_of_an_amount_changes_nothing() {
    let world = World::open().await;
    let sale = asked(&world, Question::Amount).await;
    for text in ["1e3", "-720", "0", "seven hundred", "720.005", "7,20.00", "720 USDT"] {
        sale.li.says(text).await;
        let order = world.order(sale.id).await;
        assert_eq!(order.gate.open(), Some(Question::Amount), "{text}");
        sale.is(Kind::Paid).await;
    }
    sale.li.says("¥720.00").await;
    assert_eq!(world.order(sale.id).await.gate.open(), Some(Question::Payer));
}

#[tokio::test]
async fn the_payer_is_compared_with_what_the_buyer_has_declared() {
    let world = World::open().await;
    let sale = asked(&world, Question::Payer).await;
    let li = &sale.li;
    let payer = sale.payer().await;
    let card = sale.card(li).await.text;
    for mask in [payer.name.mask(), payer.account.mask()] {
        assert!(card.contains(&mask), "{card}");
    }
    assert!(!card.contains(payer.account.reveal()) && !card.contains(payer.name.reveal()));
    li.says("成功收款5000元").await;
    li.sees("I cannot find a mask in that");
    li.says("追梦(**〇) 139****0000").await;
    li.sees("That is not the declared payer");
    let card = sale.card(li).await;
    assert!(
        labels(&card).contains(&"Somebody else paid: send back".to_owned()),
        "{}",
        li.transcript()
    );
    // No yes passes against masks that do not fit, whatever is pressed.
    let yes = Request::Answer { question: Question::Payer, yes: true };
    let refused = world.asks(li, sale.id, yes).await;
    assert_eq!(refused.as_deref(), Some("the payer is not the one who was declared"));
    // It was mistyped.
    li.says(&format!("追梦({}) {}", payer.name.mask(), payer.account.mask())).await;
    assert_eq!(world.order(sale.id).await.gate.open(), Some(Question::Memo));
}

#[tokio::test]
async fn somebody_elses_money_goes_back() {
    let world = World::open().await;
    let sale = asked(&world, Question::Payer).await;
    sale.li.presses("No").await;
    assert!(sale.card(&sale.li).await.text.contains("this is how stolen money comes in"));
    sale.li.presses("Somebody else paid").await;
    sale.is(Kind::Refunding).await;
    sale.wang.sees("account it came from");
}

#[tokio::test]
async fn words_about_coins_in_the_memo_are_found() {
    let world = World::open().await;
    let sale = asked(&world, Question::Memo).await;
    let li = &sale.li;
    li.says("购买ＵＳ\u{200B}ＤＴ").await;
    li.sees("These are words about coins");
    li.says("转账").await;
    let card = sale.card(li).await.text;
    assert!(card.contains("All five are answered with yes"), "{card}");
}

#[tokio::test]
async fn wrong_digits_lock_the_release_for_a_while() {
    let world = World::open().await;
    let sale = paid(&world).await;
    sale.answers_all().await;
    for _ in 0..5 {
        sale.li.says("0000").await;
    }
    sale.li.says("2000").await;
    sale.is(Kind::Paid).await;
    world.pass(minutes(15)).await;
    sale.li.says("2000").await;
    sale.is(Kind::Releasing).await;
}

#[tokio::test]
async fn the_gate_outlives_a_restart_and_a_stop_closes_it() {
    let world = World::open().await;
    let sale = asked(&world, Question::Memo).await;
    world.restart().await;
    assert_eq!(world.order(sale.id).await.gate.open(), Some(Question::Memo));
    sale.li.presses("Yes").await;
    world.restart().await;
    sale.li.says("2000").await;
    sale.is(Kind::Releasing).await;
    world.pass(seconds(5)).await;
    sale.li.presses("Stop").await;
    sale.is(Kind::Paid).await;
    assert_eq!(world.order(sale.id).await.gate.open(), Some(Question::Entry));
}

#[tokio::test]
async fn a_buyer_gives_the_order_number_and_the_seller_sees_its_end() {
    let world = World::open().await;
    let sale = paid(&world).await;
    let (li, wang) = (&sale.li, &sale.wang);
    wang.sees("Please type the order number");
    assert!(sale.card(li).await.text.contains("has not given an order number yet"));
    for (text, problem) in [
        ("paid, please release", "it has only digits"),
        ("2027011520004001110012345678901", "28 or 32 digits"),
        ("20200101200040011100670012345678", "is of another day"),
    ] {
        wang.says(text).await;
        wang.sees(problem);
    }
    wang.says("２０２７０１１５ 2000 4001 1100 6700 1234 5678").await;
    wang.sees("…345678");
    assert!(sale.card(li).await.text.contains("Order number of the payment: …345678"));
    assert_eq!(world.files_with("2027011520004001110067001234").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_number_of_another_order_is_refused_and_told() {
    let world = World::open().await;
    let sale = paid(&world).await;
    let number = "20270115200040011100670012345678";
    sale.wang.says(number).await;
    let mei = world.seller("Mei", "en").await;
    let second = world.sale_between(&mei, &sale.wang).await;
    second.marks_paid().await;
    second.wang.says(number).await;
    second.wang.sees("This number belongs to another order");
    mei.sees("the order number that the buyer gave belongs to another order");
    world.operator().sees("the buyer gave the Alipay order number of order");
    // Whoever types it again and again rings nobody.
    second.wang.says(number).await;
    second.wang.sees("This number belongs to another order");
    let rings = mei.chat().into_iter().filter(|it| it.text.contains("belongs to another order"));
    assert_eq!(rings.count(), 1, "{}", mei.transcript());
    // The same number again for its own order is no news.
    let card = sale.card(&sale.wang).await.message_id;
    sale.wang.presses_under(card, "Give the order number").await;
    sale.wang.says(number).await;
    sale.wang.sees("Thank you: …345678");
}

#[tokio::test]
async fn money_that_comes_in_the_grace_can_go_back_too() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(16)).await;
    sale.is(Kind::Overdue).await;
    sale.li.presses("I've received payment").await;
    for _ in 0..3 {
        sale.li.presses("Yes").await;
    }
    sale.li.presses("No").await;
    sale.li.presses("Somebody else paid").await;
    sale.is(Kind::Refunding).await;
}

#[tokio::test]
async fn less_than_agreed_in_the_grace_is_a_no_with_ways_on() {
    let world = World::open().await;
    let sale = world.sale().await;
    world.pass(minutes(16)).await;
    sale.li.presses("I've received payment").await;
    for _ in 0..2 {
        sale.li.presses("Yes").await;
    }
    sale.li.says("719.99").await;
    sale.li.sees("That is ¥0.01 less than agreed");
    sale.is(Kind::Overdue).await;
    sale.li.presses("Wrong amount: send back").await;
    sale.is(Kind::Refunding).await;
}

#[tokio::test]
async fn a_nickname_like_the_declared_account_passes_nothing() {
    let world = World::open().await;
    let sale = asked(&world, Question::Payer).await;
    let declared = sale.payer().await.account.mask();
    sale.li.says(&format!("{declared}(**〇) 139******00")).await;
    assert_eq!(world.order(sale.id).await.gate.open(), Some(Question::Payer));
    sale.li.sees("I cannot find a mask in that");
}

#[tokio::test]
async fn a_proof_that_reached_us_late_releases_nothing() {
    let world = World::open().await;
    let sale = asked(&world, Question::Arrival).await;
    sale.li.presses("No").await;
    sale.li.presses("Delayed 2 h").await;
    // Alipay's own clock is not ours to move: over our absence the answers stay.
    sale.answers_all().await;
    sale.li.person.send(&sale.last_digits().await).unwrap();
    world.away(minutes(6));
    world.drain().await;
    sale.li.sees("That message reached me late, so I did nothing");
    sale.is(Kind::Delayed).await;
    sale.li.says(&sale.last_digits().await).await;
    sale.is(Kind::Releasing).await;
}

#[tokio::test]
async fn a_number_of_a_refund_that_comes_again_is_the_sellers() {
    let world = World::open().await;
    let sale = paid(&world).await;
    let number = "20270115200040011100670012345678";
    sale.wang.says(number).await;
    let mei = world.seller("Mei", "en").await;
    let second = world.sale_between(&mei, &sale.wang).await;
    second.marks_paid().await;
    mei.presses("Something is wrong").await;
    mei.presses("Wrong amount: send back").await;
    mei.presses("I've sent the money back").await;
    mei.says(number).await;
    mei.sees("This number belongs to another order");
    second.wang.sees("the number of the refund that the seller gave belongs to another order");
    let told = world.operator().sees("the seller gave the Alipay order number of order");
    assert!(!told.text.contains("buyer"), "{}", told.text);
    mei.does_not_see("the order number that the buyer gave");
}

#[tokio::test]
async fn a_card_that_asks_for_digits_asks_no_more_when_the_gate_was_left() {
    let world = World::open().await;
    let sale = paid(&world).await;
    sale.answers_all().await;
    assert!(sale.card(&sale.li).await.text.contains("type the last four digits"));
    sale.li.says("/cancel").await;
    sale.li.sees("You have left it");
    let card = sale.card(&sale.li).await;
    assert!(!card.text.contains("type the last four digits"), "{}", card.text);
    assert!(labels(&card).contains(&"I've received payment".to_owned()));
}

#[tokio::test]
async fn the_page_about_the_rest_leads_back_to_the_order() {
    let world = World::open().await;
    let sale = asked(&world, Question::Amount).await;
    sale.li.says("719.99").await;
    sale.li.presses("Ask for ¥0.01").await;
    let page = sale.li.sees("I have asked the buyer");
    sale.li.presses_under(page.message_id, "Open the order").await;
    sale.li.sees(&sale.code);
}
