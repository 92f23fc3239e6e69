import { currentLocale, m } from '../../../../platform/i18n/speech.ts'
import { speak, type Text } from '../../../../platform/i18n/text.ts'
import { Filters, Pager } from '../../../../platform/ui/browse.tsx'
import { Empty } from '../../../../platform/ui/notices.tsx'
import { PageHead } from '../../../../platform/ui/page-head.tsx'
import { stateWords } from '../../letters/adjustment-words.ts'
import type { StoredAdjustment } from '../../store/adjustments/read-adjustment.ts'
import { AdjustmentState } from '../../types/adjustments.ts'
import { AdjustmentTable } from './parts.tsx'

export interface ListProps {
  adjustments: readonly StoredAdjustment[]
  chosen: { state: string | undefined; municipality: string | undefined; year: number | undefined }
  municipalities: readonly { slug: string; names: Text }[]
  years: readonly number[]
  first: string | undefined
  next: string | undefined
}

/** Adjustments that everybody may read, with what narrows them (CAP-3). */
export function AdjustmentList({ adjustments, chosen, municipalities, years, first, next }: ListProps) {
  const narrowed = chosen.state !== undefined || chosen.municipality !== undefined || chosen.year !== undefined
  return (
    <div class="ln-stack" data-gap="6">
      <PageHead title={m.capacity_adjust_nav()} lead={m.capacity_adjust_lead()} />
      <Filters
        action="/adjustments"
        clear={narrowed ? '/adjustments' : undefined}
        open={narrowed}
        fields={(prefix) => (
          <>
            <Choice
              id={`${prefix}state`}
              name="state"
              label={m.capacity_adjust_col_state()}
              chosen={chosen.state}
              options={publicStates.map((state) => ({ value: state, label: stateWords(state) }))}
            />
            <Choice
              id={`${prefix}municipality`}
              name="municipality"
              label={m.capacity_adjust_municipality()}
              chosen={chosen.municipality}
              options={municipalities.map(({ slug, names }) => ({
                value: slug,
                label: speak(names, currentLocale()).words,
              }))}
            />
            <Choice
              id={`${prefix}year`}
              name="year"
              label={m.capacity_adjust_year()}
              chosen={chosen.year === undefined ? undefined : String(chosen.year)}
              options={years.map((year) => ({ value: String(year), label: String(year) }))}
            />
          </>
        )}
      />
      {adjustments.length > 0 ? (
        <AdjustmentTable caption={m.capacity_adjust_nav()} adjustments={adjustments} root="/adjustments" />
      ) : (
        <Empty>{narrowed ? m.capacity_adjust_none_fit() : m.capacity_adjust_none()}</Empty>
      )}
      <Pager previous={first} next={next} />
    </div>
  )
}

const publicStates = AdjustmentState.options.filter((state) => state !== 'planned')

function Choice({
  id,
  name,
  label,
  chosen,
  options,
}: {
  id: string
  name: string
  label: string
  chosen: string | undefined
  options: readonly { value: string; label: string }[]
}) {
  return (
    <div class="ds-field">
      <label class="ds-label" for={id}>
        {label}
      </label>
      <select class="ds-input" id={id} name={name}>
        <option value="">{m.capacity_adjust_any()}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === chosen}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
