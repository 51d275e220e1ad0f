import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Knows on which connections no answer is under way, those that never sent a request among them (browsers open some
 * in advance), which Node's own `closeIdleConnections` takes for busy. Gives what cuts them now, and any other as soon
 * as its answers have ended.
 */
export function cutsIdleConnections(server: Server): () => void {
  const underWay = new Map<Socket, number>();
  let cutting = false;
  server.on('connection', (socket: Socket) => {
    underWay.set(socket, 0);
    socket.on('close', () => underWay.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    const count = (more: number) => underWay.set(socket, (underWay.get(socket) ?? 0) + more);
    count(1);
    response.on('close', () => {
      if (socket.destroyed) return;
      count(-1);
      if (cutting) cut();
    });
  });

  function cut(): void {
    for (const [socket, answers] of underWay) if (answers === 0) socket.destroy();
  }

  return () => {
    cutting = true;
    cut();
  };
}
