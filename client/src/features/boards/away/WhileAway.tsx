import { ChevronDown, ChevronUp, History, X } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";

import type { Id, Member } from "../../../protocol/records";
import { useMembers } from "../../../sync/hooks";
import { agoWords } from "../../../ui/days/dayWords";
import { IconButton } from "../../../ui/inputs/IconButton";
import { boardPaths } from "../../../ui/layout/boardPaths";
import { useTaskLink } from "../../../ui/layout/useTaskLink";
import { Avatar } from "../../../ui/people/Avatar";
import styles from "./WhileAway.module.css";
import { actWords, type AwayEntry, type Subject } from "./awayEntries";
import { useAway } from "./useAway";

const FIRST = 8;

/** "Bo", "Bo and Cy", "Bo, Cy and 2 others". */
function peopleWords(entries: readonly AwayEntry[], members: readonly Member[]): string {
  const names = [...new Set(entries.map(({ by }) => by))].map((id) => members.find((member) => member.id === id)?.name ?? "somebody");
  const [first = "", second, ...others] = names;
  if (second === undefined) return first;
  return others.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${others.length === 1 ? "1 other" : `${others.length} others`}`;
}

/** What others did since this board was last looked at here: offered, folded away until asked for. */
export function WhileAway({ boardId }: { boardId: Id }) {
  const { entries, read, dismiss } = useAway(boardId);
  const members = useMembers(boardId);
  const [isOpen, setOpen] = useState(false);
  const [isAll, setAll] = useState(false);
  if (entries.length === 0) return null;
  const shown = isAll ? entries : entries.slice(0, FIRST);
  const Chevron = isOpen ? ChevronUp : ChevronDown;
  const count = entries.length === 1 ? "1 thing" : `${entries.length} things`;
  return (
    <section className={styles.away} aria-label="While you were away">
      <div className={styles.head}>
        <button
          type="button"
          className={styles.offer}
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
            read();
          }}
        >
          <History size={16} strokeWidth={1.75} aria-hidden />
          <span className={styles.words}>
            <strong>While you were away</strong>
            <span>
              {count} by {peopleWords(entries, members)}
            </span>
          </span>
          <Chevron size={16} strokeWidth={1.75} aria-hidden />
        </button>
        <IconButton icon={X} label="Dismiss" size={16} onClick={dismiss} />
      </div>
      {isOpen && (
        <ol className={styles.entries}>
          {shown.map((entry) => (
            <Entry key={entry.key} boardId={boardId} entry={entry} person={members.find(({ id }) => id === entry.by)} />
          ))}
          {shown.length < entries.length && (
            <li>
              <button type="button" className={styles.more} onClick={() => setAll(true)}>
                Show all {entries.length}
              </button>
            </li>
          )}
        </ol>
      )}
    </section>
  );
}

interface EntryProps {
  boardId: Id;
  entry: AwayEntry;
  /** Absent: they have left since. */
  person: Member | undefined;
}

function Entry({ boardId, entry: { by, at, acts, subject }, person }: EntryProps) {
  return (
    <li className={styles.entry}>
      <Avatar person={person ?? { id: by, name: "Former member", color: 7 }} size={20} decorative />
      <span className={styles.what}>
        <strong>{person?.name ?? "Somebody"}</strong> {actWords(acts)} <SubjectName boardId={boardId} subject={subject} acts={acts} />
      </span>
      <time dateTime={at}>{agoWords(at, new Date())}</time>
    </li>
  );
}

function SubjectName({ boardId, subject, acts }: { boardId: Id; subject: Subject; acts: readonly string[] }) {
  const taskLink = useTaskLink();
  const { kind, id, name, is_here } = subject;
  if (kind === "board") return acts.includes("joined") ? "the board" : <>the board “{name}”</>;
  const words = <bdi>{name === "" ? `a ${kind}` : kind === "task" ? name : `the ${kind} ${name}`}</bdi>;
  if (!is_here || kind === "list") return words;
  return (
    <Link
      {...(kind === "task" ? taskLink({ board_id: boardId, task_id: id }) : { to: boardPaths.goal(boardId, id) })}
      className={styles.link}
    >
      {words}
    </Link>
  );
}
