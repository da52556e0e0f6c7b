import { signIn } from "next-auth/react";

/** Signs in over next-auth. Answers undefined when it worked, otherwise what to tell the person. */
export async function submitCredentials(credentials: {
  readonly email: string;
  readonly password: string;
}): Promise<string | undefined> {
  // next-auth reads the outcome from the address it leads to: by default the present one, which may tell of an error before.
  const answer = await signIn("credentials", { ...credentials, redirect: false, callbackUrl: "/" });
  if (answer?.ok && !answer.error) return undefined;
  switch (answer?.error) {
    case "CredentialsSignin":
      return "E-mail and password do not belong together. Check both and try again.";
    case "rate_limited":
      return "Too many attempts. Wait 15 minutes, then try again.";
    default:
      return "Signing in did not work because Signalbox cannot answer just now. Try again in a minute.";
  }
}

/** A text field of a form; empty when it is missing. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
