import { Component, type ReactNode } from "react";

import { showToast } from "../feedback/toasts";

interface OverlayBoundaryProps {
  /** What the overlay hangs on. Null: it is closed; undefined: it is closed when it is not there. */
  anchor: HTMLElement | null | undefined;
  onBroken: () => void;
  children: ReactNode;
}

interface OverlayBoundaryState {
  is_broken: boolean;
  anchor: HTMLElement | null | undefined;
}

/** What can't be shown over the page leaves the page whole; opening it once more tries again. */
export class OverlayBoundary extends Component<OverlayBoundaryProps, OverlayBoundaryState> {
  override state: OverlayBoundaryState = { is_broken: false, anchor: this.props.anchor };

  static getDerivedStateFromError(): Partial<OverlayBoundaryState> {
    return { is_broken: true };
  }

  static getDerivedStateFromProps({ anchor }: OverlayBoundaryProps, state: OverlayBoundaryState): OverlayBoundaryState | null {
    return anchor === state.anchor ? null : { is_broken: state.is_broken && anchor === null, anchor };
  }

  override componentDidCatch(): void {
    showToast("This could not be loaded. Please try again.");
    this.props.onBroken();
  }

  override render(): ReactNode {
    return this.state.is_broken ? null : this.props.children;
  }
}
