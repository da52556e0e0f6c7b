"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { AppForm, type AppOffer } from "../../(auth)/enrol/app-form";
import { useStepUp } from "../step-up";
import { offerApp } from "./offer-app";

/** An authenticator app beside passkeys, after a fresh factor. */
export function AddApp() {
  const router = useRouter();
  const withStepUp = useStepUp();
  const [offer, setOffer] = useState<AppOffer>();
  const [problem, setProblem] = useState("");
  const open = async () => {
    const answer = await withStepUp(() => offerApp());
    setOffer(answer.ok ? answer.result : undefined);
    setProblem(answer.ok ? "" : answer.message);
  };
  const done = () => {
    setOffer(undefined);
    router.refresh();
  };
  return (
    <>
      {problem ? (
        <span role="alert" className="text-critical">
          {problem}
        </span>
      ) : null}
      <Button onClick={() => void open()}>Add an authenticator app</Button>
      {offer === undefined ? null : (
        <Dialog title="Add an authenticator app" isOpen onOpenChange={() => setOffer(undefined)}>
          <div className="flex flex-col gap-4">
            <AppForm offer={offer} onDone={done} />
          </div>
        </Dialog>
      )}
    </>
  );
}
