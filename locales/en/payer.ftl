# From which account a buyer pays.

command-payer = The account you pay from

payer-name-title = 💴 Who is the payer?
payer-name-about = Type the payer's name exactly as it is verified with Alipay: your own. Sellers see only its last character, and send money from anybody else back.
payer-name-example = For example 王小明.
# $name (String) - **明
# $account (String) - 138******34
payer-now = You pay as { $name } from { $account } now. A change counts for new orders; open ones keep what was declared.
payer-account-title = 💴 From which Alipay account does the payer pay?
# $name (String) - **明
payer-account-name = Payer: { $name }
payer-account-about = Type the mobile number or e-mail address of that account. It is kept encrypted; a seller sees only a part of it.
payer-account-example = For example 13800001234 or name@example.com.
payer-declared-title = ✅ The payer is declared
# $name (String) - **明
# $account (String) - 138******34
payer-declared = You pay as { $name } from { $account }. Pay every order from this account only.
ads-no-payer = Your ads take no orders until you say from which account you pay: /payer

## On the card of an order.

# $name (String) - **明
# $account (String) - 138******34
pay-from = From your declared account only: { $name } · { $account }
# $name (String) - **明
# $account (String) - 138******34
fact-payer = Only this payer counts: { $name } · { $account }
# $fen (String) - ¥720.03
# $count (Number) - fen
fact-added = { $count ->
    [one] { $fen }: 1 fen more than the price, so that this payment cannot be mistaken for another one.
   *[other] { $fen }: { $count } fen more than the price, so that this payment cannot be mistaken for another one.
    }

button-payer = Declare the payer
button-open-code = Open in Alipay
