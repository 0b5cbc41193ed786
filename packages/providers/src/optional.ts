/** A text without the spaces around it; null for none. */
export function optional(
  text: string | null | undefined,
  normalise: (text: string) => string = (same) => same,
): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : normalise(trimmed);
}
