/** A password as its owner may judge it, before the server does. */
export interface PasswordStrength {
  /** From 0 to 1. */
  value: number;
  tone: "bad" | "warn" | "good";
  words: string;
}

/** The least the server takes. */
export const PASSWORD_MIN_LENGTH = 10;

/** Roughly, how many different characters are worth: a repeated letter or a run such as 1234 adds next to nothing. */
function effectiveLength(password: string): number {
  let length = 0;
  let before = Number.NaN;
  for (const character of password) {
    const code = character.codePointAt(0) ?? 0;
    length += Math.abs(code - before) <= 1 ? 0.25 : 1;
    before = code;
  }
  return length;
}

/** Length is what counts; a hint, not a rule. `known` are words that anybody would try first: the name, the address. */
export function passwordStrength(password: string, known: readonly string[]): PasswordStrength {
  const folded = password.toLocaleLowerCase();
  const isGuessable = known.some((word) => word.length > 2 && folded.includes(word.toLocaleLowerCase()));
  const length = effectiveLength(password) * (isGuessable ? 0.5 : 1);
  const value = Math.min(1, length / 20);
  if (password.length < PASSWORD_MIN_LENGTH) {
    const missing = PASSWORD_MIN_LENGTH - password.length;
    return { value: Math.min(value, 0.3), tone: "bad", words: `${missing} more ${missing === 1 ? "character" : "characters"}` };
  }
  if (isGuessable) return { value, tone: "warn", words: "Easy to guess: your name or address is in it" };
  if (length < 9) return { value, tone: "warn", words: "Easy to guess: add another word" };
  if (length < 14) return { value, tone: "good", words: "Good" };
  return { value, tone: "good", words: "Strong" };
}
