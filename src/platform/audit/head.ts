import { createHash } from 'node:crypto'
import { z } from 'zod'
import { beginning, countIn, isRising, type Seal, sealHash } from './entry.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const number = z.number().int().positive()

/**
 * The head of the trail, for keeping elsewhere: every seal, and of each entry the first 8 bytes of its leaf hash, so that whoever holds it
 * can later name the first bad entry even where the database's owner has rebuilt every seal. It holds no personal data.
 */
export const Head = z.object({
  format: z.literal('linden audit head 1'),
  madeAt: z.iso.datetime(),
  seals: z.array(
    z.object({
      number,
      sealedAt: z.iso.datetime(),
      events: z.array(z.object({ from: number, to: number })).min(1),
      count: number,
      root: hash,
      previous: hash,
      hash,
      /** 8 bytes for each entry, in base64 */
      fingerprints: z.base64(),
    }),
  ),
})
export type Head = z.infer<typeof Head>
type HeadSeal = Head['seals'][number]

const fingerprintBytes = 8

/** A head that cannot be trusted: not one of ours, damaged, or edited. */
export class HeadUnreadable extends Error {
  constructor(reason: string) {
    super(`This file is no head of an audit trail that can be used: ${reason}. Take another copy of it.`)
    this.name = 'HeadUnreadable'
  }
}

/** The fingerprint of a leaf hash, both hexadecimal. Eight bytes: nobody can search for another entry that has them too. */
export function fingerprintOf(leaf: string): string {
  return leaf.slice(0, 2 * fingerprintBytes)
}

/** The fingerprints of a seal in the order of its entries. */
export function fingerprintsOf(seal: Pick<HeadSeal, 'fingerprints'>): string[] {
  const text = Buffer.from(seal.fingerprints, 'base64').toString('hex')
  return text.match(/.{16}/g) ?? []
}

/** What of a seal goes into the head. */
export function headSealOf({ leaves, ...seal }: Seal): HeadSeal {
  return {
    ...seal,
    events: seal.events.map((span) => ({ ...span })),
    fingerprints: Buffer.from(leaves.map(fingerprintOf).join(''), 'hex').toString('base64'),
  }
}

/** The head as text, piece by piece: it grows with the trail, about 11 bytes for each entry. */
export async function* writeHead(seals: AsyncIterable<Seal> | Iterable<Seal>, now: Date): AsyncGenerator<string> {
  yield `{"format":"linden audit head 1","madeAt":${JSON.stringify(now.toISOString())},"seals":[`
  let between = '\n'
  for await (const seal of seals) {
    yield between + JSON.stringify(headSealOf(seal))
    between = ',\n'
  }
  yield '\n]}\n'
}

/** Reads a head and checks that it is whole in itself. @throws HeadUnreadable */
export function readHead(text: string): Head {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw new HeadUnreadable('it is not JSON')
  }
  const parsed = Head.safeParse(given)
  if (!parsed.success) throw new HeadUnreadable(`${parsed.error.issues[0]?.path.join('.')} is not as it should be`)
  let previous = beginning
  for (const [index, seal] of parsed.data.seals.entries()) {
    const chained = seal.number === index + 1 && seal.previous === previous && seal.hash === sealHash(seal)
    const whole = isRising(seal.events) && countIn(seal.events) === seal.count
    if (!chained || !whole || fingerprintsOf(seal).length !== seal.count)
      throw new HeadUnreadable(`seal ${seal.number} does not fit`)
    previous = seal.hash
  }
  return parsed.data
}

/** A short name of a head, to read out or print: SHA-256 of its last seal, in groups of four. */
export function headName(head: Pick<Head, 'seals'>): string {
  const last = head.seals.at(-1)?.hash ?? beginning
  return createHash('sha256')
    .update(last)
    .digest('hex')
    .slice(0, 32)
    .replaceAll(/(.{4})(?=.)/g, '$1 ')
}
