import { LinkButton } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";

/** Where one reads how long everything is kept. */
export function RetentionPanel() {
  return (
    <Panel
      title="Retention"
      hint="Older records are deleted by themselves, but for what is on legal hold."
      actions={<LinkButton href="/admin/retention">What is kept for how long</LinkButton>}
    />
  );
}
