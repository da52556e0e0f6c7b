import { buttonClass } from "@/components/ui/button";

/** Ten codes, shown this once, and a file to keep them in. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  const text = `Signalbox recovery codes. Each works once.\n\n${codes.join("\n")}\n`;
  return (
    <>
      <p className="text-muted">
        Each of them signs you in once when your telephone is lost. They are shown only now: print them or
        keep them in a password manager, away from the password.
      </p>
      <ol className="grid gap-x-4 gap-y-1 rounded-sm border border-line bg-raised p-3 font-mono text-13">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <a
        className={buttonClass("secondary")}
        download="signalbox-recovery-codes.txt"
        href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
      >
        Download them
      </a>
    </>
  );
}
