import { formatDay } from '../../../platform/i18n/format.ts'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { Button, ButtonLink } from '../../../platform/ui/buttons.tsx'
import { type FormState, keyField, versionField } from '../../../platform/ui/form.tsx'
import { Path, SummaryList } from '../../../platform/ui/lists.tsx'
import { Empty, Note } from '../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { languageName } from '../../../platform/ui/words.tsx'
import type { EndedBy, Side, StoredContract } from '../store/contracts.ts'
import type { ContractState } from '../types.ts'
import { shortHash } from './contract-parts.ts'
import { ContractArticle, DrawnLine } from './contract-text.tsx'

/** Where somebody stands who looks at a contract. */
export interface Seat {
  is: 'desk' | 'person'
  /** address of the contract's page */
  base: string
  back: string
}

/** What this reader may do with the contract now. */
export interface ContractDeeds {
  draft: boolean
  offer: boolean
  sign: readonly Side[]
  end: boolean
  extend: boolean
}

export interface ContractPageProps {
  seat: Seat
  reference: string
  contract: StoredContract | undefined
  /** the others of the same request, the newest first */
  others: readonly StoredContract[]
  deeds: ContractDeeds
  /** why nothing can be written, at the desk */
  hindrance: string | undefined
  /** local day of a signature */
  dayOf: (moment: Date) => string
  trouble: FormState['outcome']
}

