import type { Tx } from '../../../platform/db/database.ts'
import { dayIn } from '../../../platform/i18n/day.ts'
import { formatDay, formatList } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { type Locale, speak, type Text } from '../../../platform/i18n/text.ts'
import { type OrganisationReach, type ServiceDetails, servicesByIds } from '../../directory/contract.ts'
import type { Filling } from '../rules/letters.ts'
import { clocksOf } from '../store/clocks.ts'
import { contractsOf } from '../store/contracts.ts'
import { decisionOf, type StoredDecision } from '../store/decisions.ts'
import { documentsOf, remindersOf } from '../store/documents.ts'
import type { Course, Office } from '../store/procedure.ts'
import type { StoredRequest } from '../store/requests.ts'
import { countAhead, waitingOf } from '../store/waiting.ts'
import type { LetterKind } from '../types.ts'

/** What every letter about a request knows. */
export interface LetterGround {
  request: StoredRequest
  course: Course
  service: ServiceDetails | undefined
}

/** What a letter of this kind says, and of what it tells; `cause` tells two letters of a kind apart. */
export interface LetterNews {
  cause: string
  filling: Filling
}

/**
 * INT-10: what is filled into a letter, in the language of whoever gets it: call it within `inLocale`.
 * @returns undefined where there is nothing to tell: no decision yet, nothing asked for, no place in a list
 */
export function newsOf(tx: Tx, kind: LetterKind, ground: LetterGround): Promise<LetterNews | undefined> {
  return news[kind](tx, ground)
}

const news: Readonly<Record<LetterKind, (tx: Tx, ground: LetterGround) => Promise<LetterNews | undefined>>> = {
  confirmation: confirmationNews,
  'missing-documents': reminderNews,
  decision: decisionNews,
  contract: contractNews,
  waiting: waitingNews,
}

/** By when there is an answer: by the deadline of the decision, else of the assessment (INT-3). */
async function confirmationNews(tx: Tx, { request, course }: LetterGround): Promise<LetterNews> {
  const running = (await clocksOf(tx, request.id)).filter(({ stoppedAt }) => !stoppedAt)
  const clock = running.find(({ kind }) => kind === 'decision') ?? running.find(({ kind }) => kind === 'assessment')
  return { cause: request.id, filling: { day: clock && lastDay(clock.dueAt, course) } }
}

async function reminderNews(tx: Tx, { request, course, service }: LetterGround): Promise<LetterNews | undefined> {
  const [reminder] = await remindersOf(tx, request.id)
  if (!reminder) return undefined
  const papers = await documentsOf(tx, request.id)
  const documents = papers
    .filter(({ id, state }) => reminder.documents.includes(id) && state === 'open')
    .map(({ names }) => {
      const listed = service?.card.documents.find(({ name }) => sameText(name, names))
      return [names, listed?.howToObtain].flatMap((text) => (text ? say(text, request.locale, service) : [])).join('. ')
    })
  // everything came while the letter waited to be written
  if (documents.length === 0) return undefined
  const day = lastDay(reminder.graceUntil, course)
  return { cause: reminder.at.toISOString(), filling: { day, documents } }
}

async function decisionNews(tx: Tx, ground: LetterGround): Promise<LetterNews | undefined> {
  const { request, course } = ground
  const decision = await decisionOf(tx, request.id)
  if (!decision) return undefined
  return {
    cause: decision.id,
    filling: {
      outcome: outcomes[decision.outcome](),
      reasons: await reasonsOf(tx, decision, ground),
      appeal: decision.appeal && appealOf(decision.appeal, request.locale, course),
    },
  }
}

const outcomes = {
  accepted: m.intake_letters_outcome_accepted,
  refused: m.intake_letters_outcome_refused,
  redirected: m.intake_letters_outcome_redirected,
} as const

