import { z } from 'zod'
import { command } from '../../platform/access/command.ts'
import { ok } from '../../platform/access/outcome.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { DemoStage } from '../../platform/demo/stage.ts'
import { bodyBySlug, moveMatter, recordAddress, recordDecision } from '../governance/contract.ts'
import { askByMail, askMeeting, takeVerdict } from './commands/adjustments/ask-approval.ts'
import { contactMunicipalities } from './commands/adjustments/contact-municipalities.ts'
import { withdrawAdjustment } from './commands/adjustments/end-adjustment.ts'
import { heldAdjustment } from './commands/adjustments/opened.ts'
import { planAdjustment } from './commands/adjustments/plan-adjustment.ts'
import { putIntoEffect } from './jobs/adjustments/carry-out.ts'
import { adjustmentsPurpose } from './jobs/adjustments/tell.ts'
import { maySteerAdjustment } from './permissions/adjustments.ts'
import { addDays } from './rules/places/days.ts'
import { findAdjustments } from './store/adjustments/read-adjustment.ts'
import { findOffers } from './store/places/find-offers.ts'
import { isInScope, placesOn, usersOf } from './store/places/use-of-offer.ts'

/** How far an adjustment of the demo has come. */
type Story =
  | 'planned'
  | 'cleared'
  | 'in-force'
  | 'withdrawn'
  | 'asked-nobody'
  | 'asked-meeting'
  | 'asked-mail'
  | 'approved'
  | 'approved-in-force'
  | 'declined'

interface DemoAdjustment {
  story: Story
  /** the same offer as the one before: then the two look split */
  again?: true
  kind?: 'closure'
  change: number
  daysAgo: number
  /** days after the plan */
  effectAfter: number
  reason: string
}

const few = 'Der er færre borgere i målgruppen, og pladserne står tomme en del af året.'
const many = 'Ventelisten er vokset, og flere kommuner spørger efter pladser.'
const build = 'Bygningen skal renoveres, og to værelser kan ikke bruges imens.'
const move = 'Tilbuddet samles på én adresse, så personalet kan følges ad om natten.'

/** Thirty adjustments, as a region has them in two years: most are small, some wait for a body, a few came to nothing. */
const story: readonly DemoAdjustment[] = [
  ...[-2, 3, -4, 2, -1, 5, -3, 4, -6, 2, 1, -2].map(
    (change, at): DemoAdjustment => ({
      story: 'in-force',
      change,
      daysAgo: 640 - at * 45,
      effectAfter: 60,
      reason: change > 0 ? many : few,
    }),
  ),
  { story: 'approved-in-force', change: 12, daysAgo: 300, effectAfter: 150, reason: many },
  { story: 'approved-in-force', change: 11, daysAgo: 210, effectAfter: 120, reason: many },
  { story: 'approved', kind: 'closure', change: 0, daysAgo: 60, effectAfter: 200, reason: move },
  { story: 'declined', kind: 'closure', change: 0, daysAgo: 170, effectAfter: 200, reason: few },
  { story: 'withdrawn', change: -3, daysAgo: 120, effectAfter: 90, reason: build },
  { story: 'withdrawn', change: 4, daysAgo: 75, effectAfter: 120, reason: many },
  { story: 'cleared', change: -2, daysAgo: 40, effectAfter: 90, reason: build },
  { story: 'cleared', change: 6, daysAgo: 30, effectAfter: 120, reason: many },
  { story: 'cleared', again: true, change: 6, daysAgo: 12, effectAfter: 160, reason: many },
  { story: 'cleared', change: -4, daysAgo: 20, effectAfter: 75, reason: few },
  { story: 'asked-nobody', change: 14, daysAgo: 4, effectAfter: 150, reason: many },
  { story: 'asked-nobody', kind: 'closure', change: 0, daysAgo: 2, effectAfter: 240, reason: move },
  { story: 'asked-meeting', change: 11, daysAgo: 25, effectAfter: 160, reason: many },
  { story: 'asked-meeting', kind: 'closure', change: 0, daysAgo: 18, effectAfter: 220, reason: few },
  { story: 'asked-mail', change: 16, daysAgo: 6, effectAfter: 120, reason: many },
  { story: 'asked-mail', change: 12, daysAgo: 3, effectAfter: 90, reason: move },
  { story: 'planned', change: -5, daysAgo: 3, effectAfter: 120, reason: few },
  { story: 'planned', change: 3, daysAgo: 1, effectAfter: 90, reason: many },
]

