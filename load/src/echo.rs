//! The bare bot: teloxide as its own examples show it. No database, nothing survives a crash.

use teloxide::prelude::*;

use crate::Problem;

/// Answers each text with one message and each press with one answer, until it is ended.
pub(crate) async fn run(api_url: &str, token: &str) -> Result<(), Problem> {
    let bot = Bot::new(token).set_api_url(api_url.parse()?);
    let tree = dptree::entry()
        .branch(Update::filter_message().endpoint(repeat))
        .branch(Update::filter_callback_query().endpoint(nod));
    Dispatcher::builder(bot, tree).build().dispatch().await;
    Ok(())
}

async fn repeat(bot: Bot, message: Message) -> ResponseResult<()> {
    if let Some(text) = message.text() {
        bot.send_message(message.chat.id, text).await?;
    }
    Ok(())
}

async fn nod(bot: Bot, query: CallbackQuery) -> ResponseResult<()> {
    bot.answer_callback_query(query.id).await?;
    Ok(())
}
