import Button from "@mui/material/Button";
import { Signpost } from "lucide-react";
import { Link } from "react-router";

import { EmptyState } from "../../ui/feedback/EmptyState";
import { Page } from "../../ui/layout/Page";
import { paths } from "../paths";

/** An address that leads nowhere. */
export function MissingScreen() {
  return (
    <Page title="Page not found">
      <EmptyState
        icon={Signpost}
        title="There is nothing at this address"
        action={
          <Button component={Link} to={paths.today}>
            Go to Today
          </Button>
        }
      >
        The link may be old or mistyped.
      </EmptyState>
    </Page>
  );
}
