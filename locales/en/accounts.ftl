# A seller's own Alipay accounts.

command-accounts = Your Alipay accounts
command-forget = Erase your names and accounts

accounts-title = 💳 Your Alipay accounts
accounts-none = You keep no account here yet. Add one now, or type it when you sell.
accounts-about = Open one to pause it, to set limits, or to change its code. Buyers see an account only on the card of an order that is to be paid.

# $account (String) - 138******34
# $name (String) - **明
account-line = { $account } · { $name }
# $account (String) - 138******34
# $name (String) - **明
account-line-default = ★ { $account } · { $name }
# $account (String) - 138******34
# $name (String) - **明
account-line-paused = ⏸ { $account } · { $name }
# $account (String) - 138******34
# $name (String) - **明
account-line-waits = ⏳ { $account } · { $name }

# $account (String) - 138******34
# $name (String) - **明
account-card-title = 💳 { $account } · { $name }
account-is-default = ★ Offered first when you sell.
account-is-paused = ⏸ Paused: no new order is paid to it.
# $time (String) - a moment
account-is-waiting = ⏳ New or changed: orders can be paid to it from { $time }.
account-is-usable = ✅ Orders can be paid to it.
# $taken (String) - ¥720.00
# $cap (String) - ¥5,000.00
account-day-cap = Today: { $taken } of { $cap }
# $taken (String) - ¥720.00
account-day = Today: { $taken }, no limit
# $taken (String) - ¥720.00
# $cap (String) - ¥50,000.00
account-month-cap = This month: { $taken } of { $cap }
# $taken (String) - ¥720.00
account-month = This month: { $taken }, no limit
account-has-code = Payment code: saved. Buyers get it on their card.
account-has-no-code = Payment code: none. Buyers type your account.
account-about = Days and months are counted in Shanghai's time, over orders that were not cancelled.

account-add-title = 💳 Which Alipay account do you add?
account-add-about = Type the mobile number or e-mail address of your own, real-name Alipay account. It is kept encrypted.
account-review-title = 💳 Please check the new account
# $time (String) - a moment
account-review-waits = To protect you if somebody else gets hold of your phone, orders can be paid to a new account only from { $time } on.
account-review-at-once = It is your first account here, so you can use it at once.
account-added = ✅ The account is saved
account-removed = ✅ The account is erased

account-day-cap-title = 💳 How much a day, at most?
account-month-cap-title = 💳 How much a month, at most?
account-cap-about = Type an amount in yuan, like 5000. An order that would exceed it is not paid to this account.

account-code-title = 💳 Your personal payment code
account-code-about = In Alipay, open “Collect”, save your code, and let any scanner read it. Paste the link here; it starts with https://qr.alipay.com/fkx.
account-code-warning = ⚠️ Since 2022 personal codes are not meant for payments by people who are not there with you. Alipay may limit an account that is paid that way. A transfer to your account number is the better choice.
# $time (String) - a moment
account-code-waits = After you save a code, orders can be paid to this account only from { $time } on. Nothing changes for orders that are open.

account-picture-title = 🔳 Your payment code
account-picture-about = Scan it with Alipay on another phone: it must show your own name. If it does not, remove the code at once.

account-remove-title = Erase this account?
account-remove-about = Its number, name and code are erased. An account that you add later has to wait again before it can be used.

## A code comes first.

account-prove-add = 🔐 Add this account?
account-prove-resume = 🔐 Resume this account?
account-prove-cap = 🔐 Let this account take more?
account-prove-code = 🔐 Change the payment code of this account?
account-prove-remove = 🔐 Erase this account?

## What its owner hears.

notice-account-added-title = 🔐 A new Alipay account was added
notice-account-code-title = 🔐 The payment code of an account was changed
notice-account-removed-title = 🔐 An Alipay account was erased
# $account (String) - 138******34
# $name (String) - **明
notice-account = Account: { $account } · { $name }
# $time (String) - a moment
notice-account-waits = Orders can be paid to it from { $time } on.
notice-account-not-you = If that was not you: open your accounts now and erase or pause it, end all other sessions in Telegram's settings under “Devices”, and tell the people who run this desk.

