import type { Metadata } from "next";
import { AcknowledgeForm } from "./acknowledge-form";

export const metadata: Metadata = { title: "See to an incident", referrer: "no-referrer" };

/** Where the link of a notice is opened. Nothing is used up until the button is pressed: a mail scanner that looks does nothing. */
export default function AcknowledgePage() {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-4 px-4 py-10">
      <h1 className="text-20 font-semibold">See to this incident</h1>
      <p className="text-muted">
        Nobody else is told any further. The link works once and can do nothing else; to see the incident,
        sign in.
      </p>
      <AcknowledgeForm />
    </main>
  );
}
