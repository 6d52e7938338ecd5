import { CircleDot, Plus, SquareKanban, Sun, type LucideIcon } from "lucide-react";
import { NavLink } from "react-router";

import { Avatar, type Person } from "../../ui/people/Avatar";
import { paths } from "../paths";
import styles from "./BottomBar.module.css";

function Place({ to, icon: Icon, words }: { to: string; icon: LucideIcon; words: string }) {
  return (
    <NavLink to={to} className={({ isActive }) => `${styles.place} ${isActive ? styles.active : ""}`}>
      <Icon size={20} strokeWidth={1.75} aria-hidden />
      {words}
    </NavLink>
  );
}

/** The places of the application under the thumb, with adding in their middle. */
export function BottomBar({ me, onAdd }: { me: Person; onAdd: () => void }) {
  return (
    <nav className={styles.bar} aria-label="Places">
      <Place to={paths.today} icon={Sun} words="Today" />
      <Place to={paths.boards} icon={SquareKanban} words="Boards" />
      <button type="button" className={styles.add} aria-label="Add task" onClick={onAdd}>
        <Plus size={24} strokeWidth={2} aria-hidden />
      </button>
      <Place to={paths.goals} icon={CircleDot} words="Goals" />
      <NavLink to={paths.settings} className={({ isActive }) => `${styles.place} ${isActive ? styles.active : ""}`}>
        <Avatar person={me} size={20} decorative />
        Me
      </NavLink>
    </nav>
  );
}
