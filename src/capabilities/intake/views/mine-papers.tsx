import { m } from '../../../platform/i18n/speech.ts'
import type { Text } from '../../../platform/i18n/text.ts'
import type { Region } from '../../../platform/packs/regions.ts'
import { Status } from '../../../platform/ui/status.tsx'
import { Words } from '../../../platform/ui/words.tsx'
import { neededWords, type ServiceCard } from '../../directory/contract.ts'
import type { StoredDocument } from '../store/documents.ts'
import { told } from './ask-parts.tsx'

/** What the card asks for, and how to get it. */
export function PaperLines({ papers, region }: { papers: ServiceCard['documents']; region: Region | undefined }) {
  return (
    <ul class="ds-list">
      {papers.map(({ name, needed, from, howToObtain }) => (
        <li>
          <strong>
            <Words of={told(name, region)} plain />
          </strong>
          {' — '}
          {from === 'office' ? m.intake_ask_paper_from_office() : neededWords(needed)}
          {howToObtain ? (
            <>
              . <Words of={told(howToObtain, region)} plain />
            </>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

const states = {
  open: m.intake_ask_paper_open,
  given: m.intake_ask_paper_given,
  seen: m.intake_ask_paper_seen,
  waived: m.intake_ask_paper_waived,
  obtained: m.intake_ask_paper_obtained,
} as const

/** How a paper stands (INT-4), in words. */
export function PaperState({ of }: { of: Pick<StoredDocument, 'state' | 'from' | 'needed' | 'reusedFrom'> }) {
  if (of.reusedFrom) return <Status mark="done">{m.intake_ask_paper_reused()}</Status>
  if (of.state !== 'open') return <Status mark="done">{states[of.state]()}</Status>
  if (of.from === 'office') return <Status mark="wait">{m.intake_ask_paper_from_office()}</Status>
  return of.needed === 'if-available' ? (
    <Status mark="ask">{m.intake_ask_paper_if_available()}</Status>
  ) : (
    <Status mark="late">{states.open()}</Status>
  )
}

/** The papers of a request, each with what can be done about it. @param giveable papers can be handed in now */
export function Papers({
  base,
  papers,
  giveable,
  region,
}: {
  base: string
  papers: readonly StoredDocument[]
  giveable: boolean
  region: Region | undefined
}) {
  return (
    <ul class="ln-tasks">
      {papers.map((paper) => (
        <li>
          <Name
            of={paper.names}
            region={region}
            href={mayGive(paper, giveable) ? `${base}/papers/${paper.id}` : undefined}
          />
          <PaperState of={paper} />
          {paper.reason ? <span class="ln-small">{paper.reason}</span> : null}
          {paper.files.map(({ id, name }) => (
            <a class="ln-link ln-small" href={`${base}/files/${id}`} download>
              {name}
            </a>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** The person hands in what is theirs to bring; more pages of a paper may follow the first ones. */
export const mayGive = (paper: Pick<StoredDocument, 'from' | 'state'>, giveable: boolean): boolean =>
  giveable && paper.from === 'person' && (paper.state === 'open' || paper.state === 'given')

function Name({ of, region, href }: { of: Text; region: Region | undefined; href: string | undefined }) {
  const words = <Words of={told(of, region)} plain />
  return href ? (
    <a class="ln-link" href={href}>
      {m.intake_ask_hand_in()} <strong>{words}</strong>
    </a>
  ) : (
    <strong>{words}</strong>
  )
}
