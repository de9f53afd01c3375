# The second question before something that cannot be taken back.

sure-close-title = 📣 Close this ad for good?
sure-close-about = It cannot be opened again. Running orders go on to their end. If you only need a break, pause it instead.
button-sure-close = Yes, close it

# $id (Number) - a running number
sure-refuse-title = 📤 Refuse withdrawal no. { $id }?
sure-refuse-about = The coins go back to the user's balance, and the user hears of it. Refuse only what you have not sent.
button-sure-refuse = Yes, refuse it
