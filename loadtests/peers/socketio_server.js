// Socket.IO on Node with its Redis adapter, as its documentation shows it for several processes.
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const publisher = createClient({ url: process.argv[3] });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const server = new Server(http, { adapter: createAdapter(publisher, subscriber), transports: ["websocket"] });

server.on("connection", (socket) => {
  socket.on("message", (text) => server.emit("message", text));
});
http.listen({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 4096 });
