"use client";
import { useState } from "react";
import type { NoticeTone } from "@/components/ui/banner";
import type { ConnectionReport } from "@/lib/services/sources/test-source";
import { test } from "./actions";

export type Said = {
  readonly tone: NoticeTone;
  readonly title: string;
  readonly text: string;
  readonly warnings?: ConnectionReport["warnings"];
};

/** Tries a source and keeps what came of it; `refused` are the names of the fields that were not valid. */
export function useConnectionTest() {
  const [said, say] = useState<Said>();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const tryIt = async (input: unknown) => {
    say({ tone: "notice", title: "Connecting…", text: "This takes at most 20 seconds." });
    const answer = await test(input);
    setRefused(answer.ok ? [] : answer.fields);
    say(answer.ok ? toldOf(answer.result) : { tone: "warning", title: "Not tried", text: answer.message });
  };
  return { said, say, refused, setRefused, tryIt };
}

function toldOf({ ok, diagnosis, warnings }: ConnectionReport): Said {
  return {
    tone: ok ? "notice" : "critical",
    title: ok ? "Connected" : "Not connected",
    text: diagnosis,
    warnings,
  };
}
