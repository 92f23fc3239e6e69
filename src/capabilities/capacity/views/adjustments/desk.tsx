import type { Child } from 'hono/jsx'
import { m } from '../../../../platform/i18n/speech.ts'
import { Pager } from '../../../../platform/ui/browse.tsx'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { type Task, TaskList } from '../../../../platform/ui/lists.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { titleWords } from '../../letters/adjustment-words.ts'
import type { StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { AdjustmentTable, Spoken } from './parts.tsx'

/** What waits for somebody: an adjustment, and what to do with it. */
export interface Waiting {
  adjustment: StoredAdjustment
  todo:
    | 'address'
    | 'contact'
    | 'contact-missing'
    | 'ask'
    | 'choose-path'
    | 'verdict'
    | 'day-over'
    | 'tariff'
    | 'splitting'
}

/** The desk of operators and of the secretariat: what waits for them, then every adjustment they see (CAP-3). */
export function AdjustmentDesk({
  plans,
  waiting,
  adjustments,
  first,
  next,
}: {
  plans: boolean
  waiting: readonly Waiting[]
  adjustments: readonly StoredAdjustment[]
  first: string | undefined
  next: string | undefined
}) {
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        title={m.capacity_adjust_nav()}
        action={
          plans ? (
            <ButtonLink href="/capacity/adjustments/new" icon="plus">
              {m.capacity_adjust_plan()}
            </ButtonLink>
          ) : undefined
        }
      />
      {waiting.length > 0 ? (
        <Section id="waiting" heading={m.capacity_adjust_waiting()}>
          <TaskList wide items={waiting.map(task)} />
        </Section>
      ) : null}
      <Section id="all" heading={m.capacity_adjust_all()}>
        {adjustments.length > 0 ? (
          <AdjustmentTable caption={m.capacity_adjust_nav()} adjustments={adjustments} root="/capacity/adjustments" />
        ) : (
          <Empty>{plans ? m.capacity_adjust_desk_none() : m.capacity_adjust_none()}</Empty>
        )}
        <Pager previous={first} next={next} />
      </Section>
    </div>
  )
}

const task = ({ adjustment, todo }: Waiting): Task => ({
  href: `/capacity/adjustments/${adjustment.id}`,
  label: titleWords(adjustment),
  status: todoStatus(todo),
  note: <Spoken of={adjustment.operator.names} />,
})

function todoStatus(todo: Waiting['todo']): Child {
  switch (todo) {
    case 'address':
      return <Status mark="late">{m.capacity_adjust_todo_address()}</Status>
    case 'contact':
      return <Status mark="draft">{m.capacity_adjust_todo_contact()}</Status>
    case 'contact-missing':
      return <Status mark="late">{m.capacity_adjust_todo_contact_missing()}</Status>
    case 'ask':
      return <Status mark="ask">{m.capacity_adjust_todo_ask()}</Status>
    case 'choose-path':
      return <Status mark="ask">{m.capacity_adjust_todo_choose_path()}</Status>
    case 'verdict':
      return <Status mark="wait">{m.capacity_adjust_todo_verdict()}</Status>
    case 'day-over':
      return <Status mark="late">{m.capacity_adjust_todo_day_over()}</Status>
    case 'tariff':
      return <Status mark="wait">{m.capacity_adjust_todo_tariff()}</Status>
    case 'splitting':
      return <Status mark="late">{m.capacity_adjust_todo_splitting()}</Status>
  }
}
