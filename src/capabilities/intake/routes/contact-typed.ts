import { cares } from '../views/ask-contact.tsx'

export type Typed = Record<string, unknown>

/** What was typed into the fields of safe contact (INT-11): what to watch out for comes as a list of ticks. */
export function contactTyped(fields: Typed): Typed {
  const { through, ...contact } = asObject(fields.contact)
  const flags: readonly unknown[] = Array.isArray(fields.care) ? fields.care : []
  return {
    contact: {
      ...contact,
      ...Object.fromEntries(cares.map((care) => [care, flags.includes(care)])),
      ...(Object.keys(asObject(through)).length > 0 ? { through } : {}),
    },
  }
}

export const asObject = (value: unknown): Typed =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
