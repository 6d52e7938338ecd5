import { Suspense, useCallback, useMemo, useState } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";

import { SignOutProvider } from "../../features/account/sign-out/SignOutProvider";
import { TaskActionsProvider } from "../../features/tasks/TaskActionsProvider";
import { useAccount, useProfile } from "../../sync/hooks";
import { ToastRegion } from "../../ui/feedback/ToastRegion";
import { useGlobalKeys } from "../../ui/keys/useGlobalKeys";
import { overlay } from "../../ui/layout/later";
import { usePhone } from "../../ui/layout/usePhone";
import { useOpenTask } from "../../ui/layout/useTaskLink";
import type { Person } from "../../ui/people/Avatar";
import type { TaskPlace } from "../../ui/tasks/taskActions";
import { FaultNotices } from "../notices/FaultNotices";
import { LostValueNotices } from "../notices/LostValueNotices";
import { paths } from "../paths";
import { NewVersionNotice } from "../updates/NewVersionNotice";
import styles from "./AppShell.module.css";
import { BottomBar } from "./BottomBar";
import { CalendarProvider } from "./CalendarProvider";
import { OfflineBar } from "./OfflineBar";
import { Rail } from "./Rail";
import { RefusedNotices } from "./RefusedNotices";
import { ScreenSkeleton } from "./ScreenSkeleton";
import { ShellContext } from "./shellContext";
import { useWideRail } from "./useWideRail";

const TaskPanel = overlay(() => import("../../features/tasks/TaskPanel"));
const QuickAddDialog = overlay(() => import("../../features/tasks/QuickAddDialog"));
const CommandPalette = overlay(() => import("../palette/CommandPalette"));
const KeyHelp = overlay(() => import("./KeyHelp"));
const NewBoardDialog = overlay(() => import("./NewBoardDialog"));

type Overlay = "palette" | "keys" | "new_board" | null;

function useMe(): Person {
  const account = useAccount();
  const profile = useProfile();
  const known = account.status === "signed_in" ? account.account : null;
  return { id: known?.id ?? "", name: profile?.name ?? known?.name ?? "Me", color: profile?.color ?? 0 };
}

/** The frame around every screen of somebody who is signed in. */
export function AppShell() {
  const [shown, setShown] = useState<Overlay>(null);
  const [adding, setAdding] = useState<TaskPlace | null>(null);
  const { open, close } = useOpenTask();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const isPhone = usePhone();
  const isWide = useWideRail();
  const me = useMe();

  const add = useCallback((place: TaskPlace = {}) => setAdding(place), []);
  const addHere = useCallback(() => {
    const board = /^\/boards\/([^/]+)/.exec(pathname)?.[1];
    add(board ? { board_id: board } : { for_today: pathname === paths.today });
  }, [add, pathname]);
  const closeOverlay = useCallback(() => setShown(null), []);
  const newBoard = useCallback(() => setShown("new_board"), []);
  const showKeys = useCallback(() => setShown("keys"), []);
  const search = useCallback(() => setShown("palette"), []);
  const shell = useMemo(() => ({ search, newBoard }), [search, newBoard]);

  useGlobalKeys({
    "mod+k": () => setShown((now) => (now === "palette" ? null : "palette")),
    "?": showKeys,
    q: addHere,
    n: addHere,
    "/": search,
    "g t": () => void navigate(paths.today),
    "g g": () => void navigate(paths.goals),
    "g b": () => void navigate(paths.boards),
  });

  return (
    <ShellContext value={shell}>
      <CalendarProvider>
        <SignOutProvider>
          <TaskActionsProvider onAdd={add}>
            <a href="#main" className={styles.skip}>
              Skip to content
            </a>
            <div className={styles.frame}>
              {!isPhone && <Rail me={me} onSearch={search} onAdd={addHere} onNewBoard={newBoard} />}
              <div className={styles.page}>
                {!isWide && <OfflineBar />}
                <Suspense fallback={<ScreenSkeleton />}>
                  <Outlet />
                </Suspense>
              </div>
              {open && <TaskPanel key={`${open.board_id}.${open.task_id}`} {...open} onClose={close} />}
            </div>
            {isPhone && <BottomBar me={me} onAdd={addHere} />}
            {adding && <QuickAddDialog place={adding} onClose={() => setAdding(null)} />}
            {shown === "palette" && <CommandPalette onClose={closeOverlay} newBoard={newBoard} showKeys={showKeys} />}
            {shown === "keys" && <KeyHelp onClose={closeOverlay} />}
            {shown === "new_board" && <NewBoardDialog onClose={closeOverlay} />}
            <div className={styles.said}>
              <FaultNotices />
              <LostValueNotices />
              <RefusedNotices />
              <NewVersionNotice />
              <ToastRegion />
            </div>
          </TaskActionsProvider>
        </SignOutProvider>
      </CalendarProvider>
    </ShellContext>
  );
}
