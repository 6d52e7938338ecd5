import { useState } from "react";
import { useStore } from "react-redux";

import type { Task } from "../../../protocol/records";
import { useMembers } from "../../../sync/hooks";
import { selectRecords } from "../../../sync/selectors";
import type { RootState } from "../../../sync/state";
import { useToday } from "../../../ui/days/calendarContext";
import { agoWords, dayWords } from "../../../ui/days/dayWords";
import { Button } from "../../../ui/inputs/Button";
import { Section } from "../../../ui/layout/Section";
import { FieldSteps } from "./FieldSteps";
import styles from "./TaskPanel.module.css";
import { activityWords, type ActivityNames } from "./activityWords";
import { fieldHistory } from "./fieldHistory";
import { useActivity } from "./useActivity";

/** So many lines say what is new; the rest is asked for. */
const FIRST = 20;
const MORE = 100;

/** What happened to the task, from the change log; read only when it is unfolded. */
export function ActivityPart({ board_id, task }: { board_id: string; task: Task }) {
  return (
    <Section title="Activity" folded>
      <ActivityLines board_id={board_id} task={task} />
    </Section>
  );
}

function ActivityLines({ board_id, task }: { board_id: string; task: Task }) {
  const activity = useActivity(board_id, task);
  const members = useMembers(board_id);
  const store = useStore<RootState>();
  const today = useToday();
  const [shown, setShown] = useState(FIRST);
  const names: ActivityNames = {
    list: (id) => selectRecords(store.getState(), board_id).list[id]?.title,
    person: (id) => members.find((member) => member.id === id)?.name,
    day: (day) => dayWords(day, today),
  };
  if (activity.status === "reading") return <p className={styles.quiet}>Reading…</p>;
  if (activity.status === "unread") return <p className={styles.quiet}>{activity.words}</p>;
  const now = new Date();
  const lines = activity.changes.flatMap((change) => {
    const words = activityWords(change, task.id, names);
    return words === null ? [] : [{ ...change, words }];
  });
  const history = fieldHistory([...activity.changes].reverse(), task.id);
  return (
    <>
      <ol className={styles.activity}>
        {lines.slice(0, shown).map(({ seq, by, at, words }) => (
          <li key={seq}>
            <div className={styles.happened}>
              <strong>{names.person(by) ?? "Somebody"}</strong> {words}
              <FieldSteps
                board_id={board_id}
                task={task}
                steps={history.get(seq) ?? []}
                names={names}
                readRecords={() => selectRecords(store.getState(), board_id)}
              />
            </div>
            <time dateTime={at}>{agoWords(at, now)}</time>
          </li>
        ))}
      </ol>
      {lines.length > shown && (
        <Button variant="text" onClick={() => setShown(shown + MORE)}>
          Show earlier
        </Button>
      )}
    </>
  );
}
