import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

/** One way of sending a page, ready as it goes out: making headers or encoding text anew for every reader would cost more than the rest. */
interface Sendable {
  body: Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

interface Kept {
  plain: Sendable
  packed: Sendable
  until: number
}

interface Entry {
  made: Promise<Kept | undefined>
  /** once it is made */
  page?: Kept
  bytes: number
}

/** What headers, names and the entry itself take, roughly. */
const overhead = 2000

/**
 * Public pages as they were sent a few seconds ago, for visitors without an account: a rush of readers costs one rendering.
 * Who has signed in never reads from here, and so sees their own change at once; everybody else sees it after `seconds` at the latest.
 */
export class PageCache {
  /** the oldest first */
  readonly #entries = new Map<string, Entry>()
  readonly #headers: readonly [string, string][]
  readonly #most: number
  readonly #now: () => number
  #bytes = 0

  /**
   * @param headers what every answer of the program carries
   * @param most how many bytes are kept; the oldest page goes first
   * @param now in milliseconds
   */
  constructor(headers: readonly [string, string][] = [], most = 16_000_000, now: () => number = Date.now) {
    this.#headers = headers
    this.#most = most
    this.#now = now
  }

  /** Forgets everything: something was changed here, and its author will look. Other processes follow within seconds. */
  clear(): void {
    this.#entries.clear()
    this.#bytes = 0
  }

  /** The page under this key, if it is here and young enough; at once, so that the web server can ask before anything else. */
  ready(key: string, request: Request): Response | undefined {
    const page = this.#entries.get(key)?.page
    return page && page.until > this.#now() ? respond(page, request) : undefined
  }

  /**
   * The page under this key, rendered anew when it is older than `seconds`. Kept, and shown to others who wait for it, is only a whole
   * page (200) that sets no cookie; anything else is the answer to one visitor, and everybody else gets their own.
   */
  async answer(key: string, seconds: number, request: Request, render: () => Promise<Response>): Promise<Response> {
    const known = this.#entries.get(key)
    const page = known && (await known.made.catch(() => undefined))
    if (page && page.until > this.#now()) return respond(page, request)
    if (known && !page) return render()
    if (this.#entries.get(key) !== known) return this.answer(key, seconds, request, render)
    let own: Response | undefined
    const made = render().then((response) => {
      if (response.status === 200 && !response.headers.has('set-cookie'))
        return keep(response, this.#headers, this.#now() + seconds * 1000)
      own = response
      return undefined
    })
    const entry: Entry = { made, bytes: 0 }
    this.#forget(key)
    this.#entries.set(key, entry)
    try {
      const kept = await made
      if (kept) {
        this.#store(key, entry, kept)
        return respond(kept, request)
      }
      if (this.#entries.get(key) === entry) this.#forget(key)
      return own ?? render()
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#forget(key)
      throw error
    }
  }

  /** Unless it was forgotten while it was made. Makes room: first goes what is too old for anybody, then the oldest. */
  #store(key: string, entry: Entry, page: Kept): void {
    if (this.#entries.get(key) !== entry) return
    const bytes = page.plain.body.byteLength + page.packed.body.byteLength + key.length + overhead
    if (bytes > this.#most) {
      this.#forget(key)
      return
    }
    entry.page = page
    entry.bytes = bytes
    this.#bytes += bytes
    for (const [oldest, { page }] of this.#entries) {
      if (this.#bytes <= this.#most && (!page || page.until > this.#now())) break
      this.#forget(oldest)
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0
    this.#entries.delete(key)
  }
}

async function keep(response: Response, common: readonly [string, string][], until: number): Promise<Kept> {
  const body = new Uint8Array(await response.arrayBuffer())
  const headers = { ...Object.fromEntries(common), ...Object.fromEntries(response.headers) }
  return {
    plain: { body, headers },
    packed: { body: new Uint8Array(await compress(body)), headers: { ...headers, 'content-encoding': 'gzip' } },
    until,
  }
}

const finished = new WeakSet<Response>()

/** Was this answer made whole here, headers and packing included? Looking into it would cost more than making it. */
export function isFinished(response: Response): boolean {
  return finished.has(response)
}

function respond(page: Kept, request: Request): Response {
  const { body, headers } = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '') ? page.packed : page.plain
  const response = new Response(body, { headers })
  finished.add(response)
  return response
}
