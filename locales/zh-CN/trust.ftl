command-phrase = 设置防伪暗语
command-verify = 验证消息是否来自本机器人

mark-phrase = 你的暗语：{ $phrase }

phrase-title = 防伪暗语
phrase-ask = 请发几个只有你知道的字或表情。以后我发的每条与钱有关的消息都会带上它。假冒的机器人不可能知道；没有它或者不对，就什么都不要做。
phrase-ask-again = 你已设置暗语。发新的内容可以更换，也可以删除。
phrase-wrong = 暗语为 2 到 40 个字符，写在一行里。请换一个。
phrase-set = 暗语已设置。以后每条与钱有关的消息都会带上它。不要告诉任何人，自称工作人员的也不行。
phrase-removed = 暗语已删除。
button-drop-phrase = 删除暗语

verify-title = 是真的吗？
verify-ask = 把消息转发给我，我告诉你是不是本机器人发的。
verify-ours = 是的，这条消息是本机器人发的。但它可能是发给别人的：如果与你的钱有关，上面必须有你自己的暗语（/phrase）。
verify-not-ours = 不是。不管它叫什么名字，都不是本机器人发的。不要点它的按钮，也不要按它说的付款。这里的工作人员绝不会主动联系你。
verify-hidden = 看不到发送者，所以不是本机器人发的：我发的消息一定能看到来源。请不要相信。

warn-staff-name = ⚠️ 对方的 Telegram 名字看起来像工作人员。他不是：这里的工作人员不会和你交易，也不会主动联系你。
