import { createHash } from "node:crypto";
import type { EventLog } from "./event-log";

export type EngineUser = { readonly id: number; readonly username: string; readonly password: string };

export type Caller = { readonly user: EngineUser; readonly address: string };

/** Who is calling: by Basic on every call, or by the cookie of a login. In the open engine everyone is administrator. */
export type Access = {
  identify(headers: CallHeaders): Caller | undefined;
  /** `POST /users/_login`; only logins leave a true outcome in the audit log. */
  login(attempt: LoginAttempt): { readonly cookie: string; readonly isSignedIn: boolean };
  logout(headers: CallHeaders): void;
  /** Sessions live in memory: a restart ends them all. */
  endAllSessions(): void;
  newSessionCookie(): string;
  list(): readonly EngineUser[];
};

export type CallHeaders = {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
  /** Taken at its word, unchecked: any client can claim any address. */
  readonly "x-forwarded-for"?: string | string[] | undefined;
};

type LoginAttempt = {
  readonly username: string;
  readonly password: string;
  readonly headers: CallHeaders;
  readonly atMs: number;
};

export function createAccess(users: readonly EngineUser[], events: EventLog): Access {
  const sessions = new Map<string, EngineUser>();
  let issued = 0;
  const newSessionId = () => {
    issued += 1;
    return `node0${createHash("sha256").update(`session ${issued}`).digest("hex").slice(0, 24)}.node0`;
  };
  const find = (username: string, password: string) =>
    users.find((user) => user.username === username && user.password === password);

  return {
    identify: (headers) => {
      const basic = basicCredentials(headers.authorization);
      const user =
        basic === undefined ? sessions.get(sessionId(headers) ?? "") : find(basic.username, basic.password);
      return user === undefined ? undefined : { user, address: claimedAddress(headers) };
    },
    login: ({ username, password, headers, atMs }) => {
      const user = find(username, password);
      const cookie = newSessionId();
      if (user !== undefined) sessions.set(cookie, user);
      events.record({
        name: "Login",
        atMs,
        attributes: [["username", username]],
        outcome: user === undefined ? "FAILURE" : "SUCCESS",
        userId: user?.id ?? 0,
        ipAddress: claimedAddress(headers),
      });
      return { cookie, isSignedIn: user !== undefined };
    },
    logout: (headers) => {
      sessions.delete(sessionId(headers) ?? "");
    },
    endAllSessions: () => sessions.clear(),
    newSessionCookie: newSessionId,
    list: () => users,
  };
}

function basicCredentials(authorization: string | undefined) {
  const [scheme, encoded] = (authorization ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic" || encoded === undefined) return undefined;
  const [username = "", ...password] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { username, password: password.join(":") };
}

function sessionId(headers: CallHeaders): string | undefined {
  return /JSESSIONID=([^;]+)/.exec(headers.cookie ?? "")?.[1];
}

function claimedAddress(headers: CallHeaders): string {
  const claimed = headers["x-forwarded-for"];
  return (Array.isArray(claimed) ? claimed[0] : claimed) ?? "127.0.0.1";
}
