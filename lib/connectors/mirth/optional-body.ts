import type { EngineCall } from "./calls";
import type { EngineClient } from "./client";
import { troubleOf } from "./sweep";

/**
 * The body of an answer that everything else does without; undefined where the engine has no such thing: a plugin or a
 * right is missing, or the call fails for this one channel.
 */
export async function optionalBody(engine: EngineClient, call: EngineCall): Promise<string | undefined> {
  try {
    return (await engine.get(call)).body;
  } catch (error) {
    const kind = troubleOf(error);
    if (kind !== "not_found" && kind !== "engine_error" && kind !== "forbidden") throw error;
    return undefined;
  }
}
