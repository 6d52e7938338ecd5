import { Funnel, UserRound, UserRoundX, X } from "lucide-react";
import { useRef, useState } from "react";

import type { Id } from "../../../protocol/records";
import { useAccountId, useMembers } from "../../../sync/hooks";
import { IconButton } from "../../../ui/inputs/IconButton";
import { OptionPicker, type Option } from "../../../ui/inputs/OptionPicker";
import { Avatar } from "../../../ui/people/Avatar";
import { EVERYONE, type PersonFilter } from "../shownTasks";
import styles from "./PersonFilterButton.module.css";

const EVERYONE_VALUE = "everyone";
const NOBODY_VALUE = "nobody";

interface PersonFilterButtonProps {
  boardId: Id;
  filter: PersonFilter;
  onChoose: (filter: PersonFilter) => void;
}

/** Shows only the tasks of one person. While it does, it says so and can be taken off. */
export function PersonFilterButton({ boardId, filter, onChoose }: PersonFilterButtonProps) {
  const accountId = useAccountId();
  const members = useMembers(boardId);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const place = useRef<HTMLSpanElement>(null);
  const chosen = filter.kind === "person" ? members.find(({ id }) => id === filter.id) : undefined;

  const options: Option<string>[] = [
    { value: EVERYONE_VALUE, words: "Everyone’s tasks", sign: <UserRound size={16} strokeWidth={1.75} aria-hidden /> },
    ...members.map((member) => ({
      value: member.id,
      words: member.id === accountId ? "Mine" : member.name,
      sign: <Avatar person={member} size={20} decorative />,
    })),
    { value: NOBODY_VALUE, words: "Nobody’s yet", sign: <UserRoundX size={16} strokeWidth={1.75} aria-hidden /> },
  ];

  return (
    <span ref={place} className={styles.filter}>
      {filter.kind === "everyone" ? (
        <IconButton
          icon={Funnel}
          label="Show the tasks of one person"
          expanded={anchor !== null}
          onClick={() => setAnchor(place.current)}
        />
      ) : (
        <span className={styles.chip}>
          <button type="button" className={styles.chosen} onClick={() => setAnchor(place.current)}>
            {chosen && <Avatar person={chosen} size={20} decorative />}
            <span className={styles.words}>{wordsOf(filter, chosen?.name, accountId)}</span>
          </button>
          <button type="button" className={styles.off} aria-label="Show everyone’s tasks" onClick={() => onChoose(EVERYONE)}>
            <X size={14} strokeWidth={2} aria-hidden />
          </button>
        </span>
      )}
      <OptionPicker
        label="Whose tasks"
        options={options}
        value={filter.kind === "person" ? filter.id : filter.kind}
        anchor={anchor}
        onPick={(value) =>
          onChoose(
            value === EVERYONE_VALUE ? EVERYONE : value === NOBODY_VALUE ? { kind: "nobody" } : { kind: "person", id: value },
          )
        }
        onClose={() => setAnchor(null)}
      />
    </span>
  );
}

function wordsOf(filter: PersonFilter, name: string | undefined, accountId: Id): string {
  if (filter.kind !== "person") return "Nobody’s";
  return filter.id === accountId ? "Mine" : (name ?? "Somebody who left");
}
