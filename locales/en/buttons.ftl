# Buttons. Short: a phone shows about 30 characters.

button-accept = I have read this and accept
button-sell = Sell coins
button-post-ad = Post an ad
button-ads = My ads
button-orders = My orders
button-balance = My coins
button-withdraw = Withdraw
button-help = How it works
button-language = Language
button-back = ‹ Back
button-leave = Leave
button-newer = ‹ Newer
button-older = Older ›
button-better = ‹ Better prices
button-more = More ›
button-open-orders = Open orders
button-past-orders = Past orders
# $id (String) - the reader's own number in Telegram
button-copy-id = Copy ID { $id }

# Orders
button-open-order = Open the order
button-refresh = Refresh
button-paid = I've paid
button-not-paid = I did not pay
button-cancel = Cancel order
button-cancel-mind = I changed my mind
button-cancel-cannot = I can't pay now
button-cancel-account = The account or name is wrong
button-cancel-other = Another reason
button-offer-cancel = Offer to cancel
button-agree-cancel = Agree to cancel
button-take-back = I have not paid after all
button-extend = Give more time
# $minutes (Number) - how many more
button-minutes = { $minutes } minutes
button-received = I've received payment
button-not-yet = Not there yet
button-problem = Something is wrong
# $hours (Number) - 2, 12 or 24
button-delayed = Delayed { $hours } h
button-wrong-payer = Somebody else paid: send back
button-wrong-amount = Wrong amount: send back
button-wrong-memo = Memo not empty: send back
button-refund-sent = I've sent the money back
button-refund-received = I've got the money back
# $fen (String) - ¥720.00
button-refund-received-sure = Yes, { $fen } is back
button-dispute = Open a dispute
button-concede = Give in
# $coins (String) - 100 USDT
button-concede-sure = Yes, return { $coins }
button-claim = Report a problem
button-close-claim = It is settled
button-stop = Stop
button-take = Take the case
button-copy-account = Copy account
# $mask (String) - **明
button-copy-name = Copy { $mask }
# $amount (String) - 720.00
button-copy-amount = Copy { $amount }

# Ads
button-pause = Pause
button-resume = Resume
button-close = Close for good
button-change-price = Price
button-change-total = Quantity
button-change-min = Smallest order
button-change-max = Largest order
button-change-window = Time to pay
button-post = Post the ad
button-all = All of it
button-lock = Sell now

# Withdrawals
# $coins (String) - 100 USDT
button-ask-withdrawal = Yes, withdraw { $coins }
button-settle = Settle
button-refuse = Refuse
button-copy-address = Copy address
