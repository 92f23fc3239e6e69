import { sql } from 'kysely'
import { json, query, type Tx } from '../../../platform/db/database.ts'
import type { Locale, Text } from '../../../platform/i18n/text.ts'
import { ContractState, ContractText, FollowUp, SignatureForm, Strokes } from '../types.ts'

export type Side = 'person' | 'provider'
export type EndedBy = Side | 'term'

/** A signature under a contract. */
export interface StoredSignature {
  side: Side
  form: SignatureForm
  name: string
  /** of a drawn line */
  strokes: Strokes | undefined
  /** the paper that was signed, as it was handed in */
  file: string | undefined
  at: Date
}

/** A contract with the person, as it is stored. */
export interface StoredContract {
  id: string
  request: string
  service: string
  begins: string
  ends: string | undefined
  extendsId: string | undefined
  /** day on which the first contract of the chain began */
  firstBegan: string
  text: ContractText
  locale: Locale
  state: ContractState
  /** SHA-256 of the text, hex; from the offer on */
  hash: string | undefined
  frozenAt: Date | undefined
  ended: { on: string; by: EndedBy; ground: string | undefined } | undefined
  version: number
  signatures: readonly StoredSignature[]
}

/** The contract with this id, as far as row level security opens it. */
export async function readContract(tx: Tx, id: string): Promise<StoredContract | undefined> {
  return withSignatures(tx, await tx.all(contracts().where('c.id', '=', id))).then(([contract]) => contract)
}

/** All contracts of a request, the newest first. Whoever does not answer the request sees none that is still a draft. */
export async function contractsOf(tx: Tx, request: string): Promise<StoredContract[]> {
  return withSignatures(
    tx,
    await tx.all(
      contracts().where('c.request_id', '=', request).orderBy('c.created_at', 'desc').orderBy('c.id', 'desc'),
    ),
  )
}

/** Where an organisation is at home: the name of its area. */
export async function placeOf(tx: Tx, organisation: string): Promise<Text | undefined> {
  const row = await tx.one(
    query
      .selectFrom('access.organisation as o')
      .innerJoin('access.area as a', 'a.code', 'o.area')
      .select('a.names')
      .where('o.id', '=', organisation),
  )
  return row && (row.names as Text)
}

const firstBegan = sql<string>`(with recursive chain as (
    select e.id, e.extends_id, e.begins_on from intake.contract e where e.id = c.id
    union all select e.id, e.extends_id, e.begins_on from intake.contract e join chain on e.id = chain.extends_id)
  select min(chain.begins_on) from chain)`

const contracts = () => query.selectFrom('intake.contract as c').selectAll('c').select(firstBegan.as('first_began'))

type Row = Awaited<ReturnType<ReturnType<typeof contracts>['execute']>>[number]

async function withSignatures(tx: Tx, rows: readonly Row[]): Promise<StoredContract[]> {
  if (rows.length === 0) return []
  const signatures = await tx.all(
    query
      .selectFrom('intake.signature')
      .select(['contract_id', 'side', 'form', 'name', 'evidence', 'file_id', 'at'])
      .where(
        'contract_id',
        'in',
        rows.map(({ id }) => id),
      )
      .orderBy('at')
      .orderBy('id'),
  )
  return rows.map((row) => ({
    id: row.id,
    request: row.request_id,
    service: row.service_id,
    begins: row.begins_on,
    ends: row.ends_on ?? undefined,
    extendsId: row.extends_id ?? undefined,
    firstBegan: row.first_began,
    text: ContractText.parse(row.text),
    locale: row.locale as Locale,
    state: ContractState.parse(row.state),
    hash: row.text_hash?.toString('hex'),
    frozenAt: row.frozen_at ?? undefined,
    ended:
      row.ended_on && row.ended_by
        ? { on: row.ended_on, by: row.ended_by as EndedBy, ground: row.ending_ground ?? undefined }
        : undefined,
    version: row.version,
    signatures: signatures
      .filter((signature) => signature.contract_id === row.id)
      .map((signature) => ({
        side: signature.side as Side,
        form: SignatureForm.parse(signature.form),
        name: signature.name,
        strokes: strokesOf(signature.evidence),
        file: signature.file_id ?? undefined,
        at: signature.at,
      })),
  }))
}

const strokesOf = (evidence: unknown): Strokes | undefined =>
  Strokes.safeParse((evidence as { strokes?: unknown }).strokes).data

/** What a draft says; its text holds the same days. */
export interface DraftedContract {
  text: ContractText
  locale: Locale
}

/** Writes a draft. @returns its id */
export async function addContract(
  tx: Tx,
  contract: DraftedContract & {
    request: string
    service: string
    provider: string
    extendsId?: string
    account: string | null
  },
): Promise<string> {
  const row = await tx.one(
    query
      .insertInto('intake.contract')
      .values({
        request_id: contract.request,
        service_id: contract.service,
        provider_id: contract.provider,
        begins_on: contract.text.begins,
        ends_on: contract.text.ends,
        extends_id: contract.extendsId ?? null,
        text: json(contract.text),
        locale: contract.locale,
        created_by: contract.account,
        created_at: tx.now,
      })
      .returning('id'),
  )
  if (!row) throw new Error('A contract was not stored.')
  return row.id
}

