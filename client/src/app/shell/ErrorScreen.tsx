import { Unplug } from "lucide-react";

import { EmptyState } from "../../ui/feedback/EmptyState";
import { Button, ButtonLink } from "../../ui/inputs/Button";
import { Page } from "../../ui/layout/Page";
import { paths } from "../paths";
import styles from "./ErrorScreen.module.css";

/** Something broke while drawing a screen. The rest goes on; nothing that was saved is touched. */
export function ErrorScreen() {
  return (
    <Page title="Something went wrong">
      <EmptyState
        icon={Unplug}
        title="This screen could not be shown"
        action={
          <div className={styles.ways}>
            <Button variant="contained" color="accent" onClick={() => window.location.reload()}>
              Reload
            </Button>
            <ButtonLink to={paths.today}>
              Go to Today
            </ButtonLink>
          </div>
        }
      >
        Your changes are kept. Reloading usually helps; if it does not, another screen will.
      </EmptyState>
    </Page>
  );
}
