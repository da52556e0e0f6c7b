import { expect, test } from "vitest";
import { MAX_LINKED, parseReplayMessages, replayHref } from "@/lib/core/replay/href";

const place = (id: number) => ({ legId: 3, receivedAt: new Date(1_700_000_000_000 + id), id: String(-id) });

test("a link names its messages, and reading it gives them back", () => {
  const places = [place(1), place(2)];
  const query = new URL(replayHref(places), "http://localhost").searchParams;
  expect(parseReplayMessages(query.get("messages") ?? "")).toEqual(places);
});

test("a link holds as many as an address bears; what is no message is left out", () => {
  const many = Array.from({ length: MAX_LINKED + 5 }, (_, i) => place(i));
  const query = new URL(replayHref(many), "http://localhost").searchParams;
  expect(parseReplayMessages(query.get("messages") ?? "")).toHaveLength(MAX_LINKED);
  expect(parseReplayMessages("x,3.1.-2,")).toEqual([{ legId: 3, receivedAt: new Date(1), id: "-2" }]);
});
