import { z } from 'zod'
import { Slug } from '../types.ts'

/** The kind under which matters stand in thread and audit trail. */
export const matterKind = 'governance.matter'

/** A body may deal with what it cannot decide: a matter of this kind ends in no decision there. */
export const theme = 'theme'

/** GOV-2: where a matter came from. */
export const MatterSource = z.enum([
  'body',
  'member',
  'contribution',
  'user-organisation',
  'adjustment',
  'agreement',
  'dispute',
  'dialogue',
  'recommendation',
  'consultation',
  'authority',
])
export type MatterSource = z.infer<typeof MatterSource>

/** GOV-2: how a matter stands. Sent on to another body it is prepared there. */
export const MatterState = z.enum([
  'idea',
  'prepared',
  'on-agenda',
  'decided',
  'postponed',
  'withdrawn',
  'carried-out',
  'followed-up',
])
export type MatterState = z.infer<typeof MatterState>

/** What is done with a matter; each is one step of its path. */
export const Deed = z.enum([
  'raised',
  'prepared',
  'scheduled',
  'taken-off',
  'decided',
  'sent-on',
  'postponed',
  'withdrawn',
  'carried-out',
  'followed-up',
])
export type Deed = z.infer<typeof Deed>

/** The thing that a matter came from: a kind of the thread and its id. */
export const SourceThing = z.object({ kind: z.string().regex(/^[a-z]+\.[a-z-]+$/), id: z.uuid() })
export type SourceThing = z.infer<typeof SourceThing>

/** What the body decides about it, of its `decidesOn`, or `theme`. */
export const MatterKind = Slug
