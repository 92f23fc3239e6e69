import { formatDay } from '../../../platform/i18n/format.ts'
import { m } from '../../../platform/i18n/speech.ts'
import { Button } from '../../../platform/ui/buttons.tsx'
import { Field } from '../../../platform/ui/field.tsx'
import { Form, type FormState, fieldId } from '../../../platform/ui/form.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Script } from '../../../platform/ui/script.tsx'
import { Upload } from '../../../platform/ui/upload.tsx'
import type { EndLimits } from '../rules/contract.ts'
import type { Side, StoredContract } from '../store/contracts.ts'
import { endWords, type Seat } from './contract.tsx'
import { ContractArticle } from './contract-text.tsx'

/** As many bytes of one signed paper are taken. */
export const paperLimit = 15_000_000

export interface DraftPageProps {
  seat: Seat
  reference: string
  state: FormState
  /** the draft that is written anew */
  draft: StoredContract | undefined
  begins: string
  limits: EndLimits
  place: string
  /** the contract that is extended */
  extended?: StoredContract
}

/** Writing a contract: when, where, and what is agreed besides; all else comes from card, pack and request. */
export function DraftPage({ seat, reference, state, draft, begins, limits, place, extended }: DraftPageProps) {
  const days = { earliest: formatDay(limits.earliest), latest: limits.latest ? formatDay(limits.latest) : '' }
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: seat.base, label: m.intake_contract_back_contract() }}
        title={extended ? m.intake_contract_extend_title() : m.intake_contract_write()}
        facts={m.intake_contract_facts({ reference })}
        lead={extended ? m.intake_contract_extend_from({ day: formatDay(begins) }) : m.intake_contract_write_lead()}
      />
      <Form
        action={extended ? `${seat.base}/extend` : `${seat.base}/draft`}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        version={draft?.version}
        submit={m.intake_contract_save_draft()}
      >
        {extended ? (
          <input type="hidden" name="contract" value={extended.id} />
        ) : (
          <Field state={state} kind="date" name="begins" label={m.intake_contract_begins()} value={begins} />
        )}
        <Field
          state={state}
          kind="date"
          name="ends"
          label={m.intake_contract_ends()}
          optional={limits.latest === undefined}
          description={
            limits.latest
              ? m.intake_contract_ends_between({ ...days, begins: formatDay(begins) })
              : m.intake_contract_ends_open()
          }
          value={draft?.ends ?? limits.latest}
        />
        <Field
          state={state}
          name="place"
          label={m.intake_contract_place()}
          value={draft?.text.place ?? place}
          maxlength={120}
        />
        <Field
          state={state}
          kind="textarea"
          name="besides"
          label={m.intake_contract_besides()}
          description={m.intake_contract_besides_hint()}
          optional
          value={draft?.text.besides}
          maxlength={4000}
        />
      </Form>
    </div>
  )
}

export interface SignPageProps {
  seat: Seat
  reference: string
  state: FormState
  contract: StoredContract
  side: Side
  form: 'drawn' | 'paper-scan'
  /** the forms that are valid here */
  forms: readonly ('drawn' | 'paper-scan')[]
  /** name of whoever signs, as far as it is known */
  name: string
}

/** Signing, in one of the forms that are valid; the text stands above the line. */
export function SignPage({ seat, reference, state, contract, side, form, forms, name }: SignPageProps) {
  const titles = {
    person: seat.is === 'person' ? m.intake_contract_sign_title_person : m.intake_contract_sign_title_desk,
    provider: m.intake_contract_sign_title_provider,
  }
  const other = forms.find((one) => one !== form)
  const named = `?contract=${contract.id}&side=${side}`
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: seat.base, label: m.intake_contract_back_contract() }}
        title={titles[side]()}
        lead={side === 'person' ? m.intake_contract_sign_read_first() : undefined}
        facts={m.intake_contract_facts({ reference })}
      />
      {state.outcome ? null : <ContractArticle contract={contract} />}
      <Section id="sign" heading={form === 'drawn' ? m.intake_contract_sign_drawn() : m.intake_contract_sign_paper()}>
        <Form
          action={`${seat.base}/sign`}
          state={state}
          idempotencyKey={crypto.randomUUID()}
          submit={m.intake_contract_sign()}
          files={form === 'paper-scan'}
        >
          <input type="hidden" name="contract" value={contract.id} />
          <input type="hidden" name="side" value={side} />
          <input type="hidden" name="form" value={form} />
          <Field
            state={state}
            name="name"
            label={m.intake_contract_sign_name()}
            value={name}
            maxlength={200}
            autocomplete={seat.is === 'person' ? 'name' : 'off'}
          />
          {form === 'drawn' ? (
            <DrawField state={state} />
          ) : (
            <PaperField state={state} pdf={`${seat.base}.pdf${named}`} />
          )}
        </Form>
      </Section>
      {other ? (
        <p>
          <a class="ln-link" href={`${seat.base}/sign${named}&form=${other}`}>
            {other === 'drawn' ? m.intake_contract_sign_drawn() : m.intake_contract_sign_paper()}
          </a>
        </p>
      ) : null}
    </div>
  )
}

