command-bill = 核对支付宝账单

bill-how-title = 核对支付宝账单
bill-how-about = 把支付宝导出的账单发给我，我会与你的订单逐笔核对：哪些已到账，哪些没有，哪些收款不属于任何订单。
bill-how-app = 打开支付宝：我的 → 账单 → 右上角 ⋯ → “开具交易流水证明” → “用于个人对账”。支付宝会把带密码的压缩包发到你的邮箱，请自行解压后把里面的 CSV 文件发给我。我绝不会索要密码。
bill-how-nothing = 只有你本人发来的账单才算数。核对不会动用任何币，文件也不会保存。

bill-reading = 收到，正在与你的订单核对…

bill-title = 账单核对结果
bill-period = { $from } 至 { $until }
bill-nothing = 账单里没有与你在这里的订单有关的收款，也没有其他收款。
bill-sum = 已到账 { $there } 笔 · 需留意 { $odd } 笔 · 无对应订单 { $unknown } 笔
bill-more = 其余 { $count } 行见文件。
bill-note = 核对不会改变任何订单。如果某笔款项没有找到，请先在支付宝里确认，再做决定。

bill-line = { $mark } { $code } · { $amount } · { $found }
bill-line-unknown = { $mark } { $amount } · { $found }
bill-found-number = 已到账（单号一致）
bill-found-amount = 已到账
bill-found-other = 单号一致，但实收 { $came }
bill-found-duplicated = 付了 { $count } 次
bill-found-ambiguous = 有 { $count } 笔收款同时符合多个订单
bill-found-missing = 没有找到
bill-found-uncovered = 不在账单的时间范围内
bill-found-unknown = 无对应订单

bill-column-order = 订单
bill-column-amount = 金额（元）
bill-column-time = 时间（UTC+8）
bill-column-found = 结果

bill-problem-title = 这个文件无法使用
bill-problem-not-a-bill = 这不是支付宝导出的账单，里面找不到账单的列。请直接发送原始 CSV 文件，不要用其他软件打开后另存。获取方法见 /bill。
bill-problem-column = 缺少“{ $column }”一列。请发送支付宝导出的原始文件，不要删减。
bill-problem-large = 文件太大：最多支持 20 MB、10 万笔交易。请缩短导出的时间范围。
bill-problem-password = 压缩包有密码。请自行解压，把里面的 CSV 文件发给我。密码不要告诉任何人，包括我。
bill-problem-archive = 压缩包已损坏。请自行解压，把里面的 CSV 文件发给我。
bill-problem-several = 压缩包里有多份账单，请一份一份发送。
bill-problem-text = 第 { $line } 行的内容已损坏。请重新导出，并直接发送原始文件。
bill-problem-row = 第 { $line } 行无法读取：可能缺了一格，或者金额、时间不对。为避免出错，整份账单都没有核对。请重新导出，并直接发送原始文件。
bill-lost = Telegram 上已经没有这个文件了，请重新发送。

picture-title = 图片不能证明已付款
picture-about = 伪造的付款截图很常见，所以图片在这里不算凭据。只有卖家本人在支付宝的账单和余额里看到的才算数。
picture-buyer = 如果你已付款，请点订单卡片上的按钮；如果你是卖家，请自己打开支付宝查看。
