import type { Child } from 'hono/jsx'
import { formatDay, formatList, formatMoney, formatTime, formatWeekday } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Spoken, Text } from '../../../platform/i18n/text.ts'
import type { Told } from '../../../platform/thread/thread.ts'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import type { Link } from '../../../platform/ui/frame.ts'
import { dial } from '../../../platform/ui/header.tsx'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Marks, Words } from '../../../platform/ui/words.tsx'
import type { Freshness } from '../rules/freshness.ts'
import type { Opening } from '../rules/opening.ts'
import type { ServiceDetails } from '../store/read-service.ts'
import type { Location, OpeningHours, ServiceCard } from '../types.ts'
import {
  accessWords,
  ageWords,
  cardSpeech,
  channelWords,
  costWords,
  formWords,
  hoursWords,
  neededWords,
  providerWords,
  spokenLanguage,
  termWords,
  weekdayNumber,
} from './card-words.ts'
import {
  cardStandsOn,
  confirmedWords,
  outOfForceSince,
  placesWithHours,
  scheduleOf,
  staleWords,
} from './service-facts.ts'

/** What can be done about the service here; who offers it, the page does not know. */
export interface Offered {
  link: Link
  hint: string
}

export interface ServicePageProps {
  service: ServiceDetails
  offers: readonly Offered[]
  /** what others tell of it: places that belong to it, what they cost */
  told: readonly Told[]
  opening: Opening
  freshness: Freshness
  /** today in the region, YYYY-MM-DD */
  today: string
  back: { href: string; label: string }
  /** QR code of the short address, as the address of a picture */
  qr: string
  shortAddress: string
}

/** DIR-1: the whole card of a service; DIR-2 on top, since it is what people fear most. */
export function ServicePage(props: ServicePageProps) {
  const { service, offers, told, opening, freshness, today, back, qr, shortAddress } = props
  const { card } = service
  const say = cardSpeech(card)
  const name = say(card.names)
  const also = card.alternateNames.map((text) => say(text)).filter(({ words }) => words !== name.words)
  return (
    <article class="ln-service">
      <PageHead
        back={back}
        title={<Words of={name} plain />}
        lead={<Words of={say(card.summary)} plain />}
        facts={also.length > 0 ? <AlsoCalled names={also} /> : undefined}
      >
        <div class="ln-row" data-tight>
          <Marks of={[name]} />
          {card.example ? (
            <Status mark="eye" tag>
              {m.directory_example()}
            </Status>
          ) : null}
        </div>
      </PageHead>
      <div class="ln-grid" data-cols="main-aside">
        <Contact service={service} offers={offers} />
        <div class="ln-stack ln-main" data-gap="6">
          <State service={service} freshness={freshness} />
          <Grounds service={service} today={today} />
          <Section id="get" heading={m.directory_what_you_get()}>
            <ul class="ds-list">
              {card.activities.map((activity) => (
                <li>
                  <Words of={say(activity)} plain />
                </li>
              ))}
            </ul>
          </Section>
          <Section id="all" heading={m.directory_conditions()}>
            <Conditions service={service} />
          </Section>
          <LegalBases service={service} today={today} />
          {told.length > 0 ? <AroundIt told={told} /> : null}
          {card.editorNote ? (
            <Note color="neutral">
              <Words of={say(card.editorNote)} />
            </Note>
          ) : null}
        </div>
        <Aside service={service} opening={opening} freshness={freshness} qr={qr} shortAddress={shortAddress} />
      </div>
    </article>
  )
}

