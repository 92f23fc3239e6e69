import { m } from '../../../../platform/i18n/speech.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Upload } from '../../../../platform/ui/upload.tsx'
import type { AgendaItem } from '../../store/meetings/read-agenda.ts'
import type { Meeting } from '../../store/meetings/read-meetings.ts'
import { Do, ItemFields } from './agenda-desk.tsx'
import { meetingName, whenWords } from './meeting-words.tsx'

export interface ItemDeskProps {
  meeting: Meeting
  item: AgendaItem
  /** bytes of one paper, papers at once */
  limit: number
  most: number
  states: { change?: FormState; papers?: FormState }
  freshKey: () => string
}

/** One item of an agenda: its words and its papers (GOV-3). */
export function ItemDesk({ meeting, item, limit, most, states, freshKey }: ItemDeskProps) {
  const change = states.change ?? {}
  const papers = states.papers ?? {}
  const address = `/governance/meetings/items/${item.id}`
  return (
    <div class="ln-stack ln-read" data-gap="10">
      <PageHead
        back={{ href: `/governance/meetings/${meeting.id}`, label: m.governance_back_agenda() }}
        title={item.title}
        facts={`${meetingName(meeting)} · ${whenWords(meeting)}`}
      />
      <Form action={address} state={change} idempotencyKey={freshKey()}>
        <Field state={change} name="title" label={m.governance_item_title()} maxlength={300} value={item.title} />
        <ItemFields state={change} begin={item} />
      </Form>
      <Section id="papers" heading={m.governance_papers()}>
        {item.papers.length > 0 ? (
          <ul class="ln-plain ln-stack" data-gap="2">
            {item.papers.map((paper) => (
              <li class="ln-row" data-tight>
                <a class="ln-link" href={`/governance/meetings/papers/${paper.id}`} translate="no">
                  {paper.name}
                </a>
                {paper.confidential ? <span class="ln-quiet">{m.governance_paper_confidential()}</span> : null}
                <Do
                  action={`/governance/meetings/papers/${paper.id}/withdraw`}
                  keyed={freshKey()}
                  label={m.governance_paper_withdraw()}
                  about={paper.name}
                  variant="tertiary"
                />
              </li>
            ))}
          </ul>
        ) : null}
        <Form
          action={`${address}/papers`}
          state={papers}
          idempotencyKey={freshKey()}
          buttons={<Button variant="secondary">{m.governance_paper_add()}</Button>}
          files
        >
          <Field
            state={papers}
            kind="checkboxes"
            name="confidential"
            label={m.governance_paper_who_reads()}
            options={[{ value: 'yes', label: m.governance_paper_confidential_choose() }]}
            optional
          />
          <Upload state={papers} name="uploads[]" label={m.governance_papers()} limit={limit} most={most} />
        </Form>
      </Section>
    </div>
  )
}
