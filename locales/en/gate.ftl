# The release gate: five questions on the seller's card, and what is typed there.

gate-title = Five looks into your own Alipay
gate-how = Open Alipay yourself, not from a link: Me → Bill, and your balance. Nobody can hurry you: the coins stay locked.

## The questions, one at a time.

gate-entry = 1 of 5 · Is the money an entry in your balance or bill?
gate-entry-about = An income that says “successful”. A chat card, a push, an SMS, a request to pay (代付) or a picture is not an entry.
gate-arrival = 2 of 5 · Does the entry have its time of arrival (到账时间)?
gate-arrival-about = While it says “processing” or “expected”, it can still be called back.
# $fen (String) - ¥720.03
gate-amount = 3 of 5 · Is it exactly { $fen }?
gate-amount-short = 3 of 5 · Is it exactly the amount?
gate-amount-about = To the fen, and as the only payment (or together with a rest you asked for). You can also type the amount you see.
gate-payer = 4 of 5 · Did the declared payer pay?
# $name (String) - **明
# $accounts (String) - 138******34
gate-payer-expect = What fits: { $name }, or more of the same name · { $accounts }
gate-payer-unknown = The buyer has declared nobody for this order. Only a payment in the buyer's own name counts.
# $example (String) - as Alipay shows it
gate-payer-about = Type what Alipay shows of the payer and I compare it, for example: { $example }. A nickname alone says nothing.
gate-memo = 5 of 5 · Is the memo empty?
gate-memo-about = Alipay's own word “转账” counts as empty. If there is something else, type it and I tell you what it is.

## What has been answered.

gate-done-entry = ✅ in your balance or bill
gate-done-arrival = ✅ arrived
# $fen (String) - ¥720.03
gate-done-amount = ✅ exactly { $fen }
gate-done-payer = ✅ the declared payer
gate-done-memo = ✅ memo empty

## After a no: do not release. What else to do.

gate-no-entry = ❌ It is not in your balance or bill. Do not release. Wait and look again later; nobody can take your coins meanwhile.
gate-no-arrival = ❌ It has not arrived. Do not release: until it has, it can be called back. If Alipay names a time, choose how long it takes and I will ask you again.
gate-no-amount = ❌ It is not the amount. Do not release. Type how much there is: if it is less, I ask the buyer for the rest. If it is more, send all of it back to where it came from.
gate-no-payer = ❌ It is not the declared payer. Do not release: this is how stolen money comes in. Send it back to the very account it came from. That never counts against you.
gate-no-memo = ❌ The memo says something. With words about coins Alipay may close your account. You may refuse the payment and send it back; that never counts against you.

## The end of it: who answers?

gate-all = ✅ All five are answered with yes.
# $coins (String) - 100 USDT
gate-code = Now type the 6 digits from your authenticator (or a recovery code) to release { $coins }.
# $coins (String) - 100 USDT
gate-digits = Now type the last four digits of the amount, the fen included and without the point, to release { $coins }. Of ¥1,234.56 that would be 3456.
# $fen (String) - ¥5,000.00
gate-needs-code = Above { $fen } a release needs a second factor. Set it up with /security, then come back to this card.
gate-final = This cannot be undone. If anybody tells you to hurry, stop here.

## What was typed.

# $extra (String) - ¥0.50
gate-too-much = That is { $extra } more than agreed. Do not release. Send all of it back to the account it came from; the buyer can then pay the right amount in a new order.
# $missing (String) - ¥0.01
gate-too-little = That is { $missing } less than agreed. Do not release. If the rest may still come, look again then; otherwise the buttons below say what else you can do.
# $missing (String) - ¥0.01
gate-less = That is { $missing } less than agreed. Shall I ask the buyer for it? If you have mistyped it, type the amount again.
# $missing (String) - ¥0.01
gate-asked-rest = I have asked the buyer for the missing { $missing }. The coins stay locked. Look again when it should be there, and press “I've received payment”.
# $example (String) - as Alipay shows it
gate-no-masks = I cannot find a mask in that. Type what Alipay shows of the payer, such as { $example }, or answer with a button.
gate-inconclusive = That cannot be compared: too little of it is visible, or it may be a nickname. Look at the payer's masks yourself and answer with a button.
# $visible (Number) - how many characters of the name were visible
# $equal (Number) - how many of them are those of the declared name
gate-mismatch = That is not the declared payer (name: { $visible } visible, { $equal } equal). If you have mistyped it, type it again.
gate-memo-coins = These are words about coins. Do not release: Alipay may close your account because of them. You may refuse the payment and send it back.
gate-memo-other = The memo is not empty. If it is harmless you can say so with the button; if in doubt, send the payment back.

## Buttons.

# $missing (String) - ¥0.01
button-ask-rest = Ask for { $missing }
button-yes = Yes
button-no = No
button-yes-after-all = It is as it should be
button-give-number = Give the order number
button-copy-refund-text = Copy a text for the payer

## Alipay's numbers.

number-ask-title = The order number from Alipay
number-ask = Please type the order number (订单号) of your payment: 28 or 32 digits, in Alipay under Bill → the payment → more. It helps the seller to find your money. You have told the seller already; this can wait a moment.
number-ask-refund = Please type the order number (订单号) of the money you sent back: 28 or 32 digits, in Alipay under Bill → the payment → more. It helps the buyer to find it.
number-not-digits = That is no order number: it has only digits. Please copy it from Alipay and send it alone.
number-length = An order number has 28 or 32 digits. Please copy the whole of it from Alipay.
number-date = The first eight digits are the day of the payment, and this one is of another day. Please copy the number of this payment.
number-reused = This number belongs to another order. Each payment has a number of its own: please copy that of this payment. The other side has been told.
# $tail (String) - 345678
number-kept = Thank you: …{ $tail }. The other side sees the last six digits.
# $tail (String) - 345678
fact-number = Order number of the payment: …{ $tail }
# $tail (String) - 345678
fact-refund-number = Order number of the refund: …{ $tail }
fact-no-number = The buyer has not given an order number yet.

## Refunds.

# $code (String) - K7M2QX
refund-text = 您好，这笔付款与订单 { $code } 的约定不符（付款人、金额或备注），已按原路退回您的付款账户，请注意查收。如有疑问请联系您的交易对方，谢谢。
# $missing (String) - ¥0.01
news-short = The seller sees less than the amount: { $missing } are missing. Please send exactly that from the same account, with an empty memo. If you have paid the whole amount, do not pay again: open a dispute.
news-refund-number-reused = Careful: the number of the refund that the seller gave belongs to another order. Look only at your own bill.
news-number-reused = Careful: the order number that the buyer gave belongs to another order. Look only at your own bill.

## The order says no.

# $question (String) - a question of the gate
refusal-unanswered = Not yet. First: { $question }
refusal-other-payer = What you typed is not the declared payer. Type it again, or send the money back.
refusal-needs-code = For this amount a release needs a second factor. Set it up with /security, then come back to the order.

## To operators.

# $code (String) - K7M2QX
# $other (String) - P4XW9A
alarm-number-reused = In order { $code } the buyer gave the Alipay order number of order { $other }. One payment is for one order: please have an eye on both.
# $code (String) - K7M2QX
# $other (String) - P4XW9A
alarm-refund-number-reused = In order { $code } the seller gave the Alipay order number of order { $other } for the refund. One refund is for one order: please have an eye on both.

# $above (String) - ¥5,000.00
opening-needs-code = Above { $above } a release needs a second factor. Set it up first with /security, or type less.
