import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

/** The quiet frame of the pages before sign-in: one column, a panel's hairlines. */
export default function AuthLayout({ children }: { readonly children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col gap-6 px-4 py-10 md:justify-center">
      <div className="flex items-center gap-2 border-b border-line-strong pb-3 font-semibold">
        <Logo />
        Signalbox
      </div>
      {children}
      <p className="border-t border-line pt-3 text-12 text-muted">
        Signalbox shows data of patients. Every sign-in is recorded.
      </p>
    </main>
  );
}
