# The evidence bundle: in the chat, and on the pages inside it.

## In the chat.

# $code (String)
bundle-title = 📁 Evidence for order { $code }
bundle-about = A zip with everything I know of this order: its facts, the times, the chat and files you may see, the ledger, the warnings. It states facts and claims nothing. Open timeline.en.html or timeline.zh-CN.html; both can be printed.
bundle-hand-on = You may hand it on as it is: to the police, a bank, a lawyer. Do not change anything in it: each changed byte shows.
# $fingerprint (String)
bundle-signer = Signed by this desk: { $fingerprint }
# $count (Number)
bundle-left-out = { $count ->
        [one] One file would have made it too large for Telegram and is left out, with its hash listed.
       *[other] { $count } files would have made it too large for Telegram and are left out, each with its hash listed.
    }
# $code (String)
bundle-making = 📁 I am putting together the evidence for order { $code }. It comes below in a moment.
bundle-choose-title = 📁 Evidence
bundle-choose = For which order? Here are your newest. For another one, write its code behind the command: /evidence K7M2QX
bundle-none = You have no orders yet, so there is no evidence either.
button-bundle = Evidence file
# $code (String)
# $fen (String)
# $date (String)
button-order-line = { $code } · { $fen } · { $date }
command-evidence = Everything about an order, to keep or hand on

## The pages. What they say is read by people who know nothing of us.

# $code (String)
ev-timeline-title = Order { $code }: what happened
# $code (String)
ev-freeze-title = Order { $code }: information about a frozen account
# $code (String)
ev-running = Evidence bundle · order { $code }
ev-demo = DEMO: nothing in here is real money, and nobody in here is a real person.
ev-about = This page was made by a program from the records of a trading desk on Telegram. It states what was recorded, and when. It draws no conclusions. Times are in UTC+8; the small line below is UTC.
ev-unaltered = Whether it was changed can be checked: see the end of this page.
ev-alipay-header = Alipay prints on its own receipts: 「请勿将本回单作为收款方发货的凭据使用，请查证账户实际到账情况后再进行发货操作」 (do not take this receipt as grounds to deliver; check whether the money has really reached the account first). Records that were deleted in Alipay are not in its exports.
ev-made = Made
ev-for = Made for
ev-signed-by = Signed by
ev-order = The order
ev-code = Code (number)
ev-ad = Ad whose terms were accepted
ev-sold = Sold
ev-price = Price
# $price (String)
# $coin (String)
ev-price-of = { $price } for 1 { $coin }
ev-amount = Amount to pay
# $fen (Number)
ev-added = of it { $fen } fen added, so that no other order asks for the same amount
ev-reference = Reference price at that time
ev-not-recorded = not recorded
ev-opened = Opened
ev-window = Time to pay
# $minutes (Number)
# $grace (Number)
ev-window-of = { $minutes } min, then { $grace } min with the coins still locked
ev-status = Stands at
ev-ended = Ended
ev-sides = The two sides
ev-telegram = Telegram ID
ev-you = the reader of this bundle
ev-known = First contact with the desk
# $days (Number)
ev-known-days = { $days } days before the order
ev-notice = Accepted the risk notice
ev-completed = Orders completed by now
ev-declared-payee = Alipay account to be paid to, as Alipay shows it
ev-declared-payer = Alipay account to pay from, as Alipay shows it
ev-declared-when = declared for this order when it was opened
ev-erased = erased by its owner, or never declared
ev-numbers = Numbers in Alipay
ev-number-payment = of the payment
ev-number-refund = of the refund
ev-number-given = given
ev-none = none
ev-gate = What the seller has confirmed of the own Alipay
ev-gate-about = The seller's own words, step by step, before the coins went.
ev-question-entry = Is it an entry of the balance or the bill, not a chat card or a picture?
ev-question-arrival = Does the entry show its time of arrival?
ev-question-amount = Is it exactly the amount, to the fen?
ev-question-payer = Is the payer the one who was declared?
ev-question-memo = Is the memo empty?
ev-yes = yes
ev-no = no
ev-signals = Signals of a payment
ev-signals-about = From the seller's own phone. They can be forged, so nothing follows from them by itself. Each is kept for a few days only.
ev-ledger = The coins in the desk's ledger
ev-ledger-from-to = From → to
ev-ledger-lock = locked for the order
ev-ledger-release = released to the buyer
ev-ledger-return = returned to the seller
ev-ledger-hash = Row, hash before it, own hash
ev-warnings = Warnings that the bot has shown
ev-warning-always = while its cause lasted
ev-warn-rules = Pay at once, from the own Alipay account, exactly this amount, without a memo.
ev-warn-look = Open Alipay yourself; confirm only what you see in the balance or the bill.
ev-warn-payer = The payer that Alipay shows is not the one who was declared: do not release.
ev-warn-refund = Send the money back to the account it came from, never to another one.
ev-warn-coins = The last moment to stop; after it the release cannot be undone.
ev-warn-contact = The message was held back: it leads out of the bot.
ev-warn-late = Money may have come after the order had ended.
ev-warn-picture = A picture is no proof of payment.
ev-warn-number = The number of another order's payment was given; it was refused.
ev-warn-staff = The other side's name in Telegram looks like that of staff. Staff never trades with you.
ev-timeline = Timeline and chat
# $rows (Number)
ev-timeline-about = { $rows } rows of the desk's log, each linked to the one before by a hash (its first digits are on the right).
ev-time = Time
ev-who = Who
ev-what = What
ev-link = Status, link
ev-amount-column = Amount
ev-to = Shown to
ev-seller = seller
ev-buyer = buyer
ev-arbiter = arbiter
ev-desk = the desk
log-opened = Opens the order; the seller's coins are locked.
log-paid = Says that the yuan were sent.
log-take-back = Takes “paid” back.
log-cancel = Cancels the order.
log-give-up = Says that nothing was paid.
# $minutes (Number)
log-extend = Gives { $minutes } more minutes to pay.
log-agree = Agrees to cancel the order.
# $question (String)
# $answer (String)
log-answer = { $question } – { $answer }
log-masks-match = Types the payer that Alipay shows: it fits what was declared.
log-masks-mismatch = Types the payer that Alipay shows: it does not fit what was declared.
log-masks-unclear = Types the payer that Alipay shows: it cannot be compared with what was declared.
# $proof (String)
log-confirm = Confirms the receipt. Proof: { $proof }.
log-proof-code = a code of the authenticator
log-proof-recovery = a recovery code
log-proof-digits = the last four digits of the amount
log-stop = Stops the release.
log-not-arrived = Has looked into Alipay: nothing there yet.
# $fen (String)
log-short = Says that only { $fen } has arrived.
# $hours (Number)
log-later = Says that Alipay delays the transfer by { $hours } h.
log-refund-payer = Sends the payment back: it came from somebody else.
log-refund-amount = Sends the payment back: the amount is wrong.
log-refund-memo = Sends the payment back: the memo is not empty.
log-refund-sent = Says that the money was sent back.
log-refund-received = Confirms that the money came back.
log-number = Gives the number in Alipay.
log-dispute = Opens a dispute.
log-evidence = Hands in something that shall count.
log-concede = Gives in: the coins go back to the seller.
log-take = Takes the case.
log-award-seller = Awards the coins to the seller.
log-award-buyer = Awards the coins to the buyer.
log-claim = Asks to have the closed order looked at again.
log-close-claim = Ends that second look.
log-time = A time that the order was waiting for has come.
# $minutes (Number)
log-outage = The desk could not be reached for { $minutes } min; running clocks were moved on by as long.
log-unreachable-seller = The seller's chat takes no more messages.
log-unreachable-buyer = The buyer's chat takes no more messages.
log-arbiter-left = An arbiter has left; what that arbiter had taken or proposed waits for another one.
log-seen = A phone of the seller tells of a payment of this amount. It can be forged; nothing follows from it.
log-unread = A row that this program cannot read.
log-chat = Writes:
log-question-seller = Asks the seller:
log-question-buyer = Asks the buyer:
log-evidence-answer = Answers the arbiter:
log-proof-bill = Hands in the own bill:
log-proof-recording = Hands in a recording of the screen:
log-proof-number = Hands in a number of Alipay:
log-proof-screenshot = Hands in a screenshot (weak: easily made):
log-proof-other = Hands in something else:
log-reason = Gives the reason of the award:
log-proposal = Gives the reason of a proposed award, for the other arbiters:
log-closing = Says why the closed order stays as it was:
log-held = (held back by the bot, and passed on to nobody)
# $digest (String)
log-withheld = not for the reader of this bundle; digest { $digest }
# $digest (String)
log-erased = erased when its time was over; digest { $digest }
# $name (String)
log-filed = A file has come: { $name }
form-photo = photo
form-video = recording
form-document = document
ev-files = Files
ev-file = File
ev-size = Bytes
# $id (Number)
ev-file-left-out = file { $id }, left out: too large
# $id (Number)
ev-file-withheld = file { $id }, not for this reader
# $id (Number)
ev-file-erased = file { $id }, erased when its time was over
# $id (Number)
ev-file-awaited = file { $id }, not fetched yet
# $id (Number)
ev-file-lost = file { $id }, no longer to be had from Telegram
ev-check = How to check this bundle
ev-check-program = With fangbi, which is open source, on any computer, without a network: fangbi verify <the zip>. It names the first thing that was changed.
ev-check-hand = Without it: manifest.json lists the SHA-256 of each file, and manifest.sig is the desk's Ed25519 signature under it, to be checked with signer.pem by any program, for example openssl.
# $fingerprint (String)
ev-check-signer = The desk's fingerprint must be { $fingerprint }. Compare it with what the desk's bot shows under the bundle in Telegram, or ask the desk: anybody can sign with a key of their own.

