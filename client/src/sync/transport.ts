/** What the connection needs of a WebSocket, so that tests can be one. */
export interface Transport {
  send(text: string): void;
  close(): void;
}

export interface TransportEvents {
  onOpen(): void;
  onText(text: string): void;
  /** Once, also when it never opened. */
  onClose(code: number): void;
}

export type OpenTransport = (events: TransportEvents) => Transport;

/** A socket to the node that served this page. */
export const openWebSocket: OpenTransport = (events) => {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/ws`);
  socket.addEventListener("open", () => events.onOpen());
  socket.addEventListener("message", (event: MessageEvent<string>) => events.onText(event.data));
  socket.addEventListener("close", (event) => events.onClose(event.code));
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(1000),
  };
};
