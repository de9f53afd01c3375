// grammY with its runner, as its documentation shows it: each text is answered by the same text,
// each press by one answer and one edit. What is of one chat is handled in order.
const { Bot } = require("grammy");
const { run, sequentialize } = require("@grammyjs/runner");

const [apiRoot, token] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot } });
bot.use(sequentialize((ctx) => ctx.chat?.id.toString()));
bot.on("message:text", (ctx) => ctx.reply(ctx.message.text));
bot.on("callback_query:data", async (ctx) => {
  await ctx.answerCallbackQuery();
  await ctx.editMessageText(`Pressed: ${ctx.callbackQuery.id}`);
});
bot.catch((error) => console.error(`grammY: ${error.message}`));
run(bot);
