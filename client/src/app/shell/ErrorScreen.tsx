import Button from "@mui/material/Button";
import { Unplug } from "lucide-react";
import { Link } from "react-router";

import { EmptyState } from "../../ui/feedback/EmptyState";
import { Page } from "../../ui/layout/Page";
import { paths } from "../paths";

/** Something broke while drawing a screen. The rest goes on; nothing that was saved is touched. */
export function ErrorScreen() {
  return (
    <Page title="Something went wrong">
      <EmptyState
        icon={Unplug}
        title="This screen could not be shown"
        action={
          <>
            <Button variant="contained" color="primary" onClick={() => window.location.reload()} sx={{ marginRight: 2 }}>
              Reload
            </Button>
            <Button component={Link} to={paths.today}>
              Go to Today
            </Button>
          </>
        }
      >
        Your changes are kept. Reloading usually helps; if it does not, another screen will.
      </EmptyState>
    </Page>
  );
}
