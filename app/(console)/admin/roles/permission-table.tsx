import { permissionFacts } from "@/lib/core/authz/permission";
import { type Permission, policy } from "@/lib/core/authz/policy";
import { type Role, roles } from "@/lib/core/authz/role";
import { roleWords } from "../../role-words";

/** Permission × role. Scrolls sideways where there is no room: a table of rights must stay a table. */
export function PermissionTable() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="relative overflow-x-auto" tabIndex={0} aria-label="Permissions of each role">
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">Permissions of each role</caption>
        <thead>
          <tr>
            <th scope="col" className={`${headClass} sticky left-0 bg-surface text-left`}>
              May…
            </th>
            {roles.map((role) => (
              <th key={role} scope="col" className={`${headClass} text-center`}>
                {roleWords(role)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(([permission, { sentence, of }]) => (
            <tr key={permission} className="hover:bg-hover">
              <th
                scope="row"
                className="sticky left-0 min-w-64 border-b border-line bg-surface px-2 py-1 text-left font-normal"
              >
                {sentence}
                <span className="block text-12 text-muted">
                  <code className="font-mono">{permission}</code> · {scopeWords[of]}
                </span>
              </th>
              {roles.map((role) => (
                <RightCell key={role} isGiven={isGiven(role, permission)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const headClass = "h-8 border-b border-line-strong px-2 align-bottom text-12 font-medium text-muted";
const scopeWords = { department: "limited to the department", hospital: "whole hospital" } as const;
const shown = Object.entries(permissionFacts).filter(([permission]) =>
  roles.some((role) => isGiven(role, permission)),
);

function isGiven(role: Role, permission: string): boolean {
  const given: readonly Permission[] = policy[role];
  return given.some((one) => one === permission);
}

function RightCell({ isGiven: isRight }: { readonly isGiven: boolean }) {
  return (
    <td className="border-b border-line px-2 text-center">
      {isRight ? (
        <span aria-hidden className="inline-block size-2.5 rounded-full bg-ink" />
      ) : (
        <span aria-hidden className="text-muted">
          –
        </span>
      )}
      <span className="sr-only">{isRight ? "yes" : "no"}</span>
    </td>
  );
}
