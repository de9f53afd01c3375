# A seller's bill beside the orders, and pictures that prove nothing.

command-bill = Check your Alipay bill

bill-how-title = Check your Alipay bill
bill-how-about = Send me the bill that Alipay exports, and I lay your orders beside it: which payments are there, which are missing, and which belong to no order.
bill-how-app = In Alipay: Me → Bills → ⋯ at the top → “开具交易流水证明” → “用于个人对账”. Alipay mails you a zip with a password. Unpack it yourself and send me the CSV file that is inside: I never ask for a password.
bill-how-nothing = Only what you send yourself counts. It moves no coins, and the file is not kept.

bill-reading = Thank you. I’m laying your orders beside it…

bill-title = Your orders beside the bill

# $from (String)
# $until (String)
bill-period = From { $from } to { $until }
bill-nothing = Nothing in it belongs to a sale of yours here, and nothing else has come in.

# $there (Number)
# $odd (Number)
# $unknown (Number)
bill-sum = { $there } there · { $odd } to look at · { $unknown } without an order

# $count (Number)
bill-more = { $count ->
    [one] One more line is
   *[other] { $count } more lines are
} in the file.
bill-note = Nothing has changed because of this. If a payment is missing, look for it in the Alipay app before you do anything.

# $mark (String)
# $code (String)
# $amount (String)
# $found (String)
bill-line = { $mark } { $code } · { $amount } · { $found }

# $mark (String)
# $amount (String)
# $found (String)
bill-line-unknown = { $mark } { $amount } · { $found }
bill-found-number = there, by its number
bill-found-amount = there

# $came (String)
bill-found-other = there, but { $came } came in

# $count (Number)
bill-found-duplicated = paid { $count } times

# $count (Number)
bill-found-ambiguous = { $count ->
    [one] one payment fits
   *[other] { $count } payments fit
} several orders
bill-found-missing = missing
bill-found-uncovered = not in the time of the bill
bill-found-unknown = no order

bill-column-order = Order
bill-column-amount = Amount in yuan
bill-column-time = Time (UTC+8)
bill-column-found = Result

bill-problem-title = I cannot use that file
bill-problem-not-a-bill = It is not a bill that Alipay has exported: I find none of its columns. Send the CSV file as it came, without opening and saving it in between. /bill shows how to get it.

# $column (String)
bill-problem-column = The column “{ $column }” is missing. Send the file as it came from Alipay, with all its columns.
bill-problem-large = It is too large: I read files of up to 20 MB and 100,000 payments. Export a shorter time.
bill-problem-password = The zip has a password. Unpack it yourself and send me the CSV file inside. Never tell anybody that password, me included.
bill-problem-archive = The zip is damaged. Unpack it yourself and send me the CSV file inside.
bill-problem-several = There are several bills in the zip. Send them one by one.

# $line (String)
bill-problem-text = The bytes of line { $line } are damaged. Export the bill once more and send it as it comes.

# $line (String)
bill-problem-row = I cannot read line { $line }: a cell is missing there, or an amount or a time is not one. Nothing was compared, because the rest might be wrong too. Export the bill once more and send it as it comes.
bill-lost = Telegram no longer has that file. Please send it once more.

picture-title = A picture is no proof of payment
picture-about = Receipts are forged every day, so pictures count for nothing here. Only what the seller sees in their own Alipay, in the bill and the balance, counts.
picture-buyer = If you have paid, press the button for it on the order’s card. If you sell, open Alipay yourself and look.
