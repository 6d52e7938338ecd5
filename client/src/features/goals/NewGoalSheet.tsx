import MenuItem from "@mui/material/MenuItem";
import Select from "@mui/material/Select";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useStore } from "react-redux";
import { useNavigate } from "react-router";

import type { Id } from "../../protocol/records";
import { useAccountId, useBoards, useSendCommand } from "../../sync/hooks";
import { newId } from "../../sync/ids";
import { positionAtEnd } from "../../sync/positions";
import { mayCommand } from "../../sync/roles";
import { selectGoals } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { useCalendar } from "../../ui/days/calendarContext";
import { Button } from "../../ui/inputs/Button";
import { Field } from "../../ui/inputs/Field";
import { Fieldset } from "../../ui/inputs/Fieldset";
import { FormSheet } from "../../ui/layout/FormSheet";
import { boardPaths } from "../../ui/layout/boardPaths";
import { BoardSign } from "../../ui/people/BoardSign";
import { Material } from "../../ui/theme/Material";
import styles from "./NewGoalSheet.module.css";
import { KeyResultFields } from "./key-results/KeyResultFields";
import { isUntouched, meant, NEW_DRAFT, troubleOf } from "./key-results/keyResultDraft";
import { offeredPeriods, periodNames, periodOf, type PeriodName } from "./periods";

interface NewGoalSheetProps {
  /** Absent: the person chooses one of their boards. */
  boardId?: Id;
  onClose: () => void;
}

/** A goal in one short flow: what, until when, measured by what. */
export function NewGoalSheet({ boardId, onClose }: NewGoalSheetProps) {
  const calendar = useCalendar();
  const accountId = useAccountId();
  const store = useStore<RootState>();
  const send = useSendCommand();
  const navigate = useNavigate();
  const boards = useBoards().filter(({ role }) => mayCommand(role, "goal.create"));
  const offered = offeredPeriods(calendar.today, calendar.week_start);
  const [chosenBoard, setChosenBoard] = useState(boardId ?? accountId);
  const [title, setTitle] = useState("");
  const [why, setWhy] = useState("");
  const [period, setPeriod] = useState<PeriodName>(offered.includes("quarter") ? "quarter" : "none");
  const [drafts, setDrafts] = useState([NEW_DRAFT]);
  const [isTried, setTried] = useState(false);

  const submit = () => {
    setTried(true);
    const measured = drafts.filter((draft) => !isUntouched(draft));
    if (title.trim() === "" || measured.some((draft) => troubleOf(draft) !== null)) return;
    const goalId = newId();
    void send({
      type: "goal.create",
      board_id: chosenBoard,
      goal_id: goalId,
      title: title.trim(),
      why: why.trim(),
      owner_id: accountId,
      position: positionAtEnd(selectGoals(store.getState(), chosenBoard)),
      ...periodOf(period, calendar.today, calendar.week_start),
    });
    const made: { position: string }[] = [];
    for (const draft of measured) {
      const position = positionAtEnd(made);
      made.push({ position });
      void send({
        type: "key_result.create",
        board_id: chosenBoard,
        key_result_id: newId(),
        goal_id: goalId,
        position,
        ...meant(draft, title.trim()),
      });
    }
    onClose();
    void navigate(boardPaths.goal(chosenBoard, goalId));
  };

  return (
    <FormSheet
      title="New goal"
      onSubmit={submit}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" color="accent">
            Make goal
          </Button>
        </>
      }
    >
      <Field
        label="What do you want to reach?"
        value={title}
        onChange={setTitle}
        placeholder="Run a half marathon"
        max_length={500}
        focused
        error={isTried && title.trim() === "" ? "Give it a name." : null}
      />
      <Field label="Why (if you like)" value={why} onChange={setWhy} placeholder="To feel light on the stairs" max_length={20_000} />
      {boardId === undefined && boards.length > 1 && (
        <div className={styles.board}>
          <span id="goal-board">On board</span>
          <Material>
            <Select labelId="goal-board" value={chosenBoard} onChange={(event) => setChosenBoard(event.target.value)}>
              {boards.map(({ board }) => (
                <MenuItem key={board.id} value={board.id}>
                  <span className={styles.option}>
                    <BoardSign board={board} size={20} />
                    {board.title}
                  </span>
                </MenuItem>
              ))}
            </Select>
          </Material>
        </div>
      )}
      <Fieldset label="Until when">
        <div className={styles.periods}>
          {offered.map((name) => (
            <label key={name} className={styles.period}>
              <input
                type="radio"
                name="period"
                className="visually-hidden"
                checked={name === period}
                onChange={() => setPeriod(name)}
              />
              {periodNames[name]}
            </label>
          ))}
        </div>
      </Fieldset>
      {drafts.map((draft, index) => (
        <div key={index} className={styles.keyResult} role="group" aria-label={`Key result ${index + 1}`}>
          <KeyResultFields
            draft={draft}
            onChange={(next) => setDrafts(drafts.map((known, at) => (at === index ? next : known)))}
            trouble={isTried && !isUntouched(draft) ? troubleOf(draft) : null}
            isNew
            titlePlaceholder="Longest run"
          />
        </div>
      ))}
      <Button
        variant="text"
        startIcon={<Plus size={16} strokeWidth={1.75} aria-hidden />}
        onClick={() => setDrafts([...drafts, NEW_DRAFT])}
        className={styles.more}
      >
        Measure something more
      </Button>
    </FormSheet>
  );
}
