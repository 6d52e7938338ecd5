import { lazy } from "react";
import { Navigate, type RouteObject } from "react-router";

import { SignedInOnly, SignedOutOnly } from "./gates";
import { paths } from "./paths";
import { AppShell } from "./shell/AppShell";
import { ErrorScreen } from "./shell/ErrorScreen";

const TodayScreen = lazy(() => import("../features/today/TodayScreen"));
const BoardScreen = lazy(() => import("../features/boards/BoardScreen"));
const SettingsScreen = lazy(() => import("../features/account/settings/SettingsScreen"));
const SignInScreen = lazy(() => import("../features/account/SignInScreen"));
const SignUpScreen = lazy(() => import("../features/account/SignUpScreen"));
const JoinScreen = lazy(() => import("../features/account/JoinScreen"));
const BoardsScreen = lazy(() => import("./shell/BoardsScreen"));

/** Screens inside the frame. Each stands alone: what breaks in one leaves the frame and the others whole. */
const screens: RouteObject[] = [
  { path: paths.today, Component: TodayScreen },
  { path: paths.boards, Component: BoardsScreen },
  { path: "/boards/:boardId", Component: BoardScreen },
  { path: paths.settings, Component: SettingsScreen },
];

export const routes: RouteObject[] = [
  {
    ErrorBoundary: ErrorScreen,
    children: [
      { path: "/", element: <Navigate to={paths.today} replace /> },
      {
        Component: SignedOutOnly,
        children: [
          { path: paths.signIn, Component: SignInScreen },
          { path: paths.signUp, Component: SignUpScreen },
        ],
      },
      { path: "/join/:board_id/:invitation_id", Component: JoinScreen },
      {
        Component: SignedInOnly,
        children: [{ Component: AppShell, children: screens.map((screen) => ({ ...screen, ErrorBoundary: ErrorScreen })) }],
      },
    ],
  },
];