/** Who shaped it and what belongs to it, as others tell (DIR-9). */
function AroundIt({ told }: Pick<ServicePageProps, 'told'>) {
  return (
    <Section id="around" heading={m.directory_around()}>
      <ul class="ln-plain ln-stack" data-gap="3">
        {told.map(({ href, label, facts }) => (
          <li>
            <a class="ln-link" href={href}>
              {label}
            </a>
            {facts ? <span class="ln-block ln-small ln-quiet">{facts}</span> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The way to them; stands in the source before the long text, so that a phone shows it first. */
function Contact({ service, offers }: Pick<ServicePageProps, 'service' | 'offers'>) {
  const { card } = service
  const phones = [...card.phones, ...service.locations.flatMap(({ location }) => location.phones)]
  const first = phones[0]
  if (offers.length === 0 && !first && !card.email && !card.website) return null
  return (
    <div class="ln-stack ln-act" data-gap="3">
      {offers.map(({ link, hint }) => (
        <>
          <ButtonLink href={link.href} wide>
            {link.label}
          </ButtonLink>
          <p class="ln-small ln-quiet">{hint}</p>
        </>
      ))}
      {first ? (
        card.example ? (
          <p class="ln-quiet">
            {first.number} ({m.directory_example_number()})
          </p>
        ) : (
          <ButtonLink href={dial(first.number)} icon="phone" variant={offers.length > 0 ? 'secondary' : 'primary'} wide>
            {m.directory_call({ number: first.number })}
          </ButtonLink>
        )
      ) : null}
      {card.email && !card.example ? (
        <ButtonLink href={`mailto:${card.email}`} variant="secondary" icon="mail" wide>
          {m.directory_write()}
        </ButtonLink>
      ) : null}
      {card.website && !card.example ? (
        <p>
          <a href={card.website} rel="noreferrer">
            {m.directory_website()}
          </a>
        </p>
      ) : null}
    </div>
  )
}

function State({ service, freshness }: { service: ServiceDetails; freshness: Freshness }) {
  if (service.status === 'defunct') {
    return (
      <Note color="warning" heading={m.directory_gone_title()} mark="stop">
        <p>
          {m.directory_gone_text()} <a href="/find">{m.directory_find_title()}</a>
        </p>
      </Note>
    )
  }
  if (service.status === 'temporarily closed') {
    return (
      <Note color="warning" heading={m.directory_closed_title()} mark="late">
        <p>{m.directory_closed_text()}</p>
      </Note>
    )
  }
  const stale = staleWords(service, freshness)
  if (!stale) return null
  return (
    <Note color="warning">
      <Status mark="late" color="warning">
        {stale}
      </Status>
    </Note>
  )
}

/** DIR-2: an empty list is said with the card's date and whether its law is still in force; it never promises a place. */
function Grounds({ service, today }: { service: ServiceDetails; today: string }) {
  const { card } = service
  if (card.refusalGrounds.length > 0) return null
  return (
    <Note color="success" heading={m.directory_no_grounds_title()} mark="shield">
      <p>{cardStandsOn(service, today)}</p>
      <p>{m.directory_no_grounds_text()}</p>
    </Note>
  )
}

function Conditions({ service }: { service: ServiceDetails }) {
  const { card } = service
  const say = cardSpeech(card)
  const named = (codes: readonly string[]) =>
    codes.length === 0 ? undefined : (
      <ul>
        {codes.map((code) => (
          <li>
            <Words of={say(service.names.get(code) ?? ({ [card.writtenIn]: code } as Text))} plain />
          </li>
        ))}
      </ul>
    )
  const list = (words: readonly string[]) => (words.length > 0 ? formatList(words) : undefined)
  const places = [...new Set(service.locations.flatMap(({ location }) => location.accessibility))]
  return (
    <SummaryList
      items={[
        { label: m.directory_for_whom(), value: named(card.targetGroups) },
        { label: m.directory_situations(), value: named(card.situations) },
        ...(ageWords(card.eligibility) ? [{ label: m.directory_age(), value: ageWords(card.eligibility) }] : []),
        ...(card.eligibility.description
          ? [{ label: m.directory_eligibility(), value: <Words of={say(card.eligibility.description)} /> }]
          : []),
        {
          label: m.directory_area(),
          value: list(
            card.areas.map((code) => say(service.names.get(code) ?? ({ [card.writtenIn]: code } as Text)).words),
          ),
        },
        { label: m.directory_cost(), value: <Cost cost={card.cost} say={say} /> },
        { label: m.directory_how_long(), value: termWords(card.term) },
        { label: m.directory_form(), value: card.forms.map(formWords).join(' · ') },
        { label: m.directory_documents(), value: <Documents service={service} /> },
        { label: m.directory_refusal(), value: <RefusalList card={card} /> },
        { label: m.directory_languages(), value: list(card.languages.map(spokenLanguage)) },
        {
          label: m.directory_accessibility(),
          value: list([...new Set([...card.accessibility, ...places])].map(accessWords)),
        },
        { label: m.directory_how_to_ask(), value: list(card.channels.map(channelWords)) },
        {
          label: m.directory_kind(),
          value: <Words of={say(service.names.get(card.kind) ?? ({ [card.writtenIn]: card.kind } as Text))} plain />,
        },
        { label: m.directory_provider_kind(), value: providerWords(service.organisation.kind) },
      ]}
    />
  )
}

function Cost({ cost, say }: { cost: ServiceCard['cost']; say: ReturnType<typeof cardSpeech> }) {
  return (
    <>
      <strong>{costWords(cost.kind)}</strong>
      {cost.amount && cost.currency ? (
        <>
          {' '}
          · <span class="ln-num">{formatMoney(cost.amount, cost.currency)}</span>
        </>
      ) : null}
      {cost.description ? (
        <>
          <br />
          <Words of={say(cost.description)} plain />
        </>
      ) : null}
    </>
  )
}

function Documents({ service }: { service: ServiceDetails }) {
  const { card } = service
  const say = cardSpeech(card)
  if (card.documents.length === 0) return <>{m.directory_documents_none()}</>
  return (
    <ul>
      {card.documents.map((document) => (
        <li>
          <strong>
            <Words of={say(document.name)} plain />
          </strong>
          {' — '}
          {neededWords(document.needed)}
          {document.from === 'office' ? `, ${m.directory_document_from_office()}` : null}
          {document.howToObtain ? (
            <>
              . <Words of={say(document.howToObtain)} plain />
            </>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function RefusalList({ card }: { card: ServiceCard }) {
  const say = cardSpeech(card)
  const holding = (when: 'entry' | 'ending') => card.refusalGrounds.filter((ground) => ground.holds === when)
  if (card.refusalGrounds.length === 0)
    return (
      <Status mark="shield" tag>
        {m.directory_refusal_none()}
      </Status>
    )
  return (
    <>
      {(['entry', 'ending'] as const).map((when) =>
        holding(when).length > 0 ? (
          <>
            <p>{when === 'entry' ? m.directory_refusal_entry() : m.directory_refusal_ending()}:</p>
            <ul>
              {holding(when).map((ground) => (
                <li>
                  <Words of={say(ground.text)} plain />
                </li>
              ))}
            </ul>
          </>
        ) : null,
      )}
    </>
  )
}

/** Other names, each in its own language: some are known in one alone. */
function AlsoCalled({ names }: { names: readonly Spoken[] }) {
  return (
    <>
      {m.directory_also({ names: '' })}
      {names.map((name, at) => (
        <>
          {at > 0 ? ', ' : ''}
          <Words of={name} plain />
        </>
      ))}
    </>
  )
}

function LegalBases({ service, today }: { service: ServiceDetails; today: string }) {
  const { card } = service
  if (card.legalBases.length === 0) return null
  const say = cardSpeech(card)
  return (
    <details class="ds-details">
      <summary>{m.directory_legal({ count: String(card.legalBases.length) })}</summary>
      <div>
        <ul class="ds-list ln-small">
          {card.legalBases.map((basis) => {
            const act = service.acts.get(basis.act)
            const ended = outOfForceSince(act, today)
            const successor = act?.replacedBy ? service.acts.get(act.replacedBy) : undefined
            return (
              <li>
                {act ? <Words of={say(act.title)} plain /> : basis.act}
                {act?.number ? (
                  <>
                    ,{' '}
                    <span class="ln-num" lang={card.writtenIn}>
                      {act.number}
                    </span>
                  </>
                ) : null}
                {basis.article ? `, ${m.directory_article({ article: basis.article })}` : null}
                {act?.edition ? `, ${m.directory_legal_edition({ date: formatDay(act.edition) })}` : null}
                {ended ? (
                  <>
                    <br />
                    <Status mark="late" tag>
                      {m.directory_legal_ended({ date: formatDay(ended) })}
                    </Status>
                  </>
                ) : null}
                {successor ? (
                  <>
                    <br />
                    {m.directory_legal_replaced({
                      act: [say(successor.title).words, successor.number].filter(Boolean).join(', '),
                    })}
                  </>
                ) : null}
                {basis.note ? (
                  <>
                    <br />
                    <Words of={say(basis.note)} plain />
                  </>
                ) : null}
              </li>
            )
          })}
        </ul>
      </div>
    </details>
  )
}

function Aside({
  service,
  opening,
  freshness,
  qr,
  shortAddress,
}: Pick<ServicePageProps, 'service' | 'opening' | 'freshness' | 'qr' | 'shortAddress'>) {
  const { card } = service
  const say = cardSpeech(card)
  const schedule = scheduleOf(service)
  const apart = placesWithHours(service)
  const confirmed = confirmedWords(service, freshness)
  return (
    <aside class="ln-stack" data-gap="6" aria-label={m.directory_where()}>
      <dl class="ln-stack ln-facts" data-gap="3">
        <Fact label={m.directory_who_helps()}>
          <a href={`/organisations/${service.organisation.slug}`}>
            <Words of={say(service.organisation.names)} plain />
          </a>
        </Fact>
        <Fact label={m.directory_where()}>
          {service.locations.length === 0 ? (
            m.directory_address_unknown()
          ) : (
            <ul class="ln-plain ln-stack" data-gap="2">
              {service.locations.map(({ location }) => (
                <li>
                  <Place location={location} say={say} />
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact label={m.directory_when()}>
          {schedule.length > 0 ? (
            <Hours schedule={schedule} say={say} />
          ) : apart.length > 0 ? (
            <ul class="ln-plain ln-stack" data-gap="2">
              {apart.map((location) => (
                <li>
                  <Words of={say(location.names)} plain />
                  <Hours schedule={location.schedule} say={say} />
                </li>
              ))}
            </ul>
          ) : (
            m.directory_hours_unknown()
          )}
          <OpenNow opening={opening} />
        </Fact>
      </dl>
      <div class="ln-small ln-quiet ln-section ln-stack" data-gap="2">
        {confirmed ? <p>{confirmed}</p> : null}
        {card.source ? (
          <p>
            {m.directory_source({ title: '' })}
            <Words of={{ words: card.source.title, locale: card.writtenIn, draft: false }} plain />
          </p>
        ) : null}
        <p class="ln-no-print">
          <a href={`/services/${service.slug}/remark`}>{m.directory_wrong()}</a>
        </p>
      </div>
      <section class="ln-stack ln-small" data-gap="2" aria-labelledby="take">
        <h2 class="ds-heading" data-size="2xs" id="take">
          {m.directory_take_along()}
        </h2>
        <img class="ln-qr" src={qr} alt={m.directory_qr()} width="132" height="132" />
        <p>
          {m.directory_short_address()}: <span class="ln-num">{shortAddress}</span>
        </p>
        <p class="ln-no-print">
          <a href={`/services/${service.slug}/pdf`}>{m.directory_pdf()}</a> ·{' '}
          <a href={`/hsds/services/${service.id}`}>{m.directory_data()}</a>
        </p>
      </section>
    </aside>
  )
}

function Fact({ label, children }: { label: Child; children: Child }) {
  return (
    <div>
      <dt>
        <strong>{label}</strong>
      </dt>
      <dd>{children}</dd>
    </div>
  )
}

function Hours({ schedule, say }: { schedule: readonly OpeningHours[]; say: ReturnType<typeof cardSpeech> }) {
  return (
    <ul class="ln-plain">
      {schedule.map((hours) => (
        <li class="ln-num">
          {hoursWords(hours)}
          {hours.note ? (
            <>
              {' '}
              <Words of={say(hours.note)} plain />
            </>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Place({ location, say }: { location: Location; say: ReturnType<typeof cardSpeech> }) {
  const { address } = location
  return (
    <>
      <Words of={say(location.names)} plain />
      <br />
      {address ? (
        <span translate="no">
          {[address.street, [address.postalCode, address.city].filter(Boolean).join(' ')].filter(Boolean).join(', ')}
        </span>
      ) : (
        <span class="ln-quiet">{m.directory_address_unknown()}</span>
      )}
    </>
  )
}

function OpenNow({ opening }: { opening: Opening }) {
  if (opening.is === 'unknown') return null
  if (opening.is === 'open')
    return (
      <Status mark="done">
        {m.directory_open_until({ time: formatTime(opening.until === '24:00' ? '00:00' : opening.until) })}
      </Status>
    )
  if (!opening.next)
    return (
      <Status mark="wait" color="neutral">
        {m.directory_closed()}
      </Status>
    )
  const time = formatTime(opening.next.opens)
  const when = opening.next.today
    ? m.directory_today_at({ time })
    : m.directory_day_at({ day: formatWeekday(weekdayNumber(opening.next.day)), time })
  return (
    <Status mark="wait" color="neutral">
      {m.directory_closed_until({ when })}
    </Status>
  )
}
