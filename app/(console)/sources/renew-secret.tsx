"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Callout } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CopyableId } from "@/components/ui/copyable-id";
import { Dialog } from "@/components/ui/dialog";
import { useStepUp } from "../step-up";
import { renewClient, renewToken } from "./actions";

type RenewSecretProps = {
  readonly of: { readonly kind: "token" | "client"; readonly id: string; readonly name: string };
};

/** Gives a token or a client a new secret and shows it this once; the old one works for another day. */
export function RenewSecret({ of: { kind, id, name } }: RenewSecretProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [secret, setSecret] = useState<string>();
  const [problem, setProblem] = useState("");
  const renew = async () => {
    const answer = await withStepUp(() =>
      kind === "token" ? renewToken({ tokenId: id }) : renewClient({ clientId: id }),
    );
    if (answer.ok) setSecret(answer.result.secret);
    else setProblem(answer.message);
  };
  const forget = (isOpen: boolean) => {
    if (isOpen) return;
    setSecret(undefined);
    setProblem("");
    router.refresh();
  };
  return (
    <Dialog
      title={`Renew ${name}`}
      trigger={<Button aria-label={`Renew ${name}`}>Renew</Button>}
      onOpenChange={forget}
    >
      {secret === undefined ? (
        <div className="flex flex-col gap-4">
          <p>
            A new secret works at once. The present one goes on working for 24 hours; one from before that
            ends.
          </p>
          <p role="alert">{problem}</p>
          <div>
            <Button look="primary" onClick={() => void renew()}>
              Make a new secret
            </Button>
          </div>
        </div>
      ) : (
        <Callout tone="warning" title="Copy it now: it is not shown again">
          <CopyableId value={secret} kind="secret" className="mt-1" />
        </Callout>
      )}
    </Dialog>
  );
}
