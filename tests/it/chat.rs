//! What the two sides of an order write to each other.

use fangbi::domain::order::Kind;
use fangbi::domain::policy::Policy;
use playground::{Fault, FaultKind, Message, Upload};

use crate::world::{Rules, Sale, Somebody, World, labels, minutes, seconds};

/// The head of a PNG: as much of a picture as Telegram looks at here.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0";

fn file(name: &str, bytes: &[u8], caption: &str) -> Upload {
    let photo = name.ends_with(".png");
    Upload { name: name.into(), bytes: bytes.into(), caption: caption.into(), photo }
}

impl Somebody {
    /// Sends a file in reply to a message, and waits until the world has come to rest.
    async fn answers_with(&self, world: &World, message: i64, file: Upload) {
        self.looks();
        self.person.upload_reply(message, file).unwrap();
        world.drain().await;
    }

    /// The newest message of the whole chat that says this.
    fn finds(&self, text: &str) -> Message {
        let found = self.chat().into_iter().rev().find(|it| it.text.contains(text));
        found.unwrap_or_else(|| panic!("«{text}» is not there\n{}", self.transcript()))
    }
}

impl Sale {
    /// Li Na writes, and Wang has it before him.
    async fn li_writes(&self, text: &str) -> Message {
        self.wang.looks();
        let card = self.card(&self.li).await.message_id;
        self.li.replies(card, text).await;
        self.wang.sees(text)
    }
}

#[tokio::test]
async fn each_side_hears_the_other_and_never_who_that_is() {
    let sale = World::open().await.sale().await;
    let Sale { li, wang, code, .. } = &sale;
    li.presses("Message").await;
    li.sees("write to the other side");
    wang.looks();
    li.says("Please put nothing into the memo.").await;
    let heard = wang.sees("the seller writes:");
    assert!(heard.text.contains(code.as_str()), "{}", heard.text);
    assert!(heard.text.contains("Please put nothing into the memo."), "{}", heard.text);
    for private in ["Li Na", "li_na", &li.id().to_string()] {
        assert!(!heard.text.contains(private), "{private}: {}", heard.text);
    }
    assert_eq!(labels(&heard), ["Reply", "Open the order", "Messages", "Mute"]);
    li.sees("✓ Delivered to the buyer");
    wang.presses_under(heard.message_id, "Reply").await;
    wang.says("It is empty, I promise.").await;
    li.sees("It is empty, I promise.");
    // What was begun goes on until it is left; a command is never passed on.
    wang.says("Sent just now, have a look.").await;
    li.sees("Sent just now, have a look.");
    wang.says("/nonsense").await;
    wang.says("/cancel").await;
    wang.says("nobody is to hear this").await;
    for unheard in ["/nonsense", "nobody is to hear this"] {
        assert_eq!(li.count(unheard), 0, "{unheard}");
    }
}

#[tokio::test]
async fn a_reply_knows_its_order_even_after_a_restart() {
    let world = World::open().await;
    let sale = world.sale().await;
    let Sale { li, wang, code, .. } = &sale;
    let first_card = sale.card(li).await.message_id;
    let other = world.sale_between(li, wang).await;
    // In the midst of something else, that goes on.
    li.says("/sell").await;
    li.presses("USDT").await;
    li.presses("¥7.20").await;
    li.replies(first_card, "About the first one").await;
    let heard = wang.sees("About the first one");
    assert!(heard.text.contains(code.as_str()) && !heard.text.contains(&other.code));
    li.says("50 USDT").await;
    li.sees("¥360.00");
    li.says("/cancel").await;
    world.restart().await;
    wang.replies(heard.message_id, "What about it?").await;
    assert!(li.sees("What about it?").text.contains(code.as_str()));
    // News of an order are as good as its card, and so is what was said of a message.
    wang.presses_under(other.card(wang).await.message_id, "I've paid").await;
    let news = li.sees("look");
    li.replies(news.message_id, "I am looking into it").await;
    assert!(wang.sees("I am looking into it").text.contains(&other.code));
    let delivered = li.sees("✓ Delivered to the buyer");
    li.replies(delivered.message_id, "And a second line").await;
    assert!(wang.sees("And a second line").text.contains(&other.code));
}

