import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import type { Spoken } from '../../../platform/i18n/text.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { Section } from '../../../platform/ui/page-head.tsx'
import { Marks, Words } from '../../../platform/ui/words.tsx'
import type { StoredDecision } from '../store/decisions.ts'
import { told } from './ask-parts.tsx'
import { lastDayOf, Unverified } from './clock-words.tsx'
import { stateWords } from './mine-words.ts'

export interface LinkedService {
  slug: string
  name: Spoken
}

/** INT-5: what was decided, on which ground and facts, what is offered instead, and how to appeal. */
export function DecisionSection({
  decision,
  alternatives,
  redirectedTo,
  region,
  timeZone,
}: {
  decision: StoredDecision
  alternatives: readonly LinkedService[]
  redirectedTo: LinkedService | undefined
  region: Region | undefined
  timeZone: string
}) {
  const { outcome, groundText, facts, words, human, appeal, agreed } = decision
  return (
    <Section id="decision" heading={m.intake_ask_decision_heading()} line>
      <SummaryList
        items={[
          { label: m.intake_ask_decision_outcome(), value: <strong>{stateWords(outcome)}</strong> },
          ...(words ? [{ label: m.intake_ask_decision_words(), value: words }] : []),
          ...(groundText
            ? [{ label: m.intake_ask_decision_ground(), value: <Words of={told(groundText, region)} /> }]
            : []),
          ...(facts ? [{ label: m.intake_ask_decision_facts(), value: facts }] : []),
          ...(redirectedTo
            ? [{ label: m.intake_ask_decision_redirected(), value: <ServiceLink of={redirectedTo} /> }]
            : []),
          ...(agreed ? [{ label: m.intake_ask_decision_agreed(), value: agreed }] : []),
          ...(alternatives.length > 0 || human
            ? [
                {
                  label: m.intake_ask_decision_instead(),
                  value: (
                    <ul class="ln-plain ln-stack" data-gap="1">
                      {alternatives.map((service) => (
                        <li>
                          <ServiceLink of={service} />
                        </li>
                      ))}
                      {human ? <li>{human}</li> : null}
                    </ul>
                  ),
                },
              ]
            : []),
          ...(appeal
            ? [
                {
                  label: m.intake_ask_decision_appeal(),
                  value: (
                    <div class="ln-stack" data-gap="2">
                      <p>
                        <Words of={told(appeal.to, region)} plain />. <Words of={told(appeal.how, region)} plain />
                        <Marks of={[told(appeal.to, region), told(appeal.how, region)]} />
                      </p>
                      {appeal.until ? (
                        <p>
                          {m.ui_until_when()}: {formatDay(lastDayOf(new Date(appeal.until), timeZone))}{' '}
                          <Unverified of={appeal} />
                        </p>
                      ) : null}
                    </div>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}

function ServiceLink({ of }: { of: LinkedService }) {
  return (
    <a class="ln-link" href={`/services/${of.slug}`}>
      <Words of={of.name} plain />
    </a>
  )
}
