/** What client and server say to each other on the socket. */

import type { RefusedMessage, Resync } from "./contract.gen";

export { PROTOCOL_VERSION } from "./contract.gen";
export type { Change, ClientMessage, Person, RecordPut, RecordRemoval, ServerMessage } from "./contract.gen";
export type { RecordType } from "./records";

export type RefusalCode = RefusedMessage["code"];
export type ResyncReason = Resync["reason"];