#[tokio::test]
async fn a_reply_is_no_answer_of_the_gate() {
    let sale = World::open().await.sale().await;
    let Sale { world, li, wang, .. } = &sale;
    sale.marks_paid().await;
    let card = sale.card(wang).await.message_id;
    wang.replies(card, "It is on its way").await;
    let heard = li.sees("It is on its way");
    li.presses("I've received payment").await;
    li.presses("Yes").await;
    li.presses("Yes").await;
    let before = world.order(sale.id).await;
    li.replies(heard.message_id, "720").await;
    wang.sees("the seller writes:");
    assert_eq!(world.order(sale.id).await.gate, before.gate);
    // The gate still waits for its own answer.
    li.says(&before.fen.plain()).await;
    assert_ne!(world.order(sale.id).await.gate, before.gate);
}

#[tokio::test]
async fn what_leads_out_of_the_bot_is_held_back_and_kept() {
    let policy = Policy { messages_per_minute: 60, ..Policy::default() };
    let sale = World::with(Rules { policy, ..Rules::default() }).await.sale().await;
    let Sale { world, li, wang, .. } = &sale;
    let card = sale.card(wang).await.message_id;
    li.looks();
    for (text, found) in [
        ("加我微信 lina2020", "a WeChat contact"),
        ("qq 123456789", "a QQ number"),
        ("call me at 139 1234 5678", "a phone number"),
        ("lina2020@example.com", "an e-mail address"),
        ("see www.example.com for it", "a link"),
        ("it is cheaper at @lina2020", "somebody’s @name"),
    ] {
        wang.replies(card, text).await;
        let warned = wang.sees("not passed on");
        assert!(warned.text.contains(found), "{text}: {}", warned.text);
        assert!(warned.text.contains("no escrow"), "{}", warned.text);
    }
    for upload in
        [file("receipt.png", PICTURE, "vx: lina2020"), file("13912345678.pdf", b"%PDF", "")]
    {
        wang.answers_with(world, card, upload).await;
        wang.sees("not passed on");
    }
    li.sees_nothing();
    assert_eq!(world.query_one("select count(*) from messages where held is null").await, Some(0));
    assert_eq!(world.query_one("select count(*) from files where status = 'kept'").await, Some(2));
    // Who wrote it still reads it; the other side never does.
    wang.presses("Messages").await;
    wang.sees("Not passed on: a phone number.");
    li.replies(sale.card(li).await.message_id, "Anything new?").await;
    li.presses("Messages").await;
    let page = li.sees("Anything new?");
    assert!(!page.text.contains("lina2020") && !page.text.contains("Not passed on"));
}

#[tokio::test]
async fn files_come_with_a_warning_and_without_their_sender() {
    let sale = World::open().await.sale().await;
    let Sale { world, li, wang, .. } = &sale;
    let card = sale.card(wang).await.message_id;
    for upload in [
        file("receipt.png", PICTURE, "I have paid, see"),
        file("screen.mp4", b"a recording", "I have paid, see"),
        file("bill.csv", b"a,b\n1,2\n", "I have paid, see"),
    ] {
        li.looks();
        wang.answers_with(world, card, upload.clone()).await;
        let heard = li.sees("the buyer writes:");
        assert!(heard.text.contains("Not proof of payment"), "{}", heard.text);
        assert!(heard.text.contains("I have paid, see"), "{}", heard.text);
        let document = heard.video.as_ref().or(heard.document.as_ref());
        match (&heard.photo, document) {
            (Some(_), None) => assert!(upload.photo),
            (None, Some(it)) => assert_eq!(it.file_name, upload.name),
            _ => panic!("there is no file\n{}", li.transcript()),
        }
        wang.sees("✓ Delivered to the seller");
        // In a chat, a bill is no bill of the seller's.
        wang.does_not_see("I’m laying your orders beside it");
    }
    // The pictures of an album are messages of their own.
    li.looks();
    for name in ["one.png", "two.png", "three.png"] {
        wang.person.upload_reply(card, file(name, PICTURE, "")).unwrap();
    }
    world.drain().await;
    assert_eq!(li.news().iter().filter(|it| it.photo.is_some()).count(), 3);
    assert_eq!(sale.status().await, Kind::AwaitingPayment);
}

