import { Check } from "lucide-react";
import { useState } from "react";

import type { Id } from "../../protocol/records";
import { Avatar, type Person } from "../people/Avatar";
import { Picker } from "./Picker";
import styles from "./Picker.module.css";
import { focusOnOpen } from "./focusOnOpen";

interface PersonPickerProps {
  label: string;
  people: readonly Person[];
  chosen_ids: readonly Id[];
  anchor: HTMLElement | null;
  /** Called for each press; the picker stays open, so that several can be chosen. */
  onToggle: (person: Person, chosen: boolean) => void;
  onClose: () => void;
}

const WORTH_SEARCHING = 8;

export function PersonPicker({ label, people, chosen_ids, anchor, onToggle, onClose }: PersonPickerProps) {
  const [words, setWords] = useState("");
  const shown = people.filter(({ name }) => name.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase()));
  return (
    <Picker label={label} anchor={anchor} onClose={onClose}>
      {people.length > WORTH_SEARCHING && (
        <input
          className={styles.search}
          aria-label="Search people"
          placeholder="Search people"
          value={words}
          ref={focusOnOpen}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      <div className={styles.list} role="group" aria-label={label}>
        {shown.map((person) => {
          const isChosen = chosen_ids.includes(person.id);
          return (
            <button
              key={person.id}
              type="button"
              role="checkbox"
              aria-checked={isChosen}
              className={styles.option}
              onClick={() => onToggle(person, !isChosen)}
            >
              <Avatar person={person} size={24} decorative />
              <span className={styles.grow}>{person.name}</span>
              <Check size={16} strokeWidth={2} aria-hidden style={{ visibility: isChosen ? "visible" : "hidden" }} />
            </button>
          );
        })}
        {shown.length === 0 && <p className={styles.empty}>Nobody by that name is on this board.</p>}
      </div>
    </Picker>
  );
}
