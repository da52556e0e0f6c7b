"use client";
import { PanelBody } from "@/components/ui/panel";

type ConsoleErrorProps = {
  readonly error: Error & { digest?: string };
  readonly retry: () => void;
};

/** Shown inside the frame where a page failed: navigation stays. The digest leads to the server's log entry. */
export default function ConsoleError({ error, retry }: ConsoleErrorProps) {
  return (
    <>
      <h1 className="sr-only">This page could not be drawn</h1>
      <PanelBody
        retry={retry}
        state={{
          kind: "error",
          title: "This page could not be drawn.",
          why: "Messages are still being collected; only this view failed. Try again, or give the request number to whoever runs Signalbox.",
          ...(error.digest ? { requestId: error.digest } : {}),
        }}
      />
    </>
  );
}
