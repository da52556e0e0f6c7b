import { z } from "zod";
import { keyRing } from "@/lib/crypto/key-ring";
import { countRowsByKey } from "@/lib/db/sealed-rows";
import { query } from "@/lib/services/query";

/**
 * The ids of all encryption keys, in the order of the keys file, which of them seals now, and how many rows of the
 * database each still opens. Input: {}. @throws AppError forbidden
 */
export const listKeys = query({
  permission: "setting.write",
  input: z.object({}),
  disclosesPhi: false,
  run: async () => {
    const ring = keyRing();
    const rows = await countRowsByKey();
    return [...ring.keys.keys()].map((id) => ({
      id,
      isCurrent: id === ring.current,
      rows: rows.get(id) ?? 0,
    }));
  },
});
