//! Disputes as arbiters settle them: evidence, questions, the case page, the award and its reason.

use fangbi::domain::money::Fen;
use fangbi::domain::order::Kind;
use playground::{Message, Upload};

use crate::world::{Rules, Sale, Somebody, World, hours, labels, minutes, seconds};

const REASON: &str = "The seller's bill has no such entry.";

/// Wang says he has paid, and nothing is released.
async fn disputed_in(world: &World) -> (Sale, Somebody) {
    let ada = world.arbiter("Ada").await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    world.pass(minutes(15)).await;
    sale.wang.presses("Refresh").await;
    sale.buyer_disputes().await;
    sale.is(Kind::Disputed).await;
    (sale, ada)
}

async fn disputed() -> (World, Sale, Somebody) {
    let world = World::open().await;
    let (sale, ada) = disputed_in(&world).await;
    (world, sale, ada)
}

/// One in which an award needs two arbiters.
async fn large() -> (World, Sale, Somebody) {
    let mut rules = Rules::default();
    rules.policy.terms.two_arbiters_above = Fen::yuan(100);
    let world = World::with(rules).await;
    let (sale, ada) = disputed_in(&world).await;
    (world, sale, ada)
}

impl Somebody {
    /// As a photo, or as what its name says.
    async fn hands_in(&self, world: &World, name: &str, bytes: &[u8], caption: &str) {
        self.looks();
        let photo = name.ends_with(".jpg");
        let (name, bytes, caption) = (name.into(), bytes.into(), caption.into());
        self.person.upload(Upload { name, bytes, caption, photo }).unwrap();
        world.drain().await;
    }

    /// Opens the case from the queue, and reads its first page.
    async fn opens_case(&self, sale: &Sale) -> Message {
        self.says("/disputes").await;
        self.presses(&sale.code).await;
        self.sees("What happened")
    }

    /// Up to the last question of an award.
    async fn decides(&self, label: &str, reason: &str) {
        self.presses(label).await;
        self.says(reason).await;
    }
}

#[tokio::test]
async fn a_dispute_is_opened_evidenced_taken_asked_about_and_awarded_with_a_reason() {
    let (world, sale, ada) = disputed().await;
    let (li, wang) = (&sale.li, &sale.wang);
    for side in [li, wang] {
        let told = side.sees("The order is in dispute");
        assert!(told.text.contains("a recording of the screen"), "{}", told.text);
        assert!(labels(&told).contains(&"Add evidence".to_owned()));
    }

    wang.presses("Add evidence").await;
    wang.presses("A recording of the screen").await;
    wang.hands_in(&world, "screen.mp4", b"a recording", "my bill, opened").await;
    wang.sees("Kept, and shown to the arbiters");
    assert!(sale.card(wang).await.text.contains("You have handed in evidence"));
    assert!(sale.card(li).await.text.contains("The other side has handed in evidence"));
    li.does_not_see("my bill, opened");

    ada.presses("Take the case").await;
    li.sees("Arbiters write only here, through this bot");
    let case = ada.opens_case(&sale).await;
    for said in ["evidence: A recording of the screen", "my bill, opened", "📎 File 1 · video"] {
        assert!(case.text.contains(said), "{said}: {}", case.text);
    }
    ada.presses("File 1").await;
    let file = ada.sees("A file of case");
    assert_eq!(world.file_of(&file).await, b"a recording");

    ada.presses_under(case.message_id, "Ask the seller").await;
    wang.looks();
    ada.says("Write to me on WeChat: vx ada_2020").await;
    ada.sees("Not asked, and kept for the other arbiters to see");
    li.does_not_see("ada_2020");
    ada.says("Which account did you look into?").await;
    let asked = li.sees("Which account did you look into?");
    assert!(!asked.text.contains("Ada"), "{}", asked.text);
    wang.sees_nothing();
    li.presses("Answer").await;
    li.says("The one on the card.").await;
    ada.sees("The one on the card.");
    ada.says("/cancel").await;

    let case = ada.opens_case(&sale).await;
    assert!(case.text.contains("asks the seller"), "{}", case.text);
    assert!(case.text.contains("answers the arbiters"), "{}", case.text);
    ada.presses_under(case.message_id, "Award to the buyer").await;
    ada.says("short").await;
    ada.sees("That is too short");
    ada.says("Write to me on WeChat: vx ada_2020").await;
    ada.sees("There is a way to meet elsewhere in it");
    ada.says("The recording shows the transfer, to the fen.").await;
    ada.sees("100 USDT go to the buyer, at once and for good");
    sale.is(Kind::Disputed).await;
    ada.presses("Yes, that is my award").await;
    ada.sees("It is decided");
    sale.is_released().await;
    for side in [li, wang] {
        let told = side.sees("The arbiters have decided: 100 USDT go to the buyer");
        assert!(told.text.contains("The recording shows the transfer, to the fen."));
    }
}

