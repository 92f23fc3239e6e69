import { dayAfter } from '../../platform/calendar/working-days.ts'
import type { DemoStage } from '../../platform/demo/stage.ts'
import { dayIn } from '../../platform/i18n/day.ts'
import { announceConference } from './commands/forums/announce-conference.ts'
import { answerRecommendation } from './commands/forums/answer-recommendation.ts'
import { approveTerms } from './commands/forums/approve-terms.ts'
import { changeProgramme } from './commands/forums/change-programme.ts'
import { prepareConference } from './commands/forums/prepare-conference.ts'
import { propose, raiseProposal } from './commands/forums/propose.ts'
import { raiseRecommendation } from './commands/forums/raise-recommendation.ts'
import { recommend } from './commands/forums/recommend.ts'
import { setUpGroup } from './commands/forums/set-up-group.ts'
import { giveMandate } from './commands/give-mandate.ts'
import { recordDecision } from './commands/record-decision.ts'
import { addMilestone } from './commands/wheel/add-milestone.ts'
import { moveMilestone } from './commands/wheel/move-milestone.ts'
import { occurrencesIn } from './rules/wheel/occurrences.ts'
import { conferencesOf } from './store/forums/conferences.ts'
import { restingDecisions } from './store/forums/groups.ts'
import { proposalsAt } from './store/forums/proposals.ts'
import { listRecommendations, standingDecisions } from './store/forums/recommendations.ts'
import { bodyBySlug } from './store/read-body.ts'
import { wheelBySlug } from './store/wheel/read-wheel.ts'

const pack = 'dk-midtjylland'
const by = { email: 'secretariat.viborg@example.org' }
const administration = { actor: null, purpose: 'administration' } as const

/** The year wheel, groups for a task, recommendations and conferences of Midtjylland (GOV-7 … GOV-10). All of it is invented. */
export async function playForums(stage: DemoStage): Promise<void> {
  if (!stage.packs.has(pack)) return
  const today = dayIn(stage.now, 'Europe/Copenhagen')
  const day = (distance: number) => dayAfter(today, distance)
  await playWheel(stage, day)
  await playGroups(stage, day)
  await playRecommendations(stage, day)
  await playConferences(stage, day)
}

type Days = (distance: number) => string

async function playWheel(stage: DemoStage, day: Days): Promise<void> {
  const slug = 'aarshjul-for-rammeaftalen'
  await stage.perform(
    'milestone own',
    addMilestone,
    {
      wheel: slug,
      names: { da: 'Eksempel: webinar om indberetning af takster' },
      about: { da: 'For økonomimedarbejdere i kommunerne og regionen.' },
      body: 'takstgruppen',
      day: day(34),
      comes: 'once',
      dayOff: 'next',
    },
    by,
  )
  const wheel = await stage.database.transact(administration, (tx) => wheelBySlug(tx, slug))
  const next = wheel
    ? occurrencesIn(wheel.milestones, wheel.calendar, { from: day(20), until: day(760) }).find(
        ({ milestone }) => milestone.slug === 'rapport-om-takster',
      )
    : undefined
  if (next)
    await stage.perform(
      'milestone move',
      moveMilestone,
      {
        wheel: slug,
        milestone: next.milestone.slug,
        byRule: next.byRule,
        day: dayAfter(next.byRule, 14),
        reason: 'Eksempel: to kommuner skifter økonomisystem i maj',
      },
      by,
    )
}

