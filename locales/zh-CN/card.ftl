demo-mark = 演示 · 钱和币都不是真的

card-awaiting-seller = ⏳ 订单 { $code } · 等待对方付款
card-awaiting-buyer = ⏳ 订单 { $code } · 待付款
card-overdue = ⌛ 订单 { $code } · 付款已超时
card-paid-seller = 🔔 订单 { $code } · 对方已付款，待放币
card-paid-buyer = 🔔 订单 { $code } · 已付款，待放币
card-delayed = 🕒 订单 { $code } · 延时到账
card-refunding = ↩️ 订单 { $code } · 退款中
card-releasing = ⏱ 订单 { $code } · 放币中
card-disputed = ⚖️ 订单 { $code } · 申诉中
card-claimed = ⚖️ 订单 { $code } · 复核中
card-released = ✅ 订单 { $code } · 已完成
card-cancelled = ✖️ 订单 { $code } · 已取消
card-expired = ⌛ 订单 { $code } · 已超时关闭
card-outdated = 订单 { $code }：最新的卡片在下方。

fact-you-sell = 卖出：{ $coins }
fact-you-receive = 应收：{ $fen }
fact-you-pay = 应付：{ $fen }
fact-you-get = 买入：{ $coins }
fact-exchange = { $coins }，{ $fen }
fact-price = 单价：{ $price } / { $coin }
fact-merchant = 商家：{ $merchant }
fact-own-account = 你的支付宝：{ $account } · { $name }

pay-account = 支付宝账号：{ $account }
pay-shown = 支付宝应显示：{ $name } · { $account }
pay-amount = 转账金额（分毫不差）：{ $fen }
pay-rules =
    • 请立即用本人支付宝转账，选实时到账，只转这个金额。
    • 备注请留空。
    • 如果支付宝显示的姓名或账号不符，请勿付款，直接取消订单。
pay-then = 转账完成后，再点“我已付款”。没付款请不要点。

time-left = { $time }，还剩 { $minutes } 分钟
time-pay-by = 付款截止：{ $time }
time-order-ends = 订单关闭：{ $time }
time-paid = 标记付款：{ $time }
time-arrives = 预计到账：{ $time }
time-release = 放币时间：{ $time }
time-dispute-from = 可发起申诉：{ $time }
time-dispute-by-itself = 无人处理将自动转入申诉：{ $time }
time-since = 开始时间：{ $time }
time-closed = 结束时间：{ $time }

next-awaiting-seller = { $coins } 已为这笔订单锁定。对方付款前你什么都不用做，一有消息我会马上通知你。
next-agreed-you = 你已提议取消，对方同意后订单即取消。
next-agreed-other = 对方提议取消。你同意后订单即取消，币退回卖家。
next-overdue-seller = 对方没有标记付款，{ $coins } 仍在锁定中。请打开支付宝看看：钱到了就确认收款；没到就不用管，币会自动退回给你。
next-overdue-buyer = 你付款了吗？付了请立即点“我已付款”，否则订单将关闭。没付就不要再付了。
next-paid-seller = 对方称已转账 { $fen }。请自己打开支付宝，查看余额或账单，以你亲眼看到的为准。
next-paid-late = 对方是在付款超时之后才标记付款的。
next-paid-seller-looked = 你还没有确认收款。请再到支付宝里查看；币会一直锁定，谁也拿不走。
next-paid-buyer = 已请卖家查看支付宝。币已锁定，卖家答复之前不会变动。
next-paid-buyer-looked = 卖家还没有确认收款。请在支付宝账单里核对：转账是否成功、是否实时到账、账号是否正确。
next-delayed-seller = 支付宝延后了这笔转账。钱进余额之前请不要放币，因为对方仍有可能追回。预计到账时我会再提醒你。
next-delayed-buyer = 卖家看到了你的转账，但支付宝设置了延时到账。币会继续锁定，预计到账时会再请卖家查看。
next-refund-payer = 付款人不是买家本人。
next-refund-amount = 付款金额与订单不符。
next-refund-memo = 转账备注不是空白。
next-refunding-seller = 请原路退回：在支付宝账单里打开这笔收款，退给原付款账号，不要转到别的账号。退款后点“我已退款”。买家确认之前，你的币会继续锁定。
next-refunding-seller-sent = 你已退款，正在等买家确认。确认后你的币就会解锁。
next-refunding-buyer = 卖家会把钱原路退回给付款账号。退款到账之前，你不需要做什么。
next-refunding-buyer-sent = 卖家称已退款。请打开支付宝查看，到账后点确认。
next-releasing-seller = 你已确认收款。现在还来得及叫停。
next-releasing-buyer = 卖家已确认收到你的付款。
next-disputed = 订单由仲裁员裁决。裁决之前，币继续锁定，所有计时暂停。请备好支付宝账单和订单号。
next-disputed-taken = 仲裁员已受理。裁决之前，币继续锁定，所有计时暂停。请备好支付宝账单和订单号。
next-disputed-seller = 如果款项后来到账了，你仍可以确认收款。
next-disputed-buyer = 如果你没有付款，或者钱已退回给你，可以放弃这笔订单，币会退还卖家。
why-not-received = 申诉原因：卖家没有收到款。
why-not-released = 申诉原因：买家已付款，卖家未放币。
why-refund-missing = 申诉原因：退款未到账或未确认。
why-silence = 申诉原因：卖家一直没有答复。
why-other = 申诉原因：双方说法不一致。
next-claimed = 有一方要求复核这笔已结束的订单。币已不再锁定，仲裁员会在这里联系你们。
next-released-seller = { $coins } 已放给商家。谢谢，请保存好这笔收款的支付宝账单。
next-released-buyer = { $coins } 已到你的账户。谢谢。
next-released-award = 仲裁结果：币归买家。
next-returned-you = { $coins } 已退回你的账户。
next-do-not-pay = 请不要再为这笔订单付款。
ended-by-buyer = 买家取消了订单。
ended-by-both = 双方协商取消。
ended-given-up = 买家没有付款。
ended-refunded = 款项已原路退回。
ended-conceded = 买家放弃了这笔订单。
ended-by-award = 仲裁结果：币退还卖家。
ended-expired = 付款时限内无人付款。
reason-mind = 原因：不想交易了。
reason-cannot = 原因：暂时无法付款。
reason-account = 原因：收款账号或姓名不对。

face-extend = 给买家延长多久？只能延长一次。
face-cancel = 为什么取消？如果你已经付款，请不要取消：返回并点“我已付款”。
face-problem = 哪里不对？
face-problem-delayed = 延时到账：支付宝显示有这笔转账，但要过 2、12 或 24 小时才到。请按支付宝显示的时间选择。
face-problem-refund = 非本人付款、金额不对、备注不是空白：请不要放币。你把钱原路退回，对方确认收到退款后订单取消。
face-concede = 确定放弃吗？{ $coins } 将退还卖家，无法撤回。
face-refunded = { $fen } 已退回你的支付宝了吗？请先查看。确认后 { $coins } 将退还卖家，无法撤回。

staff-parties = 卖家 { $seller } · 买家 { $buyer }

status-awaiting-payment = 待付款
status-overdue = 付款超时
status-paid = 已付款
status-delayed = 延时到账
status-refunding = 退款中
status-releasing = 放币中
status-disputed = 申诉中
status-claimed = 复核中
status-released = 已完成
status-cancelled = 已取消
status-expired = 已关闭
