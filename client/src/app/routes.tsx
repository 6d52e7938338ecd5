import { matchRoutes, Navigate, useRoutes, type RouteObject } from "react-router";

import { later, type Later } from "../ui/layout/later";
import { Guarded } from "./Guarded";
import { Unframed } from "./Unframed";
import { SignedInOnly, SignedOutOnly } from "./gates";
import { paths } from "./paths";
import { AppShell } from "./shell/AppShell";
import { MissingScreen } from "./shell/MissingScreen";

const TodayScreen = later(() => import("../features/today/TodayScreen"));
const BoardScreen = later(() => import("../features/boards/BoardScreen"));
const GoalsScreen = later(() => import("../features/goals/GoalsScreen"));
const GoalScreen = later(() => import("../features/goals/GoalScreen"));
const SharingPanel = later(() => import("../features/sharing/SharingPanel"));
const TrashScreen = later(() => import("../features/boards/trash/TrashScreen"));
const SettingsScreen = later(() => import("../features/account/settings/SettingsScreen"));
const SignInScreen = later(() => import("../features/account/SignInScreen"));
const SignUpScreen = later(() => import("../features/account/SignUpScreen"));
const JoinScreen = later(() => import("../features/account/JoinScreen"));
const BoardsScreen = later(() => import("./shell/BoardsScreen"));

/** Screens inside the frame. */
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

const routes: RouteObject[] = [
  {
    Component: Guarded,
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
        children: [{ Component: AppShell, children: [{ Component: Guarded, children: screens }] }],
      },
    ],
  },
];

/** Whatever screen the address names, below a router. */
export function Application() {
  return useRoutes(routes);
}

/** Fetches the code of the screens at an address. */
export async function preloadScreens(address: string): Promise<void> {
  const matched = matchRoutes(routes, address) ?? [];
  await Promise.all(matched.map(async ({ route }) => (route.Component as Partial<Later<object>> | null | undefined)?.preload?.()));
}
