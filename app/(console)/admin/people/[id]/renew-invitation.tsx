"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useStepUp } from "../../../step-up";
import { inviteAgain } from "../actions";
import { InvitationLink } from "../invitation-link";

/** A new link for somebody who has not come; the earlier one stops working. */
export function RenewInvitation({ userId }: { readonly userId: string }) {
  const withStepUp = useStepUp();
  const [url, setUrl] = useState<string>();
  const [problem, setProblem] = useState("");
  const renew = async () => {
    const answer = await withStepUp(() => inviteAgain({ userId }));
    if (answer.ok) setUrl(answer.result.url);
    else setProblem(answer.message);
  };
  return (
    <Dialog
      title="New invitation link"
      trigger={<Button>New link</Button>}
      onOpenChange={(isOpen) => (isOpen ? undefined : setUrl(undefined))}
    >
      {url === undefined ? (
        <div className="flex flex-col items-start gap-3">
          <p>The earlier link stops working.</p>
          <Button look="primary" onClick={() => void renew()}>
            Make a new link
          </Button>
          <p role="alert">{problem}</p>
        </div>
      ) : (
        <InvitationLink url={url} />
      )}
    </Dialog>
  );
}
