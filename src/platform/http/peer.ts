import { isLoopback } from '../config/config.ts'

const peers = new WeakMap<Request, string>()

/**
 * Notes from where a request came. A reverse proxy on the same machine speaks for others: what it wrote last into
 * `X-Forwarded-For` counts; from anywhere else that header is the sender's own claim and is ignored.
 */
export function notePeer(request: Request, socket: string | undefined): void {
  if (!socket) return
  const plain = socket.replace(/^::ffff:/, '')
  const forwarded = isLoopback(plain) ? request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  peers.set(request, forwarded || plain)
}

/** The network address that a request came from; undefined where there is no network (tests, jobs). */
export function peerOf(request: Request): string | undefined {
  return peers.get(request)
}