function DrawField({ state }: { state: FormState }) {
  const typed = state.typed?.get('strokes')?.[0] ?? ''
  const wrong =
    state.outcome?.is === 'invalid' ? state.outcome.errors.find(({ path }) => path.startsWith('strokes')) : undefined
  return (
    <div class="ds-field">
      <p class="ds-label" id={fieldId('strokes')} tabindex={-1}>
        {m.intake_contract_sign_draw_label()}
      </p>
      <div data-field="description">{m.intake_contract_sign_draw_hint()}</div>
      {wrong ? <p class="ds-validation-message">{wrong.message}</p> : null}
      <div
        class="ln-stack"
        data-gap="2"
        data-signature=""
        data-label={m.intake_contract_sign_draw_label()}
        data-clear={m.intake_contract_sign_draw_clear()}
      >
        <input type="hidden" name="strokes" value={typed} data-strokes="" />
        <noscript>
          <p>{m.intake_contract_sign_draw_script()}</p>
        </noscript>
      </div>
      <Script name="signature.js" />
    </div>
  )
}

function PaperField({ state, pdf }: { state: FormState; pdf: string }) {
  return (
    <>
      <p>
        {m.intake_contract_sign_paper_how()} <a href={pdf}>{m.intake_contract_pdf()}</a>
      </p>
      <Upload state={state} name="paper" label={m.intake_contract_sign_paper_file()} limit={paperLimit} most={1} />
    </>
  )
}

export interface EndPageProps {
  seat: Seat
  reference: string
  state: FormState
  contract: StoredContract
  today: string
}

/** Ending a contract, or an offer that nobody is bound by yet. */
export function EndPage({ seat, reference, state, contract, today }: EndPageProps) {
  const offered = contract.state === 'offered'
  const { personMayEnd, providerMayEnd } = contract.text
  const grounds = seat.is === 'desk' ? [...providerMayEnd, ...personMayEnd] : personMayEnd
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: seat.base, label: m.intake_contract_back_contract() }}
        title={endWords(seat, contract.state)}
        facts={m.intake_contract_facts({ reference })}
      />
      {offered ? (
        <Note>
          <p>{m.intake_contract_end_offer_text()}</p>
        </Note>
      ) : null}
      <Form
        action={`${seat.base}/end`}
        state={state}
        idempotencyKey={crypto.randomUUID()}
        buttons={<Button color="danger">{endWords(seat, contract.state)}</Button>}
      >
        <input type="hidden" name="contract" value={contract.id} />
        {seat.is === 'desk' ? (
          <Field
            state={state}
            kind="radios"
            name="by"
            label={m.intake_contract_end_by()}
            value="provider"
            options={[
              { value: 'provider', label: m.intake_contract_side_provider() },
              { value: 'person', label: m.intake_contract_side_person() },
            ]}
          />
        ) : null}
        {offered ? null : (
          <>
            <Field
              state={state}
              kind="radios"
              name="ground"
              label={m.intake_contract_end_ground()}
              description={m.intake_contract_end_ground_hint()}
              optional={seat.is === 'person'}
              lang={contract.locale}
              options={grounds.map(({ code, words, locale }) => ({
                value: code,
                label: <span lang={locale}>{words}</span>,
              }))}
            />
            <Field
              state={state}
              kind="date"
              name="on"
              label={m.intake_contract_end_on()}
              value={today < contract.begins ? contract.begins : today}
              {...(contract.ends ? { max: contract.ends } : {})}
            />
          </>
        )}
        <Field
          state={state}
          kind="textarea"
          name="note"
          label={m.intake_contract_end_note()}
          description={m.intake_contract_end_note_hint()}
          optional
          maxlength={1000}
        />
      </Form>
    </div>
  )
}
