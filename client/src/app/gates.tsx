import { Navigate, Outlet, useLocation, type To } from "react-router";

import { useAccount } from "../sync/hooks";
import { paths } from "./paths";
import { ScreenSkeleton } from "./shell/ScreenSkeleton";

/** Where somebody wanted to go before they had to sign in. */
function backOf(state: unknown): To {
  const back = (state as { back?: To } | null)?.back;
  return back ?? paths.today;
}

/** Screens of somebody who is signed in; others sign in first and come back. */
export function SignedInOnly() {
  const account = useAccount();
  const location = useLocation();
  switch (account.status) {
    case "unknown":
      return <ScreenSkeleton />;
    case "signed_out":
      return <Navigate to={paths.signIn} state={{ back: location }} replace />;
    case "signed_in":
      return <Outlet />;
  }
}

/** Signing in and up: who is signed in goes on to where they wanted. */
export function SignedOutOnly() {
  const account = useAccount();
  const location = useLocation();
  return account.status === "signed_in" ? <Navigate to={backOf(location.state)} replace /> : <Outlet />;
}
