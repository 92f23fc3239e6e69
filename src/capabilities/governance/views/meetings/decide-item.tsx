import { formatMoney } from '../../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak } from '../../../../platform/i18n/text.ts'
import { Button } from '../../../../platform/ui/buttons.tsx'
import { Field } from '../../../../platform/ui/field.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import type { AgendaItem } from '../../store/meetings/read-agenda.ts'
import { Vote } from '../../types/meetings.ts'
import { DecidesBy, DecisionOutcome } from '../../types.ts'
import { outcomeWords, wayWords } from '../decision-words.tsx'
import type { HoldDeskProps } from './hold-desk.tsx'
import { voteWords } from './meeting-words.tsx'

const fresh: FormState = {}

/** What was decided on one item, with votes or together; and who does not take part in it (GOV-3). */
export function DecideItem(props: HoldDeskProps & { item: AgendaItem }) {
  const { meeting, item, attendance, conflicts, delegations, states, freshKey } = props
  // every form of the page has names of its own, so that a mistake is shown where it was made
  const name = `d${item.position}`
  const state = states[`decide-${item.position}`] ?? fresh
  const way = meeting.body.profile.decidesBy
  const stoodBack = new Set((conflicts.get(item.id) ?? []).map(({ attendant }) => attendant))
  const here = attendance.filter(({ presence, votes }) => votes && (presence === 'present' || presence === 'proxy'))
  const entitled = here.filter(({ id }) => !stoodBack.has(id))
  const known = meeting.body.profile.decidesOn.find(({ slug }) => slug === item.kind)
  const limit = delegations.find(({ kind }) => kind === item.kind)
  return (
    <>
      <details class="ds-details" open={state.outcome !== undefined}>
        <summary>{m.governance_decide()}</summary>
        <div>
          <Form
            action={`/governance/meetings/items/${item.id}/decide`}
            state={state}
            idempotencyKey={freshKey()}
            buttons={<Button variant="secondary">{m.governance_decide()}</Button>}
          >
            {known ? <p class="ln-small ln-quiet">{speak(known.names, currentLocale()).words}</p> : null}
            <Field
              state={state}
              kind="radios"
              name={`${name}.outcome`}
              label={m.governance_outcome()}
              options={DecisionOutcome.options.map((outcome) => ({ value: outcome, label: outcomeWords(outcome) }))}
            />
            <Field
              state={state}
              name={`${name}.title`}
              label={m.governance_title_field()}
              description={
                item.aboutPerson
                  ? m.governance_title_hint()
                  : item.secretGround
                    ? m.governance_decide_secret_hint()
                    : undefined
              }
              maxlength={300}
            />
            {item.aboutPerson ? (
              <Field
                state={state}
                kind="textarea"
                name={`${name}.words`}
                label={m.governance_words()}
                rows={4}
                maxlength={20_000}
                optional
              />
            ) : null}
            {way ? (
              <>
                <input type="hidden" name={`${name}.how`} value={way} />
                <p class="ln-small ln-quiet">{`${m.governance_decides_by()}: ${wayWords(way)}`}</p>
              </>
            ) : (
              <Field
                state={state}
                kind="radios"
                name={`${name}.how`}
                label={m.governance_decides_by()}
                value="consensus"
                options={DecidesBy.options.map((how) => ({ value: how, label: wayWords(how) }))}
              />
            )}
            {limit ? (
              <>
                <Field
                  state={state}
                  name={`${name}.amount`}
                  label={m.governance_amount()}
                  description={m.governance_amount_hint({ most: formatMoney(limit.most, limit.currency) })}
                  inputmode="decimal"
                  maxlength={15}
                />
                <input type="hidden" name={`${name}.currency`} value={limit.currency} />
              </>
            ) : null}
            {entitled.length > 0 && way !== 'consensus' ? (
              <fieldset class="ds-fieldset">
                <legend class="ds-label">{m.governance_votes()}</legend>
                <p class="ln-small ln-quiet">{m.governance_votes_hint()}</p>
                {entitled.map((one, at) => (
                  <>
                    <input type="hidden" name={`${name}.votes.${at}.attendant`} value={one.id} />
                    <Field
                      state={state}
                      kind="select"
                      name={`${name}.votes.${at}.vote`}
                      label={one.proxy ? `${one.name}: ${one.proxy}` : one.name}
                      value={way ? 'yes' : undefined}
                      options={Vote.options.map((vote) => ({ value: vote, label: voteWords(vote) }))}
                      optional={way === undefined}
                    />
                  </>
                ))}
              </fieldset>
            ) : null}
          </Form>
        </div>
      </details>
      {here.length > 0 ? <Conflict {...props} here={here} /> : null}
    </>
  )
}

function Conflict({
  item,
  here,
  states,
  freshKey,
}: HoldDeskProps & { item: AgendaItem; here: HoldDeskProps['attendance'] }) {
  const name = `c${item.position}`
  const state = states[`conflict-${item.position}`] ?? fresh
  return (
    <details class="ds-details" open={state.outcome !== undefined}>
      <summary>{m.governance_conflict_add()}</summary>
      <div>
        <Form
          action={`/governance/meetings/items/${item.id}/conflict`}
          state={state}
          idempotencyKey={freshKey()}
          buttons={<Button variant="secondary">{m.governance_conflict_add()}</Button>}
        >
          <Field
            state={state}
            kind="select"
            name={`${name}.attendant`}
            label={m.governance_conflict_who()}
            options={here.map((one) => ({ value: one.id, label: one.name }))}
          />
          <Field state={state} name={`${name}.ground`} label={m.governance_conflict_ground()} maxlength={300} />
        </Form>
      </div>
    </details>
  )
}
