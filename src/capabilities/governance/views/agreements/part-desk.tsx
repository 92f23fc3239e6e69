import { formatMoment } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { differenceOf } from '../../rules/agreements/difference.ts'
import { offersAsTyped } from '../../rules/agreements/period.ts'
import { isWritable } from '../../rules/agreements/state.ts'
import type { Agreement } from '../../store/agreements/read-agreement.ts'
import type { NamedBody } from '../../store/agreements/read-progress.ts'
import type { PartVersion, Proposal } from '../../store/agreements/read-texts.ts'
import type { FrameworkPart } from '../../types/agreements.ts'
import { inWords, told } from './agreement-words.tsx'
import { Changes, comparable } from './part-page.tsx'

export interface PartDeskProps {
  agreement: Agreement
  part: FrameworkPart
  /** the newest first */
  versions: readonly PartVersion[]
  /** the text with which a first version begins: that of the agreement before, or of the one that is amended */
  base: PartVersion | undefined
  proposals: readonly Proposal[]
  /** two versions to be compared */
  compared: { before: PartVersion; after: PartVersion } | undefined
  /** bodies for which this reader writes the part, or proposes words for it */
  drafters: readonly NamedBody[]
  proposers: readonly NamedBody[]
  /** a text went out: from now on each change says why */
  wentOut: boolean
  /** the proposal that is being taken over */
  taking: Proposal | undefined
  /** which form was sent and came back */
  sent: 'write' | 'propose' | 'decline' | undefined
  state: FormState
  key: string
}

/** One part at the desk: its versions and what changed, proposals, and the form to write the next version (GOV-6). */
export function PartDesk(props: PartDeskProps) {
  const { agreement, part, versions, drafters, proposers } = props
  const writable = isWritable(agreement.state)
  return (
    <div class="ln-stack" data-gap="10">
      <PageHead
        back={{ href: `/governance/agreements/${agreement.slug}`, label: inWords(agreement.title) }}
        title={told(part.names)}
        facts={
          versions[0]
            ? m.governance_framework_version({ number: versions[0].number })
            : m.governance_framework_not_written()
        }
      />
      {writable ? null : (
        <Note>
          <p>{m.governance_framework_settled()}</p>
        </Note>
      )}
      {props.compared ? <Compared {...props} compared={props.compared} /> : null}
      <Proposals {...props} />
      {writable && drafters.length > 0 ? (
        <Section id="write" heading={m.governance_framework_write()} line>
          <Writing {...props} />
        </Section>
      ) : writable && proposers.length > 0 ? (
        <Section id="write" heading={m.governance_framework_propose()} line>
          <Proposing {...props} />
        </Section>
      ) : null}
      <Section id="versions" heading={m.governance_framework_versions()} line>
        <Versions {...props} />
      </Section>
    </div>
  )
}

const root = ({ agreement, part }: PartDeskProps) => `/governance/agreements/${agreement.slug}/parts/${part.slug}`

function Compared({
  compared: { before, after },
  agreement,
}: PartDeskProps & { compared: NonNullable<PartDeskProps['compared']> }) {
  return (
    <Section id="compared" heading={m.governance_framework_compared({ from: before.number, to: after.number })} line>
      <Changes changes={differenceOf(comparable(before), comparable(after))} language={agreement.rule.language} />
    </Section>
  )
}

function As({ state, bodies }: { state: FormState; bodies: readonly NamedBody[] }) {
  const [only] = bodies
  if (bodies.length === 1 && only) return <input type="hidden" name="as" value={only.slug} />
  return (
    <Field
      kind="select"
      state={state}
      name="as"
      label={m.governance_framework_as()}
      value={only?.slug}
      options={bodies.map(({ slug, names }) => ({ value: slug, label: inWords(names) }))}
    />
  )
}

/** Version, differences after a conflict, and what the text begins with. */
function begins(props: PartDeskProps) {
  const { versions, base, state, part } = props
  const newest = versions[0]
  const conflict = state.outcome?.is === 'conflict'
  return {
    version: newest?.number ?? 0,
    words: newest?.words ?? base?.words ?? '',
    offers: offersAsTyped(newest?.offers ?? base?.offers ?? []),
    differences: conflict
      ? [{ label: inWords(part.names), theirs: newest?.words ?? '', yours: state.typed?.get('words')?.[0] ?? '' }]
      : [],
  }
}

function Writing(props: PartDeskProps) {
  const { agreement, part, drafters, taking, wentOut, key } = props
  const state = props.sent === 'write' ? props.state : {}
  const begin = begins({ ...props, state })
  return (
    <Form
      action={root(props)}
      state={state}
      idempotencyKey={key}
      version={begin.version}
      differences={begin.differences}
      submit={m.governance_framework_save_version()}
    >
      {taking ? (
        <>
          <input type="hidden" name="proposal" value={taking.id} />
          <p>{m.governance_framework_taking({ body: inWords(taking.body.names) })}</p>
        </>
      ) : null}
      <As state={state} bodies={drafters} />
      {part.kind === 'offers' ? <input type="hidden" name="listed" value="offers" /> : null}
      <WordsField state={state} agreement={agreement} value={taking?.words ?? begin.words} />
      {part.kind === 'offers' ? (
        <Field
          kind="textarea"
          state={state}
          name="offers"
          label={m.governance_framework_offers_field()}
          description={m.governance_framework_offers_hint()}
          rows={10}
          value={begin.offers}
          optional
        />
      ) : null}
      <Field
        kind="textarea"
        state={state}
        name="reason"
        label={m.governance_framework_reason_field()}
        lang={agreement.rule.language}
        rows={2}
        maxlength={2000}
        optional={!wentOut}
      />
    </Form>
  )
}

