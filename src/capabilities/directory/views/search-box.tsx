import { m } from '../../../platform/i18n/speech.ts'

/** Search in one's own words; leads to the list. */
export function SearchBox({ label, hint, words }: { label: string; hint?: string; words?: string }) {
  return (
    <search>
      <form action="/services" method="get" class="ln-read">
        <div class="ds-field">
          <label class="ds-label" for="q">
            {label}
          </label>
          {hint ? (
            <span data-field="description" id="q-hint">
              {hint}
            </span>
          ) : null}
          <div class="ln-search">
            <input
              class="ds-input"
              type="search"
              id="q"
              name="q"
              value={words}
              maxlength={200}
              autocomplete="off"
              aria-describedby={hint ? 'q-hint' : undefined}
            />
            <button class="ds-button" type="submit">
              {m.directory_search_go()}
            </button>
          </div>
        </div>
      </form>
    </search>
  )
}