#[tokio::test]
async fn each_side_reads_the_award_in_its_own_language_around_the_arbiters_words() {
    let world = World::open().await;
    let ada = world.arbiter("Ada").await;
    let li = world.seller("小李", "zh-hans").await;
    let wang = world.buyer("Wang", "en").await;
    let sale = world.sale_between(&li, &wang).await;
    sale.marks_paid().await;
    world.pass(minutes(15)).await;
    wang.presses("Refresh").await;
    sale.buyer_disputes().await;
    ada.presses("Take the case").await;
    li.sees("仲裁员只通过这个机器人");
    ada.opens_case(&sale).await;
    ada.decides("Award to the seller", REASON).await;
    ada.presses("Yes, that is my award").await;
    sale.is_returned(Kind::Cancelled).await;
    assert!(li.sees("仲裁结果：100 USDT 退还卖家").text.contains(REASON));
    assert!(wang.sees("100 USDT go back to the seller").text.contains(REASON));
}

#[tokio::test]
async fn a_large_order_is_awarded_by_two_who_each_write_a_reason() {
    let (world, sale, ada) = large().await;
    let bo = world.arbiter("Bo").await;
    ada.presses("Take the case").await;
    let case = bo.opens_case(&sale).await;
    assert!(!labels(&case).contains(&"Award to the buyer".to_owned()), "not before a proposal");
    ada.opens_case(&sale).await;
    ada.decides("Award to the buyer", "The bill shows it.").await;
    ada.sees("so this is a proposal");
    ada.presses("Yes, that is my award").await;
    sale.is(Kind::Disputed).await;
    sale.li.does_not_see("The bill shows it.");
    let told = bo.sees("An arbiter proposes: the coins go to the buyer");
    assert!(told.text.contains("The bill shows it."), "{}", told.text);

    // Alone it comes to nothing, not even with another reason.
    let case = ada.opens_case(&sale).await;
    assert!(!labels(&case).contains(&"Award to the buyer".to_owned()));

    // To the other side it is a proposal again, which takes the place of the first.
    bo.opens_case(&sale).await;
    bo.decides("Award to the seller", REASON).await;
    bo.sees("What the first arbiter wrote:");
    bo.sees("so this is a proposal");
    bo.presses("Yes, that is my award").await;
    sale.is(Kind::Disputed).await;
    ada.sees("An arbiter proposes: the coins go back to the seller");

    ada.opens_case(&sale).await;
    ada.decides("Award to the seller", "I agree: there is no entry.").await;
    let sure = ada.sees("100 USDT go back to the seller, at once and for good");
    assert!(sure.text.contains(REASON), "{}", sure.text);
    ada.presses("Yes, that is my award").await;
    sale.is_returned(Kind::Cancelled).await;
    assert!(sale.li.sees("The arbiters have decided").text.contains("I agree: there is no entry."));
}

