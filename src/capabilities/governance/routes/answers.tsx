import { z } from 'zod'
import { everyone, signedIn } from '../../../platform/access/permission.ts'
import type { Premises } from '../../../platform/capability.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { fileAnswer } from '../../../platform/files/serve.ts'
import { type Answer, page, redirect } from '../../../platform/http/answer.ts'
import type { Door } from '../../../platform/http/door.ts'
import { problem } from '../../../platform/http/problem.ts'
import type { Visit } from '../../../platform/http/visit.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import type { ThreadKind } from '../../../platform/thread/thread.ts'
import type { FormState } from '../../../platform/ui/form.tsx'
import { AnswerToken, answerHash, answerPurpose } from '../answer-link.ts'
import {
  type AskedParty,
  answerByLink,
  answerForParty,
  askedParty,
} from '../commands/consultations/answer-consultation.ts'
import { answersOfParty, holdForAnswer } from '../store/consultations/answers.ts'
import { consultationById, consultationsToConfirm } from '../store/consultations/consultations.ts'
import { partyByLink } from '../store/consultations/links.ts'
import { ownParties, papersOf } from '../store/consultations/parties.ts'
import { ownSeats } from '../store/consultations/ties.ts'
import { listMeetings } from '../store/meetings/read-meetings.ts'
import { consultationKind } from '../types/consultations.ts'
import { AnswerOverPage, AnswerPage } from '../views/consultations/answer.tsx'
import { MinePage } from '../views/consultations/mine.tsx'
import { meetingName, whenWords } from '../views/meetings/meeting-words.tsx'
import { aboutWhat } from './consultations.tsx'

const byToken = z.object({ token: AnswerToken })
const byParty = z.object({ party: z.uuid() })

// whoever tries tokens is slowed down long before chance helps them
const limit = { name: 'governance.answer-open', per: 'address', most: 600, within: { minutes: 10 } } as const
const guard = { permission: everyone, audit: 'governance.consultation.open', limit } as const

/** A page behind a link stays in no copy. */
const unkept = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } as const

/** Where parties answer: by the link of a letter without an account, or signed in (GOV-5, GOV-1). */
export function answerRoutes(door: Door, house: Premises): void {
  door.page('/answer/{token}', { ...guard, params: byToken }, (visit) => showByLink(visit, house, {}))
  door.form('/answer/{token}', {
    command: answerByLink,
    params: byToken,
    input: (fields, visit) => ({ ...fields, token: visit.params.token }),
    done: (_answered, visit) =>
      redirect(`/answer/${visit.params.token}`, { kind: 'done', text: m.governance_consult_answer_flash() }),
    again: (typed, outcome, visit) => showByLink(visit, house, { typed, outcome }),
  })
  door.raw('get', '/answer/{token}/papers/{paper}', guard, async (visit) => {
    const named = byToken.extend({ paper: z.uuid() }).safeParse(visit.params)
    if (!named.success) return problem(404, m.problem_not_found())
    const { token, paper } = named.data
    const file = await visit.read(async (tx) => {
      const asked = await byLink(tx, token)
      const papers = asked ? await papersOf(tx, asked.consultation.id) : []
      const found = papers.find(({ id }) => id === paper)
      return found?.file === undefined ? undefined : house.files.open(tx, found.file)
    }, answerPurpose(token))
    const content = await file?.content()
    return file && content ? fileAnswer(file, content) : problem(404, m.problem_not_found())
  })

  door.page('/governance/mine', { permission: signedIn, audit: 'governance.mine.open' }, showMine)
  door.page(
    '/governance/answers/{party}',
    { permission: signedIn, audit: 'governance.consultation.open', params: byParty },
    (visit) => showForParty(visit, house, {}),
  )
  door.form('/governance/answers/{party}', {
    command: answerForParty,
    params: byParty,
    input: (fields, visit) => ({ ...fields, party: visit.params.party }),
    done: (answered) =>
      redirect(`/governance/answers/${answered.party}`, { kind: 'done', text: m.governance_consult_answer_flash() }),
    again: (typed, outcome, visit) => showForParty(visit, house, { typed, outcome }),
  })
}

