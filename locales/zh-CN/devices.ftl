seen-notification = 📲 疑似已付款：你的手机在{ $time }弹出了支付宝到账通知，金额一致。仍请以你自己在支付宝里看到的为准。
seen-vmq = 📲 可能已付款：V免签在{ $time }报来一笔金额一致的收款，可信度较低。请以你自己在支付宝里看到的为准。

signal-several-title = 🔔 一笔收款，对得上多笔订单
signal-several = 你的手机提示收到 { $fen }，但有多笔订单都是这个金额。请自己打开支付宝账单，按时间和付款人核对是哪一笔。
signal-transfer-title = 🔔 有人给你转账
signal-transfer = 支付宝的这类通知不写金额，也不写明细。请自己打开支付宝账单，核对金额和付款人是否与订单一致。
signal-unclear-title = ⚠️ 一条通知里出现了两个金额
signal-unclear = 可能是有人用昵称伪造金额，所以我没有标记任何订单。请自己打开支付宝账单，只以账单为准。
button-signal-order = 订单 { $code }

device-list-title = 📱 到账提醒手机
device-list-about = 支付宝弹出到账通知时，你的手机可以转告我，我会在订单上做个标记，提醒你尽快去看。这只是提示，不是凭证：只有你自己在支付宝里看到钱，才会放币。
device-list-none = 还没有登记手机。
device-hooks-closed = 手机暂时连不上本交易台。需要运营者设置 web.listen 和 web.public_url 并重启。
device-name = { $id } 号 · { $kind }
device-kind-forwarder = SmsForwarder
device-kind-vmq = V免签
device-watches = 监听账号 { $account }
device-heard = { $time }收到过消息
device-never-heard = 还没收到过消息
device-only-marks = 它报来的消息只用来标记订单，不会触发放币。
device-no-accounts-title = 📱 要监听哪个账号？
device-no-accounts = 你还没有添加收款账号。请先用 /accounts 添加，再回到 /devices。
device-account-title = 📱 这部手机监听哪个账号？
device-kind-title = 📱 手机上装的是哪个应用？
device-kind-forwarder-about = SmsForwarder：转发支付宝的通知，能分辨金额和骗术，建议用它。
device-kind-vmq-about = V免签：只报金额，可信度较低。
device-setup-forwarder =
    1. 在 SmsForwarder 里新建发送通道，类型选 Webhook，请求方式选 POST。
    2. 粘贴地址、密钥（Secret）和消息模板；请求头加 Content-Type: application/json；成功应答关键字填 { $keyword }。
    3. 新建“应用通知”转发规则：包名 { $package }，发送到这个通道。
    4. 再建一个自动任务，每 10 分钟用这个通道发一次，手机掉线时我才能发现。
device-setup-vmq = 在 V免签 里填写下面的地址和密钥。如果你的版本只能填域名，需要运营者用反向代理补上后面的路径。
device-setup-address = 地址：{ $url }
device-setup-secret = 密钥：{ $secret }
device-setup-template = 模板：{ $template }
device-setup-guard = 拿到地址和密钥的人就能冒充这部手机。冒充也放不了币，但可能误导你：请不要给任何人看，有疑问就吊销。第一次收到这部手机的消息后，我会删除这条消息。
device-revoke-about = 吊销后，它的地址和密钥立即失效。以后要用，需要重新登记。
device-revoked-title = ✅ 已吊销
device-revoked = { $id } 号手机的消息不再接收，你可以在应用里删掉这个发送通道。
device-gone = 这部手机已经不在登记名单里。需要的话请重新登记。
device-too-many = 你已登记 { $most } 部手机，不能再多了。请先吊销不再使用的手机。

button-device-list = 我的手机
button-device-add = 登记手机
button-device-setup = 配置信息
button-device-check = 查看最近消息
button-device-typed-in = 已全部填好
button-device-revoke = 吊销
button-device-revoke-surely = 确认吊销
button-device-copy-address = 复制地址
button-device-copy-secret = 复制密钥
button-device-copy-template = 复制模板

command-devices = 到账提醒手机

device-silent-title = 📱 手机没有动静了
device-silent = { $name } 最近一次有消息（或登记）是{ $time }，而有订单正在等款。现在有到账我也收不到提示：请自己打开支付宝查看，并检查手机的电量和网络。
device-back-title = 📱 手机恢复了
device-back = { $name } 又能收到消息了。请打开支付宝看一眼，这段时间有没有到账。
device-misused-title = ⚠️ 可能有人在冒充你的手机
device-misused = { $name } 的一条消息被人换了内容再次发来，我已拒收。请只相信你自己在支付宝里看到的，吊销这部手机，并改用 HTTPS 或 WireGuard 重新登记。
alarm-device-misused = 手机 { $id } 的时间戳被用于另一条消息，已拒收。可能有人截获了它的消息。机主已收到通知；请确保手机只通过 HTTPS 或 WireGuard 连接交易台。
