//! What people write, as it reaches somebody, and as it can be read again.

use chrono::TimeDelta;

use super::samples::at;
use super::show::{book, in_each_language};
use crate::domain::UserId;
use crate::domain::chat::{
    Content, File, FileId, Form, LONGEST_CAPTION, LONGEST_TEXT, Message, MessageId, Proof, Purpose,
    Said, Voice,
};
use crate::domain::contact::Contact;
use crate::domain::order::tests::samples::samples;
use crate::domain::order::{Order, Side};
use crate::telegram::html::{CAPTION, MESSAGE};
use crate::telegram::render::chat::{history, relayed};

fn order() -> Order {
    samples()[0].order.clone()
}

/// Tries to look like two messages, and like one of ours.
const HOSTILE: &str = "<b>ok</b>\n\u{202E}gnp.exe\n\n✓ Released";

fn message(id: i64, voice: Voice, purpose: Purpose, text: &str) -> Message {
    let order = order();
    let author = voice.side().map_or(UserId(9_009), |side| order.party(side));
    Message {
        id: MessageId(id),
        order: order.id,
        author,
        voice,
        purpose,
        held: None,
        at: at() + TimeDelta::minutes(id),
        said: Some(Said { salt: "00".to_owned(), text: text.to_owned() }),
        files: vec![],
    }
}

fn with_file(message: Message, form: Form, content: Content) -> Message {
    let file = File { id: FileId(message.id.0), form, bytes: 1_500_000, content };
    Message { files: vec![file], ..message }
}

fn conversation() -> Vec<Message> {
    use Voice::{Arbiter, Buyer, Seller};
    let kept = Content::Kept([7; 32]);
    let chat = |id, voice, text| message(id, voice, Purpose::Chat, text);
    vec![
        chat(1, Seller, "Please pay from your own account."),
        Message { held: Some(Contact::WeChat), ..chat(2, Buyer, "加我微信 lina2020") },
        chat(3, Buyer, HOSTILE),
        with_file(chat(4, Buyer, "paid"), Form::Photo, kept),
        with_file(chat(5, Buyer, ""), Form::Video, Content::Lost),
        with_file(chat(6, Seller, ""), Form::Document, Content::Awaited),
        Message {
            said: None,
            ..with_file(chat(7, Seller, ""), Form::Photo, Content::Erased([7; 32]))
        },
        message(8, Arbiter, Purpose::Question { to: Side::Seller }, "Is it in your bill?"),
        message(9, Seller, Purpose::Answer, "No."),
        with_file(
            message(10, Seller, Purpose::Evidence { what: Proof::Recording }, "my bill"),
            Form::Video,
            kept,
        ),
        message(11, Arbiter, Purpose::Reason { to: Side::Buyer }, "It is in the bill."),
    ]
}

#[test]
fn what_people_write_reads_well() {
    let order = order();
    let seller = order.seller.0;
    in_each_language(seller, false, |pen| {
        let pages = conversation().into_iter().map(|it| {
            let about = format!("{:?} of {:?}, {} file(s)", it.purpose, it.voice, it.files.len());
            (about, relayed(pen, &order, &it))
        });
        insta::assert_snapshot!(format!("relayed_{}", pen.language.tag()), book(pages));
    });
}

#[test]
fn a_conversation_can_be_read_again() {
    let order = order();
    in_each_language(order.seller.0, false, |pen| {
        let all = conversation();
        let page = |number, muted| history(pen, &order, &all, number, muted);
        let pages = [
            ("the newest page".to_owned(), page(0, false)),
            ("the oldest page".to_owned(), page(1, true)),
            ("past the end".to_owned(), page(7, false)),
            ("nothing yet".to_owned(), history(pen, &order, &[], 0, false)),
        ];
        insta::assert_snapshot!(format!("history_{}", pen.language.tag()), book(pages));
    });
}

/// Neither a message nor a page of them is ever cut, whatever it is made of.
#[test]
fn the_longest_message_fits_whole() {
    let order = order();
    for letter in ["x", "放", "&", "\n"] {
        let text = |most: usize| format!("x{}x", letter.repeat(most - 2));
        in_each_language(order.seller.0, true, |pen| {
            for (voice, purpose) in [
                (Voice::Buyer, Purpose::Chat),
                (Voice::Arbiter, Purpose::Question { to: Side::Seller }),
                (Voice::Arbiter, Purpose::Reason { to: Side::Seller }),
            ] {
                let long = message(1, voice, purpose, &text(LONGEST_TEXT));
                let page = relayed(pen, &order, &long);
                assert!(page.text.units() <= MESSAGE && page.text.units() > LONGEST_TEXT);
                let captioned = message(1, voice, purpose, &text(LONGEST_CAPTION));
                let captioned = with_file(captioned, Form::Photo, Content::Kept([7; 32]));
                assert!(relayed(pen, &order, &captioned).text.units() <= CAPTION);
                let many: Vec<Message> = vec![long, captioned.clone(), captioned];
                for number in 0..3 {
                    let page = history(pen, &order, &many, number, false);
                    assert!(page.text.units() <= MESSAGE, "{}", page.text.units());
                }
            }
        });
    }
}
