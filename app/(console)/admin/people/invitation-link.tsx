import { Callout } from "@/components/ui/banner";
import { CopyableId } from "@/components/ui/copyable-id";

/** The link of an invitation, shown this once. */
export function InvitationLink({ url }: { readonly url: string }) {
  return (
    <Callout tone="warning" title="Copy it now: it is not shown again">
      <CopyableId value={url} kind="invitation link" className="mt-1" />
      <p className="mt-2">
        Hand it to this person alone: whoever opens it first sets the password. It works once, within 72
        hours.
      </p>
    </Callout>
  );
}
