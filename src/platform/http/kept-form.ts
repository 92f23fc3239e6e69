import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Database, query, type Tx } from '../db/database.ts'
import type { AddressLimit } from '../limits/limit.ts'
import type { Fields } from './form-fields.ts'

/** How long what was typed waits for its author: time to find a telephone with codes, not a second store of what people write. */
export const keptMinutes = 120
/** As many bytes of typed text are kept, in the longest form several times over. */
const largest = 300_000
/** Names the cookie that holds the browser's half of the key; its path is the address of the kept form alone. */
export const keptCookie = 'linden_kept'
/** Where a kept form waits: `/kept/{id}`. */
export const keptPath = '/kept/'

/** Strangers could fill the database with sealed nothing. */
export const keptLimit: AddressLimit = { name: 'http.kept-form', per: 'address', most: 30, within: { minutes: 60 } }

const Kept = z.object({
  /** the address as the door declares it, its parameters, and path and query as they were asked for */
  route: z.string(),
  params: z.record(z.string(), z.string()),
  address: z.string(),
  fields: z.array(z.tuple([z.string(), z.array(z.string())])),
})
export type Kept = z.infer<typeof Kept>

/**
 * Keeps what was typed, sealed. @param secret of the instance
 * @returns id, and the half of the key that goes to the browser and nowhere else; undefined when there is too much of it
 */
export async function keepForm(
  database: Database,
  secret: string,
  form: Omit<Kept, 'fields'> & { fields: Fields },
): Promise<{ id: string; key: string } | undefined> {
  const plain = Buffer.from(
    JSON.stringify({ ...form, fields: [...form.fields].map(([name, values]) => [name, [...values]]) }),
  )
  if (plain.length > largest) return undefined
  const id = crypto.randomUUID()
  const key = randomBytes(32).toString('base64url')
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, key), iv).setAAD(Buffer.from(id))
  const sealed = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  await database.transact({ actor: null, purpose: 'keeping' }, async (tx) => {
    const expires = new Date(tx.now.valueOf() + keptMinutes * 60_000)
    tx.later(query.insertInto('http.kept_form').values({ id, sealed, expires_at: expires }))
  })
  return { id, key }
}

/**
 * Opens what was kept, for the account that asks first and for no other after it.
 * @param key the browser's half of the key @returns undefined where there is nothing, no longer anything, or nothing for them
 */
export async function openKeptForm(
  database: Database,
  secret: string,
  account: string,
  { id, key }: { id: string; key: string | undefined },
): Promise<Kept | undefined> {
  if (!key) return undefined
  return database.transact({ actor: account, purpose: 'keeping' }, async (tx) => {
    const row = await tx.one(
      query
        .selectFrom('http.kept_form')
        .select('sealed')
        .where('id', '=', id)
        .where('expires_at', '>', tx.now)
        .forUpdate(),
    )
    const plain = row && unseal(row.sealed, keyOf(secret, key), id)
    if (!plain) return undefined
    tx.later(query.updateTable('http.kept_form').set({ opened_by: account }).where('id', '=', id))
    return Kept.parse(JSON.parse(plain))
  })
}

/** Forgets what waited too long. Needs the purpose `forgetting`. */
export async function forgetForms(tx: Tx): Promise<void> {
  await tx.all(query.deleteFrom('http.kept_form').where('expires_at', '<', tx.now))
}

function keyOf(secret: string, key: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, key, 'linden kept form 1', 32))
}

function unseal(sealed: Uint8Array, key: Uint8Array, id: string): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
    decipher.setAAD(Buffer.from(id)).setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8')
  } catch {
    // another browser's cookie: there is nothing for it here
    return undefined
  }
}
