import { disclosureReasons, REASON_MAX, REASON_MIN, reasonTitles } from "@/lib/core/disclosure/reasons";
import { Field, Select, TextArea } from "../ui/field";

/** Why patient data must be seen: from the list and in words. Fields `reason` and `reasonText`. */
export function ReasonFields({ refused }: { readonly refused: readonly string[] }) {
  return (
    <>
      <Field label="What for?" error={refused.includes("reason") ? "Choose a reason." : undefined}>
        {(ids) => (
          <Select {...ids} name="reason" required defaultValue="">
            <option value="" disabled>
              Choose a reason
            </option>
            {disclosureReasons.map((reason) => (
              <option key={reason} value={reason}>
                {reasonTitles[reason]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="In your words"
        hint={`At least ${REASON_MIN} characters. Do not name the patient; what looks like an identifier is taken out.`}
        error={refused.includes("reasonText") ? "Say why in a sentence." : undefined}
      >
        {(ids) => (
          <TextArea
            {...ids}
            name="reasonText"
            rows={2}
            required
            minLength={REASON_MIN}
            maxLength={REASON_MAX}
          />
        )}
      </Field>
    </>
  );
}
