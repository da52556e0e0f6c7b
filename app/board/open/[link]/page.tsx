import type { Metadata } from "next";
import { OpenForm } from "./open-form";

export const metadata: Metadata = { title: "Set up a wall board", referrer: "no-referrer" };

/** Where the link of a wall board is opened, on the screen itself. Nothing is used up until the button is pressed. */
export default async function OpenBoardPage({
  params,
}: {
  readonly params: Promise<{ readonly link: string }>;
}) {
  const { link } = await params;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-4 px-4 py-10">
      <h1 className="text-20 font-semibold">Show the wall board here</h1>
      <p className="text-muted">
        The link works once, on one screen. It shows figures of interfaces, without data of patients.
      </p>
      <OpenForm link={link} />
    </main>
  );
}
