"use server";
import { action } from "@/lib/http/action";
import { addTeamChannel, removeTeamChannel, testTeamChannel } from "@/lib/services/notices/team-channel";
import { addShift } from "@/lib/services/on-call/add-shift";
import { importRota, previewRota } from "@/lib/services/on-call/import-rota";
import { removeShift } from "@/lib/services/on-call/remove-shift";
import { removeTeam } from "@/lib/services/on-call/remove-team";
import { removePolicy, savePolicy } from "@/lib/services/on-call/save-policy";
import { saveTeam } from "@/lib/services/on-call/save-team";

export async function keepTeam(input: unknown) {
  return action(saveTeam)(input);
}
export async function endTeam(input: unknown) {
  return action(removeTeam)(input);
}
export async function plan(input: unknown) {
  return action(addShift)(input);
}
export async function unplan(input: unknown) {
  return action(removeShift)(input);
}
export async function look(input: unknown) {
  return action(previewRota)(input);
}
export async function bring(input: unknown) {
  return action(importRota)(input);
}
export async function keepPolicy(input: unknown) {
  return action(savePolicy)(input);
}
export async function endPolicy(input: unknown) {
  return action(removePolicy)(input);
}
export async function addChannel(input: unknown) {
  return action(addTeamChannel)(input);
}
export async function endChannel(input: unknown) {
  return action(removeTeamChannel)(input);
}
export async function testChannel(input: unknown) {
  return action(testTeamChannel)(input);
}
