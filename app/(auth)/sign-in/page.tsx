import type { Metadata } from "next";
import { oidcView, pathHere } from "@/lib/auth/oidc-view";
import { safeNext } from "@/lib/http/safe-next";
import { ProviderButton } from "./provider-button";
import { whatWentWrong } from "./provider-words";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Params = Readonly<Record<"next" | "callbackUrl" | "error" | "refused", string | string[] | undefined>>;
type PageProps = { readonly searchParams: Promise<Params> };

export default async function SignInPage({ searchParams }: PageProps) {
  const params = await searchParams;
  const next = safeNext(wantedOf(params));
  const oidc = oidcView();
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-20 font-semibold">Sign in</h1>
      {oidc === undefined ? (
        <SignInForm next={next} />
      ) : (
        <ProviderButton
          next={next}
          name={oidc.name}
          problem={whatWentWrong(params, oidc.name)}
          isOnlyWay={oidc.isOnlyWay}
        />
      )}
    </div>
  );
}

/** Where to go on to: a path, or the whole address that next-auth hands on from an attempt before. */
function wantedOf({ next, callbackUrl }: Params): string | undefined {
  if (typeof next === "string") return next;
  return typeof callbackUrl === "string" ? pathHere(callbackUrl) : undefined;
}
