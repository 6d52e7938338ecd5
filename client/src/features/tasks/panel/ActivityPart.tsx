import { useStore } from "react-redux";

import type { Task } from "../../../protocol/records";
import { useMembers } from "../../../sync/hooks";
import { selectRecords } from "../../../sync/selectors";
import type { RootState } from "../../../sync/state";
import { useToday } from "../../../ui/days/calendarContext";
import { agoWords, dayWords } from "../../../ui/days/dayWords";
import { Section } from "../../../ui/layout/Section";
import { FieldSteps } from "./FieldSteps";
import styles from "./TaskPanel.module.css";
import { activityWords, type ActivityNames } from "./activityWords";
import { fieldHistory } from "./fieldHistory";
import { useActivity } from "./useActivity";

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
  const names: ActivityNames = {
    list: (id) => selectRecords(store.getState(), board_id).list[id]?.title,
    person: (id) => members.find((member) => member.id === id)?.name,
    day: (day) => dayWords(day, today),
  };
  if (activity.status === "reading") return <p className={styles.quiet}>Reading…</p>;
  if (activity.status === "unread") return <p className={styles.quiet}>{activity.words}</p>;
  const now = new Date();
  const history = fieldHistory([...activity.changes].reverse(), task.id);
  return (
    <ol className={styles.activity}>
      {activity.changes.map((change) => {
        const words = activityWords(change, task.id, names);
        return (
          words !== null && (
            <li key={change.seq}>
              <div className={styles.happened}>
                <strong>{names.person(change.by) ?? "Somebody"}</strong> {words}
                <FieldSteps
                  board_id={board_id}
                  task={task}
                  steps={history.get(change.seq) ?? []}
                  names={names}
                  readRecords={() => selectRecords(store.getState(), board_id)}
                />
              </div>
              <time dateTime={change.at}>{agoWords(change.at, now)}</time>
            </li>
          )
        );
      })}
    </ol>
  );
}
