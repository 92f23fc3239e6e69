import type { MinutesContent, MinutesDecision, MinutesItem, Presence, QuorumRule, Side } from '../../types/meetings.ts'

/** What was written at a meeting. */
export interface Written {
  opening: string | undefined
  items: readonly {
    id: string
    position: number
    title: string
    matter: string | undefined
    presenter: string | undefined
    secretGround: string | undefined
    aboutPerson: boolean
    words: string | undefined
    minutes: string | undefined
    decision: MinutesDecision | undefined
  }[]
  attendance: readonly {
    name: string
    seat: string | undefined
    side: Side | undefined
    presence: Presence
    proxy: string | undefined
  }[]
  conflicts: ReadonlyMap<string, readonly { name: string }[]>
  tasks: readonly { title: string; owner: string; due: string; item: string | undefined }[]
  here: { here: number; seats: number; quorum: boolean | undefined; rule?: QuorumRule | undefined }
}

/**
 * What everybody reads of minutes, and what those who were invited read besides (GOV-3). Of a confidential item everybody gets headline, ground
 * and decision; of what is about a person nothing (GOV-13). Members stand there by name; residents at a dialogue and guests are counted.
 */
export function contentOf(written: Written): { open: MinutesContent; closed: MinutesItem[] } {
  const items = written.items.filter(({ aboutPerson }) => !aboutPerson)
  const secret = new Set(items.filter(({ secretGround }) => secretGround !== undefined).map(({ id }) => id))
  const whole = (item: Written['items'][number]): MinutesItem => ({
    id: item.id,
    position: item.position,
    title: item.title,
    ...(item.matter === undefined ? {} : { matter: item.matter }),
    ...(item.presenter === undefined ? {} : { presenter: item.presenter }),
    ...(item.secretGround === undefined ? {} : { secretGround: item.secretGround }),
    ...(item.words === undefined ? {} : { words: item.words }),
    ...(item.minutes === undefined ? {} : { minutes: item.minutes }),
    ...(item.decision === undefined ? {} : { decision: item.decision }),
    stoodBack: (written.conflicts.get(item.id) ?? []).map(({ name }) => name),
  })
  const named = written.attendance.filter(
    ({ seat, side }) => seat !== undefined || (side !== undefined && side !== 'people'),
  )
  const there = (presence: Presence) => presence === 'present' || presence === 'proxy'
  return {
    open: {
      ...(written.opening === undefined ? {} : { opening: written.opening }),
      here: written.here.here,
      seats: written.here.seats,
      quorum: written.here.quorum ?? null,
      ...(written.here.rule === undefined ? {} : { quorumRule: written.here.rule }),
      attendance: named.map(({ name, presence, proxy, side }) => ({
        name,
        presence,
        ...(proxy === undefined ? {} : { proxy }),
        ...(side === undefined ? {} : { side }),
      })),
      unnamed: written.attendance.filter((one) => !named.includes(one) && there(one.presence)).length,
      items: items.map((item) => {
        const { words, minutes, ...rest } = whole(item)
        return secret.has(item.id) ? { ...rest, stoodBack: [] } : whole(item)
      }),
      tasks: written.tasks
        .filter(({ item }) => item === undefined || (!secret.has(item) && items.some(({ id }) => id === item)))
        .map(({ title, owner, due }) => ({ title, owner, due })),
    },
    closed: items.filter(({ id }) => secret.has(id)).map(whole),
  }
}

/** The words of public minutes, for searching: what was said, decided and given as tasks; no names of who was there. */
export function textOf(content: MinutesContent): string {
  return [
    content.opening,
    ...content.items.flatMap(({ title, words, minutes, decision }) => [title, words, minutes, decision?.title]),
    ...content.tasks.map(({ title }) => title),
  ]
    .filter((words) => words !== undefined)
    .join('\n')
}
