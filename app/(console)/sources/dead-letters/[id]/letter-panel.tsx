"use client";
import { OpenText } from "@/components/disclosure/open-text";
import { Panel } from "@/components/ui/panel";
import { readLetter } from "../../../work/actions";
import { type ClaimedItemProps, ClaimedRecord } from "../../../work/claimed-record";

type LetterPanelProps = ClaimedItemProps & { readonly id: string; readonly isOpen: boolean };

/** What was sent, for whoever has claimed the letter. What is settled needs nobody to look into it. */
export function LetterPanel({ id, isOpen, ...claimed }: LetterPanelProps) {
  return (
    <Panel
      title="What was sent"
      state={isOpen ? { kind: "ready" } : { kind: "empty", title: "It is settled, and stays closed." }}
    >
      <ClaimedRecord
        {...claimed}
        item={{ kind: "dead-letter", id }}
        load={() => readLetter({ id })}
        draw={({ payload }) => <OpenText>{payload}</OpenText>}
      />
    </Panel>
  );
}
