# The live card of an order.

demo-mark = DEMO · no real money, no real coins

## The title says where the order stands.

# $code (String) - K7M2QX
card-awaiting-seller = ⏳ Order { $code } · waiting for the payment
# $code (String)
card-awaiting-buyer = ⏳ Order { $code } · please pay now
# $code (String)
card-overdue = ⌛ Order { $code } · the time to pay is over
# $code (String)
card-paid-seller = 🔔 Order { $code } · marked as paid
# $code (String)
card-paid-buyer = 🔔 Order { $code } · waiting for the seller
# $code (String)
card-delayed = 🕒 Order { $code } · Alipay delays the transfer
# $code (String)
card-refunding = ↩️ Order { $code } · the money goes back
# $code (String)
card-releasing = ⏱ Order { $code } · releasing
# $code (String)
card-disputed = ⚖️ Order { $code } · in dispute
# $code (String)
card-claimed = ⚖️ Order { $code } · looked at again
# $code (String)
card-released = ✅ Order { $code } · completed
# $code (String)
card-cancelled = ✖️ Order { $code } · cancelled
# $code (String)
card-expired = ⌛ Order { $code } · expired
# $code (String)
card-outdated = Order { $code }: its card now stands further below.

## What is exchanged.

# $coins (String) - 100 USDT
fact-you-sell = You sell: { $coins }
# $fen (String) - ¥720.00
fact-you-receive = You receive: { $fen }
# $fen (String) - ¥720.00
fact-you-pay = You pay: { $fen }
# $coins (String) - 100 USDT
fact-you-get = You get: { $coins }
# $coins (String) - 100 USDT
# $fen (String) - ¥720.00
fact-exchange = { $coins } for { $fen }
# $price (String) - ¥7.20
# $coin (String) - USDT
fact-price = Price: { $price } for 1 { $coin }
# $merchant (String) - M-4F2K
fact-merchant = Merchant: { $merchant }
# $account (String) - 138******34
# $name (String) - **明
fact-own-account = Your Alipay: { $account } · { $name }

## Where to pay.

# $account (String) - the whole account
pay-account = Alipay account: { $account }
# $name (String) - **明
# $account (String) - 138******34
pay-shown = Alipay must show: { $name } · { $account }
# $fen (String) - ¥720.00
pay-amount = Amount, to the fen: { $fen }
pay-rules =
    • Pay at once, from your own Alipay account, only this amount, with instant arrival.
    • The memo must stay empty.
    • If Alipay shows another name or account, do not pay: cancel the order.
pay-then = Then press “I've paid”. Press it only after the transfer is made.

## The clock. The time is drawn as "in 12 minutes" or "14:32 (UTC+8)".

# For clients that do not count down by themselves.
# $time (String) - 14:32 (UTC+8)
# $minutes (Number) - how many are left
time-left = { $time }, { $minutes } min left
# $time (String) - a moment
time-pay-by = Time to pay ends: { $time }
# $time (String) - a moment
time-order-ends = The order closes: { $time }
# $time (String) - a moment
time-paid = Marked as paid: { $time }
# $time (String) - a moment
time-arrives = Should arrive: { $time }
# $time (String) - a moment
time-release = The coins go: { $time }
# $time (String) - a moment
time-dispute-from = A dispute can be opened: { $time }
# $time (String) - a moment
time-dispute-by-itself = Without an answer this becomes a dispute: { $time }
# $time (String) - a moment
time-since = Since: { $time }
# $time (String) - a moment
time-closed = Closed: { $time }

## What happens next, and the one thing to do.

