/** SQLSTATE class 22 (data exception) or 23 (integrity constraint violation): trying again would not help. */
export function isRefusedValue(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
}
