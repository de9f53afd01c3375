offer-completed = ★{ $count }
offer-new = 新商家
offer-line = { $price } · { $min }–{ $max } · { $minutes }分钟 · { $record }

sell-coin-title = 💱 你要卖什么币？
sell-coin-about = 选择币种，下一步会看到收购的商家和单价。
sell-none-title = 还没有可卖的币
deposit-how = 充币由交易台的财务登记：请按与交易台约定的方式转币，并把你的 ID 和交易哈希告诉财务。登记后我会马上通知你。

sell-offers-title = 💱 正在收购 { $coin } 的商家
sell-offers-about = 单价 · 单笔限额 · 付款时限 · 成单数。价格最优的排在最前。
sell-offers-none = 目前没有商家收购 { $coin }。请稍后再来，或换一个币种。

sell-amount-title = 💱 你要卖多少 { $coin }？
sell-amount-offer = { $merchant } 的收购单价：{ $price }
sell-amount-range = 单笔限额：{ $min } 至 { $max }
sell-amount-available = 可用余额：{ $available }
sell-amount-example = 请输入人民币金额，例如 500；或 { $coin } 数量，例如 { $example }。

sell-account-title = 💳 用哪个支付宝账号收款？
sell-deal = 卖出 { $coins }，应收 { $fen }。
sell-account-about = 请输入你本人实名支付宝的手机号或邮箱。只有这笔订单的买家能看到。
sell-account-example = 例如 13800001234 或 name@example.com。

sell-name-title = 💳 这个账号的实名是？
sell-name-account = 账号：{ $account }
sell-name-about = 请输入支付宝实名认证的姓名，一字不差。买家只能看到最后一个字，用来核对没有转错人。
sell-name-example = 例如 王小明。

sell-review-title = 💱 请再核对一遍
sell-review-window = 付款时限：{ $minutes } 分钟
sell-review-next = 下单后 { $coins } 会锁定到订单结束。只有你确认收款，币才会放给商家。
sell-refused-title = 无法下单

orders-open-title = 📋 进行中的订单
orders-past-title = 📋 历史订单
orders-open-none = 没有进行中的订单。
orders-past-none = 还没有历史订单。
orders-about = 点开订单，看看下一步该做什么。
orders-selling = ↑ 卖出，↓ 买入。
order-line-selling = ↑ { $code } · { $fen } · { $status }
order-line-buying = ↓ { $code } · { $fen } · { $status }

balance-title = 👛 我的资产
balance-line = { $available } 可用
balance-line-locked = { $available } 可用，{ $locked } 锁定在进行中的订单
balance-none = 你在这里还没有币。
balance-waiting-title = 处理中的提币
withdrawal-line = { $id } 号 · { $coins } · { $time } 申请

sell-opened = ✅ 订单 { $code } 已创建，见下方卡片：
