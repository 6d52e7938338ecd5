import { CircleCheck, CircleDashed, CircleSlash, CircleX, Pencil, RotateCcw, Trash2, type LucideIcon } from "lucide-react";
import { useNavigate } from "react-router";

import type { Goal, GoalState, Id } from "../../protocol/records";
import { ActionMenu } from "../../ui/actions/ActionMenu";
import { useSendWithUndo } from "../../ui/feedback/useSendWithUndo";
import { boardPaths } from "../../ui/layout/boardPaths";
import { stateWords } from "./goalWords";

const ENDS: readonly [Exclude<GoalState, "open">, LucideIcon][] = [
  ["achieved", CircleCheck],
  ["partial", CircleDashed],
  ["missed", CircleX],
  ["dropped", CircleSlash],
];

/** What can be done to a goal as a whole: among it, closing it with an honest word. */
export function GoalMenu({ boardId, goal, onRename }: { boardId: Id; goal: Goal; onRename: () => void }) {
  const sendWithUndo = useSendWithUndo();
  const navigate = useNavigate();
  const onGoal = { board_id: boardId, goal_id: goal.id };

  const setState = (state: GoalState) => {
    const before = goal.state;
    const words = state === "open" ? "Goal reopened" : `Goal closed: ${stateWords[state].toLowerCase()}`;
    sendWithUndo({ type: "goal.edit", ...onGoal, state }, words, { type: "goal.edit", ...onGoal, state: before });
  };
  const remove = () => {
    void navigate(boardPaths.goals(boardId));
    sendWithUndo({ type: "goal.delete", ...onGoal }, `Deleted “${goal.title}”`, { type: "goal.restore", ...onGoal });
  };
  const ends = ENDS.map(([state, icon]) => ({ icon, words: stateWords[state], act: () => setState(state) }));
  return (
    <ActionMenu
      label="Actions for this goal"
      actions={[
        { icon: Pencil, words: "Rename", act: onRename },
        ...(goal.state === "open" ? ["Close as", ...ends] : [{ icon: RotateCcw, words: "Reopen", act: () => setState("open") }]),
        { icon: Trash2, words: "Delete goal", act: remove },
      ]}
    />
  );
}
