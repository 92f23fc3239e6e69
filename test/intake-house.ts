import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { z } from 'zod'
import { capacityPack } from '../src/capabilities/capacity/pack-part.ts'
import { directoryPack } from '../src/capabilities/directory/pack-part.ts'
import { governancePack } from '../src/capabilities/governance/pack-part.ts'
import { saveDraft } from '../src/capabilities/intake/commands/save-draft.ts'
import { startRequest } from '../src/capabilities/intake/commands/start-request.ts'
import { submitRequest } from '../src/capabilities/intake/commands/submit-request.ts'
import { linkPurpose } from '../src/capabilities/intake/link.ts'
import { intakePack } from '../src/capabilities/intake/pack-part.ts'
import { readRequest, type StoredRequest } from '../src/capabilities/intake/store/requests.ts'
import type { Draft } from '../src/capabilities/intake/types.ts'
import type { Actor } from '../src/platform/access/actor.ts'
import type { Command } from '../src/platform/access/command.ts'
import type { Outcome } from '../src/platform/access/outcome.ts'
import { perform } from '../src/platform/access/perform.ts'
import type { Locale } from '../src/platform/i18n/text.ts'
import { loadPack, type PackPart } from '../src/platform/packs/load.ts'
import type { TestDatabase } from './database.ts'

const packsFolder = join(import.meta.dirname, '..', 'packs')
const parts = [directoryPack, governancePack, capacityPack, intakePack] as PackPart<unknown>[]

/** Loads real packs with all that intake stands on. */
export async function loadIntakePacks(
  db: TestDatabase,
  ids: readonly string[] = ['ua-kharkiv', 'dk-midtjylland', 'de-stuttgart'],
): Promise<void> {
  for (const id of ['common', ...ids]) await loadPack(db, join(packsFolder, id), parts, db.clock.now)
}

export const asAdministration = { actor: null, purpose: 'administration' } as const

/** Performs a command as somebody, or as whoever comes by. */
export const act = <Schema extends z.ZodType, Subject, Result>(
  db: TestDatabase,
  actor: Actor | null,
  command: Command<Schema, Subject, Result>,
  input: z.input<Schema>,
  locale: Locale = 'en',
): Promise<Outcome<Result>> => perform(command, input, { database: db, actor, locale, origin: 'page' })

/** What came of a command that must succeed. @throws Error with what came instead */
export function done<T>(outcome: Outcome<T>): T {
  if (outcome.is !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(outcome)}`)
  return outcome.value
}

/** The token of a new link. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** The id of a service. */
export async function serviceId(db: TestDatabase, slug: string): Promise<string> {
  const { rows } = await db.ownerPool.query('select id from directory.service where slug = $1', [slug])
  if (!rows[0]) throw new Error(`${slug} is no service`)
  return rows[0].id
}

/** What somebody asks for, and how. */
export interface Asking {
  pack: string
  service?: string | undefined
  kind?: Draft['kind']
  particulars?: Draft['particulars']
  situation?: Partial<Draft['situation']>
  contact?: Partial<Draft['contact']>
  enteredBy?: Draft['enteredBy']
  actor?: Actor | null
  locale?: Locale
}

/** Asks for help by link, from the first page to the sending. @returns the link's token, the request's id and reference */
export async function askForHelp(
  db: TestDatabase,
  asking: Asking,
): Promise<{ token: string; id: string; reference: string }> {
  const token = newToken()
  const actor = asking.actor ?? null
  const service = asking.service ? await serviceId(db, asking.service) : undefined
  const kind = asking.kind ?? 'application'
  const { id, reference } = done(
    await act(db, actor, startRequest, { token, pack: asking.pack, service, kind }, asking.locale),
  )
  const saved = done(
    await act(db, actor, saveDraft, {
      token,
      version: 1,
      particulars: asking.particulars ?? { name: 'Гриценко Наталя Іванівна', birthDate: '1990-05-17' },
      situation: { words: 'Ми втекли від війни і не маємо де жити.', dangers: [], ...asking.situation },
      contact: { ways: ['phone'], phone: '+380 50 000 00 00', ...asking.contact },
      ...(asking.enteredBy ? { enteredBy: asking.enteredBy } : {}),
    }),
  )
  done(await act(db, actor, submitRequest, { token, version: saved.version }, asking.locale))
  return { token, id, reference }
}

/** A request as its link, or somebody, sees it. */
export const seen = (db: TestDatabase, id: string, by: { token: string } | Actor): Promise<StoredRequest | undefined> =>
  db.transact('token' in by ? { actor: null, purpose: linkPurpose(by.token) } : { actor: by.account }, (tx) =>
    readRequest(tx, id),
  )
