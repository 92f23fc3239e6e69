import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type pg from 'pg'

/** What of the driver's connection is needed here; its types do not name it. */
interface Wire {
  stream: Duplex
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
}

/**
 * Reads what `COPY … TO STDOUT` sends, no faster than it is used. Several in one transaction of isolation
 * `repeatable read` are of one moment. Take the client from `ownerPool`: one that pipelines refuses this.
 * @param text the statement, e.g. `copy directory.service to stdout (format binary)`
 */
export async function* copyOut(client: pg.ClientBase, text: string): AsyncGenerator<Buffer, void, undefined> {
  const copy = new CopyOut(text)
  client.query(copy as unknown as pg.Submittable)
  try {
    yield* copy.chunks()
  } finally {
    await copy.discard()
  }
}

/**
 * Writes what comes from `source` through `COPY … FROM STDIN`, no faster than the server takes it. If the source fails,
 * nothing of it is stored.
 */
export async function copyIn(client: pg.ClientBase, text: string, source: AsyncIterable<Buffer>): Promise<void> {
  const copy = new CopyIn(text, source)
  client.query(copy as unknown as pg.Submittable)
  await copy.done
}

/** The answers that the driver passes to a statement, as far as COPY gets them. */
abstract class Copy {
  readonly done: Promise<void>
  protected wire: Wire | undefined
  readonly #text: string
  #finish: () => void = () => {}
  #fail: (error: unknown) => void = () => {}

  constructor(text: string) {
    this.#text = text
    this.done = new Promise((resolve, reject) => {
      this.#finish = resolve
      this.#fail = reject
    })
    this.done.catch(() => {})
  }

  submit(wire: Wire): void {
    this.wire = wire
    wire.query(this.#text)
  }

  handleCopyInResponse(wire: Wire): void {
    wire.sendCopyFail('this statement does not read')
  }

  handleCopyData(_message: { chunk: Buffer }, _wire: Wire): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}

  handleError(error: unknown): void {
    this.#fail(error)
  }

  handleReadyForQuery(): void {
    this.#finish()
  }
}

/** Chunks that wait before the connection is paused. */
const mostWaiting = 32

class CopyOut extends Copy {
  #waiting: Buffer[] = []
  #wake: () => void = () => {}
  #unwanted = false

  override handleCopyData({ chunk }: { chunk: Buffer }, wire: Wire): void {
    if (this.#unwanted) return
    // The driver uses its memory again.
    this.#waiting.push(Buffer.from(chunk))
    if (this.#waiting.length >= mostWaiting) wire.stream.pause()
    this.#wake()
  }

  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    let ended = false
    const end = this.done.finally(() => {
      ended = true
      this.#wake()
    })
    end.catch(() => {})
    for (;;) {
      const chunks = this.#waiting
      this.#waiting = []
      yield* chunks
      this.wire?.stream.resume()
      if (this.#waiting.length > 0) continue
      if (ended) break
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    await end
  }

  /** Lets the rest pass unread, so that the connection serves again. */
  async discard(): Promise<void> {
    this.#unwanted = true
    this.wire?.stream.resume()
    await this.done.catch(() => {})
  }
}

class CopyIn extends Copy {
  readonly #source: AsyncIterable<Buffer>
  #sourceError: unknown
  #ended = false

  constructor(text: string, source: AsyncIterable<Buffer>) {
    super(text)
    this.#source = source
  }

  override handleCopyInResponse(wire: Wire): void {
    void this.#pump(wire)
  }

  override handleError(error: unknown): void {
    this.#ended = true
    super.handleError(this.#sourceError ?? error)
  }

  async #pump(wire: Wire): Promise<void> {
    try {
      for await (const chunk of this.#source) {
        if (this.#ended) return
        wire.sendCopyFromChunk(chunk)
        if (wire.stream.writableNeedDrain) await Promise.race([once(wire.stream, 'drain'), this.done])
      }
      wire.endCopyFrom()
    } catch (error) {
      this.#sourceError = error
      if (!this.#ended) wire.sendCopyFail('the source failed')
    }
  }
}
