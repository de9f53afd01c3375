button-security = 二次验证
button-turn-on = 开启
button-turn-off = 关闭
button-new-codes = 更换恢复码
button-show-again = 重新显示二维码
button-copy-key = 复制密钥
button-codes-kept = 我已抄好

security-off-title = 🔓 二次验证未开启
security-off-about = 现在，谁拿到你已解锁的手机，谁就能转走你的币。开启后，还需要验证器 App（Google Authenticator、Aegis、1Password 等）里的动态码才行。
security-on-title = 🔐 二次验证已开启
security-on-about = 你的币转出之前，我都会要求输入验证器里的动态码。
security-codes-left = 剩余恢复码：{ $left } 个

security-scan-title = 🔐 请用验证器扫描二维码
security-scan-about = 也可以在验证器里手动输入密钥：{ $key }
security-scan-then = 然后把验证器中“fangbi”显示的 6 位数字发给我。
security-scan-secret = 不要给任何人看：拿到密钥就等于拿到你的动态码。收到正确的动态码后，我会删除这条消息。
security-wrong-title = 动态码与密钥不符
security-wrong-about = 请把手机时间设为自动校准，等下一个动态码出现后再发给我。

security-codes-title = 🔐 已开启，这是你的恢复码
security-codes-about = 手机不在身边时，每个恢复码可以代替动态码使用一次。请抄在纸上，不要和手机放在一起。
security-codes-once = 只显示这一次，之后任何人（包括交易台）都无法再看到。
security-gone = 这里原本是保密内容，已不再显示。

security-turn-off-title = 🔓 要关闭二次验证吗？
security-turn-off-about = 恢复码会一并失效，之后只需输入所确认内容的末尾几位。
security-new-codes-title = 🔐 要更换恢复码吗？
security-new-codes-about = 旧的恢复码无论是否用过，都会失效。
security-type-code = 请发送验证器显示的 6 位数字，或一个恢复码。
security-turned-off-title = 🔓 二次验证已关闭

withdraw-proof-title = 🔐 最后一步验证
withdraw-proof-code = 提币 { $coins } 前，请发送验证器显示的 6 位数字，或一个恢复码。
withdraw-proof-digits = 提币 { $coins } 前，请输入收币地址的最后四位，以你钱包里显示的为准。
withdraw-proof-hint = 使用验证器的动态码更安全：/security

factor-wrong = 不正确，还可以试 { $left } 次。请核对后重新输入。
factor-locked = 错误次数过多，{ $time } 之前不再受理验证，你的币不会动。如果不是你本人操作，请联系交易台的运营者。
factor-used = 这个码已经用过，每个只能用一次。请等验证器显示下一个，或换一个恢复码。
factor-not-enrolled = 你还没有绑定验证器，请先绑定：/security
factor-required = 金额较大，需要验证器的动态码。请先绑定，一分钟就好：/security
