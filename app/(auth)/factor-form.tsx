"use client";
import { KeyRound } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { FactorChoice } from "@/lib/auth/current-second-factor";
import type { FactorKind } from "@/lib/core/authz/step-up";
import type { ActionResult } from "@/lib/http/action";
import { CodeField } from "./code-field";
import { askForPasskey } from "./passkey-actions";
import { signWithPasskey, usePasskeyObstacle } from "./passkey-browser";
import { textOf } from "./submit-credentials";

type FactorFormProps = {
  readonly choice: FactorChoice;
  /** Given { kind, code } or { kind, proof }, with what else stands in the form. */
  readonly prove: (answer: unknown, form: FormData) => Promise<ActionResult<unknown>>;
  readonly onProved?: () => void;
  /** Title of what is said when it was not proved. */
  readonly failure: string;
  /** Fields that a code needs beside it, such as the password. */
  readonly besideCode?: ReactNode;
  /** Nothing but a passkey will do. */
  readonly isPasskeyAsked?: boolean;
};

/** Asks for a second factor: a passkey where there is one, else a code of the app; recovery codes always help. */
export function FactorForm({
  choice,
  prove,
  onProved,
  failure,
  besideCode,
  isPasskeyAsked,
}: FactorFormProps) {
  const obstacle = usePasskeyObstacle(choice.passkeys);
  const kinds = isPasskeyAsked ? passkeyAlone : kindsOf(choice, obstacle !== undefined);
  const [chosen, setChosen] = useState<FactorKind>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const kind = chosen && kinds.includes(chosen) ? chosen : (kinds[0] ?? "recovery-code");
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setIsBusy(true);
    const said = await answerOf(kind, data).then(async (answer) =>
      answer.ok ? messageOf(await prove(answer.answer, data)) : answer.message,
    );
    setIsBusy(false);
    setProblem(said);
    if (said === undefined) onProved?.();
    else form.reset();
  };
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {problem ? (
        <Callout tone="warning" title={failure}>
          <span role="alert">{problem}</span>
        </Callout>
      ) : null}
      {kind === "passkey" ? null : besideCode}
      {kind === "passkey" ? <PasskeyWords obstacle={obstacle} /> : <CodeField kind={kind} />}
      <Button
        type="submit"
        look="primary"
        disabled={isBusy || (kind === "passkey" && obstacle !== undefined)}
      >
        {kind === "passkey" ? <KeyRound aria-hidden /> : null}
        {isBusy ? "Checking…" : kind === "passkey" ? "Use a passkey" : "Go on"}
      </Button>
      <OtherWays kinds={kinds.filter((one) => one !== kind)} onChoose={setChosen} />
      {choice.hasPasskey && kind !== "passkey" && obstacle ? (
        <p className="text-12 text-muted">{obstacle}</p>
      ) : null}
    </form>
  );
}

function PasskeyWords({ obstacle }: { readonly obstacle: string | undefined }) {
  return (
    <p className="text-muted">
      {obstacle ?? "Your browser asks for the passkey or security key that you set up here."}
    </p>
  );
}

function OtherWays({ kinds, onChoose }: OtherWaysProps) {
  if (kinds.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {kinds.map((kind) => (
        <Button key={kind} look="quiet" onClick={() => onChoose(kind)}>
          {otherWays[kind]}
        </Button>
      ))}
    </div>
  );
}
type OtherWaysProps = {
  readonly kinds: readonly FactorKind[];
  readonly onChoose: (kind: FactorKind) => void;
};

const otherWays: Readonly<Record<FactorKind, string>> = {
  passkey: "Use a passkey instead",
  totp: "Use the authenticator app instead",
  "recovery-code": "Use a recovery code instead",
};

const passkeyAlone: readonly FactorKind[] = ["passkey"];

function kindsOf({ hasApp, hasPasskey }: FactorChoice, isPasskeyAway: boolean): readonly FactorKind[] {
  return [
    ...(hasPasskey && !isPasskeyAway ? (["passkey"] as const) : []),
    ...(hasApp ? (["totp"] as const) : []),
    "recovery-code",
  ];
}

/** What is sent of the chosen kind; a passkey signs first. */
async function answerOf(kind: FactorKind, form: FormData) {
  if (kind !== "passkey") return { ok: true, answer: { kind, code: textOf(form, "code") } } as const;
  const options = await askForPasskey();
  if (!options.ok) return options;
  const signed = await signWithPasskey(options.result);
  return signed.ok ? ({ ok: true, answer: { kind, proof: signed.answer } } as const) : signed;
}

function messageOf(answer: ActionResult<unknown>): string | undefined {
  return answer.ok ? undefined : answer.message;
}