## Information about a freeze.

fz-about = To be completed by the account's owner and handed in together with the papers below. What stands in the table was typed by the owner; an empty field is to be filled in by hand.
fz-sheet = The freeze
fz-kind = Kind
ev-freeze-body = Freezing body
ev-freeze-case = Case number
ev-freeze-period = Period
ev-freeze-officer = Officer and telephone
fz-noted = Noted
fz-owner = Account's owner (name, ID number)
fz-account = Frozen account or card
fz-sum = Frozen sum
fz-since = Found out on
fz-steps = First steps
fz-statement = Statement of the facts (情况说明)
fz-statement-about = In your own words, and only what you know yourself. Nobody has filled this in for you.
fz-sign = Signature, date
fz-papers = Papers to add (not kept by this desk)
fz-paper-id = ☐ Copy of the ID card
fz-paper-bill = ☐ Alipay: stamped statement of transactions (交易流水证明, purpose 用于材料证明), PDF, and the electronic receipt (电子回单) of this payment
fz-paper-bank = ☐ Bank statement of the account, from before the payment until today
fz-paper-coins = ☐ Where the coins came from: purchase records, withdrawals, transaction ids
fz-paper-recording = ☐ Recording of the screen: Alipay opened, the bill entry shown, without a cut
fz-paper-bundle = ☐ This bundle, as it is
fz-no-agents = No agents, no private settlement. Nobody can unfreeze an account for a fee; whoever offers that wants your money. Do not return money privately: deal with the freezing body or the bank only.
