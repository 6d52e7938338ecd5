import type { BoardEntry, ChangesPage, DeviceSession, InvitationPreview, Snapshot } from "../protocol/http";
import type { Id } from "../protocol/records";
import { ApiError } from "./apiError";
import { request } from "./request";
import type { Call } from "./request";
import type { Session } from "./session";

/** The REST calls that have no command. All throw ApiError. */
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

export function createApi(session: Session): Api {
  /** With the access token; a token that the server no longer takes is renewed once. */
  async function signed<Answer>(call: Call): Promise<Answer> {
    const token = await session.accessToken();
    try {
      return (await request(call, token.value)) as Answer;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) {
        throw error;
      }
    }
    session.rejectToken(token.value);
    return (await request(call, (await session.accessToken()).value)) as Answer;
  }

  return {
    async readBoards() {
      return (await signed<{ boards: BoardEntry[] }>({ method: "GET", path: "/boards" })).boards;
    },
    readSnapshot(boardId) {
      return signed({ method: "GET", path: `/boards/${boardId}/snapshot` });
    },
    readChanges(boardId, { after, limit, recordId }) {
      const query = new URLSearchParams({ after: String(after) });
      if (limit !== undefined) {
        query.set("limit", String(limit));
      }
      if (recordId !== undefined) {
        query.set("record_id", recordId);
      }
      return signed({ method: "GET", path: `/boards/${boardId}/changes?${query.toString()}` });
    },
    async readSessions() {
      return (await signed<{ sessions: DeviceSession[] }>({ method: "GET", path: "/sessions" })).sessions;
    },
    endSession(sessionId) {
      return signed({ method: "DELETE", path: `/sessions/${sessionId}` });
    },
    changePassword(input) {
      return signed({ method: "POST", path: "/account/password", body: input });
    },
    async previewInvitation(input) {
      return (await request({ method: "POST", path: "/invitations/preview", body: input }, null)) as InvitationPreview;
    },
  };
}
