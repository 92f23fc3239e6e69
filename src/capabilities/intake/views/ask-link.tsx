import { m } from '../../../platform/i18n/speech.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { ButtonLink } from '../../../platform/ui/buttons.tsx'
import { PageHead } from '../../../platform/ui/page-head.tsx'
import { CallFirst, Helpline, Reference } from './ask-parts.tsx'
import { DutyNote, type DutyNow } from './duty-note.tsx'

/** What whoever told about another person sees: that it arrived, and no more (INT-1). */
export function ArrivedPage({
  reference,
  region,
  duty,
}: {
  reference: string
  region: Region | undefined
  /** in the region that they told about it */
  duty: DutyNow | undefined
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead title={m.intake_ask_arrived_title()} lead={m.intake_ask_arrived_lead()} />
      <p>
        {m.ui_your_number()}: <Reference of={reference} />
      </p>
      <p>{m.intake_ask_arrived_no_more()}</p>
      {duty ? (
        <DutyNote duty={duty} dangers={[]} region={region} heading={m.intake_ask_worse_heading()} />
      ) : (
        <CallFirst region={region} heading={m.intake_ask_worse_heading()} />
      )}
      <Helpline region={region} />
    </div>
  )
}

/** A link that opens nothing any more says why, and what to do. */
export function LinkOverPage({
  why,
  reference,
  region,
}: {
  why: 'expired' | 'revoked'
  reference: string
  region: Region | undefined
}) {
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        title={m.intake_ask_over_title()}
        lead={why === 'expired' ? m.intake_ask_over_expired() : m.intake_ask_over_revoked()}
      />
      <p>{m.intake_ask_over_nothing_lost()}</p>
      {why === 'expired' ? (
        <p>
          {m.intake_ask_over_say_number()} <Reference of={reference} />
        </p>
      ) : null}
      <Helpline region={region} />
      <p>{m.intake_ask_over_account()}</p>
      <div class="ln-row">
        <ButtonLink href="/my/requests">{m.intake_ask_nav_mine()}</ButtonLink>
        <a class="ln-link" href="/ask">
          {m.intake_ask_nav()}
        </a>
      </div>
    </div>
  )
}
