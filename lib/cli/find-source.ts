import { AppError } from "@/lib/core/errors";
import { listSources } from "@/lib/services/sources/list-sources";
import { cliActor } from "./command-spec";

/** The source with this name, or else with this number. @throws AppError not_found */
export async function findSource(ref: string): Promise<{ readonly id: number; readonly name: string }> {
  const sources = await listSources(cliActor, {});
  const found = sources.find(({ name }) => name === ref) ?? sources.find(({ id }) => String(id) === ref);
  if (found === undefined) throw new AppError("not_found", "There is no source of this name or number.");
  return found;
}
