import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { TooLarge } from './body.ts'
import { cleanText, decodeUtf8 } from './clean.ts'
import { add, type Fields } from './form-fields.ts'

/** Bytes of everything that is typed into one form. */
export const formLimit = 1_000_000
/** Parts of one form: more than any form of ours has fields. */
const mostParts = 1_000

/** The form broke off, or is none. */
export class BrokenForm extends Error {
  readonly reason: 'broken' | 'too many fields'
  constructor(reason: BrokenForm['reason']) {
    super(reason)
    this.reason = reason
  }
}

/** Takes one file of a form as it comes; what it does not read is skipped. @param name empty where the sender chose no file */
export type TakeFile = (field: string, name: string, content: AsyncIterable<Uint8Array>) => Promise<void>

/**
 * Reads a form with files as a stream, part after part; memory stays flat. When it throws, `take` has come to its end.
 * @param limit bytes of the whole body
 * @throws BrokenForm, TooLarge, BadText; and what `take` throws
 */
export async function readMultipart(request: Request, limit: number, take: TakeFile): Promise<Fields> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new TooLarge(limit)
  const parser = parserOf(request.headers.get('content-type') ?? '')
  const parts = new Parts(parser, take)
  const body = request.body?.getReader()
  try {
    await parts.orFailed(write(body, parser, limit))
    await parts.orFailed(end(parser))
    return await parts.fields()
  } catch (error) {
    await parts.giveUp(error)
    body?.cancel().catch(() => {})
    throw parts.failure
  }
}

function parserOf(type: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      // the strict decoder of ours reads what is typed: this one would put signs of its own in place of what it cannot read
      isPartAFile: () => true,
      preservePath: true,
      limits: { parts: mostParts, headerPairs: 20, headerSize: 16_384 },
    })
  } catch {
    throw new BrokenForm('broken')
  }
}

/** The parts of one form, taken one after the other. */
class Parts {
  failure: unknown
  readonly #typed = new Map<string, string[]>()
  readonly #waiting = new Set<Readable>()
  readonly #failed = Promise.withResolvers<never>()
  readonly #take: TakeFile
  #bytes = 0
  #work: Promise<void> = Promise.resolve()

  constructor(parser: BusboyInstance, take: TakeFile) {
    this.#take = take
    this.#failed.promise.catch(() => {})
    parser.on('error', () => this.#fail(new BrokenForm('broken')))
    parser.on('partsLimit', () => this.#fail(new BrokenForm('too many fields')))
    parser.on('file', (field: string | undefined, content, name: string | undefined) => {
      // told by the parser itself
      content.on('error', () => {})
      if (this.failure !== undefined) return void content.destroy()
      this.#waiting.add(content)
      this.#work = this.#work.then(() => this.#takePart(field, name, content))
      this.#work.catch((error: unknown) => this.#fail(error))
    })
  }

  /** What comes of it, or the first failure of any part: a parser whose parts nobody takes waits for ever. */
  orFailed<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed.promise])
  }

  async fields(): Promise<Fields> {
    await this.#work
    return this.#typed
  }

  /** Ends what is being taken, and waits until it has cleared up. */
  async giveUp(error: unknown): Promise<void> {
    this.#fail(error)
    await this.#work.catch(() => {})
  }

  #fail(error: unknown): void {
    this.failure ??= error
    this.#failed.reject(this.failure)
    for (const content of this.#waiting) content.destroy()
  }

  async #takePart(field: string | undefined, name: string | undefined, content: Readable): Promise<void> {
    const bytes: AsyncIterable<Uint8Array> = content.iterator({ destroyOnReturn: false })
    if (field !== undefined && name !== undefined) await this.#takeFile(field, name, bytes)
    else if (field !== undefined) await this.#takeText(field, bytes)
    content.resume()
    await finished(content, { writable: false })
    this.#waiting.delete(content)
  }

  async #takeFile(field: string, name: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    // The form knows the field again, as one that was sent without words: so an error about a file leads to it.
    const key = cleanText('', field)
    if (!this.#typed.has(key)) this.#typed.set(key, [])
    await this.#take(key, name, content)
  }

  async #takeText(field: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const chunks: Uint8Array[] = []
    for await (const chunk of content) {
      this.#bytes += chunk.length
      if (this.#bytes > formLimit) throw new TooLarge(formLimit)
      chunks.push(chunk)
    }
    add(this.#typed, field, decodeUtf8(field, Buffer.concat(chunks)))
  }
}

async function write(
  body: ReadableStreamDefaultReader<Uint8Array> | undefined,
  parser: BusboyInstance,
  limit: number,
): Promise<void> {
  let size = 0
  for (;;) {
    const { done, value } = (await body?.read().catch(brokeOff)) ?? { done: true, value: undefined }
    if (done) return
    size += value.length
    if (size > limit) throw new TooLarge(limit)
    await new Promise<void>((written) => parser.write(value, () => written()))
  }
}

const brokeOff = (): never => {
  throw new BrokenForm('broken')
}

async function end(parser: BusboyInstance): Promise<void> {
  const whole = once(parser, 'finish')
  parser.end()
  await whole
}
