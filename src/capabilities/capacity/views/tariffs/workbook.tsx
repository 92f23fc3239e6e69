import { formatDay } from '../../../../platform/i18n/format.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { ButtonLink } from '../../../../platform/ui/buttons.tsx'
import { Form, type FormState } from '../../../../platform/ui/form.tsx'
import { Note } from '../../../../platform/ui/notices.tsx'
import { PageHead, Section } from '../../../../platform/ui/page-head.tsx'
import { Status } from '../../../../platform/ui/status.tsx'
import { Upload } from '../../../../platform/ui/upload.tsx'
import type { CollectionPart, PartState } from '../../store/tariffs/collections.ts'
import type { Deviation } from '../../types/collection.ts'
import { nameOf } from './tariff-words.tsx'
/** Bytes of a workbook, at most. */
export const workbookLimit = 2_000_000

/** The workbook of one organisation: take it, fill it in, send it back, see what was found (CAP-10). */
export function WorkbookPage({
  part,
  state: stands,
  form,
  idempotencyKey,
}: {
  part: CollectionPart
  state: PartState | undefined
  form: FormState
  idempotencyKey: string
}) {
  const own = `/tariffs/workbooks/${part.id}`
  const newest = stands?.newest
  const open = part.collection.state === 'open'
  return (
    <div class="ln-stack ln-read" data-gap="6">
      <PageHead
        back={{
          href: `/tariffs/collections/${part.collection.id}`,
          label: m.capacity_tariff_collection_of({ year: String(part.collection.year) }),
        }}
        title={m.capacity_tariff_workbook_of({ organisation: nameOf(part.organisation.names) })}
        lead={m.capacity_tariff_workbook_lead()}
        facts={m.capacity_tariff_collection_due({ day: formatDay(part.collection.due) })}
        action={
          open ? (
            <ButtonLink href={`${own}/xlsx`} variant="secondary">
              {m.capacity_tariff_workbook_take()}
            </ButtonLink>
          ) : undefined
        }
      />
      {newest ? (
        <Section id="found" heading={m.capacity_tariff_found({ file: newest.name })}>
          <Note
            color={newest.accepted ? 'success' : 'danger'}
            heading={newest.accepted ? m.capacity_tariff_found_good() : m.capacity_tariff_found_bad()}
            mark={newest.accepted ? 'done' : 'stop'}
          >
            <p>{newest.accepted ? m.capacity_tariff_found_good_text() : m.capacity_tariff_found_bad_text()}</p>
          </Note>
          {newest.deviations.length > 0 ? (
            <ul class="ln-stack" data-gap="2">
              {newest.deviations.map((deviation) => (
                <li>
                  <Status mark={deviation.wrong ? 'stop' : 'eye'}>{placeOf(deviation)}</Status>{' '}
                  {deviationWords(deviation)}
                </li>
              ))}
            </ul>
          ) : null}
        </Section>
      ) : null}
      {open ? (
        <Section id="send" heading={m.capacity_tariff_workbook_send()}>
          <Form
            action={own}
            state={form}
            idempotencyKey={idempotencyKey}
            submit={m.capacity_tariff_workbook_send()}
            files
          >
            <Upload
              state={form}
              name="uploads"
              label={m.capacity_tariff_workbook_file()}
              description={m.capacity_tariff_workbook_kind()}
              accepts=".xlsx"
              limit={workbookLimit}
              most={1}
            />
          </Form>
        </Section>
      ) : null}
    </div>
  )
}

/** Where it stands: sheet, cell, and what the column is called. */
const placeOf = ({ sheet, cell, what }: Deviation) => [sheet, cell, what].filter(Boolean).join(', ')

/** What is not as it should be, and what to do, or what was done. */
export function deviationWords({ code, found, expected, what }: Deviation): string {
  switch (code) {
    case 'unreadable':
      return m.capacity_tariff_dev_unreadable()
    case 'other-book':
      return m.capacity_tariff_dev_other_book()
    case 'old-book':
      return m.capacity_tariff_dev_old_book()
    case 'sheet-missing':
      return m.capacity_tariff_dev_sheet_missing()
    case 'sheet-extra':
      return m.capacity_tariff_dev_sheet_extra()
    case 'column-missing':
      return m.capacity_tariff_dev_column_missing()
    case 'column-moved':
      return m.capacity_tariff_dev_column_moved()
    case 'column-extra':
      return m.capacity_tariff_dev_column_extra({ found })
    case 'row-missing':
      return m.capacity_tariff_dev_row_missing({ what })
    case 'row-moved':
      return m.capacity_tariff_dev_row_moved({ found, expected })
    case 'row-twice':
      return m.capacity_tariff_dev_row_twice({ found })
    case 'row-unknown':
      return m.capacity_tariff_dev_row_unknown({ found })
    case 'locked-changed':
      return m.capacity_tariff_dev_locked({ found, expected })
    case 'empty':
      return m.capacity_tariff_dev_empty()
    case 'text':
      return m.capacity_tariff_dev_text({ found })
    case 'formula':
      return m.capacity_tariff_dev_formula({ found })
    case 'digits':
      return m.capacity_tariff_dev_digits({ found })
    case 'negative':
      return m.capacity_tariff_dev_negative({ found })
    case 'nothing':
      return m.capacity_tariff_nothing()
    case 'days':
      return m.capacity_tariff_dev_days({ found, expected })
    case 'occupancy':
      return m.capacity_tariff_dev_occupancy({ found, expected })
    case 'carried':
      return m.capacity_tariff_dev_carried({ found, expected })
    case 'tariff':
      return m.capacity_tariff_dev_tariff({ found, expected })
    case 'short-reason':
      return m.capacity_tariff_dev_short_reason()
    case 'half-filled':
      return m.capacity_tariff_dev_half()
  }
}
