help-running = 运营
command-pause = 暂停所有新订单
command-resume = 恢复新订单
command-stop = 停用一个用户
command-allow = 恢复一个用户
command-stop-ad = 停用一条广告
command-allow-ad = 恢复一条广告
command-stops = 已停用的

button-lift = 恢复
button-stops = 已停用的

stop-example = 请这样输入：{ $example }
stop-reason-read = 你写的原因，相关的人都能看到。
stop-reason-length = 原因要 3 到 200 个字，请写在命令后面。
stop-no-such-user = 用户 { $user } 还没有启动机器人，请核对号码。
stop-no-such-ad = 没有 { $ad } 号广告，请核对编号。
stop-already = 已经停用了。如需更换原因，请先恢复。
stop-not-stopped = 没有停用：{ $what }，无需恢复。
stop-lifted = ✅ 已恢复：{ $what }
stop-card-title = ⛔ 已停用：{ $what }
stop-by = 操作人：{ $user }
stop-since = 起始时间：{ $time }
stop-of-desk = 所有新订单
stop-of-user = 用户 { $user }
stop-of-ad = { $ad } 号广告
stop-effect-desk = 恢复之前，任何人都不能开新订单。广告仍可发布，进行中的订单照常进行，币仍可提走。
stop-effect-user = 恢复之前，此人不能卖币、不能发广告，别人也不能卖给他。进行中的订单照常进行，币仍可提走。
stop-effect-ad = 恢复之前，没有人能看到这条广告或向它卖币。进行中的订单照常进行。
allow-about = 恢复一个被停用的用户。
allow-ad-about = 恢复一条被停用的广告。

stops-title = ⛔ 已停用的
stops-about = 点一项查看原因，或恢复。
stops-none = 目前没有停用任何东西。/pause 暂停所有新订单，/stop 停用用户，/stopad 停用广告。

stop-told = ⛔ 运营者 { $user } 已停用：{ $what }
stop-told-lifted = ✅ 运营者 { $user } 已恢复：{ $what }

stop-refused-title = ⏸ 暂时不能开新订单
stop-everybody = 本交易台已暂停所有新订单，请稍后再来。
stop-own-title = ⛔ 交易台的通知
stop-own-user = 本交易台的运营者已停止你的新订单和广告。
stop-own-ad = 本交易台的运营者已停用你的 { $ad } 号广告，卖家看不到它。
stop-goes-on = 进行中的订单照常进行，你的币可以提走：/withdraw
stop-own-lifted-title = ✅ 已恢复
stop-own-user-lifted = 本交易台的运营者已恢复你的新订单和广告。
stop-own-ad-lifted = 本交易台的运营者已恢复你的 { $ad } 号广告。
ad-posted-paused = 目前所有新订单已暂停，原因见 /sell。恢复后卖家就能看到你的广告，一有人下单我就通知你。
opening-ad-stopped = 本交易台的运营者已停用这条广告，请选择其他广告。
ad-error-stopped = 本交易台的运营者已将其停用，原因见 /ads。