#[tokio::test]
async fn an_award_that_would_come_to_something_else_than_was_shown_is_asked_again() {
    let (world, sale, ada) = large().await;
    let bo = world.arbiter("Bo").await;
    ada.presses("Take the case").await;
    ada.opens_case(&sale).await;
    ada.decides("Award to the buyer", "The bill shows it.").await;
    ada.presses("Yes, that is my award").await;
    bo.opens_case(&sale).await;
    bo.decides("Award to the buyer", "I see it, too: page two.").await;
    bo.sees("100 USDT go to the buyer, at once");
    // The first one thinks again, while the second one still reads.
    ada.opens_case(&sale).await;
    ada.decides("Award to the seller", REASON).await;
    ada.presses("Yes, that is my award").await;
    bo.presses("Yes, that is my award").await;
    bo.sees("The case has changed meanwhile");
    sale.is(Kind::Disputed).await;
    bo.presses("Yes, that is my award").await;
    bo.sees("Proposed.");
    sale.is(Kind::Disputed).await;
}

#[tokio::test]
async fn the_old_buttons_of_somebody_who_is_no_arbiter_any_more_do_nothing() {
    let (world, sale, ada) = disputed().await;
    let bo = world.arbiter("Bo").await;
    world.pass(minutes(5)).await;
    let old = bo.sees("This dispute still waits for a decision").message_id;
    ada.presses("Take the case").await;
    let case = ada.opens_case(&sale).await;
    ada.decides("Award to the buyer", "The bill shows it.").await;
    let sure = ada.sees("at once and for good").message_id;

    world.operator().says("/arbiters").await;
    for arbiter in [&ada, &bo] {
        let olga = world.operator();
        olga.says("/arbiters").await;
        olga.presses(&format!("Remove {}", arbiter.id())).await;
        olga.sees("They can decide nothing from then on");
        olga.presses("Yes, remove").await;
        arbiter.sees("You are no arbiter of this desk any more");
    }
    ada.presses_under(sure, "Yes, that is my award").await;
    ada.sees("You are no arbiter of this desk, so this does nothing");
    sale.is(Kind::Disputed).await;
    for label in ["Ask the seller", "Award to the seller"] {
        let said = ada.presses_under(case.message_id, label).await;
        assert!(said.contains("You are no arbiter of this desk, so"), "{said}");
    }
    let said = bo.presses_under(old, "Take the case").await;
    assert!(said.contains("You are no arbiter of this desk, so"), "{said}");
    bo.presses_under(old, "Open the case").await;
    bo.sees("Only arbiters and operators of this desk see its disputes");
    ada.says("/disputes").await;
    ada.sees("Only arbiters and operators of this desk see its disputes");
    sale.is(Kind::Disputed).await;
    assert_eq!(world.order(sale.id).await.status.taken(), None, "it is in the queue again");
}

#[tokio::test]
async fn a_question_that_was_begun_as_an_arbiter_goes_nowhere_afterwards() {
    let (world, sale, ada) = disputed().await;
    ada.presses("Take the case").await;
    ada.opens_case(&sale).await;
    ada.presses("Ask the buyer").await;
    let olga = world.operator();
    olga.says("/arbiters").await;
    olga.presses(&format!("Remove {}", ada.id())).await;
    olga.presses("Yes, remove").await;
    sale.wang.looks();
    ada.says("Where did you pay from?").await;
    ada.sees("You are no arbiter of this desk, so this does nothing");
    sale.wang.sees_nothing();
}

#[tokio::test]
async fn two_arbiters_take_a_case_at_one_moment_and_one_has_it() {
    let (world, sale, ada) = disputed().await;
    let bo = world.arbiter("Bo").await;
    world.pass(minutes(5)).await;
    let presses = [&ada, &bo].map(|it| it.presses_and_goes_on("Take the case"));
    world.drain().await;
    let [first, second] = [(&ada, &presses[0]), (&bo, &presses[1])]
        .map(|(who, query)| who.answer_to(query, "Take the case"));
    assert_eq!(first, "Done");
    assert!(second.contains("The case has been taken already"), "{second}");
    let taken = world.order(sale.id).await.status.taken().unwrap();
    assert_eq!(taken.by.0, ada.id());
    assert_eq!(sale.li.count("An arbiter has taken the case"), 1);
}

