"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { PasskeySite } from "@/lib/core/authz/passkey-site";
import { NewPasskeyForm } from "../../(auth)/new-passkey-form";
import { useStepUp } from "../step-up";

/** Another passkey, after a fresh factor. */
export function AddPasskey({ site }: { readonly site: PasskeySite }) {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [isOpen, setIsOpen] = useState(false);
  const done = () => {
    setIsOpen(false);
    router.refresh();
  };
  return (
    <Dialog
      title="Add a passkey or security key"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={<Button>Add a passkey</Button>}
    >
      <NewPasskeyForm site={site} withStepUp={withStepUp} onDone={done} />
    </Dialog>
  );
}
