# What arbiters and operators see: the queue, a case, and who arbitrates.

command-disputes = Disputes that wait
command-arbiters = Who settles disputes
help-desk = The desk:

## News to them

news-staff-evidence-missing-seller = The seller has handed in nothing in time.
news-staff-evidence-missing-buyer = The buyer has handed in nothing in time.
news-staff-evidence-missing-both = Neither side has handed in anything in time.
# $minutes (Number) - how long
news-staff-unattended = For { $minutes } minutes nobody has taken this case. Please see that an arbiter does.
# $hours (Number) - how long
news-staff-award-overdue = An arbiter took this case { $hours } hours ago, and it is not decided. Another arbiter may take it over now.
button-open-case = Open the case

## The queue

cases-title = ⚖️ Disputes and claims
cases-none = Nothing waits. When a dispute is opened, you hear of it at once.
cases-about = The most urgent first.
# $place (Number) - 1, 2, …
# $code (String) - K7M2QX
# $fen (String) - ¥720.00
# $age (String) - 3 h
cases-line = { $place }. { $code } · { $fen } · { $age } old
# $place (Number) - 1, 2, …
# $code (String) - K7M2QX
# $fen (String) - ¥720.00
# $age (String) - 3 h
cases-line-claim = { $place }. { $code } · { $fen } · claim, { $age } old
# $arbiter (String) - a number
cases-taken = taken by { $arbiter }
cases-free = nobody has taken it
cases-own = taken by you
cases-second = waits for a second arbiter
cases-party = you are a side of it
# $time (String) - a moment
cases-due = due: { $time }
# $minutes (Number)
age-minutes = { $minutes } min
# $hours (Number)
age-hours = { $hours } h
# $days (Number)
age-days = { $days ->
    [one] a day
   *[other] { $days } days
    }
disputes-not-yours = Only arbiters and operators of this desk see its disputes.
case-gone = There is no such case, or you are a side of it.

## A case

# $code (String) - K7M2QX
case-title = ⚖️ Case { $code }
# $status (String) - a status in words
case-status = Status: { $status }
# $time (String) - a moment
case-opened = Order opened: { $time }
# $time (String) - a moment
case-since = Waits since: { $time }
# $time (String) - a moment
case-answers-until = Evidence is asked for until: { $time }
# $arbiter (String) - a number
# $time (String) - a moment
case-taken = Taken by { $arbiter }, to be decided by: { $time }
# $window (Number) - minutes
# $grace (Number) - minutes
case-terms = Terms: { $window } min to pay, { $grace } min grace
# $most (String) - ¥20,000.00
case-two = More than { $most }: two arbiters have to award to the same side.
# $name (String) - a mask
# $account (String) - a mask
case-payee = To be paid to: { $name } · { $account }
# $name (String) - a mask
# $account (String) - a mask
case-payer = Declared payer: { $name } · { $account }
# $count (Number)
case-reused = ⚠️ Numbers of other orders that were given for this one: { $count }
case-seller = The seller
case-buyer = The buyer
# $who (String) - The seller
# $id (String) - a number
# $completed (Number)
# $won (Number)
# $lost (Number)
# $age (String) - 3 days
case-standing = { $who } { $id }: { $completed } completed, disputes won { $won }, lost { $lost }; here for { $age }
case-unreachable = ⚠️ cannot be reached in Telegram any more
case-poses = ⚠️ the name in Telegram looks like that of staff
# $time (String) - a moment
case-handed-in = evidence since { $time }
case-handed-in-nothing = no evidence yet
case-timeline = What happened (UTC+8):
# $page (Number)
# $pages (Number)
case-page = Page { $page } of { $pages }
button-ask-seller = Ask the seller
button-ask-buyer = Ask the buyer
button-award-seller = Award to the seller
button-award-buyer = Award to the buyer
button-award-claim = Close the claim
# $number (Number) - of a file
button-file = File { $number }
button-cases = All cases
button-earlier = ← Earlier
button-later = Later →

## Its lines

line-seller = Seller
line-buyer = Buyer
line-arbiter = Arbiter
line-clock = Clock
line-desk = Desk
line-opened = the order was opened
# $question (String) - as the gate asks
# $answer (String) - Yes or No
line-answer = “{ $question }” { $answer }
line-masks-match = compared the payer's masks: they fit
line-masks-mismatch = compared the payer's masks: they do not fit
line-masks-unclear = compared the payer's masks: too little to say
line-confirmed-totp = confirmed the receipt, with a code of the authenticator
line-confirmed-recovery = confirmed the receipt, with a recovery code
line-confirmed-digits = confirmed the receipt, with the last digits
# $arrived (String) - ¥719.99
line-short = sees { $arrived } only
line-number = gave Alipay's order number
line-evidence = handed in evidence
line-claim-closed = closed the claim
line-awarded-seller = awards to the seller
line-awarded-buyer = awards to the buyer
line-conceded = gives in
line-refund-received = has the refund
line-time = time was up
# $minutes (Number)
line-outage = nobody could reach the bot for { $minutes } min
line-unreachable-seller = the seller cannot be reached
line-unreachable-buyer = the buyer cannot be reached
line-seen = a signal that could be forged says: paid
line-seen-notification = Alipay's notification on the seller's phone says: paid (it could be forged)
line-seen-vmq = an app on the seller's phone says: paid (it could be forged)
line-arbiter-left = an arbiter has left
# $status (String)
line-status = → { $status }
line-chat = to the other side
line-question-seller = asks the seller
line-question-buyer = asks the buyer
line-reply = answers the arbiters
line-proposal-seller = reason to propose: to the seller
line-proposal-buyer = reason to propose: to the buyer
line-reason-seller = reason to award to the seller
line-reason-buyer = reason to award to the buyer
line-reason-claim = reason to close the claim
# $what (String) - what it is
line-proof = evidence: { $what }
# $what (String) - what it is
line-proof-weak = evidence, weak: { $what }
# $what (String) - WeChat
line-held = held back ({ $what })
line-erased = (erased, its time is over)
# $number (Number)
# $form (String) - photo
# $size (String) - 1.2 MB
line-file = 📎 File { $number } · { $form } · { $size }
line-file-awaited = not here yet
line-file-lost = Telegram did not give it
line-file-erased = erased, its time is over
# $code (String) - K7M2QX
line-file-reused = ⚠️ the same file was sent for order { $code }

