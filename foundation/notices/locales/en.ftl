notices-title = My notices
notices-unread = { $n ->
    [0] Nothing unread
    [one] One unread
   *[other] { $n } unread
}
notices-new = Unread
notices-none = No notices yet
notices-older = Older notices
notices-read-all = Mark all as read
notices-settings-title = Notice settings
notices-settings-lead = Notices always stay in the list; here you choose whether to get them by mail as well, and when.
notices-mail-off = No mail is sent from this platform yet. What you choose is kept until it is.
notices-by-mail = Send them by mail too
notices-by-mail-hint = A mail names the number, the limit and a link, nothing of the appeal itself
notices-email = E-mail address
notices-when = When
notices-at-once = One by one
notices-digest = Once a day, together
notices-digest-hint = What is late, and reports of pressure, are sent at once all the same
notices-digest-at = Time of the daily message
notices-quiet = Quiet hours
notices-quiet-on = Send nothing in these hours
notices-quiet-hint = It is sent when they are over; what is late does not wait
notices-quiet-from = From
notices-quiet-to = To
notices-keep = Keep the settings
notices-told = Notices
notices-told-what = Who was told what, by which way it went and when
notices-to-appellant = Appellant
notices-way-sent = { $channel } sent { $at }
notices-way-failed = { $channel } can not be delivered { $at }
notice-channel-in_app = In the platform
notice-channel-email = E-mail
notice-channel-sms = Text message
notice-channel-wecom = WeCom
notice-channel-dingtalk = DingTalk
flash-notices-read = All marked as read
flash-notices-kept = Notice settings kept
refusal-no-such-notice = There is no such notice.
refusal-notice-address-missing = Enter an e-mail address, or do not ask for mail
refusal-notice-address-malformed = This is no e-mail address
refusal-notice-time-malformed = Choose a time
