"use client";
import { useRouter } from "next/navigation";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { noteReset } from "./account/actions";

/** Across every page of somebody whose second factors were taken away, until they say that they know. */
export function ResetBanner({ at }: { readonly at: string }) {
  const router = useRouter();
  const know = async () => {
    await noteReset();
    router.refresh();
  };
  return (
    <Banner tone="warning" actions={<Button onClick={() => void know()}>I asked for it</Button>}>
      All your second factors were taken away {at}, and new ones set up. If you did not ask for that, change
      your password and call an administrator now.
    </Banner>
  );
}
