import { z } from "zod";
import { readExpectationsOf } from "@/lib/db/expectation";
import { readInterfaces } from "@/lib/db/interfaces-read";
import { query } from "@/lib/services/query";
import { judgeSilences } from "./judge-silences";

/** What is expected of each interface within reach, and whether it is silent now. @throws AppError forbidden */
export const readExpectations = query({
  permission: "interface.read",
  input: z.object({}),
  disclosesPhi: false,
  run: async ({ now, reach }) => {
    const interfaces = await readInterfaces(reach);
    const [known, silences] = await Promise.all([
      readExpectationsOf(interfaces.map(({ interfaceId }) => interfaceId)),
      judgeSilences(interfaces, now),
    ]);
    return interfaces.map(({ interfaceId, name }) => ({
      interfaceId,
      name,
      learnt: known.get(interfaceId)?.learnt,
      ownerLimitMs: known.get(interfaceId)?.ownerLimitMs,
      silence: silences.get(interfaceId),
    }));
  },
});
