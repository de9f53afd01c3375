command-accounts = 我的收款账号
command-forget = 清除姓名和账号

accounts-title = 💳 我的支付宝收款账号
accounts-none = 还没有保存收款账号。可以现在添加，也可以在卖币时直接输入。
accounts-about = 点开账号可以暂停收款、设置限额或更换收款码。只有待付款订单的买家，才能在订单卡片上看到完整账号。

account-line = { $account } · { $name }
account-line-default = ★ { $account } · { $name }
account-line-paused = ⏸ { $account } · { $name }
account-line-waits = ⏳ { $account } · { $name }

account-card-title = 💳 { $account } · { $name }
account-is-default = ★ 卖币时排在最前。
account-is-paused = ⏸ 已暂停，新订单不会付到这个账号。
account-is-waiting = ⏳ 刚添加或改动过，{ $time } 起才能收款。
account-is-usable = ✅ 可以收款。
account-day-cap = 今日：{ $taken } / { $cap }
account-day = 今日：{ $taken }，未设限额
account-month-cap = 本月：{ $taken } / { $cap }
account-month = 本月：{ $taken }，未设限额
account-has-code = 收款码：已保存，买家会在订单卡片上看到。
account-has-no-code = 收款码：未设置，买家按账号转账。
account-about = 按北京时间的自然日和自然月统计，已取消的订单不计入。

account-add-title = 💳 添加哪个支付宝账号？
account-add-about = 请输入你本人实名支付宝的手机号或邮箱。账号会加密保存。
account-review-title = 💳 请核对新账号
account-review-waits = 为防止手机落入他人之手后被改账号，新账号要到 { $time } 之后才能收款。
account-review-at-once = 这是你在这里的第一个账号，马上就能用。
account-added = ✅ 账号已保存
account-removed = ✅ 账号已清除

account-day-cap-title = 💳 每天最多收多少？
account-month-cap-title = 💳 每月最多收多少？
account-cap-about = 请输入人民币金额，例如 5000。超出限额的订单不会付到这个账号。

account-code-title = 💳 个人收款码
account-code-about = 在支付宝点“收钱”，保存收款码，用任意扫码工具读出链接后粘贴到这里，以 https://qr.alipay.com/fkx 开头。
account-code-warning = ⚠️ 2022 年起，个人收款码不得用于远程、非面对面收款，这样收款可能导致账号被限制。建议让买家直接按账号转账。
account-code-waits = 保存后，这个账号要到 { $time } 之后才能收款。进行中的订单不受影响。

account-picture-title = 🔳 你的收款码
account-picture-about = 用另一部手机的支付宝扫一扫，应当显示你本人的姓名。如果不是，请马上去掉这个收款码。

account-remove-title = 清除这个账号？
account-remove-about = 账号、姓名和收款码都会清除。以后再添加账号，需要重新等待才能使用。

account-prove-add = 🔐 添加这个账号？
account-prove-resume = 🔐 恢复这个账号收款？
account-prove-cap = 🔐 提高这个账号的限额？
account-prove-code = 🔐 更改这个账号的收款码？
account-prove-remove = 🔐 清除这个账号？

notice-account-added-title = 🔐 新增了一个收款账号
notice-account-code-title = 🔐 收款码已更改
notice-account-removed-title = 🔐 一个收款账号已清除
notice-account = 账号：{ $account } · { $name }
notice-account-waits = { $time } 起才能收款。
notice-account-not-you = 如果不是你本人操作：请马上打开收款账号，将它清除或暂停；在 Telegram 设置的“设备”里退出其他登录；并告知交易台的工作人员。

sell-payee-title = 💳 用哪个账号收款？
sell-payee-about = 只有这笔订单的买家能看到完整账号。
sell-payee-none = 现在添加的账号需要等待一段时间才能收款。请先添加，可用之后再来卖币。
sell-payee-not = { $account } · { $name }：{ $why }
sell-review-added = 为避免和其他付款混淆，金额可能会多加几分钱。

payee-gone = 这个账号已经不在你的列表里了，请重新查看：/accounts
payee-stale = 账号刚刚有改动，请重新查看：/accounts
payee-paused = 已暂停收款。请在 /accounts 里恢复，或换一个账号。
payee-waits = 刚添加或改动过，{ $time } 起才能使用。在那之前请换一个账号。
payee-day-cap = 你设的今日限额 { $cap } 只剩 { $left }。请换一个账号、少卖一些，或在 /accounts 里修改限额。
payee-month-cap = 你设的本月限额 { $cap } 只剩 { $left }。请换一个账号、少卖一些，或在 /accounts 里修改限额。
payee-not-kept = 为了你的资金安全，只能收款到事先保存过的账号。请先添加：/accounts
payee-known = 这个账号已经保存过了，请在 /accounts 里查看。
payee-too-many = 你已有 { $most } 个账号，请先清除一个：/accounts
payee-factor-off = 你刚关闭过二次验证。为了你的资金安全，{ $time } 起才能添加、改动或清除收款账号。在那之前可以照常用已有的账号卖币，也可以暂停收款或调低限额。
payee-in-use = 有进行中的订单正付到这个账号。可以先暂停收款，订单结束后再清除。
opening-no-payer = 该商家还没有申报付款账号，请选择其他广告。
opening-no-free-amount = 付到这个账号的同额订单太多了。请把金额加减至少 1 元，或换一个账号。

code-not-a-link = 这不是以 https:// 开头的链接。请粘贴收款码里的链接，不要发图片或号码。
code-other-host = 这个链接不是 qr.alipay.com 的。请粘贴支付宝生成的、你本人收款码里的链接。
code-merchant = 这是商家收款码。请使用个人收款码，链接以 https://qr.alipay.com/fkx 开头。
code-more-than-a-code = 链接后面多了东西。请只粘贴到收款码结尾为止。
code-not-personal = 这不是个人收款码。链接应以 https://qr.alipay.com/fkx 开头，后面是字母和数字。

forget-title = 🧹 清除你的姓名和账号？
forget-what =
    以下内容会永久清除：
    • 你保存的支付宝收款账号、姓名和收款码
    • 你申报的付款账号和姓名
    • 已结束订单里的上述信息
forget-stays =
    以下内容会保留，因为双方和账目都需要：
    • 有过哪些订单，以及金额、时间和结果
    • 你的币、充币和提币记录
forget-factor = 已开启的二次验证也会保留，因为你的币还在这里。如需关闭，请到 /security。
forget-after = 清除之后，重新申报付款账号之前，你的广告不接单；新添加的收款账号也要等待一段时间才能使用。
forget-open-title = 🧹 还有进行中的订单
forget-open = 这些订单还用得到你的姓名和账号。请先完成它们，再发送 /forget：
forget-done-title = ✅ 你的姓名和账号已清除
forget-done = 订单金额、时间和你的币都还在，随时可以继续使用。

button-accounts = 我的收款账号
button-add-account = 添加账号
button-other-account = 换个账号
button-make-default = 设为首选
button-pause-account = 暂停收款
button-resume-account = 恢复收款
button-day-cap = 每日限额
button-month-cap = 每月限额
button-code = 收款码
button-show-code = 查看收款码
button-remove-account = 清除账号
button-remove-account-sure = 确定清除
button-save-account = 保存账号
button-no-cap = 不设限额
button-no-code = 去掉收款码
button-forget-sure = 确定清除
