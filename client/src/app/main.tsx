import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "react-redux";
import { BrowserRouter } from "react-router";

import { SyncContext } from "../sync/sync";
import { preloadOverlays } from "../ui/layout/later";
import { ThemeRoot } from "../ui/theme/ThemeRoot";
import { showStoredTheme } from "../ui/theme/themeChoice";
import { resumed, store, sync } from "./begin";
import { readyToDraw } from "./readyToDraw";
import { Application, preloadScreens } from "./routes";
import { ApplicationVersion } from "./updates/applicationVersion";
import { VersionContext } from "./updates/versionContext";

/** When the page that is being opened stands and has answered its first taps. */
const OVERLAYS_AFTER_MS = 2_000;

showStoredTheme();
const isReady = readyToDraw(resumed, preloadScreens(location.pathname));

const version = new ApplicationVersion(navigator.serviceWorker, () => location.reload());
// After the first paint: what the worker fetches must not hold up the page that is being opened.
if (import.meta.env.PROD) window.addEventListener("load", () => void version.register(), { once: true });
window.addEventListener("load", () => setTimeout(() => void preloadOverlays(), OVERLAYS_AFTER_MS), { once: true });

const container = document.getElementById("root");
if (container === null) throw new Error("The page has no #root.");
const root = createRoot(container);
void isReady.then(() =>
  root.render(
    <StrictMode>
      <ThemeRoot>
        <Provider store={store}>
          <SyncContext value={sync}>
            <VersionContext value={version}>
              <Suspense>
                <BrowserRouter>
                  <Application />
                </BrowserRouter>
              </Suspense>
            </VersionContext>
          </SyncContext>
        </Provider>
      </ThemeRoot>
    </StrictMode>,
  ),
);
