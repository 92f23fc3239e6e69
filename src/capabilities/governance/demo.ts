import type { DemoPart } from '../../platform/demo/stage.ts'
import type { Text } from '../../platform/i18n/text.ts'
import { recordDecision } from './commands/record-decision.ts'
import { playAgreements } from './demo-agreements.ts'
import { playConsultations } from './demo-consultations.ts'
import { playForums } from './demo-forums.ts'
import { playMeetings } from './demo-meetings.ts'
import { playRules } from './demo-rules.ts'
import { playSeats } from './demo-seats.ts'
import type { DecisionOutcome } from './types.ts'

interface DemoDecision {
  body: string
  matter: string
  daysAgo: number
  outcome: DecisionOutcome
  title: Text
  words?: Text
}

/** What secretariats of the demo have recorded. Where the body is a real one, the title says that the decision is invented. */
const recorded: readonly { pack: string; secretariat: string; decisions: readonly DemoDecision[] }[] = [
  {
    pack: 'ua-kharkiv',
    secretariat: 'secretariat.kharkiv@example.org',
    decisions: [
      {
        body: 'vykonavchyi-komitet',
        matter: 'orhanizatsiia-posluh',
        daysAgo: 40,
        outcome: 'agreed',
        title: { uk: 'Приклад: двічі на місяць центр приймає людей увечері' },
        words: {
          uk: 'Вигадане рішення, щоб показати, як це працює.\nЩодругого й щочетвертого вівторка місяця прийом триває до 20:00.',
        },
      },
      {
        body: 'robocha-hrupa-sotsialnoho-suprovodu',
        matter: 'poriadok-roboty',
        daysAgo: 25,
        outcome: 'postponed',
        title: { uk: 'Приклад: запрошувати людину на розмову, перш ніж вирішувати' },
      },
      {
        body: 'robocha-hrupa-sotsialnoho-suprovodu',
        matter: 'pochatok-suprovodu',
        daysAgo: 6,
        outcome: 'agreed',
        title: { uk: 'Приклад: супровід сім’ї на чотири місяці' },
      },
    ],
  },
  {
    pack: 'dk-midtjylland',
    secretariat: 'secretariat.viborg@example.org',
    decisions: [
      {
        body: 'viborg-visitationsudvalg',
        matter: 'arbejdsgang',
        daysAgo: 33,
        outcome: 'agreed',
        title: { da: 'Borgeren kan være med, når udvalget taler om sagen' },
        words: { da: 'Sagsbehandleren spørger i god tid. Den, der ikke vil med, kan sende et brev eller en lydfil.' },
      },
      {
        body: 'viborg-visitationsudvalg',
        matter: 'indsats-til-en-person',
        daysAgo: 5,
        outcome: 'agreed',
        title: { da: 'Støtte hjemme ti timer om ugen i et halvt år' },
      },
    ],
  },
  {
    pack: 'de-stuttgart',
    secretariat: 'secretariat.stuttgart@example.org',
    decisions: [
      {
        body: 'fachteam-hilfeplanung',
        matter: 'arbeitsweise',
        daysAgo: 30,
        outcome: 'agreed',
        title: { de: 'Jugendliche bekommen die Fragen eine Woche vorher' },
        words: { de: 'Die Fragen kommen in einfacher Sprache, auf Wunsch auch auf Ukrainisch.' },
      },
      {
        body: 'fachteam-hilfeplanung',
        matter: 'hilfe-zur-erziehung',
        daysAgo: 4,
        outcome: 'declined',
        title: { de: 'Keine stationäre Hilfe, stattdessen Begleitung zu Hause' },
      },
    ],
  },
]

/** Governance in the demo: seats, public decisions to read, and one about a person that only its secretariat can open. */
export const governanceDemo: DemoPart = {
  async play(stage) {
    await playSeats(stage)
    // before the meetings: what bodies say there of the next agreement is no step of this one
    await playAgreements(stage)
    await playMeetings(stage)
    await playConsultations(stage)
    for (const { pack, secretariat, decisions } of recorded) {
      if (!stage.packs.has(pack)) continue
      for (const { daysAgo, ...decision } of decisions)
        await stage.perform(
          `decision ${decision.body} ${daysAgo}`,
          recordDecision,
          { ...decision, decidedOn: new Date(stage.now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10) },
          { email: secretariat },
        )
    }
    await playForums(stage)
    await playRules(stage)
  },
}
