import { access } from "node:fs/promises";

/** Whether something exists at this path (a broken link does not). */
export async function fileExists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
