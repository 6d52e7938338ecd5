import { matchRoutes, Navigate, type RouteObject } from "react-router";

import { Unframed } from "./Unframed";
import { SignedInOnly, SignedOutOnly } from "./gates";
import { paths } from "./paths";
import { screen, type Screen } from "./screen";
import { AppShell } from "./shell/AppShell";
import { ErrorScreen } from "./shell/ErrorScreen";
import { MissingScreen } from "./shell/MissingScreen";

const TodayScreen = screen(() => import("../features/today/TodayScreen"));
const BoardScreen = screen(() => import("../features/boards/BoardScreen"));
const GoalsScreen = screen(() => import("../features/goals/GoalsScreen"));
const GoalScreen = screen(() => import("../features/goals/GoalScreen"));
const SharingPanel = screen(() => import("../features/sharing/SharingPanel"));
const TrashScreen = screen(() => import("../features/boards/trash/TrashScreen"));
const SettingsScreen = screen(() => import("../features/account/settings/SettingsScreen"));
const SignInScreen = screen(() => import("../features/account/SignInScreen"));
const SignUpScreen = screen(() => import("../features/account/SignUpScreen"));
const JoinScreen = screen(() => import("../features/account/JoinScreen"));
const BoardsScreen = screen(() => import("./shell/BoardsScreen"));

/** Screens inside the frame. Each stands alone: what breaks in one leaves the frame and the others whole. */
const screens: RouteObject[] = [
  { path: paths.today, Component: TodayScreen },
  { path: paths.boards, Component: BoardsScreen },
  // Sharing stands over its board.
  { path: "/boards/:boardId", Component: BoardScreen, children: [{ path: "share", Component: SharingPanel }] },
  { path: "/boards/:boardId/trash", Component: TrashScreen },
  { path: "/boards/:boardId/goals", Component: GoalsScreen },
  { path: "/boards/:boardId/goals/:goalId", Component: GoalScreen },
  { path: paths.goals, Component: GoalsScreen },
  { path: paths.settings, Component: SettingsScreen },
  { path: "*", Component: MissingScreen },
];

export const routes: RouteObject[] = [
  {
    ErrorBoundary: ErrorScreen,
    children: [
      { path: "/", element: <Navigate to={paths.today} replace /> },
      {
        Component: Unframed,
        children: [
          {
            Component: SignedOutOnly,
            children: [
              { path: paths.signIn, Component: SignInScreen },
              { path: paths.signUp, Component: SignUpScreen },
            ],
          },
          { path: "/join/:board_id/:invitation_id", Component: JoinScreen },
        ],
      },
      {
        Component: SignedInOnly,
        children: [{ Component: AppShell, children: screens.map((screen) => ({ ...screen, ErrorBoundary: ErrorScreen })) }],
      },
    ],
  },
];

/** Fetches the code of the screens at an address. */
export function preloadScreens(address: string): void {
  for (const { route } of matchRoutes(routes, address) ?? []) {
    void (route.Component as Partial<Screen> | null | undefined)?.preload?.();
  }
}
