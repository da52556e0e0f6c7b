import { z } from "zod";
import { type DeliveryRecord, listDeliveries } from "@/lib/db/notice-list";
import { query } from "@/lib/services/query";

const SHOWN = 200;

/** Every telling of late, the newest in front, and how it went. Input: {}. @throws AppError forbidden */
export const listNotices = query({
  permission: "notice.read",
  input: z.object({}),
  disclosesPhi: false,
  run: (): Promise<readonly DeliveryRecord[]> => listDeliveries({ limit: SHOWN }),
});
