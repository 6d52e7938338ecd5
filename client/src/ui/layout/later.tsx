import { lazy, Suspense, useState, type ComponentType } from "react";

/** A component whose code comes when it is needed. */
export interface Later<Props> {
  (props: Props): React.JSX.Element;
  /** Fetches the code, so that the first render has it. */
  preload(): Promise<void>;
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
  const Lazy = lazy(keep) as unknown as ComponentType<Props>;
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

/** Something that lies over the page when somebody asks for it: nothing stands there until its code has come. */
export function overlay<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> {
  const Content = later(load);
  overlays.push(Content);
  return function Overlay(props: Props) {
    return (
      <Suspense fallback={null}>
        <Content {...props} />
      </Suspense>
    );
  };
}

/** Fetches the code of all overlays, so that the first of each opens at once, also without a network. */
export async function preloadOverlays(): Promise<void> {
  for (const content of overlays) {
    await content.preload();
  }
}