/** A contract with the person: what it says, who has signed, and what can be done next. */
export function ContractPage(props: ContractPageProps) {
  const { seat, reference, contract, others, deeds, trouble } = props
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead
        back={{ href: seat.back, label: m.intake_contract_back_request() }}
        title={contract ? <span lang={langOf(contract)}>{contract.text.title}</span> : m.intake_contract_title()}
        lead={contract ? contract.text.person.name : undefined}
        facts={m.intake_contract_facts({ reference })}
      />
      {trouble ? (
        <Note color="warning">
          <p role="alert">{troubleWords(trouble)}</p>
        </Note>
      ) : null}
      {contract ? <WholeContract {...props} contract={contract} /> : <NoContract {...props} />}
      {others.length > 0 ? (
        <Section id="others" heading={m.intake_contract_others()}>
          <ul class="ds-list">
            {others.map((other) => (
              <li>
                <a href={`${seat.base}?contract=${other.id}`}>
                  {formatDay(other.begins)}
                  {other.ends ? ` – ${formatDay(other.ends)}` : ''}
                </a>
                {' · '}
                {stateWords(other)}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {contract && deeds.extend ? (
        <p>
          <ButtonLink href={`${seat.base}/extend?contract=${contract.id}`} variant="secondary">
            {m.intake_contract_extend()}
          </ButtonLink>
        </p>
      ) : null}
    </div>
  )
}

function NoContract({ seat, deeds, hindrance }: ContractPageProps) {
  if (seat.is === 'person') return <Empty>{m.intake_contract_none_person()}</Empty>
  return (
    <Empty
      action={
        deeds.draft ? <ButtonLink href={`${seat.base}/draft`}>{m.intake_contract_write()}</ButtonLink> : undefined
      }
    >
      {hindrance ?? m.intake_contract_none_desk()}
    </Empty>
  )
}

function WholeContract({ seat, contract, deeds, dayOf }: ContractPageProps & { contract: StoredContract }) {
  const named = `?contract=${contract.id}`
  return (
    <>
      <p>
        <Status mark={stateMarks[contract.state]} tag>
          {stateWords(contract)}
        </Status>
      </p>
      <Path
        label={m.intake_contract_steps()}
        across
        steps={steps(contract, dayOf).map(({ label, state, note }) => ({ label, state, note }))}
      />
      <div class="ln-row">
        {deeds.offer ? <OfferForm seat={seat} contract={contract} /> : null}
        {deeds.sign.map((side, at) => (
          <ButtonLink
            href={`${seat.base}/sign${named}&side=${side}`}
            {...(at === 0 ? {} : { variant: 'secondary' as const })}
          >
            {seat.is === 'person' ? m.intake_contract_sign() : signWords[side]()}
          </ButtonLink>
        ))}
        {deeds.draft ? (
          <ButtonLink href={`${seat.base}/draft`} variant="secondary">
            {m.intake_contract_rewrite()}
          </ButtonLink>
        ) : null}
        <ButtonLink href={`${seat.base}.pdf${named}`} variant="tertiary">
          {contract.state === 'signed' || contract.state === 'ended'
            ? m.intake_contract_download()
            : m.intake_contract_pdf()}
        </ButtonLink>
      </div>
      {deeds.offer ? <p class="ln-small ln-quiet">{m.intake_contract_offer_hint()}</p> : null}
      {contract.state === 'offered' ? <p>{m.intake_contract_sign_wait()}</p> : null}
      {contract.ended ? <EndedNote contract={contract} ended={contract.ended} /> : null}
      {contract.locale === currentLocale() ? null : (
        <p class="ln-quiet">{m.intake_contract_language_note({ language: languageName(contract.locale) })}</p>
      )}
      {contract.text.unverified ? (
        <p>
          <Status mark="ask">{m.intake_contract_unverified()}</Status>
        </p>
      ) : null}
      <ContractArticle contract={contract} />
      {contract.state === 'draft' ? null : <Signatures seat={seat} contract={contract} dayOf={dayOf} />}
      {deeds.end ? (
        <p>
          <a class="ln-link" href={`${seat.base}/end${named}`}>
            {endWords(seat, contract.state)}
          </a>
        </p>
      ) : null}
    </>
  )
}

function OfferForm({ seat, contract }: { seat: Seat; contract: StoredContract }) {
  return (
    <form action={`${seat.base}/offer`} method="post">
      <input type="hidden" name={keyField} value={crypto.randomUUID()} />
      <input type="hidden" name="contract" value={contract.id} />
      <input type="hidden" name={versionField} value={String(contract.version)} />
      <Button>{m.intake_contract_offer()}</Button>
    </form>
  )
}

function Signatures({
  seat,
  contract,
  dayOf,
}: Pick<ContractPageProps, 'seat' | 'dayOf'> & { contract: StoredContract }) {
  return (
    <Section id="signatures" heading={m.intake_contract_signatures()}>
      <SummaryList
        items={[
          ...(['person', 'provider'] as const).map((side) => {
            const signature = contract.signatures.find((one) => one.side === side)
            return {
              label: sideWords[side](),
              value: signature ? (
                <div class="ln-stack" data-gap="2">
                  {signature.strokes ? (
                    <div>
                      <DrawnLine strokes={signature.strokes} name={signature.name} />
                    </div>
                  ) : null}
                  <p>
                    {signature.name}, {formatDay(dayOf(signature.at))}, {formWords(signature.form)}
                  </p>
                  {signature.file ? (
                    <p>
                      <a class="ln-link" href={`${seat.base}/paper?contract=${contract.id}&side=${side}`}>
                        {m.intake_contract_paper_link()}
                      </a>
                    </p>
                  ) : null}
                </div>
              ) : (
                <Status mark="wait">{m.intake_contract_not_signed()}</Status>
              ),
            }
          }),
          {
            label: m.intake_contract_hash(),
            value: (
              <>
                <code>{shortHash(contract.hash ?? '')}</code>
                <br />
                <span class="ln-small ln-quiet">{m.intake_contract_hash_hint()}</span>
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}

function EndedNote({ contract, ended }: { contract: StoredContract; ended: NonNullable<StoredContract['ended']> }) {
  const grounds = [...contract.text.personMayEnd, ...contract.text.providerMayEnd]
  const ground = grounds.find(({ code }) => code === ended.ground)
  return (
    <Note>
      <p>
        {m.intake_contract_state_ended({ day: formatDay(ended.on) })}, {endedBy[ended.by]()}.
      </p>
      {ground ? <p lang={ground.locale}>{ground.words}</p> : null}
    </Note>
  )
}

const langOf = (contract: StoredContract) => (contract.locale === currentLocale() ? undefined : contract.locale)

const stateMarks = { draft: 'draft', offered: 'wait', signed: 'done', ended: 'stop' } as const satisfies Record<
  ContractState,
  string
>

/** How a contract stands, in words. */
export function stateWords(contract: Pick<StoredContract, 'state' | 'ended' | 'begins'>): string {
  switch (contract.state) {
    case 'draft':
      return m.intake_contract_state_draft()
    case 'offered':
      return m.intake_contract_state_offered()
    case 'signed':
      return m.intake_contract_state_signed()
    case 'ended':
      return m.intake_contract_state_ended({ day: formatDay(contract.ended?.on ?? contract.begins) })
  }
}

function steps(contract: StoredContract, dayOf: (moment: Date) => string) {
  const order: ContractState[] = ['draft', 'offered', 'signed']
  const last = contract.signatures.length === 2 ? contract.signatures.at(-1)?.at : undefined
  const reached = contract.state === 'ended' ? (last ? 2 : 1) : order.indexOf(contract.state)
  const days = [contract.text.day, contract.frozenAt && dayOf(contract.frozenAt), last && dayOf(last)]
  const labels = [m.intake_contract_step_draft, m.intake_contract_step_offered, m.intake_contract_step_signed]
  return labels.map((label, at) => {
    const day = days[at]
    return {
      label: label(),
      state:
        at < reached || (at === reached && at === 2)
          ? ('done' as const)
          : at === reached
            ? ('now' as const)
            : ('next' as const),
      note: day ? formatDay(day) : undefined,
    }
  })
}

const sideWords = { person: m.intake_contract_side_person, provider: m.intake_contract_side_provider }
const signWords = { person: m.intake_contract_sign_title_desk, provider: m.intake_contract_sign_title_provider }
const endedBy: Readonly<Record<EndedBy, () => string>> = {
  person: m.intake_contract_ended_by_person,
  provider: m.intake_contract_ended_by_provider,
  term: m.intake_contract_ended_by_term,
}

/** A form of signature in words. */
export const formWords = (form: StoredContract['signatures'][number]['form']): string =>
  form === 'drawn' ? m.intake_contract_form_drawn() : m.intake_contract_form_paper()

/** What ending is called while nobody is bound, and later. */
export function endWords(seat: Pick<Seat, 'is'>, state: ContractState): string {
  if (state === 'signed') return m.intake_contract_end()
  return seat.is === 'person' ? m.intake_contract_end_offer_person() : m.intake_contract_end_offer_desk()
}

/** Why something could not be done, in one sentence. */
export function troubleWords(outcome: NonNullable<FormState['outcome']>): string {
  if (outcome.is === 'late' || outcome.is === 'conflict') return outcome.message ?? m.intake_contract_changed()
  return outcome.is === 'invalid' ? (outcome.errors[0]?.message ?? '') : m.page_403_title()
}
