"""python-telegram-bot with concurrent updates: each text is answered by the same text, each press by
one answer and one edit."""

import sys

from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)


async def repeat(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_text(update.message.text)


async def press(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    await query.answer()
    await query.edit_message_text(f"Pressed: {query.id}")


api_url, token = sys.argv[1:3]
application = (
    ApplicationBuilder()
    .token(token)
    .base_url(f"{api_url}/bot")
    .concurrent_updates(True)
    # A call that waits for a free connection longer than the usual second would be lost.
    .pool_timeout(600)
    .build()
)
application.add_handler(MessageHandler(filters.TEXT, repeat))
application.add_handler(CallbackQueryHandler(press))
application.run_polling()