#[tokio::test]
async fn an_award_on_an_order_that_has_closed_says_so() {
    let (world, sale, ada) = disputed().await;
    ada.presses("Take the case").await;
    ada.opens_case(&sale).await;
    ada.decides("Award to the buyer", "The bill shows it.").await;
    sale.wang.presses("Give in").await;
    sale.wang.presses("Yes, return 100 USDT").await;
    sale.is_returned(Kind::Cancelled).await;
    let said = ada.presses("Yes, that is my award").await;
    assert!(said.contains("cancelled"), "{said}");
    ada.sees("Nothing was done: the case is no longer what it was");
    sale.is_returned(Kind::Cancelled).await;
    assert_eq!(world.query_one("select count(*) from messages").await, Some(0), "nor is it kept");
}

#[tokio::test]
async fn an_award_at_the_instant_of_a_release_and_one_of_them_wins() {
    for award_first in [true, false] {
        let (world, sale, ada) = disputed().await;
        ada.presses("Take the case").await;
        ada.opens_case(&sale).await;
        ada.decides("Award to the seller", REASON).await;
        let card = sale.card(&sale.li).await;
        sale.li.presses_under(card.message_id, "I've received payment").await;
        sale.passes_gate().await;
        sale.is(Kind::Releasing).await;
        world.away(seconds(10));
        let query = ada.presses_and_goes_on("Yes, that is my award");
        if award_first {
            world.poll().await;
            world.handle().await;
        }
        world.tick().await;
        world.drain().await;
        if award_first {
            sale.is_returned(Kind::Cancelled).await;
        } else {
            let said = ada.answer_to(&query, "Yes, that is my award");
            assert!(said.contains("completed"), "{said}");
            sale.is_released().await;
        }
    }
}

#[tokio::test]
async fn a_file_that_came_before_for_another_order_is_flagged_to_the_arbiter() {
    let (world, sale, ada) = disputed().await;
    ada.presses("Take the case").await;
    sale.wang.presses("Add evidence").await;
    sale.wang.presses("A screenshot").await;
    sale.wang.hands_in(&world, "a.jpg", b"a picture", "").await;
    sale.wang.sees("marked as weak");
    ada.opens_case(&sale).await;
    // Telegram's photos have no name: whoever downloads one can open it.
    ada.presses("File 1").await;
    let name = ada.sees("A file of case").document.unwrap().file_name;
    assert!(name.ends_with(".jpg"), "{name}");
    ada.decides("Award to the buyer", "The seller does not answer at all.").await;
    ada.presses("Yes, that is my award").await;
    sale.is_released().await;

    let li = world.seller("Zhao", "en").await;
    let sale = world.sale_between(&li, &sale.wang).await;
    sale.marks_paid().await;
    world.pass(minutes(15)).await;
    sale.wang.presses("Refresh").await;
    sale.buyer_disputes().await;
    ada.presses("Take the case").await;
    sale.wang.presses("Add evidence").await;
    sale.wang.presses("A screenshot").await;
    ada.looks();
    sale.wang.hands_in(&world, "a.jpg", b"a picture", "").await;
    ada.sees("a file that was handed in came before, for another order");
    let case = ada.opens_case(&sale).await;
    assert!(case.text.contains("evidence, weak: A screenshot"), "{}", case.text);
    assert!(case.text.contains("the same file was sent for order"), "{}", case.text);
    assert!(case.text.contains("disputes won 1, lost 0"), "the buyer's history: {}", case.text);
}

