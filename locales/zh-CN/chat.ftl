# 订单双方之间、以及与仲裁之间的消息。

button-message = 发消息
button-messages = 聊天记录
button-reply = 回复
button-answer = 回答
button-mute = 免打扰
button-unmute = 取消免打扰

chat-seller-writes = 订单 { $code } · 卖家说：
chat-buyer-writes = 订单 { $code } · 买家说：
chat-arbiter-writes = 订单 { $code } · 仲裁员说：
chat-arbiter-asks = 订单 { $code } · 仲裁员问你：
chat-seller-hands-in = 订单 { $code } · 卖家提交：
chat-buyer-hands-in = 订单 { $code } · 买家提交：
chat-arbiter-reasons = 订单 { $code } · 仲裁理由：

chat-no-proof = 不是到账凭证。钱到没到，只看自己的支付宝。

chat-the-seller = 卖家
chat-the-buyer = 买家
chat-the-arbiter = 仲裁员
chat-you = 你

chat-write-title = 订单 { $code }：给对方发消息
chat-question-title = 订单 { $code }：询问{ $who }
chat-reason-title = 订单 { $code }：仲裁理由
chat-answer-title = 订单 { $code }：回答仲裁员
chat-evidence-title = 订单 { $code }：提交证据
chat-write-about = 接下来你发的文字、图片、视频或文件都会转过去。内容会随订单保存，在 Telegram 里删除也还在。发送 /cancel 退出。

chat-delivered = ✓ 已送达{ $who } · { $code }
chat-unreached = { $code }：{ $who }屏蔽了机器人，暂时联系不上。消息已保存，对方回来后会送达。
chat-muted-by = { $code }：{ $who }已开启免打扰。你的消息会保存，对方可以查看，但不会收到提醒。此提示只出现一次。

chat-held-title = 订单 { $code }：消息未转发
chat-held-found = 你的消息里有：{ $found }。
chat-question-held = 提问没有发出（已记录，其他仲裁员可见）：里面有联系方式。平台一直提醒双方警惕这种做法，请删掉后重新提问。
chat-held-why = 离开这里就没有托管、没有记录、也没有仲裁，卖家被骗大多就是这样开始的。请删掉这部分再发一次。
contact-wechat = 微信联系方式
contact-qq = QQ 号
contact-phone = 手机或电话号码
contact-email = 邮箱地址
contact-link = 链接
contact-handle = @用户名

chat-too-long = 消息太长，无法转发：每条最多 { $most } 个字符。请分成两条发送。
chat-caption-too-long = 文件附带的文字太长：最多 { $most } 个字符。请先发文件，再单独发文字。
chat-too-large = 文件超过 20 MB，无法保存。请把录屏剪短，或发送较小的版本。
chat-wrong-kind = 只能转发文字、图片、视频和文件，不支持表情贴纸、语音、位置和名片。
chat-too-many = 每分钟最多 { $most } 条消息。{ $at }可以继续；这一条没有保存。
chat-closed = 订单已结束，不再转发消息。如果这笔订单有问题，请打开订单，点“反馈问题”。
chat-lost = 订单 { $code }：没能从 Telegram 取到你的文件，因此没有转发。请再发一次。
chat-no-file = 这个文件已不再保存。

chat-muted = { $code }：已开启免打扰。对方的消息不再提醒，可在“聊天记录”里查看。到期提醒和仲裁员的消息不受影响。
chat-unmuted = { $code }：已取消免打扰。这期间的消息都在“聊天记录”里。

chat-messages-title = 订单 { $code }：聊天记录
chat-messages-none = 还没有消息。
chat-kind-question = 提问
chat-kind-answer = 回答
chat-kind-evidence = 证据
chat-kind-reason = 仲裁理由
chat-line-held = 未转发：{ $found }。
chat-line-erased = （已清除）
chat-photo = 图片
chat-video = 视频
chat-document = 文件
chat-file = { $what }，{ $size }
chat-file-awaited = { $what }，接收中
chat-file-lost = { $what }，Telegram 已丢失
chat-file-erased = { $what }，已不再保存
