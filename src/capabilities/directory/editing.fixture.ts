import { join } from 'node:path'
import { pino } from 'pino'
import type { z } from 'zod'
import type { TestDatabase } from '../../../test/database.ts'
import { testFiles } from '../../../test/files.ts'
import type { Actor } from '../../platform/access/actor.ts'
import type { Command } from '../../platform/access/command.ts'
import { perform } from '../../platform/access/perform.ts'
import { webServer } from '../../platform/http/app.ts'
import { Door } from '../../platform/http/door.ts'
import { loadPack } from '../../platform/packs/load.ts'
import { loadRegions, type Region } from '../../platform/packs/regions.ts'
import { directoryPack } from './pack-part.ts'
import { editingMenu, editingRoutes } from './routes/editing.tsx'
import { saveOrganisation } from './store/save-organisation.ts'
import type { ServiceCard } from './types.ts'

const packsFolder = join(import.meta.dirname, '../../../packs')

/** Loads real packs into a test database. */
export async function loadPacks(db: TestDatabase, ids: readonly string[]): Promise<void> {
  for (const id of ['common', ...ids]) await loadPack(db, join(packsFolder, id), [directoryPack], db.clock.now)
}

const asAdministration = { actor: null, purpose: 'administration' } as const

/** An organisation of a test, in an area of a loaded pack. @returns its id */
export function addOrganisation(
  db: TestDatabase,
  slug: string,
  area: string,
  more: { email?: string } = {},
): Promise<string> {
  return db.transact(asAdministration, (tx) =>
    saveOrganisation(
      tx,
      {
        slug,
        names: { en: `Organisation ${slug}` },
        alternateNames: [],
        description: { en: 'Helps' },
        kind: 'non-profit',
        area,
        phones: [],
        locations: [],
        example: false,
        ...more,
      },
      { pack: null },
    ),
  )
}

/** A small card that every rule accepts. */
export function smallCard(
  slug: string,
  organisation: string,
  area: string,
  more: Partial<ServiceCard> = {},
): ServiceCard {
  return {
    slug,
    organisation,
    names: { en: `Service ${slug}` },
    alternateNames: [],
    summary: { en: 'It helps people.' },
    kind: 'counselling',
    locations: [],
    areas: [area],
    activities: [{ en: 'We talk' }],
    forms: ['day'],
    term: { asNeeded: true },
    targetGroups: [],
    situations: [],
    eligibility: {},
    cost: { kind: 'free' },
    documents: [],
    legalBases: [],
    refusalGrounds: [],
    languages: ['en'],
    accessibility: [],
    phones: [],
    schedule: [],
    channels: ['phone'],
    crisis: false,
    example: false,
    writtenIn: 'en',
    ...more,
  }
}

/** Performs a command as its route would. */
export function does<Schema extends z.ZodType, Subject, Result>(
  db: TestDatabase,
  actor: Actor | null,
  declared: Command<Schema, Subject, Result>,
  given: unknown,
  key?: string,
) {
  return perform(declared, given, {
    database: db,
    actor,
    locale: 'en',
    origin: 'page',
    ...(key ? { idempotencyKey: key } : {}),
  })
}

export interface TestSite {
  /** who is signed in */
  actor: Actor | null
  regions: Region[]
  fetch(
    path: string,
    init?: RequestInit & { fields?: Record<string, string | string[]> | URLSearchParams },
  ): Promise<Response>
  app: ReturnType<typeof webServer>
}

/** The web server with the editing routes, and somebody who is signed in. */
export async function testSite(db: TestDatabase, url = 'http://localhost:3000'): Promise<TestSite> {
  const door = new Door()
  editingRoutes(door)
  const regions = await loadRegions(db)
  const site = { actor: null as Actor | null, regions }
  const app = webServer({
    config: { ...db.config, url },
    database: db,
    files: testFiles(db),
    door,
    regions: () => regions,
    log: pino({ level: 'silent' }),
    secret: 'secret of a test',
    secure: false,
    now: () => db.clock.now,
    authentication: { actorOf: async () => ({ actor: site.actor }) },
    menus: [{ public: () => [], work: (recognised) => editingMenu(recognised.actor) }],
  })
  return Object.assign(site, {
    app,
    async fetch(
      path: string,
      init: RequestInit & { fields?: Record<string, string | string[]> | URLSearchParams } = {},
    ) {
      const { fields, ...rest } = init
      if (!fields) return app.request(new Request(`${url}${path}`, rest))
      const body =
        fields instanceof URLSearchParams
          ? fields
          : new URLSearchParams(
              Object.entries(fields).flatMap(([name, value]) =>
                [value].flat().map((one): [string, string] => [name, one]),
              ),
            )
      return app.request(
        new Request(`${url}${path}`, {
          ...rest,
          method: 'POST',
          body,
          headers: { 'sec-fetch-site': 'same-origin', ...rest.headers },
        }),
      )
    },
  })
}

/** What a browser would send back of a form: every field as it stands, the named submit button pressed. */
export function formFields(html: string, action: string): URLSearchParams {
  const form = new RegExp(`<form[^>]*action="${action.replaceAll(/[.?]/g, '\\$&')}"[^>]*>([\\s\\S]*?)</form>`).exec(
    html,
  )?.[1]
  if (form === undefined) throw new Error(`the page holds no form for ${action}`)
  const fields = new URLSearchParams()
  const attribute = (tag: string, name: string) => asText(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
  for (const [, tag = '', select, text] of form.matchAll(
    /<(input[^>]*)>|<select([^>]*>[\s\S]*?)<\/select>|<textarea([^>]*>[\s\S]*?)<\/textarea>/g,
  )) {
    if (select !== undefined) {
      const chosen = /<option[^>]*\sselected[^>]*>/.exec(select)?.[0]
      fields.append(attribute(` ${select}`, 'name'), chosen ? attribute(chosen, 'value') : '')
    } else if (text !== undefined) {
      fields.append(attribute(` ${text}`, 'name'), asText(text.slice(text.indexOf('>') + 1)))
    } else {
      const type = attribute(tag, 'type')
      if ((type === 'checkbox' || type === 'radio') && !/\schecked/.test(tag)) continue
      fields.append(attribute(tag, 'name'), attribute(tag, 'value'))
    }
  }
  return fields
}

const asText = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
