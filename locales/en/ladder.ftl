# The penalty ladder: orders that a buyer left unpaid, or marked as paid falsely.

strike-title = ⏳ You take no new orders for a while
# $code (String) - an order's code
strike-unpaid = Order { $code } ended without your payment. The seller's coins were locked all that time.
# $code (String) - an order's code
strike-false-paid = In order { $code } you said that you had paid, and it was not so. The seller's coins were locked all that time.
# $count (Number) - which one of the day
strike-number = { $count ->
    [one] It is the first such order of the day.
   *[other] It is such order no. { $count } of the day.
    }
# $until (String) - a moment
strike-until = Until { $until } sellers do not see your ads, and you can neither post nor resume one. Orders that run go on.
strike-next = Each time of a day it takes longer. So that it does not happen again: pause your ads when you cannot pay, pay as soon as an order comes in, cancel in time what you cannot pay, and press “paid” only when you have.
# $until (String) - a moment
ads-rest = ⏳ Sellers do not see your ads until { $until }: an order of yours was not paid, or marked as paid too soon.
# $until (String) - a moment
opening-buyer-rests = This merchant has left an order unpaid and takes no orders until { $until }. Please choose another ad.
# $until (String) - a moment
ad-error-rests = An order of yours was not paid, so you take no new ones until { $until }. Please try again then.
