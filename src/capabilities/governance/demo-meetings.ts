import type { z } from 'zod'
import type { DemoStage } from '../../platform/demo/stage.ts'
import { recordMeeting, type WholeMeeting } from './commands/meetings/record-meeting.ts'
import { fromKharkivAndStuttgart } from './demo-meetings-elsewhere.ts'
import { listMatters } from './store/matters/read-matters.ts'

type Whole = z.input<typeof WholeMeeting>
type Task = NonNullable<Whole['items'][number]['tasks']>[number]
/** `within`: days from now until which a task is to be done */
type Item = Omit<Whole['items'][number], 'tasks'> & { tasks?: readonly (Omit<Task, 'due'> & { within: number })[] }

/** A meeting of the demo: so many days from now, and which matter of an earlier one its items go on with. */
export type DemoMeeting = Omit<Whole, 'day' | 'items'> & {
  /** days from now; negative ones are past */
  at: number
  items: readonly (Item & { goesOn?: string })[]
}

const hall = 'Viborg Rådhus, Prinsens Allé 5, mødelokale M3.3'
const beginning: Item = { title: 'Godkendelse af dagsorden', minutes: 'Godkendt.' }
const ending: Item = { title: 'Eventuelt', minutes: 'Intet.' }
const strategy = 'Temaer til næste udviklingsstrategi: unge på vej ind i voksenlivet'

