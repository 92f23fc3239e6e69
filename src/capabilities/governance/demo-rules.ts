import type { DemoStage } from '../../platform/demo/stage.ts'
import { giveCentralAnswer } from './commands/central/give-answer.ts'
import { openCentralRequest } from './commands/central/open-request.ts'
import { answerQuestion } from './commands/questions/answer-question.ts'
import { askQuestion } from './commands/questions/ask-question.ts'
import { questionByTitle, requestByTitle } from './store/central/by-title.ts'
import type { CentralField } from './types/central.ts'
import type { QuestionKind } from './types/questions.ts'

const secretariat = 'secretariat.viborg@example.org'
const worker = 'worker.viborg@example.org'

interface DemoQuestion {
  kind: QuestionKind
  daysAgo: number
  title: string
  words: string
  answer?: { daysAgo: number; words: string; refersTo: string[] }
}

/** Invented questions of an authority, and invented answers: what they say is no law. */
const questions: readonly DemoQuestion[] = [
  {
    kind: 'tariff',
    daysAgo: 61,
    title: 'Eksempel: Hvilken belægningsprocent gælder for aflastningspladser?',
    words: 'Vi har fire aflastningspladser, som mest bruges i weekender. Kan vi regne med 90 procent i taksten?',
    answer: {
      daysAgo: 48,
      words:
        'Eksempel på et svar: Ja. For akut-, aflastnings- og korttidspladser kan der regnes med mindst 90 procent.\nSkriv det i takstberegningen, og begrund det med de seneste to års belægning.',
      refersTo: ['Styringsaftalen, afsnittet om belægning'],
    },
  },
  {
    kind: 'law',
    daysAgo: 33,
    title: 'Eksempel: Hvem betaler for tolk ved et botilbud i en anden kommune?',
    words: 'En borger bor i et botilbud i nabokommunen. Der er brug for tolk til de løbende samtaler.',
    answer: {
      daysAgo: 20,
      words:
        'Eksempel på et svar: Den kommune, der har visiteret til botilbuddet, betaler. Aftal det som en tillægstakst, før tolkningen begynder.',
      refersTo: ['Serviceloven, kapitlet om mellemkommunal refusion', 'Styringsaftalen, afsnittet om tillægstakster'],
    },
  },
  {
    kind: 'views',
    daysAgo: 6,
    title: 'Eksempel: Hvornår er et tilbud “anvendt af andre kommuner”?',
    words: 'To kommuner ser forskelligt på det. Er det nok, at der står en borger på venteliste?',
  },
]

const fields: readonly CentralField[] = [
  { id: 'borgere', names: { da: 'Hvor mange borgere i målgruppen kender kommunen?' }, type: 'number', optional: false },
  {
    id: 'pladser',
    names: { da: 'Hvor mange pladser har kommunen til dem?' },
    type: 'number',
    figure: 'capacity.places',
    optional: false,
  },
  { id: 'sammen', names: { da: 'Samarbejder kommunen med andre om tilbud?' }, type: 'yes-no', optional: false },
  {
    id: 'udvikling',
    names: { da: 'Hvad har målgruppen mest brug for de næste to år?' },
    type: 'words',
    optional: true,
  },
]
const requestTitle = 'Eksempel: Unge med svære spiseforstyrrelser'
/** What municipalities wrote: known people, places, together with others. */
const answered: readonly (readonly [string, number, number, boolean, string])[] = [
  ['viborg-kommune', 14, 4, true, 'Flere pladser tæt på skole og familie.'],
  ['aarhus-kommune', 61, 18, true, 'Et fælles tilbud til de ældste unge.'],
  ['herning-kommune', 12, 3, true, 'Støtte derhjemme efter indlæggelse.'],
  ['horsens-kommune', 17, 5, false, 'Kortere vej fra psykiatrien.'],
  ['randers-kommune', 19, 6, true, 'Uddannelse til personalet.'],
  ['silkeborg-kommune', 15, 2, true, 'Hjælp til søskende og forældre.'],
  ['skive-kommune', 6, 0, true, 'Adgang til pladser i andre kommuner.'],
  ['samsoe-kommune', 1, 0, true, 'Samtaler på video.'],
]

/** GOV-15 and GOV-16 in the demo: three questions, and a request of the national board that municipalities are answering. */
export async function playRules(stage: DemoStage): Promise<void> {
  if (!stage.packs.has('dk-midtjylland')) return
  for (const question of questions) await playQuestion(stage, question)
  const day = (daysAgo: number) => new Date(stage.now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  await stage.perform(
    'central request',
    openCentralRequest,
    {
      body: 'dassos',
      askedBy: 'Eksempel: Social- og Boligstyrelsen',
      replyTo: 'central.udmelding@example.org',
      askedOn: day(24),
      title: { da: requestTitle },
      words: { da: 'En opdigtet udmelding, der viser, hvordan kommuner svarer sammen.' },
      fields: [...fields],
      answersDue: day(-11),
      replyDue: day(-46),
    },
    { email: secretariat, daysAgo: 23 },
  )
  const id = await stage.transact((tx) => requestByTitle(tx, requestTitle))
  if (id === undefined) throw new Error('the central request of the demo was not opened')
  for (const [at, [organisation, known, places, together, need]] of answered.entries())
    await stage.perform(
      `central answer ${organisation}`,
      giveCentralAnswer,
      {
        id,
        organisation,
        answers: { borgere: `${known}`, pladser: `${places}`, sammen: together ? 'yes' : 'no', udvikling: need },
        // the last one has begun and not sent it yet
        send: at < answered.length - 1,
        version: 0,
      },
      { email: secretariat, daysAgo: 20 - at },
    )
}

async function playQuestion(stage: DemoStage, { kind, daysAgo, title, words, answer }: DemoQuestion): Promise<void> {
  await stage.perform(
    `question ${title}`,
    askQuestion,
    { organisation: 'viborg-kommune', kind, title: { da: title }, words: { da: words } },
    { email: worker, daysAgo },
  )
  if (!answer) return
  const id = await stage.database.transact({ actor: null, purpose: 'governance' }, (tx) => questionByTitle(tx, title))
  if (id === undefined) throw new Error(`${title} was not asked`)
  await stage.perform(
    `answer ${title}`,
    answerQuestion,
    {
      id,
      words: { da: answer.words },
      answeredOn: new Date(stage.now.getTime() - answer.daysAgo * 86_400_000).toISOString().slice(0, 10),
      refersTo: answer.refersTo,
    },
    { email: secretariat, daysAgo: answer.daysAgo },
  )
}
