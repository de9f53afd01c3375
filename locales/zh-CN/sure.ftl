sure-close-title = 📣 要永久下架这条广告吗？
sure-close-about = 下架后无法恢复，进行中的订单会照常走完。如果只是暂时不想接单，请改用“暂停”。
button-sure-close = 确认下架

sure-refuse-title = 📤 要拒绝 { $id } 号提币吗？
sure-refuse-about = 币会退回用户账户，用户会收到通知。请先确认这笔币没有转出。
button-sure-refuse = 确认拒绝
