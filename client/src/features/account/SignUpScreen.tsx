import { useState } from "react";
import { useStore } from "react-redux";
import { Link, useLocation } from "react-router";

import { useSync } from "../../sync/hooks";
import { selectAccountId } from "../../sync/selectors";
import type { RootState } from "../../sync/state";
import { Notice } from "../../ui/feedback/Notice";
import { Button } from "../../ui/inputs/Button";
import { Field } from "../../ui/inputs/Field";
import { Material } from "../../ui/theme/Material";
import { AccountPage } from "./AccountPage";
import styles from "./AccountPage.module.css";
import { PasswordField } from "./PasswordField";
import { PASSWORD_MIN_LENGTH } from "./passwordStrength";
import { useSubmit } from "./useSubmit";

const EMAIL = /^[^@\s]+@[^@\s]+$/;

export default function SignUpScreen() {
  const sync = useSync();
  const store = useStore<RootState>();
  const location = useLocation();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [hasTried, setTried] = useState(false);
  const { isSending, trouble, submit } = useSubmit();

  const wrong = {
    name: name.trim() === "" ? "Tell us what others shall call you." : null,
    email: EMAIL.test(email.trim()) ? null : "Give an address such as ada@example.org.",
    password: password.length < PASSWORD_MIN_LENGTH ? `Make it at least ${PASSWORD_MIN_LENGTH} characters long.` : null,
  };
  const signUp = async () => {
    await sync.signUp({ name: name.trim(), email: email.trim(), password });
    const accountId = selectAccountId(store.getState());
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // The day turns where the person is, from the first evening on.
    if (accountId !== null) void sync.sendCommand({ type: "profile.edit", board_id: accountId, time_zone });
  };
  const isRight = Object.values(wrong).every((trouble) => trouble === null);

  return (
    <AccountPage
      title="Make your account"
      lead="Plan your days, share your goals. It takes half a minute."
      foot={
        <>
          Have an account?{" "}
          <Link to="/sign-in" state={location.state as unknown}>
            Sign in
          </Link>
        </>
      }
    >
      <Material>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (isRight) void submit(signUp);
          }}
        >
          {trouble !== null && <Notice tone="bad">{trouble}</Notice>}
          <Field
            label="Name"
            value={name}
            onChange={setName}
            autoComplete="name"
            hint="How others see you on shared boards."
            error={hasTried ? wrong.name : null}
            max_length={80}
            focused
          />
          <Field
            label="E-mail"
            type="email"
            value={email}
            onChange={setEmail}
            autoComplete="username"
            error={hasTried ? wrong.email : null}
            max_length={254}
          />
          <PasswordField
            label="Password"
            value={password}
            onChange={setPassword}
            judge={{ known: [...name.split(/\s+/), email.split("@")[0] ?? ""] }}
            error={hasTried ? wrong.password : null}
          />
          <Button type="submit" variant="contained" color="accent" size="large" fullWidth loading={isSending}>
            Make account
          </Button>
        </form>
      </Material>
    </AccountPage>
  );
}
