# A buyer's ads.

ad-coin-title = 📣 Which coin do you want to buy?
ad-coin-about = Sellers see your ad and open orders with it. Each order tells you where to pay.

# $coin (String) - USDT
ad-price-title = 📣 What do you pay for 1 { $coin }?
# $price (String) - ¥7.21
ad-price-best = The best price right now: { $price }
# $example (String) - 7.21
ad-price-example = Type a price in yuan, like { $example }.

# $coin (String) - USDT
ad-total-title = 📣 How much { $coin } do you buy in all?
# $price (String) - ¥7.21
ad-total-price = Your price: { $price }
# $example (String) - 1000
ad-total-example = Type a quantity, like { $example }.

ad-min-title = 📣 What is the smallest order?
# $worth (String) - ¥7,200.00
ad-min-worth = The whole ad is worth { $worth }.
# $least (String) - ¥10.00
ad-min-example = Type yuan, like 100. The least is { $least }.

ad-max-title = 📣 What is the largest order?
# $min (String) - ¥100.00
ad-max-min = The smallest order: { $min }
# $most (String) - ¥7,200.00
ad-max-example = Type yuan, like 2000. The most is { $most }.

ad-window-title = 📣 How long do you need to pay?
ad-window-about = From the moment an order is opened. Choose what you can always keep.

ad-review-title = 📣 Is everything right?
ad-review-about = Sellers see the ad as soon as you post it. Each of their orders must be paid in time, from your own Alipay account.
ad-posted-title = ✅ Your ad is posted
ad-posted-about = I will write to you as soon as somebody opens an order. You can pause the ad at any time.

# $coin (String) - USDT
ad-fact-buy = Buying: { $coin }
# $price (String) - ¥7.20
# $coin (String) - USDT
ad-fact-price = Price: { $price } for 1 { $coin }
# $total (String) - 1,000 USDT
ad-fact-total = Quantity: { $total }
# $left (String) - 400 USDT
# $total (String) - 1,000 USDT
ad-fact-left = Still wanted: { $left } of { $total }
# $min (String) - ¥100.00
# $max (String) - ¥2,000.00
ad-fact-range = One order: { $min } to { $max }
# $minutes (Number) - time to pay
ad-fact-window = Time to pay: { $minutes } minutes

ads-title = 📣 Your ads
ads-about = Choose one to change, pause or close it.
ads-none = You have no ads. Post one, and sellers will find you.
# $coin (String) - USDT
# $price (String) - ¥7.20
# $left (String) - 400 USDT
ad-line = { $coin } · { $price } · { $left } left
# $coin (String) - USDT
# $price (String) - ¥7.20
ad-line-paused = { $coin } · { $price } · paused

ad-card-active = 📣 Your ad is active
ad-card-paused = 📣 Your ad is paused
ad-card-closed = 📣 Your ad is closed
ad-card-about-active = Sellers see it. Running orders keep their terms when you change it.
ad-card-about-paused = Sellers do not see it until you resume it. Running orders go on.
ad-card-about-closed = Sellers do not see it any more. Running orders go on to their end.
ad-change-title-price = 📣 The new price
ad-change-title-total = 📣 The new quantity
ad-change-title-min = 📣 The new smallest order
ad-change-title-max = 📣 The new largest order
ad-change-title-window = 📣 The new time to pay
# $example (String) - 7.21
ad-change-example = Type the new value, like { $example }.
