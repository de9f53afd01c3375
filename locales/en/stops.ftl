# What operators stop, each with a reason that those concerned read.

help-running = Running the desk
command-pause = Stop all new orders
command-resume = Allow new orders again
command-stop = Stop a person
command-allow = Allow a person again
command-stop-ad = Stop an ad
command-allow-ad = Allow an ad again
command-stops = What is stopped

button-lift = Lift it
button-stops = What is stopped

# $example (String) - a command
stop-example = Write it like this: { $example }
stop-reason-read = Those concerned read what you write.
stop-reason-length = A reason has 3 to 200 characters. Please write it after the command.
# $user (String) - a number
stop-no-such-user = User { $user } has not started this bot. Please check the number.
# $ad (Number) - an ad's number
stop-no-such-ad = There is no ad no. { $ad }. Please check the number.
stop-already = It is stopped already. To give another reason, lift it first.
# $what (String) - all new orders, user 7654321, ad no. 12
stop-not-stopped = Not stopped: { $what }. Nothing to lift.
# $what (String) - all new orders, user 7654321, ad no. 12
stop-lifted = ✅ Lifted: { $what }
# $what (String) - all new orders, user 7654321, ad no. 12
stop-card-title = ⛔ Stopped: { $what }
# $user (String) - the operator's number
stop-by = By operator { $user }
# $time (String) - a moment
stop-since = Since { $time }
stop-of-desk = all new orders
# $user (String) - a number
stop-of-user = user { $user }
# $ad (Number) - an ad's number
stop-of-ad = ad no. { $ad }
stop-effect-desk = Nobody can open a new order until you lift it. Ads can still be posted, orders that run go on, and coins can be taken out.
stop-effect-user = This person can neither sell nor post an ad, and nobody can sell to them, until you lift it. Their open orders go on, and their coins can be taken out.
stop-effect-ad = Nobody sees this ad or sells to it until you lift it. Its open orders go on.
allow-about = Lifts the stop of a person.
allow-ad-about = Lifts the stop of an ad.

stops-title = ⛔ What is stopped
stops-about = Choose one to read why, or to lift it.
stops-none = Nothing is stopped. There are /pause for all new orders, /stop for a person and /stopad for an ad.

# $user (String) - the operator's number
# $what (String) - all new orders, user 7654321, ad no. 12
stop-told = ⛔ Operator { $user } has stopped: { $what }
# $user (String) - the operator's number
# $what (String) - all new orders, user 7654321, ad no. 12
stop-told-lifted = ✅ Operator { $user } has lifted the stop of { $what }

stop-refused-title = ⏸ No new orders at the moment
stop-everybody = The people who run this desk have paused all new orders. Please try again later.
stop-own-title = ⛔ The desk has stopped something of yours
stop-own-user = The people who run this desk have stopped your new orders and ads.
# $ad (Number) - an ad's number
stop-own-ad = The people who run this desk have stopped your ad no. { $ad }: sellers do not see it.
stop-goes-on = Orders that run go on, and your coins can be taken out: /withdraw
stop-own-lifted-title = ✅ You can go on
stop-own-user-lifted = The people who run this desk allow your new orders and ads again.
# $ad (Number) - an ad's number
stop-own-ad-lifted = The people who run this desk allow your ad no. { $ad } again.
ad-posted-paused = All new orders are paused at the moment: /sell says why. As soon as they are allowed again, sellers find your ad, and I write to you when somebody opens an order.
opening-ad-stopped = The people who run this desk have stopped this ad. Please choose another one.
ad-error-stopped = The people who run this desk have stopped it. Why, you can read under /ads.
