import type { Day, Id } from "../../protocol/records";
import { dayPhrase, type PhraseContext } from "../days/dayPhrase";
import type { Priority } from "../tasks/priority";

/** A board or person that the text may name. */
export interface Named {
  id: Id;
  name: string;
}

export interface QuickAddContext extends PhraseContext {
  boards: readonly Named[];
  /** Those who can be asked to do it, on a board. */
  peopleOf: (boardId: Id) => readonly Named[];
  /** Where it goes if the text names no board. */
  board_id: Id;
}

export type PartKind = "text" | "scheduled" | "due" | "priority" | "board" | "person";

/** A stretch of the text, from `start` to `end`, and what it means. All parts together are the whole text. */
export interface Part {
  kind: PartKind;
  start: number;
  end: number;
}

/** What a line of plain language asks for. */
export interface QuickAdd {
  title: string;
  scheduled_on: Day | null;
  due_on: Day | null;
  priority: Priority;
  board_id: Id;
  assignee_ids: Id[];
  parts: Part[];
}

interface Word {
  text: string;
  start: number;
  end: number;
}

interface Meaning {
  kind: Exclude<PartKind, "text">;
  /** How many words say it. */
  words: number;
  day?: Day;
  priority?: Priority;
  id?: Id;
}

const wordsOf = (text: string): Word[] =>
  [...text.matchAll(/\S+/g)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));

const fold = (text: string): string => text.toLocaleLowerCase();

/** Closing punctuation belongs to the sentence, not to the word: "tomorrow," is tomorrow. */
const bare = (word: string): string => fold(word).replace(/[,;!?]+$/, "");

/** Which of the named things the words after a mark (`#` or `@`) spell: a whole name, a first one, or the only one that begins so. */
function named(things: readonly Named[], words: readonly Word[]): { thing: Named; words: number } | null {
  const said = words.map(({ text }, index) => bare(index === 0 ? text.slice(1) : text));
  if (!said[0]) return null;
  const byLength = [...things].sort((a, b) => b.name.length - a.name.length);
  for (const thing of byLength) {
    const spelled = fold(thing.name).split(/\s+/);
    if (spelled.every((part, index) => said[index] === part)) return { thing, words: spelled.length };
  }
  const [first] = said;
  const firstNames = things.filter(({ name }) => fold(name).split(/\s+/)[0] === first);
  if (firstNames.length === 1 && firstNames[0]) return { thing: firstNames[0], words: 1 };
  const beginning = things.filter(({ name }) => fold(name).startsWith(first) || fold(name).replace(/\s/g, "").startsWith(first));
  const [only] = beginning;
  return only && beginning.length === 1 ? { thing: only, words: 1 } : null;
}

function dayMeaning(words: readonly Word[], before: Word | undefined, context: PhraseContext): Meaning | null {
  const said = words.slice(0, 4).map(({ text }) => bare(text));
  // "every mon" is a rhythm, which one day cannot say: it stays in the title.
  if (before && fold(before.text) === "every") return null;
  if (said[0] === "due" || said[0] === "by") {
    const due = dayPhrase(said.slice(1), context);
    return due && { kind: "due", words: due.words + 1, day: due.day };
  }
  const lead = said[0] === "on" ? 1 : 0;
  const scheduled = dayPhrase(said.slice(lead), context);
  return scheduled && { kind: "scheduled", words: scheduled.words + lead, day: scheduled.day };
}

function priorityMeaning(word: Word): Meaning | null {
  const level = /^p([123])$/.exec(bare(word.text))?.[1];
  return level ? { kind: "priority", words: 1, priority: Number(level) as Priority } : null;
}

function boardMeaning(words: readonly Word[], boards: readonly Named[]): Meaning | null {
  const found = words[0]?.text.startsWith("#") ? named(boards, words) : null;
  return found && { kind: "board", words: found.words, id: found.thing.id };
}

function personMeaning(words: readonly Word[], people: readonly Named[]): Meaning | null {
  const found = words[0]?.text.startsWith("@") ? named(people, words) : null;
  return found && { kind: "person", words: found.words, id: found.thing.id };
}

/** The board that is named last, wherever it stands: people named before it are looked for there, too. */
function boardOf(words: readonly Word[], context: QuickAddContext): Id {
  const found = words.map((_, index) => boardMeaning(words.slice(index), context.boards)).filter((meaning) => meaning !== null);
  return found.at(-1)?.id ?? context.board_id;
}

/**
 * Reads a line such as "Run 5 km tomorrow p1 #Marathon @bo by fri". What is understood leaves the title; of a kind that
 * is said twice the last holds, and the earlier words stay in the title. Parts whose text is in `plain` mean nothing.
 */
export function parseQuickAdd(text: string, context: QuickAddContext, plain: ReadonlySet<string> = new Set()): QuickAdd {
  const words = wordsOf(text);
  const boardId = boardOf(words, context);
  const people = context.peopleOf(boardId);
  const found: { meaning: Meaning; start: number; end: number }[] = [];
  for (let index = 0; index < words.length; ) {
    const rest = words.slice(index);
    const [word] = rest;
    if (!word) break;
    const meaning =
      boardMeaning(rest, context.boards) ??
      personMeaning(rest, people) ??
      priorityMeaning(word) ??
      dayMeaning(rest, words[index - 1], context);
    const last = meaning && rest[meaning.words - 1];
    if (last && !plain.has(text.slice(word.start, last.end))) {
      found.push({ meaning, start: word.start, end: last.end });
      index += meaning.words;
    } else {
      index += 1;
    }
  }
  const holding = found.filter(
    ({ meaning }, index) => meaning.kind === "person" || !found.slice(index + 1).some((later) => later.meaning.kind === meaning.kind),
  );
  return { ...summed(holding.map(({ meaning }) => meaning), boardId), ...cut(text, holding) };
}

function summed(meanings: readonly Meaning[], boardId: Id): Omit<QuickAdd, "title" | "parts"> {
  const of = (kind: PartKind) => meanings.find((meaning) => meaning.kind === kind);
  const people = meanings.filter(({ kind }) => kind === "person").flatMap(({ id }) => (id === undefined ? [] : [id]));
  return {
    scheduled_on: of("scheduled")?.day ?? null,
    due_on: of("due")?.day ?? null,
    priority: of("priority")?.priority ?? 0,
    board_id: of("board")?.id ?? boardId,
    assignee_ids: [...new Set(people)].sort(),
  };
}

/** The text as parts, and as the title that is left when what was understood is taken out. */
function cut(text: string, found: readonly { meaning: Meaning; start: number; end: number }[]): { title: string; parts: Part[] } {
  const parts: Part[] = [];
  let at = 0;
  for (const { meaning, start, end } of found) {
    if (start > at) parts.push({ kind: "text", start: at, end: start });
    parts.push({ kind: meaning.kind, start, end });
    at = end;
  }
  if (at < text.length) parts.push({ kind: "text", start: at, end: text.length });
  const title = parts
    .filter(({ kind }) => kind === "text")
    .map((part) => text.slice(part.start, part.end))
    .join(" ");
  return { title: title.replace(/\s+/g, " ").trim(), parts };
}
