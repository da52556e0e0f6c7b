import { createHash } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { auditItemOf } from "@/lib/core/formats/atna/audit-item";
import { readAuditTime } from "@/lib/core/formats/atna/audit-time";
import { ownPollingOf } from "@/lib/core/formats/atna/own-polling";
import { readAuditMessage } from "@/lib/core/formats/atna/read-audit-message";
import { readSyslog } from "@/lib/core/formats/syslog/read-syslog";
import type { ExternalAuditEvent, NormalisedBatch } from "@/lib/core/message/schema";
import type { AtnaConfig } from "./config";
import { auditProblems, frameProblems, NO_HEADER, NO_TIME } from "./problems";
import { type AtnaWire, atnaWireSchema } from "./wire";

/** One message as an audit event. What is none becomes a reject, whole. */
export function normalise(wire: unknown, config: AtnaConfig): NormalisedBatch {
  const parsed = atnaWireSchema.safeParse(wire);
  if (!parsed.success) throw new AppError("source_protocol", "This is nothing that came in over syslog.");
  const came = parsed.data;
  switch (came.kind) {
    case "losses":
      return { items: lossesOf(came), rejects: [] };
    case "broken": {
      const { kind, peer, text, problem } = came;
      return rejected({ kind, peer, text, problem }, frameProblems[problem]);
    }
    case "message": {
      const event = eventOf(came, config);
      if (typeof event !== "string") return { items: [event], rejects: [] };
      return rejected({ kind: "message", peer: came.peer, text: came.text }, event);
    }
  }
}

type Arrived = { readonly receivedAt?: Date | undefined; readonly peer: string; readonly text: string };

/** The event, or why it is none. */
function eventOf({ text, peer, receivedAt }: Arrived, config: AtnaConfig): ExternalAuditEvent | string {
  const syslog = readSyslog(text);
  if (syslog === undefined) return NO_HEADER;
  const result = readAuditMessage(syslog.content);
  if (result.kind === "refused") return auditProblems[result.problem];
  const { message } = result;
  const said = readAuditTime(message.dateTime);
  const at = said ?? readAuditTime(syslog.timestamp) ?? receivedAt;
  if (at === undefined) return NO_TIME;
  return auditItemOf(message, {
    // The header of a message that is sent again may differ. The message itself names the instant and all that took part.
    eventId: createHash("sha256").update(syslog.content.trim()).digest("hex"),
    at,
    observedAddress: peer,
    patientIssuer: config.assigningAuthority || undefined,
    own: ownPollingOf(config),
    attributes: {
      ...(syslog.host && { "syslog host": syslog.host }),
      ...(syslog.app && { "syslog program": syslog.app }),
      ...(said === undefined && message.dateTime && { "event time as sent": message.dateTime.slice(0, 64) }),
    },
  });
}

type Losses = {
  readonly at: Date;
  readonly dropped: number | null;
  readonly unread: number | null;
};

function lossesOf({ at, dropped, unread }: Losses): NormalisedBatch["items"] {
  return [
    { kind: "gauge", metric: "droppedAuditMessages", at, value: dropped },
    { kind: "gauge", metric: "unreadDatagrams", at, value: unread },
  ];
}

function rejected(kept: AtnaWire, detail: string): NormalisedBatch {
  const payload = JSON.stringify(kept);
  return { items: [], rejects: [{ reason: "unparseable", detail, contentKind: "atna-syslog", payload }] };
}
