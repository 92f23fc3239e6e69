import type { Child } from 'hono/jsx'
import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../platform/i18n/text.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import type { EmergencyNumber } from '../../../platform/packs/types.ts'
import { dial } from '../../../platform/ui/header.tsx'
import { Note } from '../../../platform/ui/notices.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import type { DangerSign, EnteredBy } from '../types.ts'

/** A text of a pack in the reader's language, else in the pack's own. */
export const told = (text: Text, region: Region | undefined) => speak(text, currentLocale(), region?.languages)

const answering: Readonly<Record<DangerSign, readonly EmergencyNumber['kind'][]>> = {
  life: ['life'],
  violence: ['life', 'violence'],
  'recent-trauma': ['crisis', 'life'],
  child: ['life', 'child'],
}

/** Whom to call: one number for each kind of danger, or for those dangers that were named. They are never held up by a form (INT-3). */
function EmergencyNumbers({
  region,
  dangers,
  except,
}: {
  region: Region | undefined
  dangers: readonly DangerSign[]
  except: string | undefined
}) {
  const kinds =
    dangers.length > 0
      ? new Set(dangers.flatMap((danger) => answering[danger]))
      : new Set(['life', 'violence', 'child', 'crisis'] as const)
  const numbers = [...kinds]
    .flatMap((kind) => region?.emergencies.find((number) => number.kind === kind) ?? [])
    .filter(({ number }) => number !== except)
  if (numbers.length === 0) return null
  return (
    <ul class="ln-plain ln-stack" data-gap="1">
      {numbers.map(({ number, label, hours }) => (
        <li>
          <a class="ln-link" href={dial(number)}>
            <strong class="ln-num">{number}</strong>
          </a>{' '}
          <Words of={told(label, region)} plain />
          {hours ? (
            <>
              {' '}
              · <Words of={told(hours, region)} plain />
            </>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** Call first, then write. @param children what happens besides, above the numbers */
export function CallFirst({
  region,
  dangers = [],
  except,
  heading,
  children,
}: {
  region: Region | undefined
  /** that were named: their numbers alone */
  dangers?: readonly DangerSign[]
  /** a number that stands above already */
  except?: string | undefined
  heading: Child
  children?: Child
}) {
  return (
    <Note color="danger" heading={heading} mark="stop">
      <div class="ln-stack" data-gap="3">
        {children}
        <EmergencyNumbers region={region} dangers={dangers} except={except} />
      </div>
    </Note>
  )
}

/** A person to talk to, where the region has one. */
export function Helpline({ region }: { region: Region | undefined }) {
  const helpline = region?.helpline
  if (!helpline) return null
  return (
    <p>
      <Words of={told(helpline.label, region)} plain />:{' '}
      <a class="ln-link ln-number" href={dial(helpline.number)}>
        {helpline.number}
      </a>
      {helpline.example ? ` (${m.ui_example_number()})` : null}
    </p>
  )
}

const relations = {
  relative: m.intake_ask_relation_relative,
  friend: m.intake_ask_relation_friend,
  neighbour: m.intake_ask_relation_neighbour,
  worker: m.intake_ask_relation_worker,
  agency: m.intake_ask_relation_agency,
  other: m.intake_ask_relation_other,
} as const
export const relationWords = (relation: EnteredBy['relation']): string => relations[relation]()

/** INT-1: "entered by X for Y", everywhere. Without Y's consent, the reason why it is missing. */
export function enteredByWords(by: EnteredBy, person: string | undefined): string {
  const helper = [by.name, relationWords(by.relation), by.organisation].filter(Boolean).join(', ')
  const who = person ? m.intake_ask_entered_by({ helper, person }) : m.intake_ask_entered_by_unnamed({ helper })
  const consent =
    by.consent === 'given'
      ? m.intake_ask_consent_is_given()
      : m.intake_ask_consent_is_missing({ why: by.consentMissing ?? m.ui_no_information() })
  return `${who} ${consent}`
}

export function EnteredByLine({ by, name }: { by: EnteredBy | undefined; name: string | undefined }) {
  return by ? <p>{enteredByWords(by, name)}</p> : null
}

/** The number of a request; it is no word of any language. */
export const Reference = ({ of }: { of: string }) => (
  <strong class="ln-number" translate="no">
    {of}
  </strong>
)
