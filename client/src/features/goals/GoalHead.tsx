import { CalendarRange, UserRound } from "lucide-react";
import { useState } from "react";

import type { Goal, Id } from "../../protocol/records";
import { useMay, useMember, useMembers, useSendCommand } from "../../sync/hooks";
import { useToday } from "../../ui/days/calendarContext";
import { OptionPicker } from "../../ui/inputs/OptionPicker";
import { Avatar } from "../../ui/people/Avatar";
import { ProgressRing } from "../../ui/progress/ProgressRing";
import styles from "./GoalHead.module.css";
import { GoalLine } from "./GoalLine";
import { PeriodSheet } from "./PeriodSheet";
import { agoDays } from "./agoDays";
import { goalTone, periodWords } from "./goalWords";
import type { GoalSeries } from "./useGoalSeries";

const NOBODY = "nobody";

/** How a goal stands now, until when it runs and whose it is. */
export function GoalHead({ boardId, goal, figures }: { boardId: Id; goal: Goal; figures: GoalSeries }) {
  const today = useToday();
  const send = useSendCommand();
  const mayEdit = useMay(boardId, "goal.edit");
  const owner = useMember(boardId, goal.owner_id);
  const members = useMembers(boardId);
  const [ownerAnchor, setOwnerAnchor] = useState<HTMLElement | null>(null);
  const [isChoosingPeriod, setChoosingPeriod] = useState(false);
  const { progress } = figures;

  const ownerWords = (
    <>
      {owner ? <Avatar person={owner} size={20} decorative /> : <UserRound size={16} strokeWidth={1.75} aria-hidden />}
      {owner?.name ?? "No owner"}
    </>
  );
  const period = (
    <>
      <CalendarRange size={16} strokeWidth={1.75} aria-hidden />
      {periodWords(goal, today)}
    </>
  );
  return (
    <div className={styles.head}>
      <ProgressRing value={progress ?? 0} size={72} stroke={7} tone={goalTone(goal)} label="Progress">
        <span className={styles.percent}>{progress === null ? "–" : Math.round(progress * 100)}</span>
      </ProgressRing>
      <div className={styles.words}>
        <GoalLine goal={goal} figures={figures} />
        {goal.health_on !== null && goal.state === "open" && (
          <span className={styles.said}>Last said {agoDays(goal.health_on, today)}</span>
        )}
        <div className={styles.facts}>
          {mayEdit ? (
            <>
              <button type="button" className={styles.fact} onClick={() => setChoosingPeriod(true)}>
                {period}
              </button>
              <button type="button" className={styles.fact} onClick={(event) => setOwnerAnchor(event.currentTarget)}>
                {ownerWords}
              </button>
            </>
          ) : (
            <>
              <span className={styles.fact}>{period}</span>
              <span className={styles.fact}>{ownerWords}</span>
            </>
          )}
        </div>
      </div>
      <OptionPicker
        label="Owner"
        options={[
          ...members.map((member) => ({
            value: member.id,
            words: member.name,
            sign: <Avatar person={member} size={20} decorative />,
          })),
          { value: NOBODY, words: "No owner", sign: <UserRound size={16} strokeWidth={1.75} aria-hidden /> },
        ]}
        value={goal.owner_id ?? NOBODY}
        anchor={ownerAnchor}
        onPick={(id) =>
          void send({ type: "goal.edit", board_id: boardId, goal_id: goal.id, owner_id: id === NOBODY ? null : id })
        }
        onClose={() => setOwnerAnchor(null)}
      />
      {isChoosingPeriod && <PeriodSheet boardId={boardId} goal={goal} onClose={() => setChoosingPeriod(false)} />}
    </div>
  );
}
