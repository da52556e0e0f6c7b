"use client";
import { PanelBody, type PanelState } from "@/components/ui/panel";

type ConsoleErrorProps = {
  readonly error: Error & { digest?: string };
  readonly retry: () => void;
};

/** Shown inside the frame where a page failed: navigation stays. The digest leads to the server's log entry. */
export default function ConsoleError({ error, retry }: ConsoleErrorProps) {
  const state = refusals[error.digest ?? ""] ?? failure(error.digest);
  return (
    <>
      <h1 className="sr-only">{state.title}</h1>
      <PanelBody {...(state.kind === "error" ? { retry } : {})} state={state} />
    </>
  );
}

type Shown = Extract<PanelState, { kind: "error" | "empty" }>;

/** Pages that are closed to whoever asks: nothing failed, and trying again does not help. */
const refusals: Readonly<Record<string, Shown>> = {
  forbidden: {
    kind: "empty",
    title: "Your roles do not open this page.",
    why: "That you asked is on record. If your work needs it, ask an administrator for the role.",
  },
  step_up_required: {
    kind: "empty",
    title: "This page waits for your passkey.",
    why: "Administrators prove a passkey or security key before their own powers open: see the line at the top.",
  },
};

function failure(digest: string | undefined): Shown {
  return {
    kind: "error",
    title: "This page could not be drawn.",
    why: "Messages are still being collected; only this view failed. Try again, or give the request number to whoever runs Signalbox.",
    ...(digest ? { requestId: digest } : {}),
  };
}