async function byLink(tx: Tx, token: string): Promise<AskedParty | undefined> {
  const party = await partyByLink(tx, answerHash(token))
  return party === undefined ? undefined : askedParty(tx, party)
}

/** What an answer page is made of. */
async function loadAnswer(tx: Tx, visit: Visit, kinds: readonly ThreadKind[], asked: AskedParty) {
  visit.about({ kind: consultationKind, id: asked.consultation.id })
  const [papers, answers, about] = await Promise.all([
    papersOf(tx, asked.consultation.id),
    answersOfParty(tx, asked.party.id),
    aboutWhat(tx, kinds, asked.consultation),
  ])
  return { ...asked, papers, answers, about }
}

type Loaded = Awaited<ReturnType<typeof loadAnswer>>

async function showByLink(visit: Visit<{ token: string }>, house: Premises, state: FormState): Promise<Answer> {
  const { token } = visit.params
  const found = await visit.read(async (tx) => {
    const asked = await byLink(tx, token)
    return asked && loadAnswer(tx, visit, house.threadKinds, asked)
  }, answerPurpose(token))
  if (!found) return { is: 'notFound' }
  const action = `/answer/${token}`
  return answerPage(visit, found, { action, base: action, byLink: true, state })
}

async function showForParty(visit: Visit<{ party: string }>, house: Premises, state: FormState): Promise<Answer> {
  const { party } = visit.params
  const found = await visit.read(async (tx) => {
    const asked = await askedParty(tx, party)
    if (!asked) return undefined
    return (await holdForAnswer(tx, party)) ? loadAnswer(tx, visit, house.threadKinds, asked) : 'forbidden'
  })
  if (!found) return { is: 'notFound' }
  if (found === 'forbidden') return { is: 'forbidden' }
  return answerPage(visit, found, {
    action: `/governance/answers/${party}`,
    base: `/consultations/${found.consultation.id}`,
    byLink: false,
    state,
    back: { href: '/governance/mine', label: m.governance_consult_mine_back() },
    name: visit.actor?.name,
  })
}

/** The form while answers are taken; after that the page says that they are not, and what the party said last. */
function answerPage(
  visit: Visit,
  { consultation, party, papers, answers, about }: Loaded,
  how: {
    action: string
    base: string
    byLink: boolean
    state: FormState
    back?: { href: string; label: string }
    name?: string | undefined
  },
): Answer {
  const title = speak(consultation.title, visit.locale).words
  const more = { region: consultation.body.pack, headers: unkept }
  if (consultation.state !== 'open')
    return page(
      m.governance_consult_over_title(),
      <AnswerOverPage
        consultation={consultation}
        party={party}
        answers={answers}
        unsent={how.state.typed?.get('remarks')?.[0]}
      />,
      { ...more, status: how.state.outcome ? 409 : 410 },
    )
  return page(
    title,
    <AnswerPage
      consultation={consultation}
      party={party}
      papers={papers}
      answers={answers}
      about={about}
      idempotencyKey={crypto.randomUUID()}
      {...how}
    />,
    more,
  )
}

function showMine(visit: Visit): Promise<Answer> {
  return visit.read(async (tx): Promise<Answer> => {
    const [seats, parties, toConfirm] = await Promise.all([ownSeats(tx), ownParties(tx), consultationsToConfirm(tx)])
    const asked = []
    for (const { party, consultation: id } of parties) {
      const consultation = await consultationById(tx, id)
      if (consultation) asked.push({ party, consultation })
    }
    const bodies = [...new Set(seats.map(({ body }) => body.id))]
    const coming =
      bodies.length === 0
        ? []
        : (await listMeetings(tx, { bodies, since: visit.now }, { limit: 20, rising: true })).meetings
    const meetings = coming
      .filter(({ state }) => state !== 'cancelled')
      .map((meeting) => ({
        href: `/meetings/${meeting.id}`,
        label: meetingName(meeting),
        note: whenWords(meeting),
      }))
    return page(
      m.governance_consult_mine(),
      <MinePage seats={seats} asked={asked} toConfirm={toConfirm} meetings={meetings} />,
      { size: 'sm' },
    )
  })
}
