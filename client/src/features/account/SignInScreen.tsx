import { useState } from "react";
import { Link, useLocation } from "react-router";

import { useSync } from "../../sync/hooks";
import { Notice } from "../../ui/feedback/Notice";
import { Button } from "../../ui/inputs/Button";
import { Field } from "../../ui/inputs/Field";
import { Material } from "../../ui/theme/Material";
import { AccountPage } from "./AccountPage";
import styles from "./AccountPage.module.css";
import { PasswordField } from "./PasswordField";
import { useSubmit } from "./useSubmit";

export default function SignInScreen() {
  const sync = useSync();
  const location = useLocation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { isSending, trouble, submit } = useSubmit();
  const isReady = email.includes("@") && password !== "";
  return (
    <AccountPage
      title="Sign in"
      lead="Your day and your goals, on every screen at once."
      foot={
        <>
          New here?{" "}
          <Link to="/sign-up" state={location.state as unknown}>
            Make an account
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
            if (isReady) void submit(() => sync.signIn({ email: email.trim(), password }));
          }}
        >
          {trouble !== null && <Notice tone="bad">{trouble}</Notice>}
          <Field label="E-mail" type="email" value={email} onChange={setEmail} autoComplete="username" focused />
          <PasswordField label="Password" value={password} onChange={setPassword} />
          <Button type="submit" variant="contained" color="accent" size="large" fullWidth loading={isSending} disabled={!isReady}>
            Sign in
          </Button>
        </form>
      </Material>
    </AccountPage>
  );
}
