# What can be practised in a demo, and with whom.

button-practice = What can I practise?
command-practice = What you can practise here

practice-title = What you can practise here
practice-about = Each merchant has a price of its own for USDT, so you choose by the price whom you meet. Before you answer a question about a payment, press “Alipay” above this chat: it shows what has really arrived.
# $price (String) - 7.25
# $way (String) - how this merchant pays
practice-merchant = ¥{ $price } · { $way }
practice-at-once = pays at once
practice-at-once-lesson = How it should be. Find the payment in Alipay, answer the five questions by what you see there, and let the coins go.
practice-third-party = has somebody else pay
practice-third-party-lesson = The name and the account in Alipay are not the merchant's: perhaps stolen money. Do not release. Answer the fourth question with No, say that somebody else paid, and send the money back in Alipay.
practice-one-fen-less = pays one fen less
practice-one-fen-less-lesson = Compare the amount to the last fen. When I ask whether it is exact, type what you see: I ask the merchant for the rest, and this one sends it. Look again when it is there.
practice-slowly = takes its time
practice-slowly-lesson = Nothing is wrong, it only takes a minute. Wait, and do not confirm before the money is there.
practice-too-late = pays when the time is over
practice-too-late-lesson = It gets one minute, and pays after it. Your coins stay locked a little longer: look into Alipay, and decide by what you see.
practice-never = never pays
practice-never-lesson = There is nothing to do. When the time is over, your coins come back by themselves.
practice-delayed = uses a delayed transfer
practice-delayed-lesson = The merchant has paid, and the money is not there: until it arrives it can be recalled. Answer the second question with No, say that it is delayed, and confirm only when Alipay shows it as arrived. The 2, 12 or 24 hours that you choose from are Alipay's, and the clock on your order counts them; the practice Alipay needs only two minutes. Look into it then, and go on without waiting.
practice-more = And besides
practice-security = /security: add an authenticator app, and your releases and withdrawals ask for its code.
practice-phrase = /phrase: choose a few words that stand on every message of mine about money. A copy of this bot cannot know them.
practice-verify = /verify: forward me a message that somebody else sent, or one of mine, and I tell you whether it is from this bot.
practice-dispute = A dispute: add somebody who buys (/ad), sell to them, and let the two disagree. Among the scripted people, Ada settles disputes and Olga runs the desk; open their columns and play them yourself.
practice-end = Nothing here is real: no money, no coins, and no Alipay.
