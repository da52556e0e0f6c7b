"use server";
import { action } from "@/lib/http/action";
import { cancelMaintenance } from "@/lib/services/estate/cancel-maintenance";
import { planMaintenance } from "@/lib/services/estate/plan-maintenance";
import { readSystemCertificate } from "@/lib/services/estate/read-endpoints";
import { removeSystem } from "@/lib/services/estate/remove-system";
import { saveSystem } from "@/lib/services/estate/save-system";

export async function save(input: unknown) {
  return action(saveSystem)(input);
}
export async function remove(input: unknown) {
  return action(removeSystem)(input);
}
export async function readNow(input: unknown) {
  return action(readSystemCertificate)(input);
}
export async function plan(input: unknown) {
  return action(planMaintenance)(input);
}
export async function callOff(input: unknown) {
  return action(cancelMaintenance)(input);
}
