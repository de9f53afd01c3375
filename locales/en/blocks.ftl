# People who want no more orders with each other.

command-blocks = People you have blocked
button-block = Block this person
button-block-surely = Yes, block
button-blocks = People I've blocked
# $user (String) - M-4F2K
# $code (String) - an order's code
button-unblock = Unblock { $user } · { $code }
block-title = 🚫 Block this person?
# $user (String) - M-4F2K
# $code (String) - an order's code
block-who = { $user }, from order { $code }
block-about = You will not see each other's offers, and no new order between you can be opened. This order and others that run go on. The other side is not told.
blocked-title = 🚫 Blocked
blocked = No new order between you will be opened, in either direction. You can lift it at any time.
blocked-already = You have blocked this person already.
# $user (String) - M-4F2K
unblocked = { $user } is no longer blocked.
blocks-title = 🚫 People you have blocked
blocks-about = Press one to lift the block. The code is that of the order after which you blocked them.
blocks-none = You have blocked nobody. On the card of an order, “Block this person” keeps you two apart from then on.
# $most (Number) - people
block-too-many = You have blocked { $most } people already. Please lift one first: /blocks
opening-blocked = You have blocked this merchant. Please choose another ad, or lift the block first: /blocks
