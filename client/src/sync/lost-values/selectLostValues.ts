import { selectRecords } from "../selectors";
import type { LostValue, RootState } from "../state";
import { valueAt } from "./fieldEdits";

/** Those that are not shown again by themselves: somebody may have put the value back already. */
export function selectLostValues(state: RootState): readonly LostValue[] {
  return state.sync.lost_values.filter((loss) => valueAt(selectRecords(state, loss.board_id), loss) !== loss.lost);
}
