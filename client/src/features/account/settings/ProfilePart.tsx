import { Check } from "lucide-react";
import { useState } from "react";

import type { ProfileEdit } from "../../../protocol/commands";
import type { Profile, WeekStart } from "../../../protocol/records";
import { useAccount, useProfile, useSendCommand } from "../../../sync/hooks";
import { SkeletonRows } from "../../../ui/feedback/SkeletonRows";
import { Choice } from "../../../ui/inputs/Choice";
import { Field } from "../../../ui/inputs/Field";
import { Fieldset } from "../../../ui/inputs/Fieldset";
import { Avatar } from "../../../ui/people/Avatar";
import { PERSON_COLOR_NAMES, personStyle } from "../../../ui/people/personColor";
import { SettingsPart } from "./SettingsPart";
import styles from "./settings.module.css";

type ProfileFields = Omit<ProfileEdit, "type" | "board_id">;

const WEEK_STARTS: { value: WeekStart; words: string }[] = [
  { value: "monday", words: "Monday" },
  { value: "saturday", words: "Saturday" },
  { value: "sunday", words: "Sunday" },
];

const HOURS = Array.from({ length: 24 }, (_, hour) => ({ hour, words: `${String(hour).padStart(2, "0")}:00` }));

/** How I am called and live. Each choice is kept at once. */
export function ProfilePart() {
  const profile = useProfile();
  return <SettingsPart title="Profile">{profile ? <ProfileFieldsOf profile={profile} /> : <SkeletonRows count={3} />}</SettingsPart>;
}

function ProfileFieldsOf({ profile }: { profile: Profile }) {
  const account = useAccount();
  const send = useSendCommand();
  const edit = (fields: ProfileFields) => void send({ type: "profile.edit", board_id: profile.id, ...fields });
  return (
    <>
      <div className={styles.me}>
        <Avatar person={profile} size={48} decorative />
        <div>
          <strong>{profile.name}</strong>
          <span className={styles.note}>{account.status === "signed_in" ? account.account.email : ""}</span>
        </div>
      </div>
      <NameField name={profile.name} onSave={(name) => edit({ name })} />
      <Fieldset label="Your colour">
        <div className={styles.colors}>
          {PERSON_COLOR_NAMES.map((words, color) => (
            <label key={words} className={styles.color} style={personStyle(color)} title={words}>
              <input
                type="radio"
                name="color"
                className="visually-hidden"
                aria-label={words}
                checked={profile.color === color}
                onChange={() => edit({ color })}
              />
              {profile.color === color && <Check size={16} strokeWidth={2.5} aria-hidden />}
            </label>
          ))}
        </div>
      </Fieldset>
      <ZoneSelect zone={profile.time_zone} onChange={(time_zone) => edit({ time_zone })} />
      <Choice
        label="The week starts on"
        options={WEEK_STARTS}
        value={profile.week_start}
        onChange={(week_start) => edit({ week_start })}
      />
      <label className={styles.select}>
        My day starts at
        <select value={profile.day_start_hour} onChange={(event) => edit({ day_start_hour: Number(event.target.value) })}>
          {HOURS.map(({ hour, words }) => (
            <option key={hour} value={hour}>
              {words}
            </option>
          ))}
        </select>
        <span className={styles.note}>Until then it is still yesterday: good for late evenings.</span>
      </label>
    </>
  );
}

function NameField({ name, onSave }: { name: string; onSave: (name: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const save = () => {
    const kept = draft?.trim() ?? "";
    if (kept !== "" && kept !== name) onSave(kept);
    setDraft(null);
  };
  return <Field label="Name" value={draft ?? name} onChange={setDraft} onBlur={save} autoComplete="name" max_length={80} />;
}

function ZoneSelect({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([zone, here, ...Intl.supportedValuesOf("timeZone")])].sort();
  return (
    <label className={styles.select}>
      Time zone
      <select value={zone} onChange={(event) => onChange(event.target.value)}>
        {zones.map((known) => (
          <option key={known} value={known}>
            {known.replaceAll("_", " ")}
          </option>
        ))}
      </select>
      {zone !== here && <span className={styles.note}>This device is in {here.replaceAll("_", " ")}.</span>}
    </label>
  );
}
