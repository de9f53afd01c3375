# What is wrong, and what to do next.

## The answer to a press: at most 200 characters.

toast-done = Done
toast-old-page = This page is no longer current. Please use the newest message below.
toast-forged = This button is not for you, or too old. Open the order with /orders.
toast-terms-first = Please read and accept the risk notice first: /start
refusal-not-yours = This order is between two other people. Your own are under /orders.
refusal-not-your-side = Only the other side can do that. Your buttons are on your own order card.
refusal-stale = The order has changed meanwhile. Please look at the new card first.
# $status (String) - a status in words
refusal-not-now = That is not possible now: { $status }. The card shows what you can do.
refusal-used = That can be done only once, and it has been done. The card shows what else you can do.
# $time (String) - a moment
refusal-too-early = Not yet: possible from { $time }. Please give the other side a little more time.
# $time (String) - a moment
refusal-too-late = That was possible until { $time }. Please write to the people who run this desk.
refusal-not-offered = That choice is not possible any more. Please choose another one on the card.
refusal-already-agreed = You have agreed already. Now it is up to the other side.
refusal-taken = The case has been taken already; its page shows by whom.
refusal-not-taken = Please take the case first.
refusal-needs-another = Your proposal stands. A second arbiter has to confirm it.

## Amounts that were typed.

amount-not-a-number = I could not read that as a number. Please type only a number.
amount-bad-grouping = The commas are in odd places. Please type the number without commas.
# $most (Number) - decimals
amount-too-many-decimals = { $most ->
    [one] There can be only one decimal.
   *[other] There can be at most { $most } decimals.
    } Please type fewer.
amount-negative = The number must be more than zero. Please type it without a minus.
amount-zero = The number must be more than zero. Please type another one.
amount-too-large = That number is too large. Please type a smaller one.
amount-other-unit = That is another unit than asked for. Please type the number in the unit below.

## An order that cannot be opened.

opening-ad-not-active = This ad takes no orders at the moment. Please choose another one.
opening-ad-changed = The merchant has just changed this ad. Please look at it again before you sell.
opening-own-ad = This is your own ad. Please choose somebody else's.
# $min (String) - ¥100.00
# $max (String) - ¥2,000.00
opening-outside-ad = This merchant takes { $min } to { $max } an order. Please type an amount in between.
# $available (String) - 120.5 USDT
opening-balance = You have { $available } available. Please type less, or add coins first: /balance
# $most (String) - ¥2,000.00
# $count (Number) - orders
opening-trust = { $count ->
    [one] For your first order the limit is { $most }. It grows with completed orders. Please type less.
   *[other] Until you have completed { $count } orders the limit is { $most } an order. Please type less.
    }
# $most (Number) - orders
opening-too-many-open = You have { $most } open orders already. Please finish one first: /orders
opening-out-of-range = That amount does not work out at this price. Please type another one.

## What was typed in other places.

problem-account = That is neither a mobile number of mainland China nor an e-mail address. Please type the account as it stands in Alipay under “Me”.
problem-name = That does not look like a real name. Please type at least two characters, without digits or signs.
problem-address = An address has 20 to 120 letters and digits, and no spaces. Please paste it as your wallet shows it.
# $available (String) - 120.5 USDT
problem-too-much = You have only { $available } available. Please type less.
problem-not-a-transaction = A transaction id has 4 to 128 letters and digits. Please copy it from the wallet.
problem-settled-with = That transaction has settled another withdrawal already. Please check which one you sent.
problem-gone = Somebody else has settled this withdrawal meanwhile. Nothing to do: /withdrawals

## An ad that cannot be.

# $least (String) - ¥10.00
ad-error-min-too-small = The smallest order must be at least { $least }. Please type more.
# $most (String) - ¥200,000.00
ad-error-max-too-large = The largest order can be at most { $most }. Please type less.
ad-error-min-above-max = The smallest order is larger than the largest. Please change one of them.
# $worth (String) - ¥72.00
ad-error-total-too-small = The whole ad is worth { $worth }, less than its smallest order. Please make the quantity larger or the smallest order smaller.
# $least (Number) - minutes
# $most (Number) - minutes
ad-error-window = The time to pay can be { $least } to { $most } minutes. Please choose again.
ad-error-out-of-range = These numbers are too large together. Please make one of them smaller.
ad-error-not-yours = This ad is somebody else's. Yours are under /ads.
ad-error-closed = This ad is closed for good. Post a new one: /ad
ad-error-stale = The ad has changed meanwhile. Please look at it again: /ads
# $most (Number) - ads
ad-error-too-many = You have { $most } ads already. Please close one first: /ads

## Deposits, for treasurers.

deposit-problem-title = The deposit was not recorded
# $example (String) - a command
deposit-usage = Write it like this: { $example }
deposit-usage-parts = That is the user's ID, the quantity, the coin, and the transaction id.
deposit-not-a-transaction = A transaction id has 4 to 128 letters and digits. Please copy it from the wallet.
# $user (String) - a number
deposit-no-such-user = User { $user } has not started this bot. Ask them to press Start, then try again.
# $reference (String) - a transaction id
deposit-known = Transaction { $reference } has been credited before. Please check which one you mean.

## Anything else.

left-title = You have left it. Nothing was done.
nothing-to-leave = There is nothing to leave. What would you like to do?
forgotten = You had begun something a day ago, so I put it away. Nothing was done; please start again when you like.
not-understood = I was not waiting for a message. Please choose what you would like to do.
button-wanted = That page waits for one of its buttons. Please press one above, or /cancel to leave.
text-wanted = I can only read text here. Please type the answer, or press /cancel to leave.
not-staff = Only staff of this desk can do that. Your own coins are under /balance.
too-old = That message reached me late, so I did nothing. If you still mean it, please send it again.
# $bot (String) - the bot's handle
group-only = 🔒 I only work in private chats, so that nobody else reads along. Please open @{ $bot }.
group-open = Open the private chat
no-such-order = I cannot find that order among yours. Your orders are under /orders.
# $example (String) - a command with a code
not-a-code = That is not an order code. A code has six letters and digits, and stands at the top of the order's card. Please write it like this: { $example }
too-fast = 🐢 That was too much at once, and the last of it was not read. Please wait a minute, then send again whatever got no answer.
sorry = 😔 Something went wrong on our side, and nothing was changed. The operator has been told. Please try again in a moment.