/** Midtjylland in the middle of its two years: one agreement in force, the next in preparation. All of it is invented. */
const midtjylland: readonly DemoMeeting[] = [
  {
    body: 'dassos',
    at: -230,
    begins: '09:00',
    ends: '12:00',
    place: hall,
    locale: 'da',
    until: 'approved',
    missing: 2,
    items: [
      beginning,
      {
        title: 'Status på rammeaftalens udviklingsområder',
        presenter: 'Sekretariat for Rammeaftaler',
        words: 'Sekretariatet giver en status på de fælles udviklingsområder efter første kvartal.',
        minutes: 'Status blev taget til efterretning. DASSOS bad om, at tal for ventetid fremover vises pr. målgruppe.',
        tasks: [
          {
            title: 'Vise ventetid pr. målgruppe i næste status',
            owner: 'Sekretariat for Rammeaftaler',
            within: -160,
          },
        ],
      },
      {
        title: 'Kommissorium for gruppen om KKR-konferencen',
        kind: 'kommissorium',
        raise: { source: 'body', sourceName: 'KKR Midtjylland' },
        words: 'Gruppen planlægger konferencen for politikere, brugerorganisationer og administration.',
        minutes: 'Brugerne skal være med fra første møde.',
        decision: {
          how: 'consensus',
          outcome: 'agreed',
          title: 'Kommissoriet er godkendt, og brugerorganisationerne er med i gruppen',
        },
      },
      ending,
    ],
  },
  {
    body: 'forretningsudvalget',
    at: -190,
    begins: '13:00',
    ends: '15:00',
    place: hall,
    locale: 'da',
    until: 'approved',
    items: [
      beginning,
      {
        title: 'Forskellige opfattelser af betaling ved fravær',
        raise: { source: 'dispute' },
        kind: 'oevrige-sager',
        words: 'To kommuner ser forskelligt på, hvem der betaler, når en borger er på ferie i mere end tre uger.',
        minutes: 'Udvalget hørte begge sider. Takstgruppen har beskrevet praksis i de øvrige kommuner.',
        decision: {
          how: 'consensus',
          outcome: 'agreed',
          title: 'Ved fravær over tre uger aftales betalingen skriftligt på forhånd',
        },
      },
      {
        title: 'Opfølgning på takstgruppens opgaver',
        minutes: 'Takstgruppen følger planen. Belægning og tillægstakster rapporteres til september.',
      },
      ending,
    ],
  },
  {
    body: 'dialogforum',
    at: -160,
    begins: '16:00',
    ends: '18:00',
    place: 'Regionshuset Viborg',
    locale: 'da',
    until: 'approved',
    items: [
      {
        title: 'Forslag om udviklingsområder til rammeaftalen',
        minutes: 'Organisationerne foreslår, at unges vej ind i voksenlivet bliver et fælles tema.',
      },
      ending,
    ],
  },
  {
    body: 'dassos',
    at: -140,
    begins: '09:00',
    ends: '12:00',
    place: hall,
    locale: 'da',
    until: 'approved',
    missing: 1,
    items: [
      beginning,
      {
        title: strategy,
        kind: 'rammeaftale',
        raise: { source: 'user-organisation', sourceName: 'Dialogforum' },
        words:
          'Dialogforum har foreslået temaet. Sekretariatet har samlet tal for overgangen mellem børne- og voksenområdet.',
        minutes: 'Der var opbakning til temaet. Flere ønskede, at de unge selv er med til at beskrive målene.',
        decision: { how: 'consensus', outcome: 'agreed', title: 'DASSOS anbefaler temaet til KD-net og KKR' },
        sendOn: { to: 'kd-net', kind: 'rammeaftale', words: 'Med anbefaling fra DASSOS.' },
      },
      {
        title: 'Drøftelse af et tilbuds økonomi',
        secretGround: 'Oplysninger om et tilbuds drift og økonomi',
        words: 'Driftskommunen orienterer om et tilbud, der har for få borgere.',
        minutes: 'Orienteringen blev drøftet. Berørte kommuner kontaktes, før noget besluttes.',
      },
      ending,
    ],
  },
  {
    body: 'kd-net',
    at: -110,
    begins: '10:00',
    place: 'Silkeborg Rådhus',
    locale: 'da',
    until: 'approved',
    items: [
      {
        title: 'Næste rammeaftale: tema fra DASSOS',
        goesOn: strategy,
        decision: { how: 'consensus', outcome: 'agreed', title: 'KD-net tilslutter sig temaet' },
        sendOn: { to: 'kkr-midtjylland', kind: 'rammeaftale' },
      },
    ],
  },
  {
    body: 'takstgruppen',
    at: -95,
    begins: '09:30',
    place: hall,
    locale: 'da',
    until: 'approved',
    items: [
      {
        title: 'Udkast til styringsaftale',
        minutes: 'Udkastet blev gennemgået. Afsnittet om tillægstakster skrives om.',
      },
      { title: 'Belægning i første halvår', minutes: 'Tallene blev taget til efterretning.' },
    ],
  },
  {
    body: 'kkr-midtjylland',
    at: -75,
    begins: '14:00',
    ends: '16:30',
    place: 'Randers Rådhus',
    locale: 'da',
    until: 'approved',
    items: [
      {
        title: 'Tema for næste rammeaftale',
        goesOn: strategy,
        minutes: 'KKR drøftede temaet og roste, at forslaget kommer fra brugerne.',
        decision: {
          how: 'consensus',
          outcome: 'agreed',
          title: 'Unge på vej ind i voksenlivet er tema i næste rammeaftale',
        },
      },
    ],
  },
  {
    body: 'forretningsudvalget',
    at: -70,
    begins: '13:00',
    ends: '15:00',
    place: hall,
    locale: 'da',
    until: 'approved',
    items: [
      beginning,
      {
        title: 'Rapport om takster, belægning og tillægstakster',
        presenter: 'Takstgruppens formand',
        minutes: 'Taksterne er steget mindre end priserne. Belægningen ligger på 97 procent.',
        tasks: [{ title: 'Sende rapporten til alle økonomichefer', owner: 'Takstgruppens formand', within: -60 }],
      },
      {
        title: 'Kommissorium for analyse af akutpladser',
        kind: 'kommissorium',
        raise: { source: 'body', sourceName: 'DASSOS' },
        decision: { how: 'consensus', outcome: 'postponed', title: 'Udsat, til tallene for akutpladser er komplette' },
      },
      ending,
    ],
  },
  {
    body: 'dassos',
    at: -35,
    begins: '09:00',
    ends: '12:00',
    place: hall,
    locale: 'da',
    until: 'approved',
    missing: 1,
    items: [
      beginning,
      {
        title: 'Første udkast til rammeaftalen',
        kind: 'rammeaftale',
        raise: { source: 'agreement' },
        words: 'Udkastet bygger på de temaer, som KKR har valgt, og på tal for behov og ventetid.',
        minutes: 'Udkastet sendes i høring, når afsnittet om små målgrupper er skarpere.',
        decision: { how: 'consensus', outcome: 'agreed', title: 'Udkastet sendes i høring efter mindre rettelser' },
        tasks: [
          { title: 'Skrive afsnittet om små målgrupper om', owner: 'Sekretariat for Rammeaftaler', within: -9 },
          { title: 'Forberede høringen', owner: 'Sekretariat for Rammeaftaler', within: 50 },
        ],
      },
      {
        title: 'Anbefalinger fra Hjerneskadesamrådet for voksne',
        kind: 'anbefaling',
        raise: { source: 'recommendation', sourceName: 'Hjerneskadesamrådet for voksne' },
        minutes: 'Samrådet anbefaler én fast kontaktperson de første seks måneder.',
        decision: { how: 'consensus', outcome: 'agreed', title: 'Anbefalingen om en fast kontaktperson følges' },
      },
      ending,
    ],
  },
  {
    body: 'forretningsudvalget',
    at: -5,
    begins: '13:00',
    ends: '15:00',
    place: hall,
    locale: 'da',
    until: 'held',
    items: [
      beginning,
      { title: 'Forberedelse af næste møde i DASSOS', minutes: 'Dagsordenen blev drøftet.' },
      { title: 'Spørgsmål om moms på tillægsydelser', kind: 'oevrige-sager', raise: { source: 'member' } },
    ],
  },
  {
    body: 'dassos',
    at: 20,
    begins: '09:00',
    ends: '12:00',
    place: hall,
    locale: 'da',
    until: 'invited',
    items: [
      { title: 'Godkendelse af dagsorden' },
      {
        title: 'Høringsudkast til rammeaftalen',
        kind: 'rammeaftale',
        raise: { source: 'agreement' },
        presenter: 'Sekretariat for Rammeaftaler',
        words: 'DASSOS skal godkende, at udkastet sendes til alle 19 kommuner og regionen.',
      },
      {
        title: 'Kobling til sundhedsområdet: psykiatri og hjerneskade',
        words: 'Status fra samarbejdet med KOSU.',
      },
      { title: 'Et tilbuds økonomi: opfølgning', secretGround: 'Oplysninger om et tilbuds drift og økonomi' },
    ],
  },
  {
    body: 'hjerneskadesamraad-voksne',
    at: 30,
    begins: '10:00',
    ends: '14:00',
    place: 'Regionshospitalet Hammel Neurocenter',
    locale: 'da',
    until: 'invited',
    items: [{ title: 'Overgang fra hospital til hjem' }, { title: 'Job og uddannelse efter en hjerneskade' }],
  },
  {
    body: 'kontaktudvalget',
    at: 45,
    begins: '15:00',
    place: 'Regionshuset Viborg',
    locale: 'da',
    until: 'planned',
    items: [{ title: 'Fælles opgaver i det kommende år' }],
  },
]

