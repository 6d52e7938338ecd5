import type { Id } from "../../src/protocol/records";
import { Account, somebody } from "../account";
import { addGoal, makeBoard } from "../furnish";

/** Titles as people really write them: too long, from right to left, without a space, with emoji. */
const TITLES = [
  "Order the new shelves",
  "Compare the three offers for the roof, call back those who have not answered by Friday, and write down what each of them says about the gutters, the insulation and the scaffolding",
  "لا تنس شراء هدية عيد ميلاد ليلى قبل يوم الخميس",
  "להזמין כרטיסים לרכבת ולבדוק את שעות היציאה",
  "🎉🎂 Party for Jonas 🥳 cake, candles, playlist 👩‍👩‍👧‍👦",
  "Donaudampfschifffahrtsgesellschaftskapitänsmützenreinigungsmittelbestellung",
  "https://example.org/a/very/long/address/that/has/no/place/to/break?and=a&query=string#with-a-fragment",
  "买菜：白菜、豆腐、鸡蛋、牛奶",
  "Ring",
];

const LISTS = ["Inbox", "A list whose title is longer than its column is wide, by a good deal", "انتظار", "Done 🎉"];
const TASKS = 500;

export interface FullBoard {
  readonly id: Id;
  readonly title: string;
  readonly owner: Account;
  readonly goalTitle: string;
}

/** A board with 500 tasks, and titles that try the layout. */
export async function fullBoard(node: string): Promise<FullBoard> {
  const owner = await Account.signUp(node, somebody("Maximiliane-Alexandra Wolfeschlegelsteinhausen"));
  const titles = Array.from({ length: TASKS }, (_, index) => `${TITLES[index % TITLES.length] ?? ""}${index < TITLES.length ? "" : ` ${index}`}`);
  const lists = Object.fromEntries(LISTS.map((list, at) => [list, titles.filter((_, index) => index % LISTS.length === at)]));
  const mineToday = { assignee_ids: [owner.id], scheduled_on: new Date().toISOString().slice(0, 10) };
  const board = await makeBoard(owner, "Everything that has to be done before we can move into the house 🏡", lists, mineToday);
  const goalTitle = "Move in before the snow comes, with a roof that is tight, a warm kitchen and all boxes unpacked";
  await addGoal(owner, board.id, { title: goalTitle, keyResult: "Boxes that are still to be unpacked", unit: "boxes", from: 124, to: 0 });
  return { id: board.id, title: board.title, owner, goalTitle };
}
