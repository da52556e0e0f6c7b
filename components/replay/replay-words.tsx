import type { LampState } from "@/components/ui/lamp";
import { StatusWord } from "@/components/ui/status-word";
import type { ItemState, RunState } from "@/lib/core/replay/states";

/** Where a replay stands, as a lamp and a word. */
export function RunStateWord({ state }: { readonly state: RunState }) {
  const { lamp, word } = runWords[state];
  return <StatusWord state={lamp}>{word}</StatusWord>;
}

/** What became of one message of it. */
export function ItemStateWord({ state }: { readonly state: ItemState }) {
  const { lamp, word } = itemWords[state];
  return <StatusWord state={lamp}>{word}</StatusWord>;
}

type Word = { readonly lamp: LampState; readonly word: string };

const runWords: Readonly<Record<RunState, Word>> = {
  drafted: { lamp: "notice", word: "Draft" },
  waiting: { lamp: "notice", word: "Waits for a second person" },
  ready: { lamp: "notice", word: "Ready to start" },
  running: { lamp: "ok", word: "Running" },
  stopped: { lamp: "warning", word: "Stopped" },
  done: { lamp: "ok", word: "Done" },
  discarded: { lamp: "excluded", word: "Given up" },
};

const itemWords: Readonly<Record<ItemState, Word>> = {
  planned: { lamp: "excluded", word: "Planned" },
  sending: { lamp: "notice", word: "Being sent" },
  accepted: { lamp: "notice", word: "Taken over by the engine" },
  unclear: { lamp: "unknown", word: "Nobody knows" },
  delivered: { lamp: "ok", word: "Arrived" },
  failed: { lamp: "critical", word: "Failed" },
  left: { lamp: "excluded", word: "Left out" },
};

const troubleWords: Readonly<Record<string, string>> = {
  not_ready: "No account for sending again is set up.",
  wrong_password: "The engine refused the account.",
  forbidden: "The account may not send messages again.",
  not_found: "The engine knows no such message.",
  no_word: "No word of it came back.",
  timeout: "No answer came in time.",
  closed: "The connection broke off.",
  refused: "The engine could not be reached.",
  filtered: "The engine filtered it.",
};

/** What kept a message from arriving, or its fate from being known. */
export function troubleText(trouble: string): string {
  return troubleWords[trouble] ?? trouble.replaceAll("_", " ");
}
