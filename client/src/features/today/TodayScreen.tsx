import { CalendarCheck, Plus } from "lucide-react";
import { useCallback, useMemo } from "react";

import type { Day, Task } from "../../protocol/records";
import { addDays, dayAt } from "../../sync/calendar";
import { useAccountId, useBoardStatus, useMyTasks, useProfile } from "../../sync/hooks";
import type { TaskOnBoard } from "../../sync/myTasks";
import { useToday } from "../../ui/days/calendarContext";
import { dayHeading, fullDay } from "../../ui/days/dayWords";
import { EmptyState } from "../../ui/feedback/EmptyState";
import { SkeletonRows } from "../../ui/feedback/SkeletonRows";
import { Button } from "../../ui/inputs/Button";
import { Page } from "../../ui/layout/Page";
import { Section } from "../../ui/layout/Section";
import { WindowedList } from "../../ui/layout/WindowedList";
import { TaskRows } from "../../ui/tasks/TaskRows";
import { useTaskActions } from "../../ui/tasks/taskActions";
import { DayRing } from "./DayRing";
import { MyTaskRow } from "./MyTaskRow";
import styles from "./TodayScreen.module.css";
import { dayProgress, groupTasks } from "./groupTasks";
import { quietWords } from "./quietWords";
import { useHeld } from "./useHeld";

const ROW_HEIGHT = 44;

/** Home: my tasks of all boards, the day first. */
export default function TodayScreen() {
  const today = useToday();
  const accountId = useAccountId();
  const status = useBoardStatus(accountId);
  const completedOn = useCompletedOn();
  const { held, hold } = useHeld();
  const actions = useTaskActions();
  const tasks = useMyTasks(`${addDays(today, -1)}T00:00:00.000Z`);
  const groups = useMemo(() => groupTasks(tasks, today, completedOn, held), [tasks, today, completedOn, held]);
  const add = () => actions.add({ for_today: true });
  const progress = dayProgress(groups);
  const hasDay = progress.all > 0;

  const rows = (label: string, entries: readonly TaskOnBoard[], headingDay: Day | null = null) => (
    <TaskRows label={label}>
      <WindowedList items={entries} keyOf={({ task }) => task.id} estimate={ROW_HEIGHT}>
        {(entry) => <MyTaskRow entry={entry} heading_day={headingDay} onTick={hold} />}
      </WindowedList>
    </TaskRows>
  );

  if (status === "loading") {
    return (
      <Page title="Today" subtitle={fullDay(today)}>
        <SkeletonRows />
      </Page>
    );
  }
  const quiet = groups.today.length > 0 ? null : quietWords(groups);
  const isNew = groups.today.length === 0 && quiet === null;
  return (
    <Page title="Today" subtitle={fullDay(today)} actions={hasDay && <DayRing {...progress} />}>
      {groups.overdue.length > 0 && (
        <Section title="Overdue" tone="bad" count={groups.overdue.length}>
          {rows("Overdue", groups.overdue)}
        </Section>
      )}
      {isNew ? (
        <FirstDay onAdd={add} />
      ) : (
        <Section title="Today" {...(quiet === null && { count: groups.today.length })}>
          {quiet === null ? rows("Today", groups.today, today) : <p className={styles.quiet}>{quiet}</p>}
          <button type="button" className={styles.add} onClick={add}>
            <Plus size={18} strokeWidth={1.75} aria-hidden />
            Add task
          </button>
        </Section>
      )}
      {groups.upcoming.map(({ day, tasks: entries }) => (
        <Section key={day} title={dayHeading(day, today)} count={entries.length}>
          {rows(dayHeading(day, today), entries, day)}
        </Section>
      ))}
      {groups.later.length > 0 && (
        <Section title="Later" count={groups.later.length} folded>
          {rows("Later", groups.later)}
        </Section>
      )}
      {groups.undated.length > 0 && (
        <Section title="No date" count={groups.undated.length} folded>
          {rows("No date", groups.undated)}
        </Section>
      )}
      {groups.done.length > 0 && (
        <Section title="Done today" count={groups.done.length} folded>
          {rows("Done today", groups.done)}
        </Section>
      )}
    </Page>
  );
}

function FirstDay({ onAdd }: { onAdd: () => void }) {
  return (
    <EmptyState
      icon={CalendarCheck}
      title="Plan your day"
      action={
        <Button variant="contained" color="accent" onClick={onAdd}>
          Add your first task
        </Button>
      }
    >
      Here stands what you plan for today, from all your boards. Write it as you would say it: “Run 5 km tomorrow”.
    </EmptyState>
  );
}

/** The day on which a task was completed, by my own clock. */
function useCompletedOn(): (task: Task) => string | null {
  const profile = useProfile();
  const zone = profile?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const hour = profile?.day_start_hour ?? 0;
  return useCallback(
    ({ completed_at }) => (completed_at === null ? null : dayAt(new Date(completed_at), zone, hour)),
    [zone, hour],
  );
}
