import type { NoticeKind, NoticeSeverity } from "@/lib/core/notice/schema";
import { noticeSentence, noticeTitle } from "@/lib/core/notice/words";
import { type Notifier, postJson } from "../notifier";

/**
 * A notice as an Adaptive Card, for a workflow of Microsoft Teams that starts when a webhook request is received. Texts are
 * runs, in which nothing is taken for Markdown.
 */
export const tellByTeams: Notifier<"teams"> = ({ notice, link }, { url }, io) => {
  const run = (text: string, more: Readonly<Record<string, string>> = {}) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, ...more }],
  });
  const color = colorOf(notice.kind, notice.severity);
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [
      run(noticeTitle(notice), { weight: "Bolder", size: "Medium", color }),
      run(noticeSentence(notice)),
    ],
    actions: [{ type: "Action.OpenUrl", title: "Open in Signalbox", url: link }],
  };
  const contentType = "application/vnd.microsoft.card.adaptive";
  const attachments = [{ contentType, contentUrl: null, content }];
  return postJson(io, { url, body: JSON.stringify({ type: "message", attachments }) });
};

function colorOf(kind: NoticeKind, severity: NoticeSeverity): string {
  if (kind === "incident_resolved" || kind === "condition_cleared") return "Good";
  const colors = { critical: "Attention", warning: "Warning", notice: "Default" } as const;
  return colors[severity];
}
