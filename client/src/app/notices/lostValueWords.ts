import type { Id } from "../../protocol/records";
import type { LostValue } from "../../sync/state";
import { fieldWord, recordWords } from "../../ui/changes/fieldWords";

interface LostValueWords {
  /** What happened, to what, by whom. */
  happened: string;
  /** What stands before the lost value. */
  lost: string;
  restore: string;
}

/** How a replaced value is told: who replaced whose, and the way back. */
export function lostValueWords(loss: LostValue, accountId: Id, person: (id: Id) => string | undefined): LostValueWords {
  // A title is told by the values themselves.
  const isName = loss.field === "title" || loss.field === "name";
  const field = isName ? fieldWord(loss.field) : `${fieldWord(loss.field)} of ${recordWords(loss.type, loss.name)}`;
  const other = loss.by === null ? undefined : person(loss.by);
  if (loss.whose === "mine") {
    return {
      happened: `${other ?? "Somebody"} changed the ${field} without having seen yours.`,
      lost: "Yours was",
      restore: "Restore mine",
    };
  }
  const whose = loss.by === accountId ? "the one from another of your devices" : other === undefined ? "another one" : `${other}’s`;
  return {
    happened: `Your ${field} replaced ${whose}, which you had not seen.`,
    lost: loss.by === accountId ? "That was" : "Theirs was",
    restore: loss.by === accountId ? "Restore that" : "Restore theirs",
  };
}
