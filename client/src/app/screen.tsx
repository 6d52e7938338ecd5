import { lazy, useState, type ComponentType } from "react";

type Load = () => Promise<{ default: ComponentType }>;

export interface Screen {
  (): React.JSX.Element;
  /** Fetches the code, so that the first render has it. */
  preload(): Promise<void>;
}

/**
 * A screen whose code comes when it is needed.
 *
 * Over React's `lazy`: when the code is there already, it renders at once. `lazy` always shows its fallback first, and
 * React then holds the screen back for 300 ms, which is longer than a board takes to open from this device.
 */
export function screen(load: Load): Screen {
  let loaded: ComponentType | null = null;
  const keep = async () => {
    const module = await load();
    loaded = module.default;
    return module;
  };
  const Lazy = lazy(keep);
  function LoadedOrLazy() {
    // Kept for this mount: another component type would be another screen.
    const [Shown] = useState(() => loaded ?? Lazy);
    return <Shown />;
  }
  return Object.assign(LoadedOrLazy, {
    async preload() {
      // Without a network the render asks again, and the error screen says so.
      await keep().catch(() => undefined);
    },
  });
}
