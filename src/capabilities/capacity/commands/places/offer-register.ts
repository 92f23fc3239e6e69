import type { FieldError } from '../../../../platform/access/outcome.ts'
import type { Tx } from '../../../../platform/db/database.ts'
import { m } from '../../../../platform/i18n/speech.ts'
import { targetGroups } from '../../../directory/contract.ts'
import { areasAndParagraphs } from '../../store/places/save-offer.ts'
import type { OfferFields } from '../../types/places.ts'

/** What an offer may name: paragraphs and areas of its pack, target groups of all packs. */
export interface OfferRegister {
  paragraphs: ReadonlyMap<string, ReadonlySet<string>>
  areas: ReadonlyMap<string, ReadonlySet<string>>
  /** target groups with those above them; empty for one that is not there */
  pathsOf(codes: readonly string[]): string[]
  knowsGroup(code: string): boolean
}

/** Reads what offers of these packs may name. */
export async function readOfferRegister(tx: Tx, packs: readonly string[]): Promise<OfferRegister> {
  const [known, groups] = await Promise.all([areasAndParagraphs(tx, packs), targetGroups(tx)])
  const paths = new Map(groups.map(({ code, path }) => [code, path]))
  return {
    ...known,
    pathsOf: (codes) => [...new Set(codes.flatMap((code) => paths.get(code) ?? []))],
    knowsGroup: (code) => paths.has(code),
  }
}

/** What of an offer is not there, each at its field. */
export function mistakesOf(
  register: OfferRegister,
  { pack, paragraph, area, targetGroups: groups }: Pick<OfferFields, 'pack' | 'paragraph' | 'area' | 'targetGroups'>,
): FieldError[] {
  return [
    ...(register.paragraphs.get(pack)?.has(paragraph)
      ? []
      : [{ path: 'paragraph', message: m.capacity_unknown_paragraph() }]),
    ...(register.areas.get(pack)?.has(area) ? [] : [{ path: 'area', message: m.capacity_unknown_area() }]),
    ...(groups.every((code) => register.knowsGroup(code))
      ? []
      : [{ path: 'targetGroups', message: m.capacity_unknown_group() }]),
  ]
}
