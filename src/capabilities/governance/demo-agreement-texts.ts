/** A part of an invented agreement, in the versions in which it was written. */
export interface DemoPart {
  part: string
  as: string
  versions: readonly { words: string; reason?: string }[]
}

const strategy = `# Fælles retning

Kommunerne og regionen vil sammen sørge for, at mennesker med særlige behov kan få hjælp tæt på deres hverdag. Det gælder også, når målgruppen er lille.

## Tre områder i de to år

1. **Unge på vej til voksenliv.** Skiftet fra børnehjælp til voksenhjælp planlægges et år før, sammen med den unge.
2. **Erhvervet hjerneskade.** Kommuner og hospitaler bruger den samme plan for borgeren, og pårørende får en fast person at ringe til.
3. **Psykisk sårbare med misbrug.** De kommuner, der har erfaring, deler den med dem, der bygger op.

## Sådan følger vi op

- DASSOS ser på udviklingen hvert halve år.
- Brugerorganisationerne mødes med de politiske repræsentanter på den årlige konference.
- Tal for pladser, ventetid og takster er offentlige.`

const strategyNext = strategy
  .replace(
    '1. **Unge på vej til voksenliv.** Skiftet fra børnehjælp til voksenhjælp planlægges et år før, sammen med den unge.',
    '1. **Unge på vej til voksenliv.** Skiftet fra børnehjælp til voksenhjælp planlægges to år før, sammen med den unge og familien.',
  )
  .replace(
    'Tal for pladser, ventetid og takster er offentlige.',
    'Tal for pladser, ventetid og takster er offentlige og bliver vist for hver målgruppe.\n- Borgere, der selv bruger tilbuddene, er med, når et nyt tilbud bliver planlagt.',
  )

const steering = `# Takster

En takst dækker det, et tilbud koster i længden: løn, bygning, ledelse og uddannelse.

## Beregning

- Belægningen sættes til gennemsnittet af de to sidste års tal.
- Over- og underskud ud over fem procent reguleres to år senere.
- Et tillæg til taksten har et navn, en begrundelse og en slutdato.

## Ændring af pladser

Ændrer en driftskommune mere end ti pladser, eller lukker den et helt tilbud, skal DASSOS eller Forretningsudvalget sige ja. De berørte kommuner kontaktes altid først.`

const steeringNext = steering
  .replace('gennemsnittet af de to sidste års tal.', 'gennemsnittet af de to sidste års tal, dog højst 98 procent.')
  .replace(
    'en begrundelse og en slutdato.',
    'en begrundelse og en slutdato. Kommunen, der betaler, får besked en måned før.',
  )

const scope = `Aftalen omfatter kommunale og regionale tilbud, som bruges af flere kommuner end driftskommunen.

Listen følger adressen på tilbuddets side. Et tilbud kan have en første og en sidste dag.`

const together = `# Hvem gør hvad

- **Takstgruppen** skriver udkast til styringsaftalen.
- **Forretningsudvalget** bidrager til aftalen og følger op.
- **Sekretariat for Rammeaftaler** samler teksten og holder styr på godkendelserne.
- **De 19 byråd og regionsrådet** godkender, hver for sig.`

const keeper = 'sekretariat-for-rammeaftaler'

/** The agreement that is in force in the demo: every word is invented. */
export const lastTexts: readonly DemoPart[] = [
  { part: 'udviklingsstrategi', as: keeper, versions: [{ words: strategy }] },
  { part: 'styringsaftale', as: 'takstgruppen', versions: [{ words: steering }] },
  { part: 'omfattede-tilbud', as: keeper, versions: [{ words: scope }] },
  { part: 'organisering', as: keeper, versions: [{ words: together }] },
]

/** The next one, which is being prepared. */
export const nextTexts: readonly DemoPart[] = [
  {
    part: 'udviklingsstrategi',
    as: keeper,
    versions: [
      { words: strategy, reason: 'Begyndt med teksten fra den sidste aftale' },
      { words: strategyNext, reason: 'Efter konferencen i foråret' },
    ],
  },
  {
    part: 'styringsaftale',
    as: 'takstgruppen',
    versions: [{ words: steering, reason: 'Begyndt med teksten fra den sidste aftale' }],
  },
  { part: 'omfattede-tilbud', as: keeper, versions: [{ words: scope }] },
  { part: 'organisering', as: keeper, versions: [{ words: together }] },
]

/** What Takstgruppen changed after the answers of the parties. */
export const afterConsultation = {
  part: 'styringsaftale',
  words: steeringNext,
  reason: 'Fire kommuner bad i høringen om et loft over belægningen og om besked før et tillæg',
}

/** What Forretningsudvalget proposed. */
export const proposed = {
  part: 'organisering',
  words: `${together}\n- **Dialogforum** foreslår temaer, før arbejdet begynder.`,
  reason: 'Dialogforum nævnes i den nuværende aftale, men ikke i udkastet',
}
