# What the two sides of an order write to each other, and to those who settle their dispute.

button-message = Message
button-messages = Messages
button-reply = Reply
button-answer = Answer
button-mute = Mute
button-unmute = Unmute

# $code (String) - the order's code
chat-seller-writes = Order { $code } · the seller writes:
# $code (String)
chat-buyer-writes = Order { $code } · the buyer writes:
# $code (String)
chat-arbiter-writes = Order { $code } · the arbiter writes:
# $code (String)
chat-arbiter-asks = Order { $code } · the arbiter asks you:
# $code (String)
chat-seller-hands-in = Order { $code } · the seller hands in:
# $code (String)
chat-buyer-hands-in = Order { $code } · the buyer hands in:
# $code (String)
chat-arbiter-reasons = Order { $code } · the arbiter’s reason:

chat-no-proof = Not proof of payment. Only your own Alipay shows whether money has come.

chat-the-seller = the seller
chat-the-buyer = the buyer
chat-the-arbiter = the arbiter
chat-you = You

# $code (String)
chat-write-title = Order { $code }: write to the other side
# $code (String)
# $who (String)
chat-question-title = Order { $code }: ask { $who }
# $code (String)
chat-reason-title = Order { $code }: why is it awarded so?
# $code (String)
chat-answer-title = Order { $code }: answer the arbiter
# $code (String)
chat-evidence-title = Order { $code }: hand in evidence
chat-write-about = What you send now goes there: text, photos, videos or files. Everything is kept with the order, even if it is deleted in Telegram. Leave with /cancel.

# $who (String)
# $code (String)
chat-delivered = ✓ Delivered to { $who } · { $code }
# $code (String)
# $who (String)
chat-unreached = { $code }: { $who } cannot be reached, the bot is blocked there. Your message is kept, and goes out when they come back.
# $code (String)
# $who (String)
chat-muted-by = { $code }: { $who } has muted this chat. Your messages are kept and can be read there, but they do not ring. I say this only once.

# $code (String)
chat-held-title = Order { $code }: not passed on
# $found (String)
chat-held-found = There is { $found } in your message.
chat-question-held = Not asked, and kept for the other arbiters to see: there is a way to meet elsewhere in it. The sides are warned of exactly that. Leave it out and ask again.
chat-held-why = Outside this chat nothing protects you: no escrow, no record, no arbiter. That is where sellers are cheated. Write it again without that, and it goes through.
contact-wechat = a WeChat contact
contact-qq = a QQ number
contact-phone = a phone number
contact-email = an e-mail address
contact-link = a link
contact-handle = somebody’s @name

# $most (Number)
chat-too-long = That is too long to be passed on: at most { $most } characters a message. Cut it in two and send both.
# $most (Number)
chat-caption-too-long = The text under the file is too long: at most { $most } characters. Send the file first, then the text as a message of its own.
chat-too-large = The file is larger than 20 MB, so I cannot keep it. Cut the recording into shorter parts, or send a smaller copy.
chat-wrong-kind = Only text, photos, videos and files can be passed on. Stickers, voice messages, locations and contacts cannot.
# $most (Number)
# $at (String) - a moment
chat-too-many = At most { $most ->
    [one] one message
   *[other] { $most } messages
} a minute. You can go on { $at }; this one was not kept.
chat-closed = This order is over, so nobody is rung any more. If something is wrong with it, open it and press “Report a problem”.
# $code (String)
chat-lost = Order { $code }: Telegram did not give me your file, so it was not passed on. Send it once more.
chat-no-file = This file is no longer kept.

# $code (String)
chat-muted = { $code }: muted. What the other side writes no longer rings here; you find it under “Messages”. Reminders and arbiters still reach you.
# $code (String)
chat-unmuted = { $code }: you hear the other side again. What came meanwhile stands under “Messages”.

# $code (String)
chat-messages-title = Order { $code }: messages
chat-messages-none = Nothing has been written yet.
chat-kind-question = question
chat-kind-answer = answer
chat-kind-evidence = evidence
chat-kind-reason = reason of the award
# $found (String)
chat-line-held = Not passed on: { $found }.
chat-line-erased = (erased)
chat-photo = photo
chat-video = video
chat-document = file
# $what (String)
# $size (String)
chat-file = { $what }, { $size }
# $what (String)
chat-file-awaited = { $what }, on its way
# $what (String)
chat-file-lost = { $what }, lost by Telegram
# $what (String)
chat-file-erased = { $what }, no longer kept
