import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form } from '../../../platform/ui/form.tsx'
import { Empty, Note } from '../../../platform/ui/notices.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { Standing } from '../rules/decision.ts'
import { refusalOf, type Unreached } from '../rules/refusal.ts'
import type { DecisionOutcome } from '../types.ts'
import { lastDayOf } from './clock-words.tsx'
import type { DecideProps } from './decide.tsx'
import { followName, requestHref, ServiceName } from './desk-words.tsx'
import { FindService, serviceOptions, stateFor } from './request-forms.tsx'
import { zoneOf } from './request-parts.tsx'

const actionOf = ({ seen }: DecideProps) => `${requestHref(seen.request.id)}/decide`
const Outcome = ({ is }: { is: DecisionOutcome }) => <input type="hidden" name="outcome" value={is} />

/** INT-5: why a ground, or any, cannot be used now. */
export function unreachedWords(why: Unreached, standing: Standing, timeZone: string): string {
  switch (why) {
    case 'no grounds':
      return m.intake_decide_why_no_grounds()
    case 'danger':
      return m.intake_decide_why_danger()
    case 'emergency':
      return m.intake_request_emergency_text()
    case 'complete':
      return m.intake_decide_why_complete()
    case 'no reminder':
      return m.intake_decide_why_reminder()
    case 'grace':
      return standing.graceUntil
        ? m.intake_decide_why_until({ day: formatDay(lastDayOf(standing.graceUntil, timeZone)) })
        : m.intake_decide_why_reminder()
  }
}

/** What is said to the person besides; it stands in the letter. */
function BesidesField({ trouble }: DecideProps) {
  return (
    <Field
      state={stateFor(trouble, 'decide')}
      kind="textarea"
      name="words"
      maxlength={4000}
      optional
      label={m.intake_decide_words()}
      description={m.intake_decide_words_hint()}
    />
  )
}

/** INT-2, INT-6: accepting: on the body's decision where the card asks for one; what follows is said before. */
export function AcceptForm(props: DecideProps) {
  const { deciding, trouble } = props
  const state = stateFor(trouble, 'decide')
  return (
    <>
      {deciding.follows.length > 0 ? (
        <div>
          <h3 class="ds-heading" data-size="xs">
            {m.intake_decide_follows()}
          </h3>
          <ol class="ds-list">
            {deciding.follows.map((kind) => (
              <li>{followName(kind)}</li>
            ))}
          </ol>
        </div>
      ) : (
        <p class="ln-quiet">{m.intake_decide_follows_nothing()}</p>
      )}
      <Form
        action={actionOf(props)}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        submit={m.intake_decide_accept_go()}
      >
        <Outcome is="accepted" />
        {deciding.agreements.length > 0 ? (
          <Field
            state={state}
            kind="radios"
            name="bodyDecision"
            label={m.intake_decide_body_which()}
            value={deciding.agreements[0]?.id}
            options={deciding.agreements.map(({ id, number, decidedOn }) => ({
              value: id,
              label: m.intake_decide_body_option({ number, day: formatDay(decidedOn) }),
            }))}
          />
        ) : null}
        {deciding.follows[0] === 'waiting-list' ? (
          <Field
            state={state}
            kind="checkboxes"
            name="placeFree"
            optional
            label={followName('waiting-list')}
            options={[{ value: 'true', label: m.intake_decide_place_free() }]}
          />
        ) : null}
        <BesidesField {...props} />
      </Form>
    </>
  )
}