/** Meetings of the demo, past and coming, with the secretariat that keeps them. */
const played: readonly { pack: string; secretariat: string; meetings: readonly DemoMeeting[] }[] = [
  { pack: 'dk-midtjylland', secretariat: 'secretariat.viborg@example.org', meetings: midtjylland },
  ...fromKharkivAndStuttgart,
]

const day = 86_400_000

/** On a weekday: bodies of the demo do not meet at weekends. */
function dayOf(now: Date, at: number): string {
  const date = new Date(now.getTime() + at * day)
  const weekday = date.getUTCDay()
  const moved = weekday === 0 ? -2 : weekday === 6 ? -1 : 0
  return new Date(date.getTime() + moved * day).toISOString().slice(0, 10)
}

/** Plays meetings, and with them matters on their way over bodies. */
export async function playMeetings(stage: DemoStage): Promise<void> {
  for (const { pack, secretariat, meetings } of played) {
    if (!stage.packs.has(pack)) continue
    for (const { at, items, ...meeting } of meetings) {
      const matters = items.some(({ goesOn }) => goesOn !== undefined)
        ? await stage.transact((tx) => listMatters(tx, { publicOnly: true, pack }, { limit: 100 }))
        : { matters: [] }
      await stage.perform(
        `meeting ${meeting.body} ${at}`,
        recordMeeting,
        {
          ...meeting,
          day: dayOf(stage.now, at),
          items: items.map(({ goesOn, tasks = [], ...item }) => ({
            ...item,
            tasks: tasks.map(({ within, ...task }) => ({ ...task, due: dayOf(stage.now, within) })),
            matter: goesOn && matters.matters.find(({ title }) => Object.values(title).includes(goesOn))?.id,
          })),
        },
        // minutes are approved some days after the meeting
        { email: secretariat, daysAgo: at < 0 ? Math.max(0, -at - (meeting.until === 'approved' ? 9 : 0)) : 30 },
      )
    }
  }
}
