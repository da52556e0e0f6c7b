/** Unused this long, a session is locked until its person proves themselves again (NIST SP 800-63B, AAL2: 30 minutes). */
export const idleLimitMs = 30 * 60_000;
/** However much used, a session is over after 12 hours (NIST SP 800-63B, AAL2). */
export const absoluteLimitMs = 12 * 3_600_000;

/** Whether a session that was last used then is locked. */
export function isIdle(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= idleLimitMs;
}
