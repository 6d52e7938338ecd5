import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { CircleCheck, CircleDashed, CircleSlash, CircleX, Ellipsis, Pencil, RotateCcw, Trash2, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";

import type { Goal, GoalState, Id } from "../../protocol/records";
import { useSendWithUndo } from "../../ui/feedback/useSendWithUndo";
import { IconButton } from "../../ui/inputs/IconButton";
import { boardPaths } from "../../ui/layout/boardPaths";
import styles from "./GoalMenu.module.css";
import { stateWords } from "./goalWords";

const ENDS: readonly [Exclude<GoalState, "open">, LucideIcon][] = [
  ["achieved", CircleCheck],
  ["partial", CircleDashed],
  ["missed", CircleX],
  ["dropped", CircleSlash],
];

/** What can be done to a goal as a whole: among it, closing it with an honest word. */
export function GoalMenu({ boardId, goal, onRename }: { boardId: Id; goal: Goal; onRename: () => void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
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
  const item = (Icon: LucideIcon, words: string, act: () => void) => (
    <MenuItem
      key={words}
      onClick={() => {
        setAnchor(null);
        requestAnimationFrame(act);
      }}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {words}
    </MenuItem>
  );
  return (
    <>
      <IconButton
        icon={Ellipsis}
        label="Actions for this goal"
        expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {item(Pencil, "Rename", onRename)}
        {goal.state === "open" && (
          <li className={styles.group} role="presentation">
            Close as
          </li>
        )}
        {goal.state === "open"
          ? ENDS.map(([state, Icon]) => item(Icon, stateWords[state], () => setState(state)))
          : item(RotateCcw, "Reopen", () => setState("open"))}
        {item(Trash2, "Delete goal", remove)}
      </Menu>
    </>
  );
}
