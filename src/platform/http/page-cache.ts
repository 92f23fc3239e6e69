import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const compress = promisify(gzip)

interface Kept {
  status: number
  headers: Record<string, string>
  /** as bytes: encoding a text anew for every reader would cost more than copying them */
  body: Uint8Array<ArrayBuffer>
  packed: Uint8Array<ArrayBuffer>
  until: number
}

/**
 * Public pages as they were sent a few seconds ago, for visitors without an account: a rush of readers costs one rendering.
 * Who has signed in never reads from here, and so sees their own change at once; everybody else sees it after `seconds` at the latest.
 */
export class PageCache {
  readonly #pages = new Map<string, Promise<Kept | undefined>>()
  readonly #headers: readonly [string, string][]
  readonly #most: number

  /** @param headers what every answer of the program carries @param most how many pages are kept; the oldest goes first */
  constructor(headers: readonly [string, string][] = [], most = 500) {
    this.#headers = headers
    this.#most = most
  }

  /** Forgets everything: something was changed here, and its author will look. Other processes follow within seconds. */
  clear(): void {
    this.#pages.clear()
  }

  /**
   * The page under this key, rendered anew when it is older than `seconds`. Kept, and shown to others who wait for it, is only a whole
   * page (200) that sets no cookie; anything else is the answer to one visitor, and everybody else gets their own.
   */
  async answer(key: string, seconds: number, request: Request, render: () => Promise<Response>): Promise<Response> {
    const known = this.#pages.get(key)
    const page = known && (await known.catch(() => undefined))
    if (page && page.until > Date.now()) return respond(page, request)
    if (known && !page) return render()
    if (this.#pages.get(key) !== known) return this.answer(key, seconds, request, render)
    let own: Response | undefined
    const made = render().then((response) => {
      if (response.status === 200 && !response.headers.has('set-cookie')) return keep(response, seconds, this.#headers)
      own = response
      return undefined
    })
    this.#pages.set(key, made)
    while (this.#pages.size > this.#most) this.#pages.delete(this.#pages.keys().next().value ?? key)
    const forget = () => {
      if (this.#pages.get(key) === made) this.#pages.delete(key)
    }
    try {
      const kept = await made
      if (kept) return respond(kept, request)
      forget()
      return own ?? render()
    } catch (error) {
      forget()
      throw error
    }
  }
}

async function keep(response: Response, seconds: number, headers: readonly [string, string][]): Promise<Kept> {
  const body = new Uint8Array(await response.arrayBuffer())
  return {
    status: response.status,
    headers: { ...Object.fromEntries(headers), ...Object.fromEntries(response.headers) },
    body,
    packed: new Uint8Array(await compress(body)),
    until: Date.now() + seconds * 1000,
  }
}

const finished = new WeakSet<Response>()

/** Was this answer made whole here, headers and packing included? Looking into it would cost more than making it. */
export function isFinished(response: Response): boolean {
  return finished.has(response)
}

function respond(page: Kept, request: Request): Response {
  const packs = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  const response = new Response(packs ? page.packed : page.body, {
    status: page.status,
    headers: packs ? { ...page.headers, 'content-encoding': 'gzip' } : page.headers,
  })
  finished.add(response)
  return response
}
