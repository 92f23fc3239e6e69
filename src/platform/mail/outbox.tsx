import { z } from 'zod'
import { everyone } from '../access/permission.ts'
import { type Config, staysHere } from '../config/config.ts'
import { page } from '../http/answer.ts'
import type { Door } from '../http/door.ts'
import type { Visit } from '../http/visit.ts'
import { formatMoment } from '../i18n/format.ts'
import { m } from '../i18n/speech.ts'
import { SummaryList, Timeline } from '../ui/lists.tsx'
import { Empty } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { listLetters, openLetter, type WaitingLetter } from './eml.ts'
import { links } from './html.ts'
import { outboxFolder } from './post.ts'

const guard = {
  permission: everyone,
  audit: { none: 'exists only in the demo, whose letters go to nobody' },
} as const

/** The letters that the demo would have sent, for whoever sits at this machine. Elsewhere these pages do not exist: letters hold links that open accounts. */
export function outboxRoutes(door: Door, config: Config): void {
  if (config.demo === 'off' || !staysHere(config)) return
  const folder = outboxFolder(config)

  door.page('/outbox', guard, async (visit) => {
    const letters = await listLetters(folder)
    return page(
      m.mail_outbox_title(),
      <>
        <PageHead title={m.mail_outbox_title()} lead={m.mail_outbox_lead()} />
        {letters.length === 0 ? (
          <Empty>{config.smtpUrl ? m.mail_outbox_empty_smtp() : m.mail_outbox_empty()}</Empty>
        ) : (
          <Timeline
            label={m.mail_outbox_title()}
            items={letters.map((letter) => ({
              facts: `${when(letter, visit)} · ${letter.to}`,
              content: (
                <a class="ln-link" href={`/outbox/${letter.id}`} lang={letter.locale}>
                  {letter.subject}
                </a>
              ),
            }))}
          />
        )}
      </>,
    )
  })

  door.page('/outbox/{id}', { ...guard, params: z.object({ id: z.uuid() }) }, async (visit) => {
    const letter = await openLetter(folder, visit.params.id)
    if (!letter) return { is: 'notFound' }
    return page(
      letter.subject,
      <div class="ln-stack ln-lines" data-gap="6">
        <PageHead
          back={{ href: '/outbox', label: m.mail_outbox_title() }}
          title={<span lang={letter.locale}>{letter.subject}</span>}
        />
        <SummaryList
          items={[
            { label: m.mail_letter_to(), value: letter.to },
            { label: m.mail_letter_written(), value: when(letter, visit) },
          ]}
        />
        <div class="ln-stack" lang={letter.locale}>
          {letter.text
            .trim()
            .split(/\n{2,}/)
            .map((paragraph) => (
              <p>{linked(paragraph)}</p>
            ))}
        </div>
      </div>,
    )
  })
}

function when(letter: WaitingLetter, visit: Pick<Visit, 'region'>): string {
  return formatMoment(letter.date, visit.region?.timeZone ?? 'UTC')
}

/** The links of a letter can be followed; only such as lead to the web are links at all. */
function linked(text: string) {
  const pieces: (string | ReturnType<typeof Link>)[] = []
  let end = 0
  for (const { 0: href, index } of text.matchAll(links)) {
    pieces.push(text.slice(end, index), <Link href={href} />)
    end = index + href.length
  }
  return [...pieces, text.slice(end)]
}

function Link({ href }: { href: string }) {
  return (
    <a class="ln-link" href={href}>
      {href}
    </a>
  )
}
