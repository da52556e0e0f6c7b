import { readSessionMarks } from "@/lib/db/session-marks";

/** Twice a second: a page hears within a second that its session was ended or its roles changed. */
const everyMs = 500;

/** A session by its key, and what it was like when somebody began to follow it. */
export type FollowedSession = { readonly key: string; readonly mark: string };

type Follower = FollowedSession & { readonly changed: () => void };

const followers = new Set<Follower>();
const looking = { isOn: false };

/** How a session is now, to tell a change from. */
export async function markSession(tokenHash: Buffer): Promise<FollowedSession> {
  const key = tokenHash.toString("hex");
  return { key, mark: markIn(await readSessionMarks([key]), key) };
}

/**
 * Calls `changed` once when a session is ended, its account disabled, its roles changed or its token renewed, by whichever
 * process. All sessions that are followed here are asked for in one statement. Answers with what stops it.
 */
export function followSession(session: FollowedSession, changed: () => void): () => void {
  const follower = { ...session, changed };
  followers.add(follower);
  if (!looking.isOn) {
    looking.isOn = true;
    setTimeout(() => void look(), everyMs);
  }
  return () => followers.delete(follower);
}

async function look(): Promise<void> {
  const asked = [...followers];
  looking.isOn = asked.length > 0;
  if (!looking.isOn) return;
  // While the database is away nothing is known: nothing is said.
  const marks = await readSessionMarks([...new Set(asked.map(({ key }) => key))]).catch(() => undefined);
  const changed = marks === undefined ? [] : asked.filter(({ key, mark }) => markIn(marks, key) !== mark);
  for (const follower of changed) {
    if (followers.delete(follower)) follower.changed();
  }
  setTimeout(() => void look(), everyMs);
}

function markIn(marks: ReadonlyMap<string, string>, key: string): string {
  return marks.get(key) ?? "gone";
}
