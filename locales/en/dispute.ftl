# Disputes and claims, as the two sides see them.

## Why is it opened?

face-dispute = What is it about? The coins stay locked until an arbiter decides, and every clock stands still. Open a dispute only when looking into Alipay and writing to the other side have not helped.
button-dispute-not-received = The money is not in my Alipay
button-dispute-not-released = I've paid, and nothing is released
button-dispute-refund = The refund is missing
button-dispute-wrong = Wrong payer, amount or memo
button-dispute-frozen = My account was frozen
button-dispute-pressure = I am pressed or threatened
button-dispute-other = Something else
why-wrong-payment = Reason: something was paid, but not as agreed.
why-frozen = Reason: the seller's account was frozen, or the money was taken back.
why-pressure = Reason: one side says it is pressed, threatened or led elsewhere.

## What counts is asked for.

# $time (String) - a moment
dispute-asked = Please hand in what counts with “Add evidence”. You have until: { $time }
dispute-what-counts = What counts: your own bill, exported from Alipay; Alipay's order number; a recording of the screen in which Alipay is opened and scrolled. Screenshots count little: they are made in a minute.
# $time (String) - a moment
dispute-answered = You have handed in evidence: { $time }
dispute-other-answered = The other side has handed in evidence.
dispute-other-not-answered = The other side has not handed in anything yet.
# $time (String) - a moment
news-evidence-wanted = The arbiters wait for your evidence. Please hand it in by: { $time }
news-evidence-late = The time for your evidence is over, and nothing has come from you. The arbiters know. Whatever you hand in before the decision still counts.
news-arbiters-write-here = Arbiters write only here, through this bot, with this order's code. They never ask you to release, to pay or to log in anywhere.
# $reason (String) - what the arbiter wrote
news-reason = The arbiter's reason: { $reason }

## Handing it in.

button-evidence = Add evidence
evidence-title = 📎 What will you hand in?
evidence-about = One thing at a time; you can come back for more. Only the arbiters see it. It is kept as it comes, with its time, and stays when you delete it in Telegram.
proof-bill = The exported Alipay bill
proof-recording = A recording of the screen
proof-number = Alipay's order number
proof-screenshot = A screenshot
proof-other = Something else
evidence-bill = Export the bill in Alipay (Bill → … → Issue transaction proof, for personal reconciliation), and send the file here as it is, packed or not. If it has a password, write it under the file.
evidence-recording = Start the recorder of your phone. Then open Alipay from the home screen, open the bill, scroll to this payment, open it, and show your own account. Send the recording here, up to 20 MB: one or two minutes are enough.
evidence-number = Type the order number of the payment: open it in Alipay's bill, it has 28 or 32 digits.
evidence-screenshot = Send the picture here, and write under it what it shows. A recording of the screen counts much more.
evidence-other = Write it, or send a file and write under it what it shows.
evidence-kept = Kept, and shown to the arbiters.
evidence-kept-weak = Kept, and shown to the arbiters, marked as weak: pictures are made in a minute. Can you add your bill or a recording?
evidence-kept-other = Kept, and shown to the arbiters, marked as weak: by itself it shows little. Can you add the file of your bill, or a recording?
button-evidence-more = Add more
