# Against impostors.

command-phrase = Your own phrase against impostors
command-verify = Is a message really from this bot?

# $phrase (String) - the reader's own words
mark-phrase = Your phrase: { $phrase }

phrase-title = Your phrase
phrase-ask = Type a few words or emoji that only you know. They will stand on every message of mine about your money. A copy of this bot cannot know them: if they are missing or wrong, do nothing.
phrase-ask-again = You have a phrase. Type another one to change it, or remove it.
phrase-wrong = A phrase has 2 to 40 characters on one line. Please type another one.
phrase-set = Your phrase is set. From now on it stands on every message about your money. Never tell it to anybody, not even to people who say that they work here.
phrase-removed = Your phrase is removed.
button-drop-phrase = Remove it

verify-title = Is it ours?
verify-ask = Forward a message to me and I tell you whether this bot has sent it.
verify-ours = Yes: this bot has sent that message. It may have been sent to somebody else, though: if it is about your money, your own phrase (/phrase) has to stand on it.
verify-not-ours = No: that is not from this bot, whatever it calls itself. Do not press or pay anything it asks for. Nobody who works here ever writes to you first.
verify-hidden = I cannot see who sent it, so it is not from this bot: my messages always show where they come from. Do not trust it.

warn-staff-name = ⚠️ The other side's name in Telegram looks like that of staff. It is not staff: nobody who works here trades with you or writes to you first.
