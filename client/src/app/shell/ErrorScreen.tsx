import Button from "@mui/material/Button";
import { Unplug } from "lucide-react";
import { isRouteErrorResponse, Link, useRouteError } from "react-router";

import { EmptyState } from "../../ui/feedback/EmptyState";
import { paths } from "../paths";

/** Something broke while drawing a screen. The rest goes on; nothing that was saved is touched. */
export function ErrorScreen() {
  const error = useRouteError();
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <main>
      <EmptyState
        icon={Unplug}
        title={isMissing ? "There is nothing at this address" : "This screen could not be shown"}
        action={
          <>
            {!isMissing && (
              <Button variant="contained" color="primary" onClick={() => window.location.reload()} sx={{ marginRight: 2 }}>
                Reload
              </Button>
            )}
            <Button component={Link} to={paths.today}>
              Go to Today
            </Button>
          </>
        }
      >
        {isMissing
          ? "The link may be old or mistyped."
          : "Your changes are kept. Reloading usually helps; if it does not, another screen will."}
      </EmptyState>
    </main>
  );
}
