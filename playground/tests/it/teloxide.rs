//! The client that our bot is built on reads all that this Telegram writes.

use ::teloxide::prelude::*;
use ::teloxide::types::{
    BotCommand, ChatAction, ChatMemberKind, InlineKeyboardButton, InlineKeyboardMarkup, InputFile,
    ParseMode, UpdateKind,
};
use ::teloxide::{ApiError, RequestError};
use playground::{Fault, FaultKind, Upload};

use crate::world::World;

fn bot(world: &World) -> Bot {
    let url = world.playground.url().parse().unwrap();
    Bot::new(world.playground.token()).set_api_url(url)
}

#[tokio::test]
async fn a_conversation() {
    let world = World::new().await;
    let bot = bot(&world);
    assert_eq!(bot.get_me().await.unwrap().username(), "playground_bot");
    bot.set_my_commands([BotCommand::new("start", "begins")]).await.unwrap();

    let li_na = world.li_na();
    let chat = ChatId(li_na.id());
    let updates = bot.get_updates().await.unwrap();
    let UpdateKind::Message(message) = &updates[0].kind else { panic!("{updates:?}") };
    assert_eq!((message.text(), message.chat.id), (Some("/start"), chat));

    let buttons = [
        vec![InlineKeyboardButton::callback("Go", "go")],
        vec![InlineKeyboardButton::url("See", "https://example.com/".parse().unwrap())],
    ];
    let card = bot
        .send_message(chat, "<b>Card</b> <pre>x</pre>")
        .parse_mode(ParseMode::Html)
        .reply_markup(InlineKeyboardMarkup::new(buttons))
        .await
        .unwrap();
    assert_eq!((card.text(), card.entities().map(<[_]>::len)), (Some("Card x"), Some(2)));

    li_na.press_no_wait(i64::from(card.id.0), "Go").unwrap();
    let updates = bot.get_updates().offset(-1).await.unwrap();
    let UpdateKind::CallbackQuery(query) = &updates[0].kind else { panic!("{updates:?}") };
    assert_eq!(query.data.as_deref(), Some("go"));
    assert_eq!(
        query.message.as_ref().and_then(|it| it.regular_message()).map(|it| it.id),
        Some(card.id)
    );
    bot.answer_callback_query(query.id.clone()).text("ok").await.unwrap();
    bot.edit_message_text(chat, card.id, "Done").await.unwrap();
    bot.send_chat_action(chat, ChatAction::Typing).await.unwrap();
    bot.delete_message(chat, card.id).await.unwrap();

    let file = InputFile::memory("a,b").file_name("a.csv");
    let sent = bot.send_document(chat, file).caption("list").await.unwrap();
    assert_eq!(sent.document().unwrap().file_name.as_deref(), Some("a.csv"));
    assert_eq!(bot.get_chat(chat).await.unwrap().first_name(), Some("Li Na"));
    let member = bot.get_chat_member(chat, UserId(li_na.id().unsigned_abs())).await.unwrap();
    assert!(matches!(member.kind, ChatMemberKind::Member(_)));

    let photo = Upload {
        name: "r.jpg".to_owned(),
        bytes: b"picture".to_vec(),
        caption: String::new(),
        photo: true,
    };
    li_na.upload(photo).unwrap();
    li_na.block();
    let updates = bot.get_updates().offset(-2).await.unwrap();
    let UpdateKind::Message(message) = &updates[0].kind else { panic!("{updates:?}") };
    let id = message.photo().unwrap()[0].file.id.clone();
    assert_eq!(bot.get_file(id).await.unwrap().size, 7);
    assert!(matches!(updates[1].kind, UpdateKind::MyChatMember(_)), "{updates:?}");
}

#[tokio::test]
async fn refusals_are_typed() {
    let world = World::new().await;
    let bot = bot(&world);
    let li_na = world.li_na();
    let chat = ChatId(li_na.id());
    let sent = bot.send_message(chat, "x").await.unwrap();
    let error = bot.edit_message_text(chat, sent.id, "x").await.unwrap_err();
    assert!(matches!(error, RequestError::Api(ApiError::MessageNotModified)), "{error:?}");
    let error = bot.send_message(ChatId(7), "x").await.unwrap_err();
    assert!(matches!(error, RequestError::Api(ApiError::ChatNotFound)), "{error:?}");
    let error = bot.send_message(chat, "<x>").parse_mode(ParseMode::Html).await.unwrap_err();
    assert!(matches!(error, RequestError::Api(ApiError::CantParseEntities(_))), "{error:?}");
    world.playground.fault(Fault::new(FaultKind::TooManyRequests).retry_after(7));
    let error = bot.send_message(chat, "x").await.unwrap_err();
    assert!(matches!(error, RequestError::RetryAfter(it) if it.seconds() == 7), "{error:?}");
    li_na.block();
    let error = bot.send_message(chat, "x").await.unwrap_err();
    assert!(matches!(error, RequestError::Api(ApiError::BotBlocked)), "{error:?}");
}
