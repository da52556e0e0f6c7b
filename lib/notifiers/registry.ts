import type { Attempt } from "@/lib/core/notice/problem";
import type { ChannelAddress } from "@/lib/core/notice/schema";
import { tellByEmail } from "./email/tell";
import type { NotifierIo, Telling } from "./notifier";
import { tellByPagerDuty } from "./pagerduty/tell";
import { tellBySlack } from "./slack/tell";
import { tellByTeams } from "./teams/tell";
import { tellByWebhook } from "./webhook/tell";

/** Tells through whatever kind of channel an address is of. One line a kind. */
export function tell(telling: Telling, address: ChannelAddress, io: NotifierIo): Promise<Attempt> {
  switch (address.kind) {
    case "email":
      return tellByEmail(telling, address, io);
    case "webhook":
      return tellByWebhook(telling, address, io);
    case "teams":
      return tellByTeams(telling, address, io);
    case "slack":
      return tellBySlack(telling, address, io);
    case "pagerduty":
      return tellByPagerDuty(telling, address, io);
  }
}
