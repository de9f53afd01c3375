# Phones that tell of payments, and what they have told.

## What a signal says on the seller's card, and in messages.

# $time (String) - a moment
seen-notification = 📲 Looks paid: your phone showed Alipay's notification of exactly this sum { $time }. Only your own look into Alipay counts.
# $time (String) - a moment
seen-vmq = 📲 May be paid: V免签 told of exactly this sum { $time }, which is a weak sign. Only your own look into Alipay counts.

signal-several-title = 🔔 One payment, more than one order
# $fen (String) - ¥720.00
signal-several = Your phone tells of { $fen }, and more than one of your orders has this amount. Open the bill in Alipay yourself: the time and the payer say which order it is.
signal-transfer-title = 🔔 Somebody made a transfer to you
signal-transfer = Alipay's notification does not say how much or from whom. Open the bill in Alipay yourself, and compare the sum and the payer with the order.
signal-unclear-title = ⚠️ A notification that names two amounts
signal-unclear = That may be a nickname made to deceive you, so I marked nothing. Open the bill in Alipay yourself: only what stands there counts.
# $code (String) - an order's code
button-signal-order = Order { $code }

## The pages.

device-list-title = 📱 Phones that tell of payments
device-list-about = A phone of yours can tell me when Alipay announces a payment. I then mark the order, so that you look sooner. It is a hint and never a proof: your coins go only after your own look into Alipay.
device-list-none = No phone is registered yet.
device-hooks-closed = Phones cannot reach this desk yet. Its operator has to set web.listen and web.public_url, and start again.
# $kind (String) - SmsForwarder
# $id (String) - a running number
device-name = No. { $id } · { $kind }
device-kind-forwarder = SmsForwarder
device-kind-vmq = V免签
# $account (String) - a mask
device-watches = Watches the account { $account }
# $time (String) - a moment
device-heard = Last heard { $time }
device-never-heard = Not heard yet
device-only-marks = What it tells only marks orders. It cannot release anything.
device-no-accounts-title = 📱 Which account should it watch?
device-no-accounts = You have no payee account at this desk yet. Add one with /accounts, then come back with /devices.
device-account-title = 📱 Which account does the phone watch?
device-kind-title = 📱 Which app is on the phone?
device-kind-forwarder-about = SmsForwarder passes on Alipay's notifications. It can tell amounts and tricks apart, so take it if you can.
device-kind-vmq-about = V免签 tells amounts only. It is the weaker sign.
# $keyword (String) - fangbi:ok
# $package (String) - com.eg.android.AlipayGphone
device-setup-forwarder =
    1. In SmsForwarder add a sender of the kind Webhook, with the method POST.
    2. Paste the address, the secret and the template. Add the header Content-Type: application/json, and the success keyword { $keyword }.
    3. Add a rule for app notifications: package { $package }, to this sender.
    4. Add a scheduled task that uses the sender every 10 minutes, so that I notice when the phone falls silent.
device-setup-vmq = Enter the address in V免签, and the secret as its key. If your version takes only a host name, this desk's operator needs a proxy that adds the rest of the address.
# $url (String) - where the phone calls
device-setup-address = Address: { $url }
# $secret (String) - what it signs with
device-setup-secret = Secret: { $secret }
# $template (String) - what it sends
device-setup-template = Template: { $template }
device-setup-guard = Whoever has the address and the secret can pretend to be this phone. That cannot release coins, but it can mislead you: show them to nobody, and revoke the phone if in doubt. I take this message away when the phone is first heard.
device-revoke-about = Its address and secret stop working at once. To use the phone again you register it anew.
device-revoked-title = ✅ Revoked
# $id (String) - a running number
device-revoked = Phone no. { $id } is no longer heard. You can delete the sender in its app.
device-gone = This phone is not registered any more. Register it anew if you still need it.
# $most (Number) - how many
device-too-many = You have { $most } phones registered, and more are not possible. Revoke one that you do not use any more.

button-device-list = My phones
button-device-add = Register a phone
button-device-setup = Setup
button-device-check = When was it heard?
button-device-typed-in = Everything is typed in
button-device-revoke = Revoke
button-device-revoke-surely = Yes, revoke it
button-device-copy-address = Copy address
button-device-copy-secret = Copy secret
button-device-copy-template = Copy template

command-devices = Phones that tell of payments

## What is told about a phone.

device-silent-title = 📱 A phone has fallen silent
# $name (String) - No. 3 · SmsForwarder
# $time (String) - a moment
device-silent = { $name } was last heard or set up { $time }, and an order waits for money. I hear of no payments now: please look into Alipay yourself, and check the phone's battery and network.
device-back-title = 📱 The phone is heard again
# $name (String) - No. 3 · SmsForwarder
device-back = { $name } tells of payments again. Look into Alipay once for what came meanwhile.
device-misused-title = ⚠️ Somebody may be pretending to be your phone
# $name (String) - No. 3 · SmsForwarder
device-misused = A message of { $name } came a second time with other words. I refused it. Believe only your own look into Alipay, revoke the phone, and register it anew over HTTPS or WireGuard.
# $id (String) - a running number
alarm-device-misused = Phone { $id }: a time stamp came again with another message, which was refused. Somebody may have caught one of its messages. Its owner has been told; see that phones reach the desk over HTTPS or WireGuard only.
