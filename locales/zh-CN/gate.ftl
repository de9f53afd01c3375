gate-title = 放币前，请在你自己的支付宝里核对五项
gate-how = 请自己打开支付宝（不要点链接）：我的 → 账单，再看余额。谁催都不用急，币一直锁着。

gate-entry = 1/5 · 这笔钱在余额或账单里有记录吗？
gate-entry-about = 要是一笔“交易成功”的收入。聊天卡片、推送、短信、代付请求和截图都不算。
gate-arrival = 2/5 · 这笔记录有“到账时间”吗？
gate-arrival-about = 显示“处理中”或“预计到账”时，对方仍可能追回。
gate-amount = 3/5 · 金额正好是 { $fen } 吗？
gate-amount-short = 3/5 · 金额一分不差吗？
gate-amount-about = 一分不差，只有这一笔（或加上你请对方补的差额）。也可以直接把看到的金额发给我。
gate-payer = 4/5 · 是登记的付款人付的吗？
gate-payer-expect = 应显示：{ $name }（或露出更多字）· { $accounts }
gate-payer-unknown = 买家没有为这笔订单登记付款人。只有买家本人名下的付款才算。
gate-payer-about = 把支付宝显示的付款人发给我，我来比对，例如：{ $example }。只有昵称说明不了什么。
gate-memo = 5/5 · 备注是空的吗？
gate-memo-about = 支付宝自带的“转账”二字视为空白。有别的内容就发给我，我告诉你怎么办。

gate-done-entry = ✅ 余额或账单里有
gate-done-arrival = ✅ 已到账
gate-done-amount = ✅ 正好 { $fen }
gate-done-payer = ✅ 付款人相符
gate-done-memo = ✅ 备注为空

gate-no-entry = ❌ 余额和账单里都没有。不要放币。过一会儿再看，这期间谁也拿不走你的币。
gate-no-arrival = ❌ 还没到账。不要放币：到账之前都可能被追回。如果支付宝写了预计时间，请选一个，到时我再提醒你。
gate-no-amount = ❌ 金额不对。不要放币。把看到的金额发给我：少了，我请买家补差额；多了，请全部原路退回。
gate-no-payer = ❌ 不是登记的付款人。不要放币：赃款就是这样进来的。请原路退回，这不会影响你的记录。
gate-no-memo = ❌ 备注里有内容。如果与币有关，支付宝可能因此限制你的账户。你可以拒收并原路退回，这不会影响你的记录。

gate-all = ✅ 五项都已核对。
gate-code = 现在请输入验证器上的 6 位数字（或一个恢复码），放出 { $coins }。
gate-digits = 现在请输入金额的最后四位数字（含角分，不带小数点），放出 { $coins }。例如 ¥1,234.56 就输入 3456。
gate-needs-code = 超过 { $fen } 的放币需要二次验证。请先用 /security 设置，再回到这张卡片。
gate-final = 放币后无法撤回。如果有人催你，请停下来。

gate-too-much = 比约定多了 { $extra }。不要放币。请全部原路退回，买家可以重新下单，按正确金额付款。
gate-too-little = 比约定少了 { $missing }。不要放币。如果余款可能还会到，请过一会儿再看；否则请用下面的按钮处理。
gate-less = 比约定少了 { $missing }。要我请买家补上吗？如果是你打错了，请重新发金额。
gate-asked-rest = 已请买家补 { $missing }。币继续锁定。到账后再看一次，然后点“我已收到款”。
gate-no-masks = 没看懂。请发支付宝显示的付款人，例如 { $example }，或者点按钮回答。
gate-inconclusive = 无法比对：可见的字太少，或者可能只是昵称。请自己核对付款人，再点按钮回答。
gate-mismatch = 与登记的付款人不符（姓名可见 { $visible } 个字，相符 { $equal } 个）。如果是你打错了，请重发。
gate-memo-coins = 备注里有与币有关的字眼。不要放币，支付宝可能因此限制你的账户。你可以拒收并原路退回。
gate-memo-other = 备注不是空白。如果确实无害，可以点按钮确认；拿不准就原路退回。

button-ask-rest = 请买家补 { $missing }
button-yes = 是
button-no = 不是
button-yes-after-all = 核对过了，没问题
button-give-number = 填写支付宝订单号
button-copy-refund-text = 复制给付款人的说明

number-ask-title = 支付宝订单号
number-ask = 请发这笔付款的订单号：28 或 32 位数字，在支付宝账单里点开这笔付款即可看到。方便卖家找到你的钱。卖家已经收到通知，这一步可以稍后再做。
number-ask-refund = 请发这笔退款的订单号：28 或 32 位数字，在支付宝账单里点开即可看到。方便买家找到退款。
number-not-digits = 这不是订单号，订单号只有数字。请从支付宝复制，单独发给我。
number-length = 订单号是 28 或 32 位数字。请从支付宝完整复制。
number-date = 订单号前八位是付款日期，这个号码不是这一天的。请复制这笔付款的订单号。
number-reused = 这个号码属于另一笔订单。每笔付款都有自己的号码，请复制这一笔的。已告知对方。
number-kept = 收到，尾号 { $tail }。对方只看得到最后六位。
fact-number = 付款订单号：…{ $tail }
fact-refund-number = 退款订单号：…{ $tail }
fact-no-number = 买家还没有提供支付宝订单号。

refund-text = 您好，这笔付款与订单 { $code } 的约定不符（付款人、金额或备注），已按原路退回您的付款账户，请注意查收。如有疑问请联系您的交易对方，谢谢。
news-short = 卖家看到的金额不足，还差 { $missing }。请用同一账户补足差额，备注留空。如果你已付足全款，请不要再付，可以发起申诉。
news-refund-number-reused = 注意：卖家提供的退款订单号属于另一笔订单。请只看你自己的账单。
news-number-reused = 注意：买家提供的订单号属于另一笔订单。请只看你自己的账单。

refusal-unanswered = 还差一步：{ $question }
refusal-other-payer = 你发的付款人与登记的不符。请重新核对，或原路退回。
refusal-needs-code = 这个金额放币需要二次验证。请先用 /security 设置，再回到订单。

alarm-refund-number-reused = 订单 { $code } 的卖家把订单 { $other } 的支付宝订单号填成了退款订单号。一笔退款只能对应一笔订单，请留意这两笔订单。
alarm-number-reused = 订单 { $code } 的买家提供了订单 { $other } 的支付宝订单号。一笔付款只能对应一笔订单，请留意这两笔订单。

opening-needs-code = 超过 { $above } 的订单放币时需要二次验证。请先用 /security 设置，或输入较小的金额。