#[tokio::test]
async fn a_file_that_does_not_come_is_told_to_its_sender() {
    let sale = World::open().await.sale().await;
    let Sale { world, li, wang, .. } = &sale;
    let card = sale.card(wang).await.message_id;
    let gone = "Bad Request: wrong file_id or the file is temporarily unavailable";
    world.fault(Fault::new(FaultKind::BadRequest).method("getFile").description(gone));
    li.looks();
    wang.answers_with(world, card, file("receipt.png", PICTURE, "")).await;
    wang.sees("Telegram did not give me your file");
    li.sees_nothing();
    // What is only late comes.
    world.fault(Fault::new(FaultKind::InternalError).method("getFile").times(2));
    wang.answers_with(world, card, file("receipt.png", PICTURE, "")).await;
    li.sees_nothing();
    world.restart().await;
    world.pass(minutes(1)).await;
    li.sees("the buyer writes:");
}

#[tokio::test]
async fn what_cannot_be_passed_on_is_refused_and_not_kept() {
    let sale = World::open().await.sale().await;
    let Sale { world, li, wang, .. } = &sale;
    let card = sale.card(wang).await.message_id;
    li.looks();
    wang.replies(card, &"x".repeat(3_501)).await;
    wang.sees("at most 3500 characters");
    wang.answers_with(world, card, file("a.png", PICTURE, &"x".repeat(701))).await;
    wang.sees("at most 700 characters");
    wang.answers_with(world, card, file("long.mp4", &vec![0; (20 << 20) + 1], "")).await;
    wang.sees("larger than 20 MB");
    wang.answers_with(world, card, file("hello.ogg", b"hello", "")).await;
    wang.sees("Only text, photos, videos and files");
    li.sees_nothing();
    assert_eq!(world.query_one("select count(*) from messages").await, Some(0));
    wang.replies(card, &"x".repeat(3_500)).await;
    li.sees("the buyer writes:");
}

#[tokio::test]
async fn what_is_written_to_somebody_who_is_away_waits_for_them() {
    let sale = World::open().await.sale().await;
    let Sale { world, li, wang, .. } = &sale;
    let card = sale.card(li).await.message_id;
    // Telegram tells us of it…
    wang.person.block();
    world.drain().await;
    li.replies(card, "Are you still there?").await;
    li.sees("the buyer cannot be reached");
    wang.looks();
    wang.person.unblock();
    world.drain().await;
    wang.sees("Are you still there?");
    li.sees("✓ Delivered to the buyer");
    // …or we find out ourselves.
    let blocked = Fault::new(FaultKind::Forbidden).person(wang.id());
    world.fault(blocked.description("Forbidden: bot was blocked by the user"));
    li.replies(card, "And now, are you?").await;
    li.sees("the buyer cannot be reached");
    assert_eq!(wang.count("And now, are you?"), 0);
    wang.says("/orders").await;
    wang.sees("And now, are you?");
    assert_eq!(wang.count("And now, are you?"), 1);
}

