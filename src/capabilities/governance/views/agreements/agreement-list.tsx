import { m } from '../../../../platform/i18n/speech.ts'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { Progress } from '../../store/agreements/read-progress.ts'
import { inWords, periodWords, StateTag, told } from './agreement-words.tsx'

export interface ListedAgreement {
  agreement: Agreement
  progress: Progress
}

/** The framework agreements of a region: what holds, what is being prepared, what was before (GOV-6). */
export function AgreementsPage({
  agreements,
  region,
  makes,
}: {
  agreements: readonly ListedAgreement[]
  region: string | undefined
  /** does the region make such agreements at all */
  makes: boolean
}) {
  const group = (states: readonly string[]) =>
    agreements.filter(({ agreement }) => !agreement.amends && states.includes(agreement.state))
  const groups = [
    { id: 'in-force', heading: m.governance_framework_in_force(), items: group(['in-force']) },
    {
      id: 'prepared',
      heading: m.governance_framework_prepared(),
      items: group(['draft', 'consultation', 'on-its-way', 'ratification']),
    },
    { id: 'ended', heading: m.governance_framework_earlier(), items: group(['ended']) },
  ]
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead title={m.governance_framework_nav()} lead={m.governance_framework_lead()} facts={region} />
      {agreements.length === 0 ? (
        <Empty>{makes ? m.governance_framework_none() : m.governance_framework_makes_none()}</Empty>
      ) : null}
      {groups
        .filter(({ items }) => items.length > 0)
        .map(({ id, heading, items }) => (
          <Section id={id} heading={heading} line>
            <ul class="ln-tasks" data-wide="">
              {items.map((item) => (
                <Listed {...item} amended={isAmended(item.agreement, agreements)} />
              ))}
            </ul>
          </Section>
        ))}
    </div>
  )
}

const isAmended = ({ id }: Agreement, all: readonly ListedAgreement[]) =>
  all.some(({ agreement }) => agreement.amends?.id === id && agreement.state === 'in-force')

function Listed({ agreement, progress, amended }: ListedAgreement & { amended: boolean }) {
  return (
    <li>
      <a class="ln-link" href={`/framework-agreements/${agreement.slug}`}>
        {told(agreement.title)}
      </a>
      <span class="ln-small ln-quiet">
        {[periodWords(agreement), ...(agreement.state === 'ratification' ? [countWords(progress)] : [])].join(' · ')}
      </span>
      <StateTag state={agreement.state} amended={amended} />
    </li>
  )
}

/** "17 of 20 have ratified". */
export const countWords = ({ ratified, way }: Progress): string =>
  m.governance_framework_count({ done: ratified.length, of: way.ratifiedBy.length })

export const titleOf = (agreement: Agreement): string => inWords(agreement.title)
