import type { DemoStage } from '../../platform/demo/stage.ts'
import { answerByLink } from './commands/consultations/answer-consultation.ts'
import { confirmConsultation, publishConsultation } from './commands/consultations/confirm-consultation.ts'
import { draftConsultation } from './commands/consultations/draft-consultation.ts'
import { giveAnswerLink } from './commands/consultations/give-answer-link.ts'
import { recordAddress } from './commands/consultations/keep-address.ts'
import { sendConsultation } from './commands/consultations/send-consultation.ts'
import { tieMandate } from './commands/consultations/tie-mandate.ts'
import { giveMandate } from './commands/give-mandate.ts'
import { seatsOf } from './rules/seats.ts'
import { consultationsAtDesk } from './store/consultations/consultations.ts'
import { partiesOf } from './store/consultations/parties.ts'
import { bodyBySlug } from './store/read-body.ts'
import { seatsOn } from './store/read-seats.ts'
import { type AnswerKind, type CountedBy, watchPurpose } from './types/consultations.ts'

const pack = 'dk-midtjylland'
const secretariat = 'secretariat.viborg@example.org'

interface DemoConsultation {
  key: string
  title: string
  question: string
  papers?: readonly { title: string; url: string }[]
  /** days ago on which it was sent */
  sent: number
  /** in place of the days of the rule */
  days?: number
  countedBy?: CountedBy
  /** by municipality: what it said, and how many days after sending */
  answers: readonly (readonly [party: string, answer: AnswerKind, after: number, remarks?: string])[]
  /** days ago */
  confirmed?: number
}

const all = [
  'favrskov',
  'hedensted',
  'herning',
  'holstebro',
  'horsens',
  'ikast-brande',
  'lemvig',
  'norddjurs',
  'odder',
  'randers',
]

const consultations: readonly DemoConsultation[] = [
  {
    key: 'ledsagelse',
    title: 'Eksempel: Fælles retningslinjer for ledsagelse på tværs af kommunegrænser',
    question:
      'Forslaget samler det, kommunerne gør i dag, i fem fælles retningslinjer. En borger, der flytter, beholder sin ledsager i tre måneder.\nKan I følge retningslinjerne fra årsskiftet, og hvad skal der til hos jer?',
    papers: [{ title: 'Eksempel: Udkast til retningslinjer', url: 'https://example.org/ledsagelse.pdf' }],
    sent: 4,
    countedBy: 'consensus',
    answers: [
      ['herning-kommune', 'agree', 1],
      ['odder-kommune', 'agree-with-remarks', 2, 'Vi skal bruge en måned mere til at ændre aftalerne med ledsagerne.'],
      ['region-midtjylland', 'no-remarks', 3],
    ],
  },
  {
    key: 'overgange',
    title: 'Eksempel: Kommissorium for en gruppe om unges overgang til voksenlivet',
    question:
      'Gruppen skal beskrive, hvad unge oplever, når de fylder 18, og foreslå, hvad vi gør ens. Den arbejder til juni og har fem medlemmer.\nEr I enige i formål, medlemmer og tidsplan?',
    sent: 9,
    days: 10,
    countedBy: 'majority',
    answers: [
      ...all.slice(0, 7).map((town) => [`${town}-kommune`, 'agree', 3] as const),
      ['skive-kommune', 'agree-with-remarks', 5, 'Tag to unge med i gruppen fra begyndelsen.'],
      ['struer-kommune', 'object', 6, 'Emnet ligger allerede hos familiechefnetværket. Saml det ét sted.'],
    ],
  },
  {
    key: 'belaegning',
    title: 'Eksempel: Ens opgørelse af belægning på botilbud',
    question:
      'I dag tæller kommunerne ledige pladser på tre måder. Forslaget er at tælle dage med en aftale, også når borgeren er på ferie.\nKan I opgøre tallene sådan fra næste kvartal?',
    sent: 23,
    answers: [
      ...all.map((town) => [`${town}-kommune`, 'agree', 6] as const),
      ['silkeborg-kommune', 'object', 9, 'Vores system kan ikke skelne ferie fra fravær før efteråret.'],
      ['viborg-kommune', 'agree-with-remarks', 12, 'Skriv et eksempel ind i vejledningen.'],
    ],
  },
  {
    key: 'temaer',
    title: 'Eksempel: To temaer til den næste rammeaftale',
    question:
      'Vi foreslår to temaer: flere pladser tæt på hjemmet, og at mennesker, der har brugt tilbuddene, er med til at planlægge dem.\nEr I enige?',
    sent: 48,
    countedBy: 'consensus',
    answers: [
      ...all.map((town) => [`${town}-kommune`, 'agree', 7] as const),
      ['aarhus-kommune', 'agree-with-remarks', 10, 'Sæt mål på, så vi kan se, om det lykkes.'],
      ['samsoe-kommune', 'agree-with-remarks', 11, 'For en ø er "tæt på" noget andet. Skriv rejsetid ind.'],
      ['syddjurs-kommune', 'no-remarks', 12],
      ['region-midtjylland', 'agree', 13],
    ],
    confirmed: 27,
  },
]

