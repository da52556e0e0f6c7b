"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { useStepUp } from "../../step-up";
import { endToken } from "../actions";

/** Ends a token for good, after one question. */
export function RevokeToken({ tokenId, name }: { readonly tokenId: string; readonly name: string }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [problem, setProblem] = useState("");
  const revoke = async () => {
    const answer = await withStepUp(() => endToken({ tokenId }));
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