/** INT-5: the ground and its facts, what is offered instead, and what was said besides. */
async function reasonsOf(tx: Tx, decision: StoredDecision, { request, service }: LetterGround): Promise<string> {
  const { groundText, facts, words, alternatives, redirectService, human } = decision
  const named = await servicesByIds(tx, [...alternatives, ...(redirectService ? [redirectService] : [])])
  const nameOf = (id: string) => {
    const found = named.get(id)
    return found ? [spoken(found.names, request.locale, [found.writtenIn])] : []
  }
  const offered = alternatives.flatMap(nameOf)
  const [next] = redirectService ? nameOf(redirectService) : []
  return [
    groundText ? m.intake_letters_ground({ ground: say(groundText, request.locale, service) }) : undefined,
    facts ? m.intake_letters_facts({ facts }) : undefined,
    words,
    next ? m.intake_letters_redirected_to({ service: next }) : undefined,
    offered.length > 0 ? m.intake_letters_instead({ services: formatList(offered, 'or') }) : undefined,
    human ? m.intake_letters_talk({ human }) : undefined,
  ]
    .flatMap((sentence) => (sentence ? [sentenceOf(sentence)] : []))
    .join(' ')
}

/** INT-5: to whom, how, until when. */
function appealOf(appeal: NonNullable<StoredDecision['appeal']>, locale: Locale, course: Course): string {
  const { to, how, until, unverified } = appeal
  return [
    m.intake_letters_appeal(),
    sentenceOf(spoken(to, locale)),
    sentenceOf(spoken(how, locale)),
    until ? sentenceOf(m.intake_letters_appeal_until({ day: lastDay(new Date(until), course) })) : undefined,
    unverified ? m.intake_letters_appeal_unverified() : undefined,
  ]
    .filter(Boolean)
    .join(' ')
}

/** The newest contract that waits for signatures, or was signed; to be signed before it begins. */
async function contractNews(tx: Tx, { request, course }: LetterGround): Promise<LetterNews | undefined> {
  const contract = (await contractsOf(tx, request.id)).find(({ state }) => state === 'offered' || state === 'signed')
  if (!contract) return undefined
  const waits = contract.state === 'offered' && contract.begins > dayIn(tx.now, course.place.timeZone)
  return { cause: contract.id, filling: { day: waits ? formatDay(contract.begins) : undefined } }
}

/** INT-9: where the person stands now; another urgency is another letter. */
async function waitingNews(tx: Tx, { request, course }: LetterGround): Promise<LetterNews | undefined> {
  const waiting = await waitingOf(tx, request.id)
  if (!waiting) return undefined
  const ahead = await countAhead(tx, waiting.id)
  const place = ahead === 0 ? m.intake_waiting_you_are_next() : m.intake_waiting_before_you({ count: ahead })
  const since = sentenceOf(m.intake_waiting_since({ day: formatDay(dayIn(waiting.since, course.place.timeZone)) }))
  return { cause: waiting.id, filling: { standing: [place, since, m.intake_waiting_rule()].join(' ') } }
}

/** The office, with how to reach it. */
export function officeLine(office: Office, reach: OrganisationReach | undefined, locale: Locale): string {
  return [spoken(office.names, locale), reach?.phone, reach?.email].filter(Boolean).join(', ')
}

/** The day that ends with this moment, or in which it lies, in words. */
const lastDay = (due: Date, { place }: Course): string => formatDay(dayIn(new Date(due.getTime() - 1), place.timeZone))

const say = (text: Text, locale: Locale, service: ServiceDetails | undefined): string =>
  spoken(text, locale, service ? [service.card.writtenIn] : [])

/** Words that are there in another language only say in which. */
export function spoken(text: Text, locale: Locale, fallbacks: readonly Locale[] = []): string {
  const { words, locale: found } = speak(text, locale, fallbacks)
  if (found === locale) return words
  const language = new Intl.DisplayNames(locale, { type: 'language' }).of(found) ?? found
  return `${words} (${m.ui_in_language({ language })})`
}

/** One full stop at the end, also after a day that ends with one ("2026 р."). */
const sentenceOf = (words: string): string => {
  const whole = words.trim().replace(/(?<!\.)\.\.$/, '.')
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`
}

/** A paper of a request has the name that the card gave it. */
const sameText = (a: Text, b: Text): boolean => a.en === b.en && a.uk === b.uk && a.da === b.da && a.de === b.de