/** Writes a draft anew. @returns false where it is offered meanwhile, or somebody else has written it anew */
export async function changeContract(
  tx: Tx,
  id: string,
  version: number,
  { text, locale }: DraftedContract,
): Promise<boolean> {
  return changed(
    tx,
    query
      .updateTable('intake.contract')
      .set({ text: json(text), begins_on: text.begins, ends_on: text.ends, locale, version: sql`version + 1` })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('state', '=', 'draft')
      .returning('id'),
  )
}

/** Offers a draft: from now on its text stands still. @returns false where it is no draft any more, or was written anew meanwhile */
export async function freezeContract(tx: Tx, id: string, version: number, hash: Buffer): Promise<boolean> {
  return changed(
    tx,
    query
      .updateTable('intake.contract')
      .set({ state: 'offered', text_hash: hash, frozen_at: tx.now, version: sql`version + 1` })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('state', '=', 'draft')
      .returning('id'),
  )
}

/** Puts a signature under the offered text. @returns false where this side has signed already */
export async function addSignature(
  tx: Tx,
  signature: {
    contract: string
    hash: Buffer
    side: Side
    form: SignatureForm
    name: string
    strokes?: Strokes | undefined
    file?: string | undefined
    account: string | null
  },
): Promise<boolean> {
  const row = await tx.one(
    query
      .insertInto('intake.signature')
      .values({
        contract_id: signature.contract,
        side: signature.side,
        form: signature.form,
        name: signature.name,
        evidence: json(signature.strokes ? { strokes: signature.strokes } : {}),
        file_id: signature.file ?? null,
        text_hash: signature.hash,
        account_id: signature.account,
        at: tx.now,
      })
      .onConflict((clash) => clash.columns(['contract_id', 'side']).doNothing())
      .returning('id'),
  )
  return row !== undefined
}

/** Waits until nobody else signs or ends the same contract. @returns false where it is not offered any more */
export async function holdOffered(tx: Tx, id: string): Promise<boolean> {
  return changed(
    tx,
    query
      .updateTable('intake.contract')
      .set({ version: sql`version + 1` })
      .where('id', '=', id)
      .where('state', '=', 'offered')
      .returning('id'),
  )
}

/**
 * Both sides have signed: the contract holds, and what followed acceptance is done.
 * @returns what begins then, where anything does; undefined while a side is missing
 */
export async function concludeContract(tx: Tx, id: string): Promise<{ next: FollowUp | undefined } | undefined> {
  const concluded = await changed(
    tx,
    query
      .updateTable('intake.contract')
      .set({ state: 'signed', version: sql`version + 1` })
      .where('id', '=', id)
      .where('state', '=', 'offered')
      .where(sql<number>`(select count(*)::integer from intake.signature s where s.contract_id = contract.id)`, '=', 2)
      .returning('id'),
  )
  if (!concluded) return undefined
  const done = await tx.one(query.selectNoFrom(sql<string | null>`intake.contract_done(${id})`.as('next')))
  return { next: done?.next ? FollowUp.parse(done.next) : undefined }
}

/** Ends a contract that runs, or an offer that nobody is bound by yet. @returns false where it is neither */
export async function endStoredContract(
  tx: Tx,
  id: string,
  ended: { on: string; by: EndedBy; ground: string | undefined },
): Promise<boolean> {
  return changed(
    tx,
    query
      .updateTable('intake.contract')
      .set({
        state: 'ended',
        ended_on: ended.on,
        ended_by: ended.by,
        ending_ground: ended.ground ?? null,
        version: sql`version + 1`,
      })
      .where('id', '=', id)
      .where('state', 'in', ['offered', 'signed'])
      .returning('id'),
  )
}

/** Regions in which contracts run that have an end, and their time zones. */
export async function regionsWithContracts(tx: Tx): Promise<{ pack: string; timeZone: string }[]> {
  return tx.all(
    query
      .selectFrom('intake.contract as c')
      .innerJoin('intake.request as r', 'r.id', 'c.request_id')
      .innerJoin('packs.pack as k', 'k.id', 'r.pack')
      .select(['k.id as pack', sql<string>`k.manifest ->> 'timeZone'`.as('timeZone')])
      .where('c.state', '=', 'signed')
      .where('c.ends_on', 'is not', null)
      .where('k.manifest', 'is not', null)
      .distinct(),
  )
}

/** Ends contracts of a region whose term is over. @param today the local day there @returns the requests they follow */
export async function endContractsByTerm(
  tx: Tx,
  pack: string,
  today: string,
): Promise<{ id: string; request: string }[]> {
  const rows = await tx.all(
    query
      .updateTable('intake.contract as c')
      .from('intake.request as r')
      .set({ state: 'ended', ended_on: sql<string>`c.ends_on`, ended_by: 'term', version: sql`c.version + 1` })
      .whereRef('r.id', '=', 'c.request_id')
      .where('r.pack', '=', pack)
      .where('c.state', '=', 'signed')
      .where('c.ends_on', '<=', today)
      .returning(['c.id', 'c.request_id']),
  )
  return rows.map((row) => ({ id: row.id, request: row.request_id }))
}

const changed = async (tx: Tx, statement: Parameters<Tx['one']>[0]): Promise<boolean> =>
  (await tx.one(statement)) !== undefined