#[tokio::test]
async fn pictures_and_words_are_weak_whatever_they_are_called() {
    let (world, sale, ada) = disputed().await;
    ada.presses("Take the case").await;
    let wang = &sale.wang;
    for kind in ["The exported Alipay bill", "A recording of the screen"] {
        wang.presses("Add evidence").await;
        wang.presses(kind).await;
        wang.says("Believe me, I have paid.").await;
        wang.sees("marked as weak: by itself it shows little");
        for name in ["photo.jpg", "sharp.png"] {
            wang.hands_in(&world, name, format!("{kind} in {name}").as_bytes(), "").await;
            wang.sees("marked as weak: pictures are made in a minute");
        }
        world.pass(minutes(2)).await;
    }
    wang.presses("Add more").await;
    wang.presses("The exported Alipay bill").await;
    wang.hands_in(&world, "bill.csv", b"the bill", "").await;
    let case = ada.opens_case(&sale).await.text;
    assert_eq!(case.matches("evidence, weak: A screenshot").count(), 4, "{case}");
    assert_eq!(case.matches("evidence, weak: Something else").count(), 2, "{case}");
    assert_eq!(case.matches("evidence: The exported Alipay bill").count(), 1, "{case}");
    assert!(!case.contains("evidence: A recording"), "{case}");
}

#[tokio::test]
async fn whoever_has_taken_a_case_gets_its_evidence_from_its_page() {
    let (_world, sale, ada) = disputed().await;
    let case = ada.opens_case(&sale).await;
    assert!(!labels(&case).contains(&"Evidence file".to_owned()));
    ada.presses("Take the case").await;
    ada.presses("Evidence file").await;
    ada.sees("Evidence for order");
}

#[tokio::test]
async fn a_number_is_evidence_and_the_key_by_which_the_payment_is_found() {
    let (_world, sale, ada) = disputed().await;
    ada.presses("Take the case").await;
    sale.wang.presses("Add evidence").await;
    sale.wang.presses("Alipay's order number").await;
    sale.wang.says("my number").await;
    sale.wang.sees("digits");
    let number = "2027011522001412341234567890";
    sale.wang.says(number).await;
    sale.wang.sees("Kept, and shown to the arbiters");
    let case = ada.opens_case(&sale).await;
    assert!(case.text.contains("Order number of the payment: …567890"), "{}", case.text);
    assert!(case.text.contains("evidence: Alipay's order number"), "{}", case.text);
}

#[tokio::test]
async fn whoever_hands_in_nothing_is_asked_and_the_arbiters_hear_of_it() {
    let (world, sale, ada) = disputed().await;
    ada.presses("Take the case").await;
    sale.wang.presses("Add evidence").await;
    sale.wang.presses("Something else").await;
    sale.wang.says("I paid at noon, from my own account.").await;
    world.pass(hours(6)).await;
    sale.li.sees("The arbiters wait for your evidence");
    sale.wang.looks();
    ada.looks();
    world.pass(hours(6)).await;
    sale.li.sees("nothing has come from you");
    sale.wang.does_not_see("nothing has come from you");
    ada.sees("The seller has handed in nothing in time");
    sale.is(Kind::Disputed).await;
}

#[tokio::test]
async fn operators_hear_of_a_case_that_nobody_takes_or_decides() {
    let (world, sale, ada) = disputed().await;
    let olga = world.operator();
    olga.looks();
    world.pass(minutes(59)).await;
    olga.does_not_see("nobody has taken this case");
    world.pass(minutes(1)).await;
    olga.sees("For 60 minutes nobody has taken this case");
    olga.presses("Open the case").await;
    let case = olga.sees("What happened");
    assert!(!labels(&case).iter().any(|it| it.contains("Award") || it.contains("Take")));
    ada.presses("Take the case").await;
    olga.looks();
    world.pass(hours(48)).await;
    olga.sees("An arbiter took this case 48 hours ago, and it is not decided");
    sale.is(Kind::Disputed).await;
}

