import { X } from "lucide-react";
import { useStore } from "react-redux";
import { useNavigate } from "react-router";

import { useAccountId, useLostValues, useSync } from "../../sync/hooks";
import { valueAt } from "../../sync/lost-values/fieldEdits";
import { selectRecords } from "../../sync/selectors";
import type { LostValue, RootState } from "../../sync/state";
import { valueWords, type Names } from "../../ui/changes/fieldWords";
import { useToday } from "../../ui/days/calendarContext";
import { dayWords } from "../../ui/days/dayWords";
import { Notice } from "../../ui/feedback/Notice";
import { NoticeStack } from "../../ui/feedback/NoticeStack";
import { showToast } from "../../ui/feedback/toasts";
import { Button } from "../../ui/inputs/Button";
import { IconButton } from "../../ui/inputs/IconButton";
import { boardPaths } from "../../ui/layout/boardPaths";
import { useShowTask } from "../../ui/layout/useTaskLink";
import styles from "./LostValueNotices.module.css";
import { lostValueWords } from "./lostValueWords";

/** So many are told at once; the others follow as these are answered. */
const SHOWN = 2;

function useOpen(): (loss: LostValue) => (() => void) | null {
  const navigate = useNavigate();
  const showTask = useShowTask();
  return ({ type, board_id, record_id }) => {
    if (type === "task") return () => showTask({ board_id, task_id: record_id });
    if (type === "goal") return () => void navigate(boardPaths.goal(board_id, record_id));
    return type === "profile" ? null : () => void navigate(boardPaths.board(board_id));
  };
}

function LostValueNotice({ loss }: { loss: LostValue }) {
  const sync = useSync();
  const accountId = useAccountId();
  const today = useToday();
  const records = selectRecords(useStore<RootState>().getState(), loss.board_id);
  const { list, member } = records;
  const open = useOpen()(loss);
  const names: Names = {
    list: (id) => list[id]?.title,
    person: (id) => member[id]?.name,
    day: (day) => dayWords(day, today),
  };
  const words = lostValueWords(loss, accountId, names.person);
  const restore = () => {
    if (!sync.restoreValue(loss.id)) showToast("It cannot be put back: what it belongs to is gone.");
  };
  return (
    <Notice
      tone="info"
      action={
        <>
          {open && (
            <Button variant="text" onClick={open}>
              Open
            </Button>
          )}
          <Button onClick={restore}>
            {words.restore}
          </Button>
          <IconButton icon={X} label="Dismiss" size={16} onClick={() => sync.dismissLostValue(loss.id)} />
        </>
      }
    >
      {words.happened}
      <dl className={styles.values}>
        <dt>{words.lost}</dt>
        <dd dir="auto">{valueWords(loss.field, loss.lost, names)}</dd>
        <dt>Now it is</dt>
        <dd dir="auto">{valueWords(loss.field, valueAt(records, loss) ?? loss.kept, names)}</dd>
      </dl>
    </Notice>
  );
}

/** Two wrote the same field without knowing of each other: the last one is shown, the other is one tap away. */
export function LostValueNotices() {
  const losses = useLostValues();
  if (losses.length === 0) return null;
  const rest = losses.length - SHOWN;
  return (
    <NoticeStack label="Values that were replaced">
      {losses.slice(0, SHOWN).map((loss) => (
        <LostValueNotice key={loss.id} loss={loss} />
      ))}
      {rest > 0 && <p className={styles.rest}>{rest === 1 ? "and 1 more" : `and ${rest} more`}</p>}
    </NoticeStack>
  );
}
