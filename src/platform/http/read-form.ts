import type { Received } from '../files/files.ts'
import { m } from '../i18n/speech.ts'
import { networkOf } from '../limits/limit.ts'
import type { House } from './app.ts'
import type { Arrivals } from './arrivals.ts'
import { readBody } from './body.ts'
import { type Fields, readUrlencoded } from './form-fields.ts'
import { formLimit, readMultipart } from './multipart.ts'
import { peerOf } from './peer.ts'
import type { Recognised } from './recognise.ts'
import { renderProblem } from './render.tsx'
import { givenName, ReceivedUpload, type Uploads } from './uploads.ts'

/** What somebody sent with a form. */
export interface Sent {
  fields: Fields
  uploads: readonly ReceivedUpload[]
}

/**
 * Reads a form and has it answered. Files are received before, where the form takes any and its sender is admitted; whatever of them no
 * command has kept when the answer is ready is removed.
 */
export async function withForm(
  house: House & { arrivals: Arrivals },
  recognised: Recognised,
  plan: { uploads: Uploads | undefined; admits: () => boolean | Promise<boolean> },
  answer: (sent: Sent) => Promise<Response>,
): Promise<Response> {
  const { request, actor } = recognised
  if (!isMultipart(request)) return answer({ fields: readUrlencoded(await readBody(request, formLimit)), uploads: [] })
  const { uploads: taken } = plan
  if (!taken) return answer({ fields: await readMultipart(request, formLimit, async () => {}), uploads: [] })
  const leave = house.arrivals.enter(actor?.account ?? networkOf(peerOf(request) ?? ''))
  if (!leave) return refuseCrowded(house, recognised)
  const creator = actor?.account ?? null
  const received: Received[] = []
  try {
    const uploads: ReceivedUpload[] = []
    const admitted = await plan.admits()
    const whole = taken.limit * taken.most + formLimit
    const fields = await readMultipart(request, whole, async (field, given, content) => {
      if (!admitted) return
      const name = givenName(given)
      if (uploads.length >= taken.most) {
        const reception = { is: 'refused', reason: 'too many', most: taken.most } as const
        if (name !== '') uploads.push(new ReceivedUpload(field, name, reception))
        return
      }
      const reception = await house.files.receive(content, { name, creator, limit: taken.limit })
      if (reception.is === 'ok') received.push(reception.received)
      // a browser sends a field without a file as a file without a name
      else if (name === '' && reception.reason === 'empty') return
      uploads.push(new ReceivedUpload(field, name, reception))
    })
    return tellWhere(request, await answer({ fields, uploads }))
  } finally {
    leave()
    // what remains after all is found by the sweeper
    await house.files.drop(received, creator).catch((err: unknown) => house.log.warn({ err }, 'received bytes remain'))
  }
}

/**
 * The island that shows how far files are cannot see where it is sent on, and would itself use up the words that wait for the next page: it
 * is told the address, and goes there.
 */
function tellWhere(request: Request, response: Response): Response {
  const to = response.headers.get('location')
  if (!to || !request.headers.has('linden-upload')) return response
  const headers = new Headers(response.headers)
  headers.delete('location')
  headers.set('linden-upload', to)
  return new Response(null, { status: 204, headers })
}

/** Does this form come part by part, as forms with files do? */
export function isMultipart(request: Request): boolean {
  return /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')
}

async function refuseCrowded(house: House, recognised: Recognised): Promise<Response> {
  const response = await renderProblem(house, recognised, 429, { errors: [{ path: '', message: m.upload_crowded() }] })
  response.headers.set('retry-after', '60')
  return response
}