# $coins (String) - 100 USDT
next-awaiting-seller = { $coins } are locked for this order. There is nothing to do until the merchant has paid; you will hear from me at once.
next-agreed-you = You have offered to cancel. The order ends as soon as the other side agrees.
next-agreed-other = The other side offers to cancel. If you agree, the order ends and the coins go back to the seller.
# $coins (String) - 100 USDT
next-overdue-seller = Nobody has said that the payment was made. { $coins } are still locked. Please look into Alipay: if the money is there, confirm it. If not, just wait: the coins come back to you.
next-overdue-buyer = Did you pay? If you did, say so now, or the order will be closed. If you did not, do not pay any more.
# $fen (String) - ¥720.00
next-paid-seller = The merchant says that { $fen } is on the way. Open Alipay yourself and look at your balance or bill. Confirm only what you see there.
next-paid-late = The payment was marked after the time to pay was over.
next-paid-seller-looked = You have not confirmed the payment so far. Look into your Alipay again from time to time; the coins stay locked and nobody can take them.
next-paid-buyer = The seller has been asked to look into Alipay. Your coins are locked and stay so until the seller answers.
next-paid-buyer-looked = The seller has not confirmed the payment so far. Please check in your Alipay bill that the transfer went through, at once and to the right account.
next-delayed-seller = Alipay holds this transfer back. Do not confirm before the money is in your balance: until then it can still be recalled. I will ask you again when it should be there.
next-delayed-buyer = The seller sees your transfer, but Alipay holds it back. The coins stay locked; the seller is asked again when it should have arrived.
next-refund-payer = The payment came from somebody else's account.
next-refund-amount = The amount was not the one agreed.
next-refund-memo = The memo was not empty.
next-refunding-seller = Send the money back to the very account it came from: open the payment in your Alipay bill and refund it there, never to another account. Then press “I've sent the money back”. Your coins stay locked until the buyer has confirmed.
next-refunding-seller-sent = You have sent the money back. The buyer is asked to confirm; then your coins are free again.
next-refunding-buyer = The seller returns your payment to the account it came from. Nothing to do until it is there.
next-refunding-buyer-sent = The seller says that your money is on its way back. Please look into Alipay and confirm when it is there.
next-releasing-seller = You have confirmed the payment. This is the last moment to stop.
next-releasing-buyer = The seller has confirmed your payment.
next-disputed = An arbiter decides. Until then the coins stay locked and every clock stands still. Please keep your Alipay bill and order number at hand.
next-disputed-taken = An arbiter is on it. Until the decision the coins stay locked and every clock stands still. Please keep your Alipay bill and order number at hand.
next-disputed-seller = If the money arrives after all, you can still confirm it.
next-disputed-buyer = If you did not pay, or the money came back to you, you can give in: the coins go back to the seller.
why-not-received = Reason: the seller does not see the payment.
why-not-released = Reason: the buyer has paid and the coins have not been released.
why-refund-missing = Reason: the refund has not come or was not confirmed.
why-silence = Reason: the seller has not answered.
why-other = Reason: the two sides do not agree on what happened.
next-claimed = One side has asked us to look at this closed order again. No coins are locked any more. An arbiter will write here.
# $coins (String) - 100 USDT
next-released-seller = { $coins } have gone to the merchant. Thank you for the sale. Keep the Alipay bill of this payment.
# $coins (String) - 100 USDT
next-released-buyer = { $coins } are in your balance. Thank you.
next-released-award = The arbiters have decided: the coins go to the buyer.
# $coins (String) - 100 USDT
next-returned-you = { $coins } are in your balance again.
next-do-not-pay = Do not pay for this order any more.
ended-by-buyer = The buyer cancelled.
ended-by-both = Both sides agreed to cancel.
ended-given-up = The buyer did not pay.
ended-refunded = The money went back to the payer.
ended-conceded = The buyer gave in.
ended-by-award = The arbiters have decided: the coins go back to the seller.
ended-expired = Nobody paid in time.
reason-mind = Reason: changed their mind.
reason-cannot = Reason: could not pay.
reason-account = Reason: the account or its name was wrong.

## The second question.

face-extend = How much more time does the buyer get? You can do this once.
face-cancel = Why do you cancel? If you have paid already, do not cancel: go back and press “I've paid”.
face-problem = What is wrong?
face-problem-delayed = Delayed: Alipay shows the transfer, but it arrives in 2, 12 or 24 hours. Take the time that Alipay shows.
face-problem-refund = Somebody else paid, the amount is wrong, or the memo is not empty: do not release. You return the money to the same payer, and the order is cancelled when it is back.
# $coins (String) - 100 USDT
face-concede = Do you give in? { $coins } go back to the seller. That cannot be undone.
# $fen (String) - ¥720.00
# $coins (String) - 100 USDT
face-refunded = Is { $fen } back in your Alipay? Look there first. When you confirm, { $coins } go back to the seller. That cannot be undone.

## What arbiters see.

# $seller (String) - a number
# $buyer (String) - a number
staff-parties = Seller { $seller } · buyer { $buyer }

## Statuses in lists.

status-awaiting-payment = waiting for payment
status-overdue = time to pay is over
status-paid = marked as paid
status-delayed = transfer delayed
status-refunding = money goes back
status-releasing = releasing
status-disputed = in dispute
status-claimed = looked at again
status-released = completed
status-cancelled = cancelled
status-expired = expired