#[tokio::test]
async fn whoever_mutes_the_other_side_hears_it_no_more_and_can_read_it() {
    let sale = World::open().await.sale().await;
    let Sale { li, wang, .. } = &sale;
    let heard = sale.li_writes("Hurry up, please!").await;
    wang.presses_under(heard.message_id, "Mute").await;
    wang.sees("muted");
    let card = sale.card(li).await.message_id;
    wang.looks();
    li.replies(card, "Hello? Are you there?").await;
    wang.sees_nothing();
    li.sees("the buyer has muted this chat");
    li.replies(card, "Please say something!").await;
    wang.sees_nothing();
    li.sees_nothing();
    // What is told by the order itself still rings, and what was written can be read.
    wang.presses("Messages").await;
    let page = wang.sees("Please say something!");
    assert!(page.text.contains("Hello? Are you there?"), "{}", page.text);
    wang.presses_under(page.message_id, "Unmute").await;
    wang.looks();
    li.replies(card, "Thank you for listening").await;
    wang.sees("Thank you for listening");
}

#[tokio::test]
async fn nobody_is_flooded() {
    let sale = World::open().await.sale().await;
    let Sale { world, li, wang, .. } = &sale;
    let card = sale.card(wang).await.message_id;
    for number in 1..=6 {
        wang.replies(card, &format!("message number {number}")).await;
        world.pass(seconds(1)).await;
    }
    li.looks();
    wang.replies(card, "message number 7").await;
    let refused = wang.sees("At most 6 messages a minute");
    assert!(refused.text.contains("this one was not kept"), "{}", refused.text);
    li.sees_nothing();
    assert_eq!(world.query_one("select count(*) from messages").await, Some(6));
    // The other side may write as much, and it goes on when the first one is a minute old.
    li.replies(sale.card(li).await.message_id, "Please stop that").await;
    wang.sees("Please stop that");
    world.pass(seconds(53)).await;
    wang.replies(card, "too early by a second").await;
    assert_eq!(li.count("too early by a second"), 0);
    world.pass(seconds(1)).await;
    wang.replies(card, "message number 8").await;
    li.sees("message number 8");
}

#[tokio::test]
async fn a_closed_order_passes_nothing_on_and_says_what_helps() {
    let sale = World::open().await.sale().await;
    let Sale { li, wang, .. } = &sale;
    let heard = sale.li_writes("Do you still want it?").await;
    wang.presses("Message").await;
    wang.presses("Cancel order").await;
    wang.presses("I changed my mind").await;
    assert_eq!(sale.status().await, Kind::Cancelled);
    li.looks();
    wang.says("one more word").await;
    wang.sees("This order is over");
    wang.says("and another word").await;
    wang.sees("I was not waiting for a message");
    wang.replies(heard.message_id, "one more word").await;
    wang.sees("Report a problem");
    wang.presses_under(heard.message_id, "Reply").await;
    wang.sees("This order is over");
    li.sees_nothing();
    // What was written stays, and a problem opens the chat again.
    wang.presses("Messages").await;
    wang.sees("Do you still want it?");
    wang.presses("Open the order").await;
    assert!(!labels(&sale.card(wang).await).contains(&"Message".to_owned()));
    wang.presses("Report a problem").await;
    wang.replies(sale.card(wang).await.message_id, "I have been cheated").await;
    li.sees("I have been cheated");
}

#[tokio::test]
async fn a_stranger_gets_into_no_chat() {
    let world = World::open().await;
    let sale = world.sale().await;
    let heard = sale.li_writes("This is between us").await;
    let mallory = world.somebody("Mallory", "en").await;
    mallory.says("/help").await;
    let page = mallory.finds("").message_id;
    // Somebody else's buttons, pressed as a changed client may.
    for label in ["Reply", "Messages", "Mute"] {
        let playground::Action::Callback(data) = &heard.button(label).unwrap().action else {
            panic!("a button that asks us")
        };
        mallory.forges(page, data).await;
        mallory.does_not_see("between us");
    }
    // A forwarded message carries no buttons, so a reply to it is about nothing.
    let pretended = mallory.person.send(&heard.text).unwrap().message_id;
    world.drain().await;
    sale.li.looks();
    sale.wang.looks();
    mallory.replies(pretended, "let me in please").await;
    sale.li.sees_nothing();
    sale.wang.sees_nothing();
    assert_eq!(world.query_one("select count(*) from messages").await, Some(1));
}

