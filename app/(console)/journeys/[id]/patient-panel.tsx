import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import type { Actor } from "@/lib/core/authz/actor";
import { contentAccess } from "@/lib/core/authz/content-policy";
import { can } from "@/lib/core/authz/policy";
import { isExamOpen } from "@/lib/services/journeys/read-exam-values";
import { ExamValues } from "./exam-values";

/** Patient and numbers, masked until a reason is stated. Nothing for whoever may not see them. */
export async function PatientPanel({ actor, id }: { readonly actor: Actor; readonly id: string }) {
  if (!can(actor, "exam.unmask")) return null;
  const access = contentAccess(actor);
  return (
    <Panel
      title="Patient and numbers"
      hint="Masked; what each system says of the patient, the accession, the order and the study"
    >
      {access.kind === "closed" ? (
        <EmptyState title={access.why} lamp="excluded">
          The timeline above needs none of it.
        </EmptyState>
      ) : (
        <ExamValues id={id} isOpen={await isExamOpen(actor, { id })} />
      )}
    </Panel>
  );
}
