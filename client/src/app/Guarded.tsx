import { Component, type ReactNode } from "react";
import { Outlet, useLocation, type Location } from "react-router";

import { renewFailed } from "../ui/layout/later";
import { ErrorScreen } from "./shell/ErrorScreen";

interface BoundaryProps {
  location: Location;
  children: ReactNode;
}

interface BoundaryState {
  is_broken: boolean;
  location: Location;
}

/** Shows the error screen in place of what broke, until somebody goes elsewhere. */
class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { is_broken: false, location: this.props.location };

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { is_broken: true };
  }

  static getDerivedStateFromProps({ location }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return location === state.location ? null : { is_broken: false, location };
  }

  override componentDidCatch(): void {
    renewFailed();
  }

  override render(): ReactNode {
    return this.state.is_broken ? <ErrorScreen /> : this.props.children;
  }
}

/** Around screens that stand alone: what breaks in one leaves everything outside of this whole. */
export function Guarded() {
  const location = useLocation();
  return (
    <Boundary location={location}>
      <Outlet />
    </Boundary>
  );
}
