// `ws` on Node: a loop over all clients, from memory.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), path: "/ws", backlog: 4096 });

server.on("connection", (socket) => {
  socket.on("message", (data) => {
    for (const client of server.clients) {
      client.send(data, { binary: false });
    }
  });
});
