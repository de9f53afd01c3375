# Selling, and what one has.

# $count (Number) - completed orders
offer-completed = ★{ $count }
offer-new = new
# $price (String) - ¥7.21
# $min (String) - ¥100
# $max (String) - 2,000
# $minutes (Number) - time to pay
# $record (String) - ★120
offer-line = { $price } · { $min }–{ $max } · { $minutes } min · { $record }

sell-coin-title = 💱 What do you sell?
sell-coin-about = Choose a coin. Next you will see who buys it, and at what price.
sell-none-title = There is nothing to sell yet
deposit-how = Coins come in through the desk's treasurer: send your coins as agreed with the desk, and give your ID with the transaction. As soon as they are recorded, I will tell you.

# $coin (String) - USDT
sell-offers-title = 💱 Who buys { $coin }
sell-offers-about = Price · smallest to largest order · time to pay · completed orders. The best price is on top.
# $coin (String) - USDT
sell-offers-none = Nobody buys { $coin } right now. Please look again in a while, or choose another coin.

# $coin (String) - USDT
sell-amount-title = 💱 How much { $coin } do you sell?
# $merchant (String) - M-4F2K
# $price (String) - ¥7.21
sell-amount-offer = { $merchant } pays { $price } each.
# $min (String) - ¥100
# $max (String) - ¥2,000
sell-amount-range = One order: { $min } to { $max }
# $available (String) - 120.5 USDT
sell-amount-available = You have: { $available }
# $coin (String) - USDT
# $example (String) - 70.5 USDT
sell-amount-example = Type yuan, like 500, or { $coin }, like { $example }.

sell-account-title = 💳 Which Alipay account gets the money?
# $coins (String) - 100 USDT
# $fen (String) - ¥720.00
sell-deal = You sell { $coins } and receive { $fen }.
sell-account-about = Type the mobile number or e-mail address of your own, real-name Alipay account. Only the buyer of this order sees it.
sell-account-example = For example 13800001234 or name@example.com.

sell-name-title = 💳 Whose account is it?
# $account (String) - 138******34
sell-name-account = Account: { $account }
sell-name-about = Type your name exactly as it is verified with Alipay. The buyer sees only its last character, to know the payment goes to the right person.
sell-name-example = For example 王小明.

sell-review-title = 💱 Please check once more
# $minutes (Number) - time to pay
sell-review-window = Time to pay: { $minutes } minutes
# $coins (String) - 100 USDT
sell-review-next = When you press “Sell now”, { $coins } are locked until the order ends. They go to the merchant only after you confirm the payment.
sell-refused-title = This order cannot be opened

orders-open-title = 📋 Your open orders
orders-past-title = 📋 Your past orders
orders-open-none = You have no open orders.
orders-past-none = You have no past orders yet.
orders-about = Open one to see what to do next.
orders-selling = ↑ you sell, ↓ you buy.
# $code (String) - K7M2QX
# $fen (String) - ¥720.00
# $status (String) - in words
order-line-selling = ↑ { $code } · { $fen } · { $status }
# $code (String) - K7M2QX
# $fen (String) - ¥720.00
# $status (String) - in words
order-line-buying = ↓ { $code } · { $fen } · { $status }

balance-title = 👛 Your coins
# $available (String) - 120.5 USDT
balance-line = { $available } available
# $available (String) - 120.5 USDT
# $locked (String) - 100 USDT
balance-line-locked = { $available } available, { $locked } locked for open orders
balance-none = You have no coins here yet.
balance-waiting-title = Withdrawals on their way
# $id (Number) - a running number
# $coins (String) - 100 USDT
# $time (String) - a moment
withdrawal-line = No. { $id } · { $coins } · asked { $time }

# $code (String) - K7M2QX
sell-opened = ✅ Order { $code } is open. Here is its card:
