import { noticeSentence, noticeTitle } from "@/lib/core/notice/words";
import type { Notifier } from "../notifier";

/** A notice as an e-mail of plain text; mail servers know a second sending by its Message-ID. */
export const tellByEmail: Notifier<"email"> = (telling, { to }, io) => {
  const { id, notice, link, acknowledgeLink } = telling;
  const lines = [noticeSentence(notice), "", `Open it: ${link}`];
  if (acknowledgeLink !== undefined) {
    lines.push("", `Say that you see to it, without signing in (works once): ${acknowledgeLink}`);
  }
  return io.mail({
    to,
    subject: noticeTitle(notice),
    text: [...lines, ""].join("\n"),
    messageId: `<${id}@signalbox>`,
  });
};
