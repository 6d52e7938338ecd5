import { useMemo } from "react";
import { shallowEqual, useSelector, useStore } from "react-redux";
import { useNavigate, type To } from "react-router";

import { useSignOut } from "../../features/account/sign-out/signOutContext";
import { selectBoardList } from "../../sync/boards";
import { isLive } from "../../sync/records";
import { selectGoals, selectLists, selectRecords, selectTasksOfList } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { boardPaths } from "../../ui/layout/boardPaths";
import { useShowTask } from "../../ui/layout/useTaskLink";
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

/** All that the items are made of, so that only a change of these makes them anew. */
function selectFindable(state: RootState): readonly object[] {
  return selectBoardList(state).flatMap(({ board }) => {
    const { goal, list, task } = selectRecords(state, board.id);
    return [board, goal, list, task];
  });
}

/** Everything the palette can find, as of now. */
export function usePaletteItems({ newBoard, showKeys }: ShellActions): RunnableItem[] {
  const store = useStore<RootState>();
  const findable = useSelector(selectFindable, shallowEqual);
  const signOut = useSignOut();
  const navigate = useNavigate();
  const showTask = useShowTask();
  const actions = useTaskActions();
  return useMemo(() => {
    const state = store.getState();
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
      action("Sign out", signOut, "", "log out"),
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
            run: () => showTask({ board_id: board.id, task_id: task.id }),
          })),
      ),
    ];
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `findable` says when to read the store again
  }, [findable, store, signOut, navigate, showTask, actions, newBoard, showKeys]);
}
