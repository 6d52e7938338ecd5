/** The bodies of the REST calls under /api. */

export type {
  Account,
  BoardEntry,
  BoardList,
  ChangesPage,
  DeviceSession,
  InvitationPreview,
  SessionList,
  SignedIn,
  Snapshot,
} from "./contract.gen";
