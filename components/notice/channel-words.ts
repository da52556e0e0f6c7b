import type { ChannelKind } from "@/lib/core/notice/kinds";

/** What a kind of channel is called. */
export const channelWords: Readonly<Record<ChannelKind, string>> = {
  email: "E-mail",
  webhook: "Webhook",
  teams: "Microsoft Teams",
  slack: "Slack",
  pagerduty: "PagerDuty",
};
