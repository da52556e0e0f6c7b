"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { useStepUp } from "../step-up";
import { endClient, endToken } from "./actions";

type RevokeSecretProps = {
  readonly of: { readonly kind: "token" | "client"; readonly id: string; readonly name: string };
};

/** Ends a token, or a client with its access tokens, for good, after one question. */
export function RevokeSecret({ of: { kind, id, name } }: RevokeSecretProps) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [problem, setProblem] = useState("");
  const revoke = async () => {
    const answer = await withStepUp(() =>
      kind === "token" ? endToken({ tokenId: id }) : endClient({ clientId: id }),
    );
    if (answer.ok) router.refresh();
    else setProblem(answer.message);
  };
  return (
    <Dialog
      title={`Revoke ${name}`}
      trigger={<Button aria-label={`Revoke ${name}`}>Revoke</Button>}
      footer={
        <>
          <DialogClose asChild>
            <Button>Keep it</Button>
          </DialogClose>
          <Button look="danger" onClick={() => void revoke()}>
            Revoke for good
          </Button>
        </>
      }
    >
      <p>Whatever is sent with it is refused within a second.</p>
      <p role="alert">{problem}</p>
    </Dialog>
  );
}
