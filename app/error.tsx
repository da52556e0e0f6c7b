"use client";
import { PanelBody } from "@/components/ui/panel";

/** Shown where a page failed to draw. The digest is the only thing that leads to the server's log entry. */
export default function PageError({ error, retry }: PageErrorProps) {
  return (
    <main className="mx-auto max-w-3xl px-4 py-12">
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
    </main>
  );
}

type PageErrorProps = { readonly error: Error & { digest?: string }; readonly retry: () => void };
