import { agoWords } from "../../../ui/days/dayWords";
import type { Standing } from "./deviceStanding";

/** "2 min ago", "just now", "Yesterday", "16 Nov". */
export function sinceWords(moment: string, now: Date): string {
  const words = agoWords(moment, now);
  return words === "now" ? "just now" : /min|h$/.test(words) ? `${words} ago` : words;
}

const counted = (count: number, noun: string) => (count === 1 ? `1 ${noun}` : `${count} ${noun}s`);

/** "Up to date, 2 min ago" or "14 changes behind since 16 Nov"; null: nothing is known. */
export function standingWords(standing: Standing, now: Date): string | null {
  switch (standing.kind) {
    case "unknown":
      return null;
    case "up_to_date":
      return `Up to date, ${sinceWords(standing.at, now)}`;
    case "behind": {
      const { changes, boards, since } = standing;
      const what = changes === null ? counted(boards, "board") : counted(changes, "change");
      const words = agoWords(since, now);
      if (words === "now") return `${what} behind`;
      return /min|h$/.test(words) ? `${what} behind for ${words}` : `${what} behind since ${words}`;
    }
  }
}
