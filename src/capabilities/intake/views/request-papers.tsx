import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { ErrorSummary, Form, keyField } from '../../../platform/ui/form.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Upload } from '../../../platform/ui/upload.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import { neededWords } from '../../directory/contract.ts'
import { filesAtOnce } from '../commands/give-document.ts'
import { ways } from '../rules/documents.ts'
import { isWithOffice } from '../rules/states.ts'
import type { StoredDocument } from '../store/documents.ts'
import { stateFor, type Trouble } from './request-forms.tsx'
import type { SeenRequest } from './seen-request.ts'

/** As many bytes of one photograph or scan are taken. */
export const paperLimit = 15_000_000

const nameOf = (paper: StoredDocument) => speak(paper.names, currentLocale())

/** How a paper stands (INT-4), as the office says it. */
export function PaperStands({ paper }: { paper: StoredDocument }) {
  if (paper.reusedFrom) return <Status mark="done">{m.intake_request_paper_reused()}</Status>
  switch (paper.state) {
    case 'open':
      if (paper.from === 'office') return <Status mark="wait">{m.intake_request_paper_office()}</Status>
      return <Status mark="late">{m.intake_request_paper_open()}</Status>
    case 'given':
      return <Status mark="eye">{m.intake_request_paper_given()}</Status>
    case 'seen':
      return <Status mark="done">{m.intake_request_paper_seen()}</Status>
    case 'waived':
      return (
        <Status mark="done" color="neutral">
          {m.intake_request_paper_waived({ reason: paper.reason ?? '–' })}
        </Status>
      )
    case 'obtained':
      return <Status mark="done">{m.intake_request_paper_obtained()}</Status>
  }
}

/** The papers of the card, each with the one press that is needed most (INT-4). */
export function Papers({ seen }: { seen: SeenRequest }) {
  const { request, papers } = seen
  const open = isWithOffice(request.state)
  return (
    <Section id="papers" heading={m.intake_request_papers()}>
      {papers.length === 0 ? <p class="ln-quiet">{m.intake_request_no_papers()}</p> : null}
      <ul class="ln-plain ln-stack" data-gap="4">
        {papers.map((paper) => (
          <li class="ln-row ln-between">
            <div>
              <Words of={nameOf(paper)} plain /> <span class="ln-small ln-quiet">({neededWords(paper.needed)})</span>
              <br />
              <PaperStands paper={paper} />
              {paper.goodUntil ? (
                <span class="ln-small ln-quiet">
                  {' '}
                  {m.intake_request_paper_good_until({ day: formatDay(paper.goodUntil, 'short') })}
                </span>
              ) : null}
              <Files request={request.id} paper={paper} />
            </div>
            {open ? (
              <div class="ln-row">
                {ways(paper).includes('seen') ? (
                  <form action={`/requests/${request.id}/papers/${paper.id}/settle`} method="post">
                    <input type="hidden" name={keyField} value={crypto.randomUUID()} />
                    <input type="hidden" name="as" value="seen" />
                    <Button variant="secondary">
                      {m.intake_request_paper_see()}
                      <span class="ds-sr-only">: {nameOf(paper).words}</span>
                    </Button>
                  </form>
                ) : null}
                <a class="ln-link" href={`/requests/${request.id}/papers/${paper.id}`}>
                  {m.intake_request_paper_more()}
                  <span class="ds-sr-only">: {nameOf(paper).words}</span>
                </a>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Files({ request, paper }: { request: string; paper: StoredDocument }) {
  if (paper.files.length === 0) return null
  return (
    <ul class="ln-plain ln-small">
      {paper.files.map(({ id, name }) => (
        <li>
          <a class="ln-link" href={`/requests/${request}/papers/${paper.id}/files/${id}`}>
            {m.intake_request_paper_file({ name })}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** One paper: handed in for somebody at the desk, waived with a reason, obtained by the office, or asked for again. */
export function PaperPage({
  seen,
  paper,
  trouble,
}: {
  seen: SeenRequest
  paper: StoredDocument
  trouble: Trouble | undefined
}) {
  const { request } = seen
  const open = isWithOffice(request.state)
  const may = (way: 'waived' | 'obtained' | 'open') => open && ways(paper).includes(way)
  const settled = stateFor(trouble, 'settle')
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: `/requests/${request.id}#papers`, label: m.intake_request_paper_back() }}
        title={<Words of={nameOf(paper)} plain />}
        facts={`${request.reference} · ${neededWords(paper.needed)}`}
      >
        <PaperStands paper={paper} />
        <Files request={request.id} paper={paper} />
      </PageHead>
      {settled.outcome?.is === 'late' ? <ErrorSummary title={settled.outcome.message} errors={[]} /> : null}
      {open || trouble?.form === 'give' ? (
        <Section id="give" heading={m.intake_request_paper_upload()} size="sm">
          <Form
            action={`/requests/${request.id}/papers/${paper.id}/give`}
            state={stateFor(trouble, 'give')}
            idempotencyKey={crypto.randomUUID()}
            files
            buttons={<Button variant="secondary">{m.intake_request_paper_upload_go()}</Button>}
          >
            <Upload
              state={stateFor(trouble, 'give')}
              name="uploads[]"
              label={m.intake_request_papers()}
              description={m.intake_request_paper_upload_hint()}
              limit={paperLimit}
              most={filesAtOnce}
            />
          </Form>
        </Section>
      ) : null}
      <Settle seen={seen} paper={paper} trouble={trouble} as="waived" shown={may('waived')} />
      <Settle seen={seen} paper={paper} trouble={trouble} as="obtained" shown={may('obtained')} />
      {may('open') ? (
        <Section id="reopen" heading={m.intake_request_paper_reopen()} size="sm">
          <form
            action={`/requests/${request.id}/papers/${paper.id}/settle`}
            method="post"
            class="ln-stack"
            data-gap="3"
          >
            <input type="hidden" name={keyField} value={crypto.randomUUID()} />
            <input type="hidden" name="as" value="open" />
            <p class="ln-quiet">{m.intake_request_paper_reopen_hint()}</p>
            <div>
              <Button variant="secondary">{m.intake_request_paper_reopen()}</Button>
            </div>
          </form>
        </Section>
      ) : null}
    </div>
  )
}

function Settle({
  seen,
  paper,
  trouble,
  as,
  shown,
}: {
  seen: SeenRequest
  paper: StoredDocument
  trouble: Trouble | undefined
  as: 'waived' | 'obtained'
  shown: boolean
}) {
  const state = stateFor(trouble, as === 'waived' ? 'waive' : 'obtain')
  if (!shown && !state.outcome) return null
  const waive = as === 'waived'
  return (
    <Section id={as} heading={waive ? m.intake_request_paper_waive() : m.intake_request_paper_obtain()} size="sm">
      <Form
        action={`/requests/${seen.request.id}/papers/${paper.id}/settle`}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        buttons={
          <Button variant="secondary">
            {waive ? m.intake_request_paper_waive_go() : m.intake_request_paper_obtain_go()}
          </Button>
        }
      >
        <input type="hidden" name="as" value={as} />
        <Field
          state={state}
          name={waive ? 'reason' : 'where'}
          maxlength={500}
          optional={!waive}
          label={waive ? m.intake_request_paper_waive_reason() : m.intake_request_paper_obtain_where()}
        />
      </Form>
    </Section>
  )
}
