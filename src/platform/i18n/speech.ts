import { AsyncLocalStorage } from 'node:async_hooks'
import { overwriteGetLocale } from './out/runtime.js'
import type { Locale } from './text.ts'

/** Every message of the interface as a function, in the language of the reader: `m.ui_undo()`, `m.form_too_long({ count: 200 })`. */
export { m } from './out/messages.js'

const reader = new AsyncLocalStorage<Locale>()

/**
 * Does `work`, and everything it awaits, in the language of one reader: messages, dates and numbers below need not be told.
 * Requests, letters and jobs of different people run beside each other without mixing.
 */
export function inLocale<T>(locale: Locale, work: () => T): T {
  return reader.run(locale, work)
}

/** The language of the reader whose work this is; English where nobody reads (start, logs). */
export function currentLocale(): Locale {
  return reader.getStore() ?? 'en'
}

// Messages are only reachable through this module, so they cannot be spoken before this line has run.
overwriteGetLocale(currentLocale)
