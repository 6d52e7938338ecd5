import { Signpost } from "lucide-react";

import { EmptyState } from "../../ui/feedback/EmptyState";
import { ButtonLink } from "../../ui/inputs/Button";
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
          <ButtonLink to={paths.today}>
            Go to Today
          </ButtonLink>
        }
      >
        The link may be old or mistyped.
      </EmptyState>
    </Page>
  );
}
