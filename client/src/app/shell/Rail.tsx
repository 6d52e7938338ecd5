import { CircleDot, Plus, Search, Sun, type LucideIcon } from "lucide-react";
import { NavLink } from "react-router";

import { useBoards } from "../../sync/hooks";
import { Kbd } from "../../ui/keys/Kbd";
import { MOD_KEY } from "../../ui/keys/useGlobalKeys";
import { Avatar, type Person } from "../../ui/people/Avatar";
import { BoardSign } from "../../ui/people/BoardSign";
import { paths } from "../paths";
import styles from "./Rail.module.css";
import { SyncLine } from "./SyncLine";
import { useWideRail } from "./useWideRail";

interface RailProps {
  me: Person;
  onSearch: () => void;
  onAdd: () => void;
  onNewBoard: () => void;
}

const PLACES: { to: string; icon: LucideIcon; words: string }[] = [
  { to: paths.today, icon: Sun, words: "Today" },
  { to: paths.goals, icon: CircleDot, words: "Goals" },
];

const itemClass = ({ isActive }: { isActive: boolean }): string => `${styles.item} ${isActive ? styles.active : ""}`;

/** The places of the application, at the left of a desktop. Narrow windows see only its signs. */
export function Rail({ me, onSearch, onAdd, onNewBoard }: RailProps) {
  const boards = useBoards();
  const isWide = useWideRail();
  return (
    <nav className={styles.rail} aria-label="Places">
      <button type="button" className={`${styles.item} ${styles.add}`} onClick={onAdd}>
        <Plus size={18} strokeWidth={2} aria-hidden />
        <span className={styles.words}>Add task</span>
        <Kbd>Q</Kbd>
      </button>
      <button type="button" className={styles.item} onClick={onSearch}>
        <Search size={18} strokeWidth={1.75} aria-hidden />
        <span className={styles.words}>Search</span>
        <Kbd>{`${MOD_KEY} K`}</Kbd>
      </button>
      {PLACES.map(({ to, icon: Icon, words }) => (
        <NavLink key={to} to={to} className={itemClass} title={words}>
          <Icon size={18} strokeWidth={1.75} aria-hidden />
          <span className={styles.words}>{words}</span>
        </NavLink>
      ))}
      <div className={styles.head}>
        <h2 className={styles.words}>Boards</h2>
        <button type="button" className={styles.newBoard} aria-label="New board" title="New board" onClick={onNewBoard}>
          <Plus size={16} strokeWidth={1.75} aria-hidden />
        </button>
      </div>
      <ul className={styles.boards}>
        {boards.map(({ board }) => (
          <li key={board.id}>
            <NavLink to={paths.board(board.id)} className={itemClass} title={board.title}>
              <BoardSign board={board} size={20} />
              <span className={styles.words} dir="auto">
                {board.title}
              </span>
            </NavLink>
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        {isWide && <SyncLine />}
        <NavLink to={paths.settings} className={itemClass} title="Settings">
          <Avatar person={me} size={20} decorative />
          <span className={styles.words}>{me.name}</span>
          <span className="visually-hidden">Settings</span>
        </NavLink>
      </div>
    </nav>
  );
}