async function playGroups(stage: DemoStage, day: Days): Promise<void> {
  await stage.perform(
    'group terms decision',
    recordDecision,
    {
      body: 'dassos',
      matter: 'kommissorium',
      decidedOn: day(-75),
      outcome: 'agreed',
      title: { da: 'Eksempel: kommissorium for gruppen om unge med en spiseforstyrrelse' },
    },
    by,
  )
  await stage.perform(
    'group with terms',
    setUpGroup,
    {
      setUpBy: 'dassos',
      names: { da: 'Gruppe om unge med en spiseforstyrrelse (eksempel)' },
      purpose: { da: 'Samle, hvad kommunerne og regionen tilbyder, og hvor der er langt til hjælp.' },
      begins: day(-70),
    },
    by,
  )
  const decision = await stage.database.transact(administration, async (tx) => {
    const founder = await bodyBySlug(tx, 'dassos')
    return founder && (await restingDecisions(tx, founder.id)).find(({ decidedOn }) => decidedOn === day(-75))
  })
  if (decision)
    await stage.perform(
      'group terms',
      approveTerms,
      {
        group: 'gruppe-om-unge-med-en-spiseforstyrrelse-eksempel',
        decision: decision.id,
        purpose: { da: 'Samle, hvad kommunerne og regionen tilbyder, og hvor der er langt til hjælp.' },
        members: { da: 'Fire kommuner, regionen og to pårørende' },
        product: { da: 'Et kort over tilbud og tre forslag til DASSOS' },
        horizon: day(41),
      },
      by,
    )
  await stage.perform(
    'group without terms',
    setUpGroup,
    {
      setUpBy: 'forretningsudvalget',
      names: { da: 'Gruppe om ens ord for tillægstakster (eksempel)' },
      purpose: { da: 'Foreslå fælles ord, så tillægstakster kan sammenlignes.' },
      begins: day(-12),
    },
    by,
  )
}

const recommended = [
  {
    body: 'hjerneskadesamraad-voksne',
    ago: 300,
    title: 'Eksempel: en fast kontaktperson fra første dag',
    words:
      'Den, der har fået en hjerneskade, og familien skal vide, hvem de kan ringe til. Kontaktpersonen følger med fra sygehuset og hjem.',
    answer: {
      is: 'partly',
      why: 'Fire kommuner begynder i år. Resten ser på erfaringerne, før de beslutter.',
      ago: 240,
      decided: true,
    },
  },
  {
    body: 'hjerneskadesamraad-boern-unge',
    ago: 260,
    title: 'Eksempel: skolen er med, før barnet kommer hjem',
    words: 'En lærer og en fra PPR deltager i det sidste møde på sygehuset.',
    answer: { is: 'followed', why: 'Det står nu i aftalen med sygehuset.', ago: 205, decided: false },
  },
  {
    body: 'hjerneskadesamraad-voksne',
    ago: 74,
    title: 'Eksempel: hjælp til at komme tilbage på job',
    words: 'Jobcenter og rehabilitering laver en fælles plan senest tre måneder efter udskrivning.',
    answer: undefined,
  },
] as const

async function playRecommendations(stage: DemoStage, day: Days): Promise<void> {
  for (const { body, ago, title, words } of recommended)
    await stage.perform(
      `recommendation ${body} ${ago}`,
      recommend,
      { body, recommendedOn: day(-ago), title: { da: title }, words: { da: words }, to: ['dassos'] },
      by,
    )
  await stage.perform(
    'recommendation decision',
    recordDecision,
    {
      body: 'dassos',
      matter: 'anbefaling',
      decidedOn: day(-240),
      outcome: 'agreed',
      title: { da: 'Eksempel: svar til Hjerneskadesamrådet om en fast kontaktperson' },
    },
    by,
  )
  const { given, decision } = await stage.database.transact(administration, async (tx) => {
    const dassos = await bodyBySlug(tx, 'dassos')
    return {
      given: (await listRecommendations(tx, { pack }, { after: undefined, limit: 50 })).recommendations,
      decision: dassos && (await standingDecisions(tx, dassos.id)).find(({ decidedOn }) => decidedOn === day(-240)),
    }
  })
  for (const { body, ago, title, answer } of recommended) {
    const id = given.find((one) => one.title.da === title)?.id
    if (id === undefined) continue
    if (answer)
      await stage.perform(
        `recommendation answer ${body} ${ago}`,
        answerRecommendation,
        {
          recommendation: id,
          body: 'dassos',
          answer: answer.is,
          why: { da: answer.why },
          answeredOn: day(-answer.ago),
          decision: answer.decided ? decision?.id : undefined,
        },
        by,
      )
    else
      await stage.perform(
        `recommendation raise ${body} ${ago}`,
        raiseRecommendation,
        { recommendation: id, body: 'dassos', kind: 'anbefaling' },
        by,
      )
  }
}

