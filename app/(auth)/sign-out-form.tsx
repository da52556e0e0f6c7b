import { Button } from "@/components/ui/button";
import { signOut } from "./sign-out";

/** The way out, for the account menu. */
export function SignOutForm() {
  return (
    <form action={signOut}>
      <Button type="submit">Sign out</Button>
    </form>
  );
}
