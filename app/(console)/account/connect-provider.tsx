"use client";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CONNECTED_PATH } from "@/lib/core/sso/refusal";
import { useStepUp } from "../step-up";
import { askForConnection } from "./ask-to-connect";

/** Leads to the identity provider after a fresh second factor; whoever signs in there is connected to this account. */
export function ConnectProvider({ name }: { readonly name: string }) {
  const withStepUp = useStepUp();
  const [problem, setProblem] = useState("");
  const leave = async () => {
    const answer = await withStepUp(askForConnection);
    if (!answer.ok) return setProblem(answer.message);
    await signIn("oidc", { callbackUrl: CONNECTED_PATH });
  };
  return (
    <>
      <span role="alert">{problem}</span>
      <Button onClick={() => void leave()}>Connect {name}</Button>
    </>
  );
}