## Choosing one for an order.

sell-payee-title = 💳 Which account gets the money?
sell-payee-about = Only the buyer of this order sees the account in full.
sell-payee-none = An account that you add now can be used after a waiting time. Please add one, and sell when it is ready.
# $account (String) - 138******34
# $name (String) - **明
# $why (String) - a sentence
sell-payee-not = { $account } · { $name }: { $why }
sell-review-added = A few fen may be added to the amount, so that this payment cannot be mistaken for another one.

## Why not.

payee-gone = That account is not among yours any more. Please look at them again: /accounts
payee-stale = The account has changed meanwhile. Please look at it again: /accounts
payee-paused = It is paused. Resume it under /accounts, or choose another one.
# $time (String) - a moment
payee-waits = It was added or changed not long ago and can be used from { $time } on. Until then please choose another one.
# $left (String) - ¥300.00
# $cap (String) - ¥5,000.00
payee-day-cap = Your own limit for today leaves { $left } of { $cap }. Please choose another account, sell less, or change the limit under /accounts.
# $left (String) - ¥300.00
# $cap (String) - ¥50,000.00
payee-month-cap = Your own limit for this month leaves { $left } of { $cap }. Please choose another account, sell less, or change the limit under /accounts.
payee-not-kept = For your safety, money goes only to accounts that you have saved before. Please add it first: /accounts
payee-known = You have saved this account already. Please look under /accounts.
# $most (Number) - accounts
payee-too-many = You have { $most } accounts already. Please erase one first: /accounts
# $time (String) - a moment
payee-factor-off = You turned the second factor off not long ago. To protect you, accounts can be added, changed and erased again from { $time } on. Until then you can sell to those you have, pause them, and lower limits.
payee-in-use = An open order is paid to this account. Pause it now if you like, and erase it when the order is over.
opening-no-payer = This merchant has not said yet from which account they pay. Please choose another ad.
opening-no-free-amount = Too many orders to this account ask for about the same amount. Please type an amount that is at least ¥1 more or less, or choose another account.

code-not-a-link = That is not a link that starts with https://. Please paste the link that is in your code, not a picture and not a number.
code-other-host = That link leads somewhere else than to qr.alipay.com. Please paste the link of your own code, as Alipay made it.
code-merchant = That is a merchant's code. Please use your personal code; its link starts with https://qr.alipay.com/fkx.
code-more-than-a-code = There is something after the code. Please paste only the link, up to the end of the code.
code-not-personal = That is not a personal code. Its link starts with https://qr.alipay.com/fkx, followed by letters and digits.

## Forgetting.

forget-title = 🧹 Erase your names and accounts?
forget-what =
    What goes, for good:
    • the Alipay accounts that you keep here, with names and codes
    • the account and name from which you pay
    • the copies of both in your closed orders
forget-stays =
    What stays, because both sides and the books need it:
    • which orders there were, with amounts, times and outcomes
    • your coins, deposits and withdrawals
forget-factor = A second factor stays on, too: your coins are still here. Turn it off under /security.
forget-after = Afterwards your ads take no orders until you say again from which account you pay, and a new account has to wait before it can be used.
forget-open-title = 🧹 Not while orders are open
forget-open = These orders still need your names and accounts. Finish them first, then send /forget again:
forget-done-title = ✅ Your names and accounts are erased
forget-done = Order amounts, times and your coins are still here. You can go on at any time.

## Buttons.

button-accounts = My Alipay accounts
button-add-account = Add an account
button-other-account = Another account
button-make-default = Offer it first
button-pause-account = Pause
button-resume-account = Resume
button-day-cap = Limit a day
button-month-cap = Limit a month
button-code = Payment code
button-show-code = Show the code
button-remove-account = Erase the account
button-remove-account-sure = Yes, erase it
button-save-account = Save the account
button-no-cap = No limit
button-no-code = Remove the code
button-forget-sure = Yes, erase them
