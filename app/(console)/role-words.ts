/** "interface-analyst" → "Interface analyst". */
export function roleWords(role: string): string {
  const words = role.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
