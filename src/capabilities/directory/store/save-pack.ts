import { sql } from 'kysely'
import { query, type Tx } from '../../../platform/db/database.ts'
import { locales, type Text } from '../../../platform/i18n/text.ts'
import { lexemes } from '../../../platform/search/words.ts'
import type { Act, FinderQuestion, ServiceCard, TaxonomyTerm, TermFacet } from '../types.ts'
import { addService, changeService, type ServiceStatus } from './save-service.ts'
import type { Register } from './sources.ts'

/** Stores the taxonomy; terms that are no longer in it stay, since cards may still name them. */
export async function saveTaxonomy(
  tx: Tx,
  facets: Readonly<Record<TermFacet, Text>>,
  terms: readonly TaxonomyTerm[],
): Promise<void> {
  for (const [facet, names] of Object.entries(facets)) {
    await tx.all(
      query
        .insertInto('directory.taxonomy')
        .values({ facet, names: JSON.stringify(names) })
        .onConflict((clash) => clash.column('facet').doUpdateSet({ names: JSON.stringify(names) })),
    )
  }
  const byCode = new Map(terms.map((term) => [term.code, term]))
  for (const term of terms) {
    const path: string[] = []
    for (
      let at: TaxonomyTerm | undefined = term;
      at && path.length < 10;
      at = at.parent ? byCode.get(at.parent) : undefined
    )
      path.unshift(at.code)
    const columns = {
      facet: term.facet,
      parent: term.parent ?? null,
      path,
      names: JSON.stringify(term.names),
      lexemes: sql<string>`${termLexemes(term)}::tsvector`,
      details: JSON.stringify(term),
    }
    await tx.all(
      query
        .insertInto('directory.term')
        .values({ code: term.code, ...columns })
        .onConflict((clash) => clash.column('code').doUpdateSet(columns)),
    )
  }
}

/** Text form of a `tsvector` of all words of a term; lexemes hold letters and digits only. */
function termLexemes(term: TaxonomyTerm): string {
  const found = new Set<string>()
  for (const text of [term.names, term.words])
    for (const locale of locales) for (const lexeme of lexemes(text?.[locale] ?? '', locale)) found.add(`'${lexeme}'`)
  return [...found].join(' ')
}

/** Stores the finder's questions in their order. */
export async function saveQuestions(tx: Tx, questions: readonly FinderQuestion[]): Promise<void> {
  for (const [position, question] of questions.entries()) {
    const columns = { position, details: JSON.stringify(question) }
    await tx.all(
      query
        .insertInto('directory.question')
        .values({ id: question.id, ...columns })
        .onConflict((clash) => clash.column('id').doUpdateSet(columns)),
    )
  }
}

/** Stores a pack's register of acts. */
export async function saveActs(tx: Tx, pack: string, acts: readonly Act[]): Promise<void> {
  for (const act of acts) {
    const details = JSON.stringify(act)
    await tx.all(
      query
        .insertInto('directory.act')
        .values({ pack, id: act.id, details })
        .onConflict((clash) => clash.columns(['pack', 'id']).doUpdateSet({ details })),
    )
  }
}

/**
 * Adds a pack's card, or changes it when the pack's card has changed since it was last loaded.
 * A card that an editor has changed meanwhile is left alone: people win over packs.
 * @returns what was done
 */
export async function savePackCard(
  tx: Tx,
  card: ServiceCard,
  pack: string,
  assurance: { assured: { at: Date; by: string } | undefined; due: Date },
  register: Register,
): Promise<'added' | 'changed' | 'left'> {
  const stored = await tx.one(
    query
      .selectFrom('directory.service')
      .innerJoin('directory.service_version', (join) =>
        join
          .onRef('directory.service_version.service_id', '=', 'directory.service.id')
          .onRef('directory.service_version.version', '=', 'directory.service.version'),
      )
      .select([
        'directory.service.id',
        'directory.service.version',
        'directory.service.status',
        'directory.service_version.deed',
        sql<boolean>`directory.service.card = ${JSON.stringify(card)}::jsonb`.as('same'),
      ])
      .where('directory.service.slug', '=', card.slug),
  )
  const deed = { account: null, origin: 'command-line', deed: `pack ${pack}` }
  if (!stored) {
    await addService(
      tx,
      { card, pack, status: 'active', assured: assurance.assured, assuranceDue: assurance.due },
      register,
      deed,
    )
    return 'added'
  }
  if (stored.same || !stored.deed.startsWith('pack ')) return 'left'
  await changeService(tx, stored.id, stored.version, { card, status: stored.status as ServiceStatus }, register, deed)
  return 'changed'
}
