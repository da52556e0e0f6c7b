import { Button } from "@/components/ui/button";

/** The way out, for the account menu. */
export function SignOutForm() {
  return (
    <form action="/api/sign-out" method="post">
      <Button type="submit">Sign out</Button>
    </form>
  );
}
