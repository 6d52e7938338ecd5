import { useMemo } from "react";
import { useSelector } from "react-redux";
import { useNavigate, type To } from "react-router";

import { selectBoardList } from "../../sync/boards";
import { useSync } from "../../sync/hooks";
import { isLive } from "../../sync/records";
import { selectGoals, selectLists, selectTasksOfList } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { boardPaths } from "../../ui/layout/boardPaths";
import { useTaskLink } from "../../ui/layout/useTaskLink";
import { useTaskActions } from "../../ui/tasks/taskActions";
import { chooseTheme } from "../../ui/theme/themeChoice";
import { paths } from "../paths";
import type { PaletteItem } from "./searchItems";

export interface RunnableItem extends PaletteItem {
  run: () => void;
}

interface ShellActions {
  newBoard: () => void;
  showKeys: () => void;
}

/** Everything the palette can find, as of now. */
export function usePaletteItems({ newBoard, showKeys }: ShellActions): RunnableItem[] {
  const state = useSelector((root: RootState) => root);
  const sync = useSync();
  const navigate = useNavigate();
  const taskLink = useTaskLink();
  const actions = useTaskActions();
  return useMemo(() => {
    const go = (to: To) => () => void navigate(to);
    const boards = selectBoardList(state);
    const action = (words: string, run: () => void, hint = "", aliases = ""): RunnableItem => ({
      id: words,
      words,
      hint,
      aliases,
      group: "Actions",
      run,
    });
    const place = (words: string, to: string, hint = ""): RunnableItem => ({
      id: to,
      words,
      hint,
      group: "Places",
      run: go(to),
    });
    return [
      action("Add task", () => actions.add(), "Q", "new create"),
      action("New board", newBoard, "", "add create"),
      place("Today", paths.today, "G T"),
      place("Goals", paths.goals, "G G"),
      place("Boards", paths.boards, "G B"),
      place("Settings and devices", paths.settings),
      ...boards.map(({ board }): RunnableItem => ({
        id: board.id,
        words: board.title,
        hint: "Board",
        group: "Boards",
        run: go(paths.board(board.id)),
      })),
      action("Use the light theme", () => chooseTheme("light"), "", "mode day"),
      action("Use the dark theme", () => chooseTheme("dark"), "", "mode night"),
      action("Use the system’s theme", () => chooseTheme("system"), "", "mode auto"),
      action("Show the keys", showKeys, "?", "help shortcuts"),
      action("Sign out", () => void sync.signOut(), "", "log out"),
      ...boards.flatMap(({ board }) =>
        selectGoals(state, board.id).map((goal): RunnableItem => ({
          id: goal.id,
          words: goal.title,
          hint: board.title,
          group: "Goals",
          run: go(boardPaths.goal(board.id, goal.id)),
        })),
      ),
      ...boards.flatMap(({ board }) =>
        selectLists(state, board.id)
          .flatMap((list) => selectTasksOfList(state, board.id, list.id))
          .filter(isLive)
          .map((task): RunnableItem => ({
            id: task.id,
            words: task.title,
            hint: board.title,
            group: "Tasks",
            isDone: task.completed_at !== null,
            run: go(taskLink({ board_id: board.id, task_id: task.id })),
          })),
      ),
    ];
  }, [state, sync, navigate, taskLink, actions, newBoard, showKeys]);
}
