import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Path, type Step } from '../../../../platform/ui/lists.tsx'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { Progress } from '../../store/agreements/read-progress.ts'
import { countWords } from './agreement-list.tsx'
import { told } from './agreement-words.tsx'

/** The way of an agreement, from draft into force, and where it is (GOV-6). @param lastDay of its consultation, while that is open */
export function AgreementPath({ agreement, progress }: { agreement: Agreement; progress: Progress }) {
  return (
    <Path
      label={m.governance_framework_path()}
      steps={stepsOf(agreement, progress)}
      why={agreement.way.example ? m.governance_framework_way_example() : undefined}
    />
  )
}

function stepsOf(agreement: Agreement, progress: Progress): Step[] {
  const { state } = agreement
  const order = ['draft', 'consultation', 'on-its-way', 'ratification', 'in-force', 'ended']
  const place = order.indexOf(state)
  const at = (own: string): Step['state'] => {
    const mine = order.indexOf(own)
    return mine < place ? 'done' : mine === place ? 'now' : 'next'
  }
  const turn = progress.steps.findIndex(({ agreed }) => !agreed)
  const steps = progress.steps.map(
    ({ body, agreed }, index): Step => ({
      label: told(body.names),
      state: agreed ? 'done' : state === 'on-its-way' && index === turn ? 'now' : 'next',
      note: agreed ? (
        <a href={`/decisions/${agreed.decision}`}>
          {m.governance_framework_agreed_on({ day: formatDay(agreed.decidedOn, 'short') })}
        </a>
      ) : undefined,
    }),
  )
  return [
    {
      label: m.governance_framework_step_draft(),
      state: at('draft'),
      note: agreement.round > 1 ? m.governance_framework_round({ round: agreement.round }) : undefined,
    },
    {
      label: m.governance_framework_step_consultation(),
      state: at('consultation'),
      note: agreement.consultation ? (
        <a href={`/consultations/${agreement.consultation}`}>{m.governance_framework_consultation_open()}</a>
      ) : undefined,
    },
    ...steps,
    ...(progress.way.ratifiedBy.length > 0
      ? [
          {
            label: m.governance_framework_step_ratification(),
            state: at('ratification'),
            note: place >= order.indexOf('ratification') ? countWords(progress) : undefined,
          },
        ]
      : []),
    {
      label: m.governance_framework_step_force(),
      state: state === 'in-force' ? 'now' : state === 'ended' ? 'done' : 'next',
      note: agreement.inForceOn
        ? m.governance_framework_since({ day: formatDay(agreement.inForceOn, 'short') })
        : m.governance_framework_earliest({ day: formatDay(agreement.since, 'short') }),
    },
  ]
}