#[tokio::test]
async fn a_party_who_has_blocked_the_bot_is_marked_in_the_case() {
    let (world, sale, ada) = disputed().await;
    ada.presses("Take the case").await;
    let case = ada.opens_case(&sale).await;
    assert!(!case.text.contains("cannot be reached"), "{}", case.text);
    sale.li.person.block();
    world.drain().await;
    let case = ada.opens_case(&sale).await;
    assert!(case.text.contains("cannot be reached in Telegram any more"), "{}", case.text);
    ada.presses("Ask the seller").await;
    ada.says("Are you still there?").await;
    ada.sees("cannot be reached, the bot is blocked there");
}

#[tokio::test]
async fn a_case_is_not_for_its_sides_and_strangers_even_as_arbiters() {
    let (world, sale, ada) = disputed().await;
    let olga = world.operator();
    olga.says("/arbiters").await;
    olga.presses("Add an arbiter").await;
    olga.says(&sale.wang.id().to_string()).await;
    let wang = &sale.wang;
    wang.says("/disputes").await;
    let queue = wang.sees("you are a side of it");
    assert!(!labels(&queue).iter().any(|it| it.contains(&sale.code)), "{:?}", labels(&queue));
    let mallory = world.somebody("Mallory", "en").await;
    mallory.says("/disputes").await;
    mallory.sees("Only arbiters and operators of this desk see its disputes");
    mallory.does_not_see(&sale.code);
    ada.says("/disputes").await;
    ada.sees("nobody has taken it");
}

#[tokio::test]
async fn a_claim_is_looked_at_with_evidence_and_closed_with_a_reason() {
    let world = World::open().await;
    let ada = world.arbiter("Ada").await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    sale.li.presses("Report a problem").await;
    assert_eq!(sale.status().await, Kind::Claimed);
    sale.wang.sees("Please hand in what counts");
    ada.presses("Take the case").await;
    sale.li.presses("Add evidence").await;
    sale.li.presses("The exported Alipay bill").await;
    sale.li.hands_in(&world, "bill.csv", b"not looked into here", "").await;
    sale.li.sees("Kept, and shown to the arbiters");
    ada.sees("the seller hands in:");
    let case = ada.opens_case(&sale).await;
    assert!(case.text.contains("evidence: The exported Alipay bill"), "{}", case.text);
    ada.decides("Close the claim", "The bill shows that the money came.").await;
    ada.sees("The order stays as it was closed, and no coin moves");
    ada.presses("Yes, close the claim").await;
    for side in [&sale.li, &sale.wang] {
        let told = side.sees("The second look at this order is over");
        assert!(told.text.contains("The bill shows that the money came."), "{}", told.text);
    }
    sale.is_released().await;
}

#[tokio::test]
async fn a_long_case_is_read_a_page_at_a_time_and_after_a_restart() {
    let (world, sale, ada) = disputed().await;
    ada.presses("Take the case").await;
    sale.wang.presses("Add evidence").await;
    sale.wang.presses("Something else").await;
    for part in ["one", "two", "three"] {
        sale.wang.says(&format!("{part} {}", "and so on ".repeat(300))).await;
    }
    world.restart().await;
    let case = ada.opens_case(&sale).await;
    assert!(case.text.contains("Page 1 of "), "{}", case.text);
    assert!(!case.text.contains("three and so on"), "{}", case.text);
    while ada.presses_if_there(case.message_id, "Later →").await {}
    ada.sees("three and so on");
    ada.presses_under(case.message_id, "← Earlier").await;
    ada.sees("Page ");
}

impl Somebody {
    /// Whether there was such a button under that message.
    async fn presses_if_there(&self, message: i64, label: &str) -> bool {
        let found = self.chat().into_iter().find(|it| it.message_id == message).unwrap();
        let there = labels(&found).iter().any(|it| it == label);
        if there {
            self.presses_under(message, label).await;
        }
        there
    }
}