const operators = {
  'viborg-kommune': 'operator.viborg@example.org',
  'aarhus-kommune': 'operator.aarhus@example.org',
  'herning-kommune': 'operator.herning@example.org',
  'region-midtjylland': 'operator.region@example.org',
} as const
const secretariat = 'secretariat.viborg@example.org'
const region = 'dk-midtjylland'

/** An offer of the demo that can be adjusted, and who is affected. */
interface Adjustable {
  slug: string
  email: string
  /** slugs of municipalities that are affected */
  users: string[]
}

/** Plans, contacts, approves and carries out the adjustments of the demo, by the commands and jobs that people use. */
export async function playAdjustments(stage: DemoStage): Promise<void> {
  if (!stage.packs.has(region)) return
  const offers = await adjustable(stage)
  await keepAddresses(stage, new Set(offers.flatMap(({ users }) => users)))
  let used = -1
  for (const [at, adjustment] of story.entries()) {
    if (!adjustment.again) used++
    const offer = offers[used]
    if (offer) await play(stage, `adjustment ${at + 1}`, offer, adjustment)
  }
}

/** Where letters to municipalities go: written down by the secretariat, which alone may. */
async function keepAddresses(stage: DemoStage, towns: ReadonlySet<string>): Promise<void> {
  const body = await stage.transact((tx) => bodyBySlug(tx, 'dassos'))
  for (const town of [...towns].sort())
    await stage.perform(
      `address for adjustments ${town}`,
      recordAddress,
      {
        keeper: body?.organisation.slug ?? '',
        party: `organisation:${town}`,
        email: `socialforvaltning.${town}@example.org`,
        locale: 'da',
      },
      { email: secretariat, daysAgo: 700 },
    )
}

/** Offers of the four operators that are in scope and large enough, always in the same order. */
async function adjustable(stage: DemoStage): Promise<Adjustable[]> {
  const today = dayOf(stage, 0)
  return stage.transact(async (tx) => {
    const found: Adjustable[] = []
    for (const [operator, email] of Object.entries(operators)) {
      const { offers } = await findOffers(tx, { pack: region, operator }, today, { after: undefined, limit: 30 })
      for (const { id, slug } of offers) {
        const then = dayOf(stage, 700)
        const [inScope, wasInScope, { approved }, users] = await Promise.all([
          isInScope(tx, id, today),
          isInScope(tx, id, then),
          placesOn(tx, id, then),
          usersOf(tx, id, then, addDays(today, 300)),
        ])
        if (!inScope || !wasInScope || approved < 8) continue
        found.push({ slug, email, users: users.map((user) => user.slug) })
      }
    }
    return found
  })
}

const dayOf = (stage: DemoStage, daysAgo: number): string =>
  new Date(stage.now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)

