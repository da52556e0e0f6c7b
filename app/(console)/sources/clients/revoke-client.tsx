"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { endClient } from "../actions";

/** Ends a client and its access tokens for good, after one question. */
export function RevokeClient({ clientId, name }: { readonly clientId: string; readonly name: string }) {
  const router = useRouter();
  const [problem, setProblem] = useState("");
  const revoke = async () => {
    const answer = await endClient({ clientId });
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
      <p>Its access tokens end with it, at once.</p>
      <p role="alert">{problem}</p>
    </Dialog>
  );
}
