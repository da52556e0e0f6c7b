import { isWithin, type Reach } from "@/lib/core/authz/policy";
import { AppError } from "@/lib/core/errors";
import { listTeamRows, type TeamRecord } from "@/lib/db/on-call";

/** A team that may be changed. @throws AppError not_found, also where it is another department's */
export async function teamInReach(id: string, reach: Reach): Promise<TeamRecord> {
  const team = (await listTeamRows()).find((one) => one.id === id);
  if (team === undefined || !isWithin(reach, team.department ?? null)) {
    throw new AppError("not_found", "There is no such team.");
  }
  return team;
}

/** @throws AppError forbidden where a department is not one's own; none at all is the hospital's */
export function requireDepartment(department: string | undefined, reach: Reach): void {
  if (isWithin(reach, department ?? null)) return;
  throw new AppError("forbidden", "You can do this for your own departments alone.");
}
