import { noticeSentence, noticeTitle } from "@/lib/core/notice/words";
import { type Notifier, postJson } from "../notifier";

/** A notice in Slack's blocks, for an incoming webhook. What comes from outside is plain text; the link alone is marked up. */
export const tellBySlack: Notifier<"slack"> = ({ notice, link }, { url }, io) => {
  const [title, sentence] = [noticeTitle(notice), noticeSentence(notice)];
  const blocks = [
    // A header takes 150 characters at most.
    { type: "header", text: { type: "plain_text", text: title.slice(0, 150), emoji: false } },
    { type: "section", text: { type: "plain_text", text: sentence, emoji: false } },
    { type: "context", elements: [{ type: "mrkdwn", text: `<${escaped(link)}|Open in Signalbox>` }] },
  ];
  return postJson(io, { url, body: JSON.stringify({ text: escaped(`${title}. ${sentence}`), blocks }) });
};

/** The three characters that Slack takes for markup of its own. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