async function play(stage: DemoStage, key: string, offer: Adjustable, one: DemoAdjustment): Promise<void> {
  const { daysAgo, story: way } = one
  const effectOn = addDays(dayOf(stage, daysAgo), one.effectAfter)
  const operator = (later: number) => ({ email: offer.email, daysAgo: daysAgo - later })
  const secretary = (later: number) => ({ email: secretariat, daysAgo: daysAgo - later })
  await stage.perform(
    `${key} plan`,
    planAdjustment,
    {
      offer: offer.slug,
      kind: one.kind ?? 'change',
      ...(one.kind ? {} : { change: one.change }),
      effectOn,
      reason: { da: `Eksempel: ${one.reason}` },
      peopleEffect: {
        da:
          one.change < 0 || one.kind
            ? 'Alle, der bor der, får et nyt tilbud, som de selv er med til at vælge.'
            : 'Ingen skal flytte. Der bliver kortere ventetid.',
      },
      tariffEffect: { da: 'Taksten beregnes på ny fra den dag. Ændringen ventes at være under to procent.' },
      alternatives: { da: 'At vente et år er overvejet. Det ville give tomme pladser eller længere ventetid.' },
    },
    operator(0),
  )
  if (way === 'planned') return
  const id = await idOf(stage, offer.slug, effectOn)
  if (id === undefined) return
  await stage.perform(`${key} contact`, contactMunicipalities, { id }, operator(1))
  switch (way) {
    case 'withdrawn':
      await stage.perform(
        `${key} withdraw`,
        withdrawAdjustment,
        { id, reason: 'Behovet har ændret sig.' },
        operator(20),
      )
      return
    case 'in-force':
      return carryOut(stage, id)
    case 'asked-mail':
      return stage.perform(`${key} mail`, askByMail, { id, body: 'forretningsudvalget' }, secretary(1))
    case 'asked-meeting':
    case 'approved':
    case 'approved-in-force':
    case 'declined':
      await stage.perform(`${key} meeting`, askMeeting, { id, body: 'dassos' }, secretary(2))
      if (way === 'asked-meeting') return
      await stage.perform(
        `${key} decision`,
        decideAtMeeting,
        { id, outcome: way === 'declined' ? 'declined' : 'agreed', decidedOn: dayOf(stage, daysAgo - 30) },
        secretary(31),
      )
      await stage.perform(`${key} verdict`, takeVerdict, { id }, secretary(32))
      if (way === 'approved-in-force') await carryOut(stage, id)
      return
    case 'cleared':
    case 'asked-nobody':
      return
  }
}

async function idOf(stage: DemoStage, offer: string, effectOn: string): Promise<string | undefined> {
  const { adjustments } = await onErrand(stage, (tx) => findAdjustments(tx, { offer }, { after: undefined, limit: 20 }))
  return adjustments.find((one) => one.effectOn === effectOn)?.id
}

const onErrand = <T>(stage: DemoStage, work: (tx: Tx) => Promise<T>): Promise<T> =>
  stage.database.transact({ actor: null, purpose: adjustmentsPurpose }, work)

async function carryOut(stage: DemoStage, id: string): Promise<void> {
  await onErrand(stage, (tx) => putIntoEffect(tx, id))
}

/** What the secretariat enters after a meeting: the decision of the body, and with it the matter. */
const decideAtMeeting = command({
  audit: 'capacity.adjustment.enter-decision',
  input: z.object({ id: z.uuid(), outcome: z.enum(['agreed', 'declined']), decidedOn: z.iso.date() }),
  subject: heldAdjustment,
  permission: maySteerAdjustment,
  async run(work, { id, ...decided }, { adjustment, operator, secretariats }) {
    const body = await bodyBySlug(work.tx, 'dassos')
    if (!body || !adjustment.matter) return { is: 'notFound' }
    const organisation = body.organisation.id
    const recorded = await recordDecision.run(
      work,
      {
        ...decided,
        body: 'dassos',
        matter: 'kapacitetsjustering',
        title: { da: `Eksempel: kapacitetsjustering ${adjustment.number}` },
      },
      { body, organisation, aboutPerson: false },
    )
    if (recorded.is !== 'ok') return recorded
    const input = { id: adjustment.matter, deed: 'decided', decision: recorded.value.id } as const
    const subject = await moveMatter.subject(work.tx, input)
    if (!subject) return { is: 'notFound' }
    const moved = await moveMatter.run(work, input, subject)
    return moved.is === 'ok' ? ok({ id, operator, secretariats: secretariats.length }) : moved
  },
})
