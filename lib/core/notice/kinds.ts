/** Ways in which somebody can be told, in the order in which they are offered. */
export const channelKinds = ["email", "webhook", "teams", "slack", "pagerduty"] as const;
export type ChannelKind = (typeof channelKinds)[number];
