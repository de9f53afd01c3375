# The first steps: the risk notice, the start page, help, the language.

language-name = English

terms-title = 🤝 Sell crypto for yuan, safely
terms-what = This bot locks the coins of a sale and lets them go only after the seller has seen the yuan in Alipay. Until then the coins are held by the people who run this desk. Please read what can go wrong:
terms-risks =
    • Alipay forbids virtual-currency trades. It may limit or close an account that is used for them.
    • In mainland China, exchanging virtual currency for yuan is treated as illegal financial activity, and losses may be yours alone. Do not trade there, or wherever your law forbids it.
    • Money you receive may turn out to be stolen by somebody you never met. An account can be frozen weeks after an honest sale. Nobody can rule that out.
    • The desk can fail or make mistakes. There is no guarantee and no insurance: bring only what you can afford to lose.
terms-promise = By going on you confirm that you are of age, trade for yourself, and use only your own, real-name Alipay account and money and coins that are lawfully yours.
terms-impostors = Nobody from this desk will ever write to you first or ask you to release coins.

home-welcome = ✅ Thank you. You are all set.
home-title = What would you like to do?
home-about = Sell coins to a merchant who pays you through Alipay, or post an ad and buy coins at your own price.

language-title = 🌐 Which language do you read?
language-about = Menus, reminders and orders will come in it. Amounts and order codes stay the same.

help-title = How a sale works
help-steps =
    1. Choose a merchant's ad and say how much you sell. Your coins are locked for this order.
    2. The merchant pays to your Alipay within the payment window and marks the order paid.
    3. You open Alipay yourself and look into the balance or the bill. I ask five short questions about what you see there.
    4. Only if all five are as they should be, and you prove that it is you, do the coins go to the merchant. For some seconds you can still stop; after that it cannot be undone.
help-safety = A screenshot, a text message or a chat message is never proof of a payment. If anything looks odd, do not confirm: open the order and press “Something is wrong”. Nobody who works here ever writes to you first.
help-selling = Selling, and your coins
help-buying = Buying
help-protecting = Protecting yourself
help-rest = Everything else
help-treasury = For treasurers
# $name (String) - a command without its slash
# $about (String) - what it does
help-command = /{ $name } – { $about }
# $id (String) - the reader's own number in Telegram
help-id = Your ID at this desk is { $id }.
