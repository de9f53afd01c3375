ad-coin-title = 📣 你想买什么币？
ad-coin-about = 卖家会看到你的广告并下单，每笔订单都会告诉你付款给谁。

ad-price-title = 📣 1 { $coin } 你出多少钱？
ad-price-best = 目前最优单价：{ $price }
ad-price-example = 请输入人民币单价，例如 { $example }。

ad-total-title = 📣 一共要买多少 { $coin }？
ad-total-price = 你的单价：{ $price }
ad-total-example = 请输入数量，例如 { $example }。

ad-min-title = 📣 单笔最小金额是多少？
ad-min-worth = 整条广告价值 { $worth }。
ad-min-example = 请输入人民币金额，例如 100。最低 { $least }。

ad-max-title = 📣 单笔最大金额是多少？
ad-max-min = 单笔最小金额：{ $min }
ad-max-example = 请输入人民币金额，例如 2000。最高 { $most }。

ad-window-title = 📣 你需要多久付款？
ad-window-about = 从对方下单时算起。请选一个你总能做到的时限。

ad-review-title = 📣 请核对广告
ad-review-about = 发布后卖家马上能看到。每笔订单都要在付款时限内、用你本人的支付宝付款。
ad-posted-title = ✅ 广告已发布
ad-posted-about = 一有人下单我就通知你。你可以随时暂停广告。

ad-fact-buy = 收购：{ $coin }
ad-fact-price = 单价：{ $price } / { $coin }
ad-fact-total = 数量：{ $total }
ad-fact-left = 剩余：{ $left }，共 { $total }
ad-fact-range = 单笔限额：{ $min } 至 { $max }
ad-fact-window = 付款时限：{ $minutes } 分钟

ads-title = 📣 我的广告
ads-about = 选择一条进行修改、暂停或下架。
ads-none = 你还没有广告。发布一条，卖家就能找到你。
ad-line = { $coin } · { $price } · 剩 { $left }
ad-line-paused = { $coin } · { $price } · 已暂停

ad-card-active = 📣 广告展示中
ad-card-paused = 📣 广告已暂停
ad-card-closed = 📣 广告已下架
ad-card-about-active = 卖家可以看到这条广告。修改不影响进行中的订单。
ad-card-about-paused = 恢复之前卖家看不到这条广告。进行中的订单照常进行。
ad-card-about-closed = 卖家已看不到这条广告。进行中的订单会照常走完。
ad-change-title-price = 📣 修改单价
ad-change-title-total = 📣 修改数量
ad-change-title-min = 📣 修改单笔最小金额
ad-change-title-max = 📣 修改单笔最大金额
ad-change-title-window = 📣 修改付款时限
ad-change-example = 请输入新的数值，例如 { $example }。
