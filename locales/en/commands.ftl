# What Telegram shows in the menu of commands.

command-start = Start here
command-help = How it works
command-language = Change the language
command-sell = Sell coins for yuan
command-orders = Your orders
command-order = Open an order by its code
command-balance = Your coins
command-withdraw = Take coins out
command-security = Codes that protect your coins
command-ad = Post an ad to buy coins
command-ads = Your ads
command-cancel = Leave what you are doing
command-deposit = Record a deposit
command-withdrawals = Withdrawals that wait