#[tokio::test]
async fn what_is_deleted_in_telegram_can_still_be_read_and_seen() {
    let sale = World::open().await.sale().await;
    let Sale { world, li, wang, .. } = &sale;
    let card = sale.card(wang).await.message_id;
    for number in 1..=4 {
        wang.replies(card, &format!("message number {number}")).await;
    }
    wang.answers_with(world, card, file("receipt.png", PICTURE, "I have paid, see")).await;
    for person in [li, wang] {
        for message in person.person.chat() {
            person.person.delete(message.message_id).unwrap();
        }
    }
    world.restart().await;
    world.pass(minutes(2)).await;
    wang.says(&sale.code).await;
    let card = sale.card(wang).await.message_id;
    for number in 5..=9 {
        wang.replies(card, &format!("message number {number}")).await;
    }
    li.says(&sale.code).await;
    li.presses("Messages").await;
    let newest = li.sees("messages");
    let order: Vec<usize> =
        (5..=9).map(|it| newest.text.find(&format!("number {it}")).unwrap()).collect();
    assert!(order.is_sorted() && newest.text.contains("I have paid, see"), "{}", newest.text);
    assert!(!newest.text.contains("number 1"), "{}", newest.text);
    li.presses_under(newest.message_id, "📎 1 · photo").await;
    let again = li.sees("Not proof of payment");
    let photo = again.photo.as_ref().unwrap();
    let address = format!("{}{}", world.telegram().url(), photo.url);
    assert_eq!(reqwest::get(address).await.unwrap().bytes().await.unwrap(), PICTURE);
    li.presses_under(newest.message_id, "Older ›").await;
    li.sees("message number 1");
}

#[tokio::test]
async fn a_death_while_a_file_is_fetched_passes_it_on_once() {
    let sale = World::open().await.sale().await;
    let Sale { world, li, wang, .. } = &sale;
    let card = sale.card(wang).await.message_id;
    li.looks();
    wang.person.upload_reply(card, file("receipt.png", PICTURE, "only once")).unwrap();
    world.poll().await;
    world.handle().await;
    // Kept, and not yet fetched.
    world.restart().await;
    assert_eq!(
        world.query_one("select count(*) from files where status = 'awaited'").await,
        Some(1)
    );
    // In the midst of fetching: what has come is only noted together with its letter's end.
    assert!(world.dies_during("getFile", FaultKind::LostAnswer).await);
    world.drain().await;
    world.pass(minutes(1)).await;
    assert_eq!(li.news().iter().filter(|it| it.photo.is_some()).count(), 1);
    assert_eq!(wang.count("✓ Delivered to the seller"), 1);
    assert_eq!(world.query_one("select count(*) from files where status = 'kept'").await, Some(1));
    assert_eq!(world.query_one("select count(*) from relays").await, Some(1));
}

#[tokio::test]
async fn it_is_all_said_in_chinese_too() {
    let world = World::open().await;
    let li = world.seller("李娜", "zh-hans").await;
    let wang = world.buyer("王伟", "zh-hans").await;
    let sale = world.sale_between(&li, &wang).await;
    li.replies(sale.card(&li).await.message_id, "请不要写备注").await;
    let heard = wang.sees("卖家说：");
    assert!(heard.text.contains("请不要写备注"), "{}", heard.text);
    assert_eq!(labels(&heard), ["回复", "查看订单", "聊天记录", "免打扰"]);
    li.sees("✓ 已送达买家");
    wang.answers_with(&world, heard.message_id, file("a.png", PICTURE, "已付款")).await;
    li.sees("不是到账凭证");
    wang.replies(heard.message_id, "加我微信聊").await;
    wang.sees("你的消息里有：微信联系方式");
}