/** Chairs and deputies of local councils, so that a rule finds somebody to invite. */
const guests = [
  ['handicapraadene', 'formand/viborg-kommune', 'Asta Birk'],
  ['handicapraadene', 'naestformand/viborg-kommune', 'Børge Kær'],
  ['handicapraadene', 'formand/aarhus-kommune', 'Carla Holm'],
  ['udsatteraadene', 'formand/randers-kommune', 'Dennis Rask'],
  ['udsatteraadene', 'naestformand/horsens-kommune', 'Eva Lund'],
] as const

const held = 'Eksempel: konference om overgangen fra barn til voksen'
const coming = 'Eksempel: KKR-konference om de næste udviklingsområder'

async function playConferences(stage: DemoStage, day: Days): Promise<void> {
  for (const [body, seat, name] of guests)
    await stage.perform(
      `guest ${body} ${seat}`,
      giveMandate,
      { body, seat, name: `Eksempel: ${name}`, since: '2026-01-01' },
      by,
    )
  const common = {
    body: 'kkr-midtjylland',
    place: 'Eksempelhuset, Viborg',
    from: '09:30',
    until: '15:00',
    invites: [
      { body: 'handicapraadene', roles: ['chair', 'deputy'] },
      { body: 'udsatteraadene', roles: ['chair', 'deputy'] },
      { body: 'dialogforum', roles: ['member'] },
      { body: 'kkr-midtjylland', roles: ['member'] },
    ],
    programme:
      '9:30 Velkomst\n9:45 Brugernes stemme: tre fortællinger\n11:00 Arbejde ved borde\n13:00 Temaer til rammeaftalen\n14:30 Det tager vi med',
  } satisfies Partial<Parameters<typeof prepareConference.run>[1]>
  const prepare = (title: string, about: string, at: number, daysAgo: number) =>
    stage.perform(
      `conference ${title}`,
      prepareConference,
      { ...common, title: { da: title }, about: { da: about }, day: day(at), answerBy: day(at - 14) },
      { ...by, daysAgo },
    )
  await prepare(held, 'Hvad skal være på plads, når en ung fylder 18 år?', -210, 270)
  await prepare(coming, 'Politikere, brugerråd og forvaltninger drøfter, hvad der skal udvikles i fællesskab.', 108, 0)
  const all = await stage.database.transact(administration, async (tx) => {
    const body = await bodyBySlug(tx, 'kkr-midtjylland')
    return body ? conferencesOf(tx, [body]) : []
  })
  const [past, next] = [held, coming].map((title) => all.find((one) => one.title.da === title))
  if (next) await stage.perform('conference announce coming', announceConference, { id: next.id }, by)
  if (!past) return
  await stage.perform('conference announce held', announceConference, { id: past.id }, { ...by, daysAgo: 265 })
  await stage.perform(
    'conference notes',
    changeProgramme,
    {
      id: past.id,
      version: 1,
      programme: common.programme,
      notes: {
        da: 'De unge bad om én plan, der følger med. Flere kommuner vil prøve en fælles samtale før 17 års-fødselsdagen.',
      },
    },
    by,
  )
  await stage.perform(
    'conference proposal',
    propose,
    {
      id: past.id,
      title: { da: 'Eksempel: en fælles samtale, før en ung fylder 17 år' },
      words: { da: 'Den unge, familien, skolen og begge forvaltninger sidder ved samme bord.' },
      by: 'Eksempel: bordet om overgange',
    },
    by,
  )
  const [proposal] = await stage.database.transact(administration, (tx) => proposalsAt(tx, past.id))
  if (proposal) await stage.perform('conference proposal raise', raiseProposal, { id: proposal.id, body: 'dassos' }, by)
}