/** Four consultations of the steering group: one under way, one that closes tomorrow, one that waits for the chair, one published. All invented. */
export async function playConsultations(stage: DemoStage): Promise<void> {
  if (!stage.packs.has(pack)) return
  const body = await stage.transact((tx) => bodyBySlug(tx, 'dassos'))
  if (!body) return
  const asked = seatsOf(body.profile).flatMap(({ organisation }) => organisation ?? [])
  for (const town of ['herning-kommune', 'odder-kommune', 'viborg-kommune', 'aarhus-kommune', 'region-midtjylland'])
    await stage.perform(
      `address ${town}`,
      recordAddress,
      {
        keeper: body.organisation.slug,
        party: `organisation:${town}`,
        email: `hoering.${town}@example.org`,
        locale: 'da',
      },
      { email: secretariat, daysAgo: 60 },
    )
  await tieMember(stage)
  for (const consultation of consultations) await playOne(stage, consultation, asked)
}

/** Somebody of the demo sits in the executive committee and signs in for it; that they do not sit in the steering group, the desk of seats says. */
async function tieMember(stage: DemoStage): Promise<void> {
  const seat = { body: 'forretningsudvalget', seat: 'medlem/2', organisation: 'herning-kommune' }
  await stage.perform(
    'member of the executive committee',
    giveMandate,
    { ...seat, name: 'Eksempel: Preben Solgaard', since: '2026-01-01' },
    { email: secretariat },
  )
  const mandate = await stage.transact(async (tx) => {
    const body = await bodyBySlug(tx, seat.body)
    const seats = body && (await seatsOn(tx, [body], stage.now.toISOString().slice(0, 10))).get(body.id)
    return seats?.find(({ key }) => key === seat.seat)?.standing?.holders[0]?.id
  })
  if (mandate)
    await stage.perform(
      'member of the executive committee signs in',
      tieMandate,
      { id: mandate, email: 'member.herning@example.org', locale: 'da' },
      { email: secretariat },
    )
}

async function playOne(stage: DemoStage, story: DemoConsultation, asked: readonly string[]): Promise<void> {
  const { key, title, sent, answers } = story
  const by = (daysAgo: number) => ({ email: secretariat, daysAgo })
  await stage.perform(
    `consultation ${key} draft`,
    draftConsultation,
    {
      body: 'dassos',
      title: { da: title },
      question: { da: story.question },
      papers: [...(story.papers ?? [])],
      parties: asked.map((slug) => `organisation:${slug}`),
      ...(story.days === undefined ? {} : { days: story.days }),
      ...(story.countedBy === undefined ? {} : { countedBy: story.countedBy }),
    },
    by(sent + 1),
  )
  const id = await idOf(stage, title)
  await stage.perform(`consultation ${key} send`, sendConsultation, { id }, by(sent))
  const tokens = await linksOf(stage, id, key)
  for (const [party, answer, after, remarks] of answers) {
    const token = tokens.get(party)
    if (!token) throw new Error(`The demo asks no party ${party}.`)
    await stage.perform(
      `consultation ${key} answer ${party}`,
      answerByLink,
      { token, answer, name: 'Eksempel: Lis Bro', function: 'Socialdirektør', ...(remarks ? { remarks } : {}) },
      { email: null, daysAgo: sent - after, locale: 'da' },
    )
  }
  if (story.confirmed === undefined) return
  await stage.perform(
    `consultation ${key} confirm`,
    confirmConsultation,
    { id, word: 'Eksempel: mail fra Signe Toft dagen efter fristen' },
    by(story.confirmed),
  )
  await stage.perform(`consultation ${key} publish`, publishConsultation, { id }, by(story.confirmed - 1))
}

async function idOf(stage: DemoStage, title: string): Promise<string> {
  return stage.database.transact({ actor: null, purpose: watchPurpose }, async (tx) => {
    const body = await bodyBySlug(tx, 'dassos')
    const found = (await consultationsAtDesk(tx, body ? [body.organisation.id] : [])).find(
      (one) => one.title.da === title,
    )
    if (!found) throw new Error(`The demo has drafted no consultation called ${title}.`)
    return found.id
  })
}

/** A link of each party that can be made again: a demo that was cut off goes on with the same. */
async function linksOf(stage: DemoStage, id: string, key: string): Promise<Map<string, string>> {
  return stage.database.transact({ actor: null, purpose: watchPurpose }, async (tx) => {
    const links = new Map<string, string>()
    for (const party of await partiesOf(tx, id)) {
      const token = stage.token(`consultation ${key} ${party.slug}`)
      links.set(party.slug, token)
      await giveAnswerLink(tx, token, party.id)
    }
    return links
  })
}
