import type { Actor } from './actor.ts'

/**
 * Who may do what, as a short sentence (`says`) and the same as a pure test.
 * `Subject` is what the permission is about: the record as stored, never what the sender claims about it.
 */
export interface Permission<Subject> {
  readonly says: string
  may(actor: Actor | null, subject: Subject): boolean
}

/** Said out loud where it holds; silence is not permission. */
export const everyone: Permission<unknown> = { says: 'Everyone may', may: () => true }

export const signedIn: Permission<unknown> = {
  says: 'Everyone who has signed in may',
  may: (actor) => actor !== null,
}

/** Reads as: `permission('Editors of the area may change a service', (actor, service) => …)`. */
export function permission<Subject>(
  says: string,
  may: (actor: Actor | null, subject: Subject) => boolean,
): Permission<Subject> {
  return { says, may }
}
