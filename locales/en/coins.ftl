# Taking coins out, and what treasurers and operators see.

withdraw-coin-title = 📤 What do you take out?
withdraw-none-title = There is nothing to take out
withdraw-none-about = Coins locked for open orders come free when the orders end.
# $coin (String) - USDT
withdraw-amount-title = 📤 How much { $coin } do you take out?
# $available (String) - 120.5 USDT
withdraw-amount-available = Available: { $available }
# $example (String) - 50
withdraw-amount-example = Type a quantity, like { $example }.
withdraw-address-title = 📤 Where do the coins go?
# $coins (String) - 50 USDT
withdraw-address-about = Paste the address for { $coins }, nothing else. It must be on a network that this desk sends on; ask the desk if you are not sure. Coins sent to a wrong address cannot be fetched back.
withdraw-review-title = 📤 Please check once more
# $coins (String) - 50 USDT
withdraw-review-coins = Coins: { $coins }
# $address (String) - shortened
withdraw-review-address = To: { $address }
withdraw-review-about = Compare the beginning and the end of the address with your wallet. A treasurer sends the coins by hand.
withdraw-asked-title = ✅ The withdrawal is asked for
# $id (Number) - a running number
# $coins (String) - 50 USDT
withdraw-asked-about = No. { $id }: { $coins } are set aside for you. I will write to you as soon as they are sent.
withdraw-refused-title = That does not work any more
# $available (String) - 120.5 USDT
withdraw-refused-about = Only { $available } are available now. Please start again with less.

notice-credited-title = ✅ Coins have come in
# $coins (String) - 500 USDT
# $reference (String) - a transaction id
notice-credited = { $coins } are in your balance. Transaction: { $reference }
notice-withdrawal-paid-title = ✅ Your withdrawal was sent
# $id (Number) - a running number
# $coins (String) - 50 USDT
# $reference (String) - a transaction id
notice-withdrawal-paid = No. { $id }: { $coins } are on their way. Transaction: { $reference }
notice-withdrawal-refused-title = Your withdrawal was not sent
# $id (Number) - a running number
# $coins (String) - 50 USDT
notice-withdrawal-refused = No. { $id }: { $coins } are in your balance again. Please check the address and its network, then ask once more.
notice-withdrawal-asked-title = 📤 A withdrawal waits
# $id (Number) - a running number
# $coins (String) - 50 USDT
# $user (String) - a number
notice-withdrawal-asked = No. { $id }: user { $user } takes out { $coins }.

withdrawals-title = 📤 Withdrawals that wait
withdrawals-none = Nobody waits for a withdrawal.
withdrawals-about = The oldest is on top.
# $id (Number) - a running number
# $coins (String) - 50 USDT
# $user (String) - a number
withdrawals-line = No. { $id } · { $coins } · user { $user }
# $id (Number) - a running number
settle-title = 📤 Withdrawal no. { $id }
# $user (String) - a number
settle-user = User: { $user }
# $coins (String) - 50 USDT
settle-coins = Send: { $coins }
# $address (String) - the whole address
settle-address = To: { $address }
settle-about = Send the coins first. Then type the transaction id here.
settle-example = For example 9f86d081884c7d65.
settled-paid-title = ✅ Settled
# $id (Number) - a running number
# $coins (String) - 50 USDT
# $reference (String) - a transaction id
settled-paid = No. { $id }: { $coins } were paid with { $reference }. The user has been told.
settled-refused-title = Refused
# $id (Number) - a running number
# $coins (String) - 50 USDT
settled-refused = No. { $id }: { $coins } are in the user's balance again. The user has been told.
deposited-title = ✅ Deposit recorded
# $coins (String) - 500 USDT
# $user (String) - a number
# $reference (String) - a transaction id
deposited = { $coins } for user { $user }. Transaction: { $reference }

alarm-title = 🚨 The desk needs a look
# $why (String) - what Telegram said
alarm-conflict = Somebody else receives messages with this bot's token, or a webhook is set. Make sure that only one bot runs; if you run only one, revoke the token with @BotFather at once. Telegram says: { $why }
# $id (String) - a number
alarm-update-dead = Update { $id } failed three times and was set aside. The log says why.
# $id (String) - a number
alarm-update-unread = Update { $id } cannot be read and was set aside. The log says why.
# $id (String) - a number
# $why (String) - what Telegram said
alarm-letter-dead = Telegram refuses message { $id }: { $why }
# $id (String) - the number of the message
# $why (String) - what Telegram said
alarm-letter-late = Message { $id } has not got through for a while and is still being tried: { $why }
# $minutes (Number) - how long
# $orders (Number) - how many
alarm-outage = We were away for { $minutes } min. Orders whose clocks were moved on: { $orders }
