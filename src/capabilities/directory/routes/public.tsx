import { raw } from 'hono/html'
import QRCode from 'qrcode'
import { z } from 'zod'
import { everyone } from '../../../platform/access/permission.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import type { Offer } from '../../../platform/http/offer.ts'
import { ownPath } from '../../../platform/http/same-origin.ts'
import { shortCode } from '../../../platform/http/short-address.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { makePdf } from '../../../platform/pdf/pdf.ts'
import { type ThreadKind, toldAround } from '../../../platform/thread/thread.ts'
import { serviceJsonLd } from '../exchange/json-ld.ts'
import { freshness } from '../rules/freshness.ts'
import { openingAt } from '../rules/opening.ts'
import { organisationBySlug } from '../store/read-organisation.ts'
import { publicServiceBySlug, type ServiceDetails, serviceByShortCode } from '../store/read-service.ts'
import { serviceKind } from '../types.ts'
import { FrontPage } from '../views/front.tsx'
import { OrganisationPage } from '../views/organisation-page.tsx'
import { scheduleOf } from '../views/service-facts.ts'
import { type Offered, ServicePage } from '../views/service-page.tsx'
import { servicePdf } from '../views/service-pdf.ts'

const open = { permission: everyone, audit: { none: 'a public page of the directory' } } as const
/** as long as the directory may lag behind for those who only read it */
const keepSeconds = 5
/** a paper costs more than a page to make */
const papers = { name: 'directory.paper', per: 'address', most: 60, within: { minutes: 10 } } as const
/** What a page of a service takes from other capabilities. */
interface Others {
  offers: readonly Offer[]
  threadKinds: readonly ThreadKind[]
}

const slug = z.object({ slug: z.string().max(160) })

/**
 * What everybody may read without an account: front page, services, organisations.
 * @param others what other capabilities offer to do about a service, and tell of it
 */
export function publicRoutes(door: Door, others: Others = { offers: [], threadKinds: [] }): void {
  door.page('/', { ...open, keepSeconds }, front)
  door.page(
    '/services/{slug}',
    { ...open, keepSeconds, params: slug, query: z.object({ back: z.string().max(1000).optional() }) },
    (visit) => showService(visit, others),
  )
  door.page('/services/{slug}/pdf', { ...open, limit: papers, params: slug }, servicePaper)
  door.page('/services/{slug}/qr.svg', { ...open, params: slug }, serviceCode)
  door.page(
    '/s/{code}',
    { ...open, params: z.object({ code: z.string().regex(/^[0-9a-f]{10}$/) }) },
    async ({ params, read }) => {
      const found = await read((tx) => serviceByShortCode(tx, params.code))
      return found ? redirect(`/services/${found}`) : { is: 'notFound' }
    },
  )
  door.page('/organisations/{slug}', { ...open, params: slug }, async ({ params, read, locale }) => {
    const organisation = await read((tx) => organisationBySlug(tx, params.slug))
    if (!organisation) return { is: 'notFound' }
    return page(speak(organisation.profile.names, locale).words, <OrganisationPage organisation={organisation} />)
  })
}

async function front(visit: Visit): Promise<Answer> {
  const { region, locale } = visit
  const helpline = region?.helpline
  return page(
    m.directory_front_title(),
    <FrontPage
      region={region ? speak(region.short, locale, region.languages).words : undefined}
      helpline={
        helpline
          ? {
              label: speak(helpline.label, locale, region?.languages),
              number: helpline.number,
              hours: helpline.hours ? speak(helpline.hours, locale, region?.languages) : undefined,
              example: helpline.example,
            }
          : undefined
      }
      offices={undefined}
    />,
    { description: m.directory_front_door_text() },
  )
}

type ServiceVisit = Visit<{ slug: string }, { back?: string | undefined }>

async function showService(visit: ServiceVisit, { offers, threadKinds }: Others): Promise<Answer> {
  const found = await visit.read(async (tx) => {
    const service = await publicServiceBySlug(tx, visit.params.slug)
    return service && { service, told: await toldAround(tx, threadKinds, { kind: serviceKind, id: service.id }) }
  })
  if (!found) return { is: 'notFound' }
  const { service, told } = found
  const region = visit.regions.find(({ id }) => id === service.pack)
  const timeZone = region?.timeZone ?? 'UTC'
  const back = visit.query.back
    ? { href: ownPath(visit.query.back), label: m.directory_back_results() }
    : { href: '/services', label: m.directory_back_services() }
  const name = speak(service.card.names, visit.locale, [service.card.writtenIn])
  const summary = speak(service.card.summary, visit.locale, [service.card.writtenIn])
  const violence = service.card.situations.some((code) => code === 'violence-at-home' || code === 'trafficking')
  const jsonLd = JSON.stringify(serviceJsonLd(service, visit.origin, visit.locale)).replaceAll('<', '\\u003c')
  return page(
    name.words,
    <ServicePage
      service={service}
      offers={offersFor(service, region, offers)}
      told={told}
      // what is closed for now, or ended, is not open at any hour
      opening={service.status === 'active' ? openingAt(scheduleOf(service), visit.now, timeZone) : { is: 'unknown' }}
      freshness={freshness(service, visit.now)}
      today={dayIn(visit.now, timeZone)}
      back={back}
      qr={`/services/${service.slug}/qr.svg`}
      shortAddress={shortAddress(visit, service.id)}
    />,
    {
      description: summary.words,
      leave: violence,
      ...(service.pack ? { region: service.pack } : {}),
      head: (
        <>
          <link rel="canonical" href={`${visit.origin}/services/${service.slug}`} />
          <link rel="alternate" type="application/json" href={`/hsds/services/${service.id}`} />
          <script type="application/ld+json">{raw(jsonLd)}</script>
        </>
      ),
      ...(service.status === 'defunct' ? { status: 410 as const } : {}),
    },
  )
}

function offersFor(
  { id, slug, status }: ServiceDetails,
  region: Region | undefined,
  offers: readonly Offer[],
): Offered[] {
  return offers.flatMap((offer) => {
    const link = offer.link({ id, slug, region, active: status === 'active' })
    return link ? [{ link, hint: offer.hint() }] : []
  })
}

function shortAddress(visit: Pick<Visit, 'origin'>, id: string): string {
  return `${visit.origin}/s/${shortCode(id)}`
}

async function servicePaper(visit: Visit<{ slug: string }>): Promise<Answer> {
  const service = await visit.read((tx) => publicServiceBySlug(tx, visit.params.slug))
  if (!service) return { is: 'notFound' }
  const timeZone = visit.regions.find(({ id }) => id === service.pack)?.timeZone ?? 'UTC'
  return {
    is: 'file',
    type: 'application/pdf',
    name: `${service.slug}.pdf`,
    body: await makePdf(
      servicePdf(service, {
        shortAddress: shortAddress(visit, service.id),
        freshness: freshness(service, visit.now),
        today: dayIn(visit.now, timeZone),
      }),
    ),
  }
}

async function serviceCode(visit: Visit<{ slug: string }>): Promise<Answer> {
  const service = await visit.read((tx) => publicServiceBySlug(tx, visit.params.slug))
  if (!service) return { is: 'notFound' }
  const body = await QRCode.toString(shortAddress(visit, service.id), {
    type: 'svg',
    margin: 2,
    errorCorrectionLevel: 'M',
  })
  return { is: 'file', type: 'image/svg+xml', body, headers: { 'cache-control': 'public, max-age=86400' } }
}