## What an arbiter does

# $code (String) - K7M2QX
case-file = A file of case { $code }. It must not leave this chat.
case-file-gone = That file is not kept: it has not come yet, Telegram did not give it, or its time was over.
ask-seller-title = ⚖️ Your question to the seller
ask-buyer-title = ⚖️ Your question to the buyer
ask-about = Write it. The other side does not see it. Write as “an arbiter”: no name, no contact, and never ask anybody to release or to pay.
reason-seller-title = ⚖️ Why to the seller?
reason-buyer-title = ⚖️ Why to the buyer?
reason-claim-title = ⚖️ Why does it stay as it was?
reason-about = Write the reason in a few sentences: both sides read it word for word. Name the facts that decide it.
# $least (Number)
reason-short = That is too short: at least { $least } characters, so that both sides can understand it.
# $most (Number)
reason-long = That is too long: at most { $most } characters.
reason-contact = There is a way to meet elsewhere in it. Both sides would read that: please leave it out.
sure-award-title = ⚖️ Is that your award?
# $coins (String) - 100 USDT
sure-award-seller = { $coins } go back to the seller, at once and for good.
# $coins (String) - 100 USDT
sure-award-buyer = { $coins } go to the buyer, at once and for good.
# $most (String) - ¥20,000.00
sure-award-proposal = The order is more than { $most }, so this is a proposal: nothing moves until a second arbiter awards to the same side. It takes the place of an earlier proposal.
sure-award-claim = The order stays as it was closed, and no coin moves.
sure-award-changed = The case has changed meanwhile: please read again what will happen.
button-sure-award = Yes, that is my award
button-sure-claim = Yes, close the claim
award-first = What the first arbiter wrote:
award-done = It is decided. Both sides have been told, with your reason.
award-proposed = Proposed. The other arbiters have been told.
award-claim-closed = The claim is closed. Both sides have been told, with your reason.
case-not-arbiter = You are no arbiter of this desk, so this does nothing. Ask the operator if that is a mistake.
case-changed = Nothing was done: the case is no longer what it was. Please look at it anew.
case-not-taken = Take the case first; only then can you ask and award.
# $code (String) - K7M2QX
notice-case-reused = ⚠️ Case { $code }: a file that was handed in came before, for another order.

## Who arbitrates

arbiters-title = ⚖️ Arbiters of this desk
arbiters-about = They see every dispute, and decide who gets the coins: nobody on an own trade, and nobody alone above the limit. Whoever comes from the configuration comes back with it at each start, also after a removal here.
arbiters-none = There is none. Disputes are told to the operators, and nobody can decide them.
# $id (String) - a number
# $time (String) - a moment
arbiters-line-config = { $id } · from the configuration, since { $time }
# $id (String) - a number
# $by (String) - a number
# $time (String) - a moment
arbiters-line-chat = { $id } · appointed by { $by }, since { $time }
arbiters-not-started = has not started the bot, and hears nothing
button-arbiters-add = Add an arbiter
# $id (String) - a number
button-arbiters-remove = Remove { $id }
arbiters-add-title = ⚖️ Who becomes an arbiter?
arbiters-add-about = Type the person's id: it stands at the end of their /help. They must have started the bot.
arbiters-add-not-an-id = That is no id: it is a number, such as 7654321.
arbiters-add-unknown = Nobody with this id has started the bot. Ask them to press Start first.
arbiters-add-known = They are an arbiter already.
# $id (String) - a number
arbiters-added = { $id } is an arbiter now, and has been told.
# $id (String) - a number
sure-remove-title = ⚖️ Remove arbiter { $id }?
sure-remove-about = They can decide nothing from then on, whatever buttons are still in their chat. Cases that they have taken go back to the queue, and what they have proposed counts no more.
sure-remove-config = They come from the configuration: take them out of the file, too, or they are back at the next start.
button-sure-remove = Yes, remove
# $id (String) - a number
arbiters-removed = { $id } is no arbiter any more, and has been told.
arbiters-gone = They are no arbiter any more.
arbiters-not-operator = Only the operators of this desk appoint arbiters.
notice-appointed = You are an arbiter of this desk now. /disputes shows what waits. Never write to the people of a case yourself: ask them through the case, and the bot tells them who you are.
notice-dismissed = You are no arbiter of this desk any more. Thank you for your work.
