# The second factor: codes of an authenticator app.

button-security = Second factor
button-turn-on = Turn it on
button-turn-off = Turn it off
button-new-codes = New recovery codes
button-show-again = Show the picture again
button-copy-key = Copy the key
button-codes-kept = I have written them down

security-off-title = 🔓 The second factor is off
security-off-about = Whoever holds your unlocked phone could send your coins away. With an authenticator app (Google Authenticator, Aegis, 1Password, …) it takes a code that only the app knows.
security-on-title = 🔐 The second factor is on
security-on-about = Before your coins go anywhere I ask for a code of your authenticator.
# $left (Number) - how many
security-codes-left = Recovery codes left: { $left }

security-scan-title = 🔐 Scan this with your authenticator
# $key (String) - 32 letters and digits
security-scan-about = Or type this key into the app: { $key }
security-scan-then = Then send me the 6 digits that the app shows for “fangbi”.
security-scan-secret = Show this to nobody: whoever has the key has your codes. I take this message away once your code has come.
security-wrong-title = That code does not belong to this key
security-wrong-about = Please let your phone set its clock by itself, wait for the next code, and send me that one.

security-codes-title = 🔐 It is on. These are your recovery codes
security-codes-about = Each of them replaces a code of the app, once, when your phone is not there. Write them on paper, and keep it away from the phone.
security-codes-once = I show them only now. Nobody, not even the desk, can read them afterwards.
security-gone = What stood here was a secret and is no longer shown.

security-turn-off-title = 🔓 Turn the second factor off?
security-turn-off-about = Your recovery codes end with it. Only the last digits of what you agree to will be asked for.
security-new-codes-title = 🔐 New recovery codes?
security-new-codes-about = The old ones, used or not, will count no more.
security-type-code = Send me the 6 digits that your authenticator shows, or one of your recovery codes.
security-turned-off-title = 🔓 The second factor is now off

withdraw-proof-title = 🔐 One last check
# $coins (String) - 50 USDT
withdraw-proof-code = To take out { $coins }, send me the 6 digits that your authenticator shows, or a recovery code.
# $coins (String) - 50 USDT
withdraw-proof-digits = To take out { $coins }, type the last four characters of the address, as your wallet shows it.
withdraw-proof-hint = Safer is a code of an authenticator app: /security

# $left (Number) - tries
factor-wrong = { $left ->
    [one] That is not right. You have one try left; then there is a pause.
   *[other] That is not right. You have { $left } tries left.
    } Please look again and type it once more.
# $time (String) - a moment
factor-locked = That was wrong too often, so nothing is looked at until { $time }. Your coins stay where they are. If it was not you, write to the people who run this desk.
factor-used = That code has been used, and each counts once. Please wait for the next one, or take another recovery code.
factor-not-enrolled = You have no authenticator yet. Add one first: /security
factor-required = For so much money an authenticator is needed. Add one first, it takes a minute: /security
