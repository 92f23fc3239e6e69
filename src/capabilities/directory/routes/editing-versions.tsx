import { z } from 'zod'
import type { Tx } from '../../../platform/db/database.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { restoreVersion } from '../commands/restore-version.ts'
import { setStatus } from '../commands/set-status.ts'
import { type TendedCard, tendedBySlug } from '../commands/tended-service.ts'
import { mayTend } from '../permissions.ts'
import { compareCards } from '../rules/compare.ts'
import { listVersions, oneVersion } from '../store/edit-read.ts'
import type { ServiceDetails } from '../store/read-service.ts'
import { Slug } from '../types.ts'
import { cardSpeech } from '../views/card-words.ts'
import { StatusForm } from '../views/edit-card-page.tsx'
import { VersionComparison, type Versioned, VersionList } from '../views/edit-versions.tsx'
import { savedFlash, slugParams, workPage } from './editing-cards.tsx'

/** versions on one page */
export const pageSize = 25

export const versionsQuery = z.object({ before: z.coerce.number().int().positive().max(1_000_000_000).optional() })
/** Two versions, as an address names them: `3..7`. */
export const VersionRange = z
  .string()
  .regex(/^\d{1,9}\.\.\d{1,9}$/)
  .transform((range) => range.split('..').map(Number))

/** Runs `work` with a card that the visitor may tend; else says why not. */
function withCard(visit: Visit, slug: string, work: (tx: Tx, subject: TendedCard) => Promise<Answer>): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const subject = await tendedBySlug(tx, slug)
    if (!subject) return { is: 'notFound' }
    return mayTend.may(visit.actor, subject) ? work(tx, subject) : { is: 'forbidden' }
  })
}

function versioned(service: ServiceDetails): Versioned {
  const base = `/directory/services/${service.slug}`
  return {
    base,
    back: { href: base, label: m.edit_back_card() },
    name: cardSpeech(service.card)(service.card.names),
    version: service.version,
  }
}

/** Versions of a card, their comparison, restoring one, and the status of a service. */
export function versionRoutes(door: Door): void {
  door.page(
    '/directory/services/{slug}/versions',
    {
      ...workPage,
      params: slugParams,
      query: versionsQuery,
    },
    (visit) =>
      withCard(visit, visit.params.slug, async (tx, { service }) => {
        const versions = await listVersions(tx, service.id, visit.query.before, pageSize + 1)
        const shown = versions.slice(0, pageSize)
        const last = shown.at(-1)
        const next =
          versions.length > pageSize && last
            ? `/directory/services/${service.slug}/versions?before=${last.version}`
            : undefined
        const timeZone = visit.regions.find((region) => region.id === service.pack)?.timeZone ?? 'UTC'
        return page(
          m.edit_versions_title(),
          <VersionList of={versioned(service)} versions={shown} next={next} timeZone={timeZone} />,
          { size: 'sm' },
        )
      }),
  )

  const range = z.object({ slug: Slug, range: VersionRange })
  door.page('/directory/services/{slug}/versions/{range}', { ...workPage, params: range }, (visit) =>
    withCard(visit, visit.params.slug, async (tx, { service }) => {
      const [from = 0, to = 0] = visit.params.range
      const [before, after] = await Promise.all([oneVersion(tx, service.id, from), oneVersion(tx, service.id, to)])
      if (!before || !after) return { is: 'notFound' }
      return page(
        m.edit_compare_title({ from: String(from), to: String(to) }),
        <VersionComparison
          of={versioned(service)}
          from={before}
          to={after}
          differences={compareCards(before.card, after.card)}
        />,
        { size: 'sm' },
      )
    }),
  )

  door.form('/directory/services/{slug}/restore', {
    command: restoreVersion,
    params: slugParams,
    input: (fields, visit) => ({ slug: visit.params.slug, version: fields.version, to: fields.to }),
    done: (changed) =>
      redirect(`/directory/services/${changed.slug}/versions`, savedFlash(changed, m.edit_restored_flash())),
    again: async (_typed, outcome, visit) =>
      redirect(`/directory/services/${visit.params.slug}/versions`, {
        kind: 'warning',
        text:
          outcome.is === 'conflict'
            ? m.edit_restore_moved()
            : outcome.is === 'invalid'
              ? (outcome.errors[0]?.message ?? '')
              : m.edit_restore_moved(),
      }),
  })

  const showStatus = (visit: Visit, slug: string, state: FormState) =>
    withCard(visit, slug, async (_tx, { service }) =>
      page(m.edit_status_title(), <StatusForm service={service} state={state} idempotencyKey={crypto.randomUUID()} />, {
        size: 'sm',
      }),
    )

  door.page('/directory/services/{slug}/status', { ...workPage, params: slugParams }, (visit) =>
    showStatus(visit, visit.params.slug, {}),
  )

  door.form('/directory/services/{slug}/status', {
    command: setStatus,
    params: slugParams,
    input: (fields, visit) => ({
      slug: visit.params.slug,
      version: fields.version,
      status: fields.status,
      confirmed: Array.isArray(fields.confirmed) && fields.confirmed.includes('yes'),
    }),
    done: (changed) => redirect(`/directory/services/${changed.slug}`, savedFlash(changed, m.edit_status_flash())),
    again: (typed, outcome, visit) => showStatus(visit, visit.params.slug, { typed, outcome }),
  })
}
