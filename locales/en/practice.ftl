# What can be practised in a demo, and with whom.

button-practice = What can I practise?
command-practice = What you can practise here

practice-title = What you can practise here
practice-about = Each merchant has a price of its own for USDT, so you choose by the price whom you meet. Before you answer a question about a payment, press “Alipay” above this chat: it shows what has really arrived.
# $price (String) - 7.25
# $way (String) - how this merchant pays
practice-merchant = ¥{ $price } · { $way }
practice-at-once = pays at once
practice-at-once-lesson = How it should be. Find the payment in Alipay, confirm what you see there, and let the coins go.
practice-third-party = has somebody else pay
practice-third-party-lesson = The name and the account in Alipay are not the merchant's: perhaps stolen money. Do not release. Say that somebody else paid, and send the money back in Alipay.
practice-one-fen-less = pays one fen less
practice-one-fen-less-lesson = Compare the amount to the last fen. If it is not the one agreed, do not release: say so, and send the money back.
practice-slowly = takes its time
practice-slowly-lesson = Nothing is wrong, it only takes a minute. Wait, and do not confirm before the money is there.
practice-too-late = pays when the time is over
practice-too-late-lesson = It gets one minute, and pays after it. Your coins stay locked a little longer: look into Alipay, and decide by what you see.
practice-never = never pays
practice-never-lesson = There is nothing to do. When the time is over, your coins come back by themselves.
practice-delayed = uses a delayed transfer
practice-delayed-lesson = The merchant has paid, and the money is not there: until it arrives it can be recalled. Say that it is delayed, and confirm only when Alipay shows it as arrived. What takes 2 to 24 hours in Alipay takes two minutes here.
practice-end = Nothing here is real: no money, no coins, and no Alipay.
