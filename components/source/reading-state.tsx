import type { LampState } from "@/components/ui/lamp";
import { StatusWord } from "@/components/ui/status-word";
import type { ReadingState } from "@/lib/core/source/health";

/** How a source or stream fares, as lamp and word. */
export function ReadingStateWord({ state }: { readonly state: ReadingState }) {
  const [lamp, word] = words[state];
  return <StatusWord state={lamp}>{word}</StatusWord>;
}

const words: Readonly<Record<ReadingState, readonly [LampState, string]>> = {
  "not-answering": ["critical", "Not answering"],
  "not-listening": ["critical", "Cannot listen"],
  failing: ["warning", "Failing"],
  late: ["warning", "Late"],
  "nothing-yet": ["unknown", "Nothing read yet"],
  reading: ["ok", "Reading"],
  listening: ["ok", "Listening"],
  paused: ["excluded", "Paused"],
  "by-itself": ["ok", "Sends by itself"],
};
