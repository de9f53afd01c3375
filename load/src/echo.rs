//! The bare bot: teloxide as its own examples show it. No database, nothing survives a crash.

use teloxide::prelude::*;

use crate::Problem;

/// Answers each text with one message, each press with one answer and one edit, until it is ended.
pub(crate) async fn run(api_url: &str, token: &str) -> Result<(), Problem> {
    let bot = Bot::new(token).set_api_url(api_url.parse()?);
    let tree = dptree::entry()
        .branch(Update::filter_message().endpoint(repeat))
        .branch(Update::filter_callback_query().endpoint(turn));
    Dispatcher::builder(bot, tree).build().dispatch().await;
    Ok(())
}

async fn repeat(bot: Bot, message: Message) -> ResponseResult<()> {
    if let Some(text) = message.text() {
        bot.send_message(message.chat.id, text).await?;
    }
    Ok(())
}

async fn turn(bot: Bot, query: CallbackQuery) -> ResponseResult<()> {
    bot.answer_callback_query(query.id.clone()).await?;
    if let Some(message) = query.message {
        let text = format!("Pressed: {}", query.id);
        bot.edit_message_text(message.chat().id, message.id(), text).await?;
    }
    Ok(())
}
