import Dialog from "@mui/material/Dialog";
import { useId } from "react";

import { SpokenOver } from "../../ui/feedback/SpokenOver";
import { Kbd } from "../../ui/keys/Kbd";
import { MOD_KEY } from "../../ui/keys/useGlobalKeys";
import { Material } from "../../ui/theme/Material";
import styles from "./KeyHelp.module.css";

const GROUPS: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Anywhere",
    keys: [
      [[MOD_KEY, "K"], "Find and do everything"],
      [["Q"], "Add a task"],
      [["G", "T"], "Go to Today"],
      [["G", "G"], "Go to Goals"],
      [["G", "B"], "Go to boards"],
      [["?"], "This list"],
      [["Esc"], "Close what is open"],
    ],
  },
  {
    title: "On the task in focus",
    keys: [
      [["J"], "Next task"],
      [["K"], "Previous task"],
      [["Enter"], "Open"],
      [["C"], "Complete or reopen"],
      [["E"], "Edit"],
      [["D"], "Choose the day"],
      [["M"], "Move to a list"],
      [["X"], "Delete"],
    ],
  },
  {
    title: "While adding",
    keys: [
      [["#"], "Board"],
      [["@"], "Person"],
      [["p1"], "Priority, p1 to p3"],
      [["fri"], "Day: tomorrow, in 3 days, 12 Dec"],
      [["by fri"], "Due day"],
    ],
  },
];

/** What the keyboard can do. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const id = useId();
  return (
    <Material>
      {/* On a phone the list is longer than the screen: it takes the focus so that keys can scroll it. */}
      <Dialog open onClose={onClose} aria-labelledby={id} maxWidth="sm" slotProps={{ paper: { tabIndex: 0 } }}>
        <div className={styles.body}>
          <h2 id={id} className={styles.title}>
            Keys
          </h2>
          <div className={styles.groups}>
            {GROUPS.map(({ title, keys }) => (
              <section key={title}>
                <h3 className={styles.group}>{title}</h3>
                <dl>
                  {keys.map(([names, words]) => (
                    <div key={words} className={styles.line}>
                      <dt>{words}</dt>
                      <dd>
                        {names.map((name) => (
                          <Kbd key={name}>{name}</Kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </div>
        <SpokenOver />
      </Dialog>
    </Material>
  );
}
