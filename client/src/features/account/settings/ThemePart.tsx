import { Monitor, Moon, Sun } from "lucide-react";

import { Choice } from "../../../ui/inputs/Choice";
import { chooseTheme, useThemeChoice, type ThemeChoice } from "../../../ui/theme/themeChoice";
import { SettingsPart } from "./SettingsPart";
import styles from "./settings.module.css";

const THEMES = [
  { value: "system", words: "System", icon: Monitor },
  { value: "light", words: "Light", icon: Sun },
  { value: "dark", words: "Dark", icon: Moon },
] as const;

/** The look on this device. */
export function ThemePart() {
  const theme = useThemeChoice();
  return (
    <SettingsPart title="Theme">
      <Choice<ThemeChoice>
        quiet
        label="Theme"
        options={THEMES.map(({ value, words, icon: Icon }) => ({
          value,
          words,
          sign: <Icon size={16} strokeWidth={1.75} aria-hidden />,
        }))}
        value={theme}
        onChange={chooseTheme}
      />
      <p className={styles.note}>Kept on this device only.</p>
    </SettingsPart>
  );
}
