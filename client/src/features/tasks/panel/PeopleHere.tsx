import type { Id } from "../../../protocol/records";
import { useAccountId, useMembers, usePresence } from "../../../sync/hooks";
import { AvatarStack } from "../../../ui/people/AvatarStack";

/** The others who have this task open now. */
export function PeopleHere({ board_id, task_id }: { board_id: Id; task_id: Id }) {
  const accountId = useAccountId();
  const members = useMembers(board_id);
  const looking = usePresence(board_id)
    .filter(({ account_id, task_ids }) => account_id !== accountId && task_ids.includes(task_id))
    .map(({ account_id }) => account_id);
  const people = members.filter(({ id }) => looking.includes(id)).map((person) => ({ ...person, here: true }));
  return people.length === 0 ? null : <AvatarStack people={people} size={24} />;
}
