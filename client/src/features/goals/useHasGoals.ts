import { useSelector } from "react-redux";

import type { Id } from "../../protocol/records";
import { selectGoals } from "../../sync/selectors";
import type { RootState } from "../../sync/state";

export function useHasGoals(boardIds: readonly Id[]): boolean {
  return useSelector((state: RootState) => boardIds.some((boardId) => selectGoals(state, boardId).length > 0));
}
