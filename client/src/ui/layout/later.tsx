import { lazy, Suspense, useState, type ComponentType } from "react";

import { OverlayBoundary } from "./OverlayBoundary";

/** A component whose code comes when it is needed. */
export interface Later<Props> {
  (props: Props): React.JSX.Element;
  /** Fetches the code, so that the first render has it. */
  preload(): Promise<void>;
}

/** Those whose code could not be fetched: React's `lazy` would refuse them for ever. */
const failed = new Set<() => void>();

/** Whatever could not be fetched is asked for again when it is shown next. Call it once what broke is off the screen. */
export function renewFailed(): void {
  failed.forEach((renew) => renew());
  failed.clear();
}

/**
 * Over React's `lazy`: when the code is there already, it renders at once. `lazy` always shows its fallback first, and
 * React then holds the component back for 300 ms, which is longer than a board takes to open from this device.
 */
export function later<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): Later<Props> {
  let loaded: ComponentType<Props> | null = null;
  const keep = async () => {
    const module = await load();
    loaded = module.default;
    return module;
  };
  const keepOrFail = () =>
    keep().catch((error: unknown) => {
      failed.add(renew);
      throw error;
    });
  const makeLazy = () => lazy(keepOrFail) as unknown as ComponentType<Props>;
  let Lazy = makeLazy();
  const renew = () => {
    Lazy = makeLazy();
  };
  function LoadedOrLazy(props: Props) {
    // Kept for this mount: another component type would be another screen.
    const [Shown] = useState(() => loaded ?? Lazy);
    return <Shown {...props} />;
  }
  return Object.assign(LoadedOrLazy, {
    async preload() {
      // Without a network the render asks again, and the error screen says so.
      await keep().catch(() => undefined);
    },
  });
}

const overlays: Later<never>[] = [];
let arePreloaded = false;

interface OverlayProps {
  onClose: () => void;
  anchor?: HTMLElement | null;
}

/** Something that lies over the page when somebody asks for it: nothing stands there until its code has come. */
export function overlay<Props extends OverlayProps>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> {
  const Content = later(load);
  overlays.push(Content);
  // Named in code that came later itself.
  if (arePreloaded) void Content.preload();
  return function Overlay(props: Props) {
    const close = () => {
      renewFailed();
      props.onClose();
    };
    return (
      <OverlayBoundary anchor={props.anchor} onBroken={close}>
        <Suspense fallback={null}>
          <Content {...props} />
        </Suspense>
      </OverlayBoundary>
    );
  };
}

/** Fetches the code of all overlays, so that the first of each opens at once, also without a network. */
export async function preloadOverlays(): Promise<void> {
  for (const content of overlays) {
    await content.preload();
  }
  arePreloaded = true;
}
