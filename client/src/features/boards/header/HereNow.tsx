import { useMemo } from "react";

import type { Id } from "../../../protocol/records";
import { useAccountId, useMembers, usePresence } from "../../../sync/hooks";
import { Avatar } from "../../../ui/people/Avatar";
import { personStyle } from "../../../ui/people/personColor";
import styles from "./HereNow.module.css";

const SHOWN = 4;

/** Who else looks at this board now, each in a ring of their colour. */
export function HereNow({ boardId }: { boardId: Id }) {
  const accountId = useAccountId();
  const members = useMembers(boardId);
  const people = usePresence(boardId);
  const here = useMemo(() => {
    const ids = new Set(people.map(({ account_id }) => account_id));
    return members.filter(({ id }) => ids.has(id) && id !== accountId);
  }, [people, members, accountId]);
  if (here.length === 0) return null;
  const rest = here.length - SHOWN;
  return (
    <ul className={styles.people} aria-label="Here now">
      {here.slice(0, rest === 1 ? SHOWN + 1 : SHOWN).map((member) => (
        <li key={member.id} className={styles.person} style={personStyle(member.color)}>
          <Avatar person={member} size={24} />
        </li>
      ))}
      {rest > 1 && <li className={styles.more}>+{rest}</li>}
    </ul>
  );
}
