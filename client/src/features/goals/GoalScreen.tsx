import { CircleDot } from "lucide-react";
import { useParams } from "react-router";

import { useBoard, useBoardStatus, useGoal } from "../../sync/hooks";
import { EmptyState } from "../../ui/feedback/EmptyState";
import { SkeletonRows } from "../../ui/feedback/SkeletonRows";
import { ButtonLink } from "../../ui/inputs/Button";
import { Page } from "../../ui/layout/Page";
import { boardPaths } from "../../ui/layout/boardPaths";
import { GoalDetails } from "./GoalDetails";

/** A goal at its address: when it is here, else what is so. */
export default function GoalScreen() {
  const { boardId = "", goalId = "" } = useParams();
  const status = useBoardStatus(boardId);
  const board = useBoard(boardId);
  const goal = useGoal(boardId, goalId);
  if (board !== undefined && goal?.deleted_at === null) {
    return <GoalDetails key={goalId} board={board} goal={goal} />;
  }
  return (
    <Page title="Goal">
      {status === "loading" ? (
        <SkeletonRows />
      ) : (
        <EmptyState
          icon={CircleDot}
          title={goal === undefined ? "There is no such goal" : "This goal is in the trash"}
          action={
            board === undefined ? (
              <ButtonLink to="/goals">
                See my goals
              </ButtonLink>
            ) : (
              <ButtonLink to={goal === undefined ? boardPaths.goals(boardId) : boardPaths.trash(boardId)}>
                {goal === undefined ? "See the board’s goals" : "Open the trash"}
              </ButtonLink>
            )
          }
        >
          {goal === undefined
            ? "It is gone, or you no longer belong to its board."
            : "It can be restored with its key results and check-ins."}
        </EmptyState>
      )}
    </Page>
  );
}
