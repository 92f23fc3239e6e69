import type { AuditNote } from '../access/command.ts'
import { identityOf } from '../access/perform.ts'
import { recordEvent } from '../audit/record.ts'
import type { House } from './app.ts'
import type { Audited } from './door.ts'
import type { Recognised } from './recognise.ts'
import type { Visit } from './visit.ts'
import { wantsJson } from './wants-json.ts'

/** One request as its route sees it, of what was recognised and what the route's schemas made of the address. */
export function visitOf(
  house: Pick<House, 'config' | 'database' | 'regions' | 'now'>,
  recognised: Pick<Recognised, 'actor' | 'locale' | 'region' | 'request' | 'url'>,
  checked: { params: unknown; query: unknown },
  audit: Audited,
): Visit {
  let note: AuditNote | undefined
  return {
    params: checked.params,
    query: checked.query,
    actor: recognised.actor,
    locale: recognised.locale,
    region: recognised.region,
    regions: house.regions(),
    now: house.now(),
    address: recognised.url.pathname + recognised.url.search,
    origin: new URL(house.config.url).origin,
    database: house.database,
    request: recognised.request,
    about(told) {
      note = told
    },
    read(work, purpose) {
      const identity = { ...identityOf(recognised.actor, recognised.locale), ...(purpose ? { purpose } : {}) }
      return house.database.transact(identity, async (tx) => {
        const result = await work(tx)
        if (typeof audit === 'string') {
          recordEvent(tx, {
            act: audit,
            actor: recognised.actor?.account ?? null,
            origin: wantsJson(recognised.request) ? 'api' : 'page',
            outcome: 'read',
            about: note,
          })
        }
        return result
      })
    },
  }
}
