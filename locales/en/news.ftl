# Short messages about an order. They ring. Each says the one thing to do.

# $code (String) - K7M2QX
# $coins (String) - 100 USDT
# $fen (String) - ¥720.00
news-head = Order { $code } · { $coins } · { $fen }

## To the buyer

# $fen (String) - ¥720.00
# $time (String) - a moment
news-pay-now = Please pay { $fen } now and press “I've paid”. The time to pay ends: { $time }
# $time (String) - a moment
news-window-over-buyer = The time to pay is over. Did you pay? If so, say it now. The order closes: { $time }
# $time (String) - a moment
news-grace-ending = If you have paid, say it now, or the order closes: { $time }
# $minutes (Number) - how many more
news-extended = The seller gives you { $minutes } more minutes to pay.
news-not-arrived = The seller has looked, and your payment is not there yet. Please check in your Alipay bill that the transfer went through.
# $time (String) - a moment
news-delayed = Alipay holds your transfer back, so the seller waits for it. It should arrive: { $time }
news-refund-payer = The seller returns your payment, because it came from somebody else's account. Nothing to do until it is there.
news-refund-amount = The seller returns your payment, because the amount was not the one agreed. Nothing to do until it is there.
news-refund-memo = The seller returns your payment, because its memo was not empty. Nothing to do until it is there.
# $fen (String) - ¥720.00
news-refund-sent = The seller has sent { $fen } back. Please look into Alipay and confirm when it is there.
# $fen (String) - ¥720.00
news-refund-waiting-buyer = Is { $fen } back in your Alipay? Please look and confirm.
# $time (String) - a moment
news-releasing = The seller has confirmed your payment. The coins go: { $time }
news-stopped = The seller has stopped the release and looks into Alipay again. The coins stay locked.
# $coins (String) - 100 USDT
news-released-buyer = { $coins } are in your balance now. Thank you.

## To the seller

# $time (String) - a moment
news-window-over-seller = The time to pay is over, and the merchant has not said that it paid. Please look into Alipay. Nothing there? Then just wait: your coins come back. The order closes: { $time }
# $fen (String) - ¥720.00
news-paid = The merchant says it has paid { $fen }. Open Alipay yourself and look at your balance or bill.
# $fen (String) - ¥720.00
news-paid-late = The merchant says, after the time to pay was over, that it has paid { $fen }. Open Alipay yourself and look at your balance or bill.
# $fen (String) - ¥720.00
news-look-now = Is { $fen } in your Alipay? Please look there and answer; the merchant is waiting.
news-taken-back = The merchant says it has not paid yet after all. Do not wait for money yet; I will tell you when it pays.
# $fen (String) - ¥720.00
news-arrival-due = The delayed transfer of { $fen } should be there now. Please look into Alipay.
# $fen (String) - ¥720.00
news-refund-waiting-seller = Have you sent { $fen } back? Return it to the account it came from, then press “I've sent the money back”.
# $coins (String) - 100 USDT
news-released-seller = { $coins } have gone to the merchant. Keep the Alipay bill of this payment.
# $fen (String) - ¥720.00
news-looks-paid = Something on your phone says that { $fen } may have come. That is no proof: please look into Alipay yourself.
# $fen (String) - ¥720.00
news-late-money-seller = { $fen } may have come after this order was closed. Please look into Alipay. If it is there, return it to the account it came from.
news-late-money-buyer = A payment seems to have come after this order was closed. The seller has been asked to return it to the account it came from.

## To both

news-cancel-offered = The other side would like to cancel. If you agree, the order ends and the coins go back to the seller.
# $coins (String) - 100 USDT
news-cancelled-seller = The order is cancelled. { $coins } are in your balance again.
news-cancelled-buyer = The order is cancelled. Please do not pay for it any more.
# $coins (String) - 100 USDT
news-expired-seller = Nobody paid in time, so the order is closed. { $coins } are in your balance again.
news-expired-buyer = The order was not paid in time and is closed. Please do not pay for it any more.
news-dispute-opened = The order is in dispute. The coins stay locked until an arbiter decides. Keep your Alipay bill and order number at hand.
news-dispute-taken = An arbiter has taken the case. Nothing moves until the decision.
# $coins (String) - 100 USDT
news-awarded-buyer = The arbiters have decided: { $coins } go to the buyer.
# $coins (String) - 100 USDT
news-awarded-seller = The arbiters have decided: { $coins } go back to the seller.
# $coins (String) - 100 USDT
news-conceded = The buyer gave in: { $coins } go back to the seller.
news-claim-opened = The other side has asked us to look at this closed order again. An arbiter will look at it.
news-claim-closed = The second look at this order is over. It stays as it was.
# $minutes (Number) - how long
news-outage = I could not be reached for { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
    }. No time is lost: the clock of this order was moved on by as much. Here is the order anew.
news-unreachable = The other side cannot be reached in Telegram any more. The clock runs on, and the operator knows.

## To arbiters and operators

# $minutes (Number) - how long
news-staff-seller-silent = The seller has not answered for { $minutes } minutes after the payment was marked. Please have an eye on it.
news-staff-dispute-opened = A dispute was opened. Somebody has to take the case.
news-staff-dispute-waiting = This dispute still waits for a decision.
news-staff-dispute-taken = The case has been taken.
news-staff-award-buyer = An arbiter proposes: the coins go to the buyer. A second arbiter has to confirm.
news-staff-award-seller = An arbiter proposes: the coins go back to the seller. A second arbiter has to confirm.
news-staff-claim-opened = A closed order is to be looked at again. Somebody has to take the case.
news-staff-claim-waiting = This claim still waits for an answer.
news-staff-unreachable-seller = The seller cannot be reached in Telegram any more.
news-staff-unreachable-buyer = The buyer cannot be reached in Telegram any more.
news-staff-late-money = Money was reported after this order was closed. Both sides have been told.
# $status (String) - a status in words
news-status = The order is now: { $status }.
