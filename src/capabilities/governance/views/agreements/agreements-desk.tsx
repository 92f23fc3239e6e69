import { m } from '../../../../platform/i18n/speech.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import type { ListedAgreement } from './agreement-list.tsx'
import { countWords } from './agreement-list.tsx'
import { inWords, periodWords, StateTag, told } from './agreement-words.tsx'
import { deadlineWords } from './ratifications.tsx'

export interface OwnAgreement extends ListedAgreement {
  keeps: boolean
  today: string
  /** parties of this reader that have not ratified */
  missing: readonly string[]
}

/** The desk of framework agreements: what waits for this reader, and all agreements that they take part in (GOV-6). */
export function AgreementsDesk({
  agreements,
  begin,
  state,
  idempotencyKey,
}: {
  agreements: readonly OwnAgreement[]
  /** the next agreement can be begun: its pack and its period */
  begin: { pack: string; year: number; period: string } | undefined
  state: FormState
  idempotencyKey: string
}) {
  const waiting = agreements.filter(({ missing }) => missing.length > 0)
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead title={m.governance_framework_nav()} />
      {waiting.length > 0 ? (
        <Section id="waiting" heading={m.governance_framework_waits_for_you()} line>
          <TaskList
            items={waiting.flatMap(({ agreement, progress, missing, today }) =>
              missing.map((party) => ({
                href: `/governance/agreements/${agreement.slug}/ratify?body=${party}`,
                label: m.governance_framework_enter_for({
                  body: inWords(progress.bodies.get(party)?.names ?? agreement.title),
                  title: inWords(agreement.title),
                }),
                note: deadlineWords(agreement, today),
              })),
            )}
          />
        </Section>
      ) : null}
      {begin ? (
        <Form
          action="/governance/agreements"
          state={state}
          idempotencyKey={idempotencyKey}
          buttons={<Button icon="plus">{m.governance_framework_begin({ period: begin.period })}</Button>}
        >
          <input type="hidden" name="pack" value={begin.pack} />
          <input type="hidden" name="year" value={String(begin.year)} />
        </Form>
      ) : null}
      <Section id="all" heading={m.governance_framework_all()} line>
        {agreements.length === 0 ? (
          <Empty>{m.governance_framework_desk_none()}</Empty>
        ) : (
          <ul class="ln-tasks" data-wide="">
            {agreements.map(({ agreement, progress }) => (
              <li>
                <a class="ln-link" href={`/governance/agreements/${agreement.slug}`}>
                  {told(agreement.title)}
                </a>
                <span class="ln-small ln-quiet">
                  {[
                    ...(agreement.amends
                      ? [m.governance_framework_amends({ title: inWords(agreement.amends.title) })]
                      : []),
                    periodWords(agreement),
                    ...(agreement.state === 'ratification' ? [countWords(progress)] : []),
                  ].join(' · ')}
                </span>
                <StateTag state={agreement.state} />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  )
}
