import type { BoardEntry, ChangesPage, DeviceSession, InvitationPreview, Snapshot } from "../protocol/http";
import type { Id } from "../protocol/records";

/** The REST calls of a signed-in account. All throw ApiError. */
export interface Api {
  readBoards(): Promise<BoardEntry[]>;
  readSnapshot(boardId: Id): Promise<Snapshot>;
  /** A page of the change log, oldest first, of one record if its id is given. */
  readChanges(boardId: Id, options: { after: number; limit?: number; recordId?: Id }): Promise<ChangesPage>;
  readSessions(): Promise<DeviceSession[]>;
  endSession(sessionId: Id): Promise<void>;
  changePassword(input: { current_password: string; new_password: string }): Promise<void>;
  /** Works without an account. */
  previewInvitation(input: { board_id: Id; invitation_id: Id; token: string }): Promise<InvitationPreview>;
}
