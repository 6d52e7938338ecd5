const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The first character as people count them: emoji and combined letters stay whole. */
export function firstCharacter(text: string): string {
  const [first] = characters.segment(text);
  return first?.segment ?? "";
}

/** One or two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const last = words.length > 1 ? firstCharacter(words.at(-1) ?? "") : "";
  return (firstCharacter(words[0] ?? "?") + last).toLocaleUpperCase();
}
