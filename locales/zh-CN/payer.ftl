command-payer = 我的付款账号

payer-name-title = 💴 付款人是谁？
payer-name-about = 请输入付款人在支付宝实名认证的姓名，必须是你本人。卖家只能看到最后一个字；其他人付来的款一律退回。
payer-name-example = 例如 王小明。
payer-now = 目前申报的付款人：{ $name }，账号 { $account }。更改只影响新订单，进行中的订单以下单时的申报为准。
payer-account-title = 💴 用哪个支付宝账号付款？
payer-account-name = 付款人：{ $name }
payer-account-about = 请输入这个支付宝的手机号或邮箱。账号会加密保存，卖家只能看到一部分。
payer-account-example = 例如 13800001234 或 name@example.com。
payer-declared-title = ✅ 付款账号已申报
payer-declared = 付款人：{ $name }，账号 { $account }。每笔订单都只能用这个账号付款。
ads-no-payer = 申报付款账号之前，你的广告不会接单：/payer

pay-from = 只能用申报的账号付款：{ $name } · { $account }
fact-payer = 只认这个付款人：{ $name } · { $account }
fact-added = { $fen }：比单价算出的多 { $count } 分，避免和其他付款混淆。

button-payer = 申报付款账号
button-open-code = 打开支付宝付款