/** INT-5: refusing: on a ground of the card, with its facts, with something else that helps, and with the way to appeal. */
export function RefuseForm(props: DecideProps) {
  const { seen, deciding, trouble, find } = props
  const state = stateFor(trouble, 'decide')
  const { grounds, unreached } = refusalOf(deciding.standing, seen.now)
  const { to, how, unverified } = deciding.appeal
  const written = seen.service ? [seen.service.card.writtenIn] : []
  return (
    <>
      {unreached.map((why) => (
        <p>
          <Status mark="ask">{unreachedWords(why, deciding.standing, zoneOf(seen))}</Status>
        </p>
      ))}
      <FindService action={actionOf(props)} anchor="decision" find={find} keep={{ outcome: 'refused' }} />
      <Form
        action={actionOf(props)}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        buttons={<Button color="danger">{m.intake_decide_refuse_go()}</Button>}
      >
        <Outcome is="refused" />
        {find ? <input type="hidden" name="find" value={find} /> : null}
        <Field
          state={state}
          kind="radios"
          name="ground"
          label={m.intake_decide_ground()}
          options={grounds.map(({ code, text }) => ({
            value: code,
            label: <Words of={speak(text, currentLocale(), written)} />,
          }))}
        />
        <Field
          state={state}
          kind="textarea"
          name="facts"
          maxlength={4000}
          label={m.intake_decide_facts()}
          description={m.intake_decide_facts_hint()}
        />
        {deciding.others.length > 0 ? (
          <Field
            state={state}
            kind="checkboxes"
            name="alternatives[]"
            optional
            label={m.intake_decide_alternatives()}
            description={m.intake_decide_alternatives_hint()}
            options={deciding.others.map((one) => ({
              value: one.id,
              label: <ServiceName of={one} />,
              description: <Words of={speak(one.organisation, currentLocale())} plain />,
            }))}
          />
        ) : null}
        <Field
          state={state}
          name="human"
          maxlength={500}
          optional={deciding.others.length > 0}
          label={m.intake_decide_human()}
          description={m.intake_decide_human_hint()}
        />
        <BesidesField {...props} />
        <Note heading={m.intake_decide_appeal_heading()}>
          <p>
            <Words of={speak(to, currentLocale())} />. <Words of={speak(how, currentLocale())} />
          </p>
          {unverified ? (
            <p>
              <Status mark="ask">{m.intake_ask_unverified()}</Status>
            </p>
          ) : null}
        </Note>
      </Form>
    </>
  )
}

/** DIR-2: going on elsewhere: where to, and how the person agreed. */
export function RedirectForm(props: DecideProps) {
  const { deciding, trouble, find } = props
  const state = stateFor(trouble, 'decide')
  return (
    <>
      <FindService action={actionOf(props)} anchor="decision" find={find} keep={{ outcome: 'redirected' }} />
      {deciding.others.length === 0 ? (
        <Empty>{m.intake_request_service_none()}</Empty>
      ) : (
        <Form
          action={actionOf(props)}
          state={state}
          idempotencyKey={crypto.randomUUID()}
          submit={m.intake_decide_redirect_go()}
        >
          <Outcome is="redirected" />
          {find ? <input type="hidden" name="find" value={find} /> : null}
          <Field
            state={state}
            kind="select"
            name="redirect"
            label={m.intake_decide_redirect()}
            value={find !== undefined && deciding.others.length === 1 ? deciding.others[0]?.id : undefined}
            options={serviceOptions(deciding.others)}
          />
          <Field
            state={state}
            name="agreed"
            maxlength={500}
            label={m.intake_decide_agreed()}
            description={m.intake_decide_agreed_hint()}
          />
          <BesidesField {...props} />
        </Form>
      )}
    </>
  )
}

/** INT-6: the decision of a body, copied from the minutes where it is needed. */
export function BodyPage(props: DecideProps) {
  const { seen, deciding, trouble } = props
  const { request } = seen
  const state = stateFor(trouble, 'body')
  const bodies = deciding.bodies.filter(({ mayEnter }) => mayEnter)
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: `${requestHref(request.id)}/decide`, label: m.intake_request_decide() }}
        title={m.intake_decide_body_heading()}
        lead={m.intake_decide_body_intro()}
        facts={request.reference}
      />
      <Form
        action={`${requestHref(request.id)}/body`}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        submit={m.intake_decide_body_go()}
      >
        <input type="hidden" name="matter" value={deciding.matter ?? ''} />
        <input type="hidden" name="title" value={m.intake_decide_body_title({ reference: request.reference })} />
        <Field
          state={state}
          kind="radios"
          name="body"
          label={m.intake_decide_body()}
          value={bodies[0]?.slug}
          options={bodies.map(({ slug, names }) => ({
            value: slug,
            label: <Words of={speak(names, currentLocale())} plain />,
          }))}
        />
        <Field
          state={state}
          name="number"
          maxlength={40}
          optional
          label={m.intake_decide_body_number()}
          description={m.intake_decide_body_number_hint()}
        />
        <Field state={state} kind="date" name="decidedOn" value={deciding.today} label={m.intake_decide_body_day()} />
        <Field
          state={state}
          kind="radios"
          name="bodyOutcome"
          label={m.intake_decide_body_outcome()}
          value="agreed"
          options={[
            { value: 'agreed', label: m.intake_decide_body_agreed() },
            { value: 'declined', label: m.intake_decide_body_declined() },
            { value: 'postponed', label: m.intake_decide_body_postponed() },
          ]}
        />
        <Field
          state={state}
          kind="textarea"
          name="bodyWords"
          maxlength={20_000}
          optional
          label={m.intake_decide_body_words()}
        />
      </Form>
    </div>
  )
}