function WordsField({ state, agreement, value }: { state: FormState; agreement: Agreement; value: string }) {
  return (
    <Field
      kind="textarea"
      state={state}
      name="words"
      label={m.governance_framework_words_field()}
      description={m.governance_framework_words_hint()}
      lang={agreement.rule.language}
      rows={20}
      maxlength={100_000}
      value={value}
    />
  )
}

function Proposing(props: PartDeskProps) {
  const { agreement, proposers, key } = props
  const state = props.sent === 'propose' ? props.state : {}
  const begin = begins({ ...props, state })
  return (
    <Form
      action={`${root(props)}/propose`}
      state={state}
      idempotencyKey={key}
      version={begin.version}
      submit={m.governance_framework_propose_button()}
    >
      <As state={state} bodies={proposers} />
      <WordsField state={state} agreement={agreement} value={begin.words} />
      <Field
        kind="textarea"
        state={state}
        name="reason"
        label={m.governance_framework_propose_reason()}
        lang={agreement.rule.language}
        rows={3}
        maxlength={2000}
      />
    </Form>
  )
}

function Proposals(props: PartDeskProps) {
  const { proposals, agreement, versions, drafters } = props
  if (proposals.length === 0) return null
  const writable = isWritable(agreement.state)
  return (
    <Section id="proposals" heading={m.governance_framework_proposals()} line>
      {proposals.map((proposal) => (
        <article class="ln-stack" data-gap="3">
          <p>
            <strong>{told(proposal.body.names)}</strong>
            <span class="ln-small ln-quiet">{` · ${formatMoment(proposal.at, agreement.timeZone)}`}</span>
          </p>
          <p lang={agreement.rule.language}>{proposal.reason}</p>
          {proposal.state === 'open' ? (
            <Changes
              changes={differenceOf(versions[0]?.words ?? '', proposal.words)}
              language={agreement.rule.language}
            />
          ) : (
            <p>
              <Status mark={proposal.state === 'taken' ? 'done' : 'stop'} color="neutral">
                {proposal.state === 'taken'
                  ? m.governance_framework_taken()
                  : m.governance_framework_proposal_declined()}
              </Status>{' '}
              {proposal.answer ? <span lang={agreement.rule.language}>{proposal.answer}</span> : null}
            </p>
          )}
          {proposal.state === 'open' && writable && drafters.length > 0 ? (
            <Answering {...props} proposal={proposal} />
          ) : null}
        </article>
      ))}
    </Section>
  )
}

function Answering(props: PartDeskProps & { proposal: Proposal }) {
  const { proposal, drafters, key } = props
  const failed = props.sent === 'decline' && props.state.typed?.get('proposal')?.[0] === proposal.id
  const state = failed ? props.state : {}
  return (
    <>
      <p>
        <a class="ln-link" href={`${root(props)}?proposal=${proposal.id}#write`}>
          {m.governance_framework_take()}
        </a>
      </p>
      <details open={failed}>
        <summary>{m.governance_framework_decline()}</summary>
        <Form
          action={`${root(props)}/decline`}
          state={state}
          idempotencyKey={key}
          buttons={<Button variant="secondary">{m.governance_framework_decline_button()}</Button>}
        >
          <input type="hidden" name="proposal" value={proposal.id} />
          <input type="hidden" name="as" value={drafters[0]?.slug} />
          <Field
            kind="textarea"
            state={state}
            name="answer"
            label={m.governance_framework_decline_answer()}
            rows={2}
            maxlength={2000}
          />
        </Form>
      </details>
    </>
  )
}

function Versions(props: PartDeskProps) {
  const { versions, agreement } = props
  if (versions.length === 0) return <p class="ln-quiet">{m.governance_framework_no_versions()}</p>
  return (
    <ol class="ln-tasks" reversed>
      {versions.map((version, at) => (
        <li>
          <span>
            <strong>{m.governance_framework_version({ number: version.number })}</strong>
            {`, ${[formatMoment(version.at, agreement.timeZone), inWords(version.body.names), ...(version.by ? [version.by] : [])].join(' · ')}`}
          </span>
          {version.reason ? <span lang={agreement.rule.language}>{version.reason}</span> : null}
          {versions[at + 1] ? (
            <a class="ln-link" href={`${root(props)}?from=${version.number - 1}&to=${version.number}#compared`}>
              {m.governance_framework_show_change()}
              <span class="ds-sr-only">: {m.governance_framework_version({ number: version.number })}</span>
            </a>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
