"""aiogram on uvloop: each text is answered by the same text, each press by one answer and one edit."""

import sys

import uvloop
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

dispatcher = Dispatcher()


@dispatcher.message(F.text)
async def repeat(message: Message) -> None:
    await message.answer(message.text)


@dispatcher.callback_query()
async def press(query: CallbackQuery) -> None:
    await query.answer()
    await query.message.edit_text(f"Pressed: {query.id}")


async def main(api_url: str, token: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url))
    await dispatcher.start_polling(Bot(token, session=session))


uvloop.run(main(*sys.argv[1:3]))
