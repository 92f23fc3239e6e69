import { m } from '../i18n/speech.ts'
import { ButtonLink } from './buttons.tsx'
import type { Frame } from './frame.ts'
import { dial } from './header.tsx'
import { Layout } from './layout.tsx'
import { Words } from './words.tsx'

export type ErrorStatus = 400 | 403 | 404 | 409 | 410 | 422 | 429 | 500

/** What happened and what to do, by status. */
const texts = {
  400: { title: m.page_400_title, what: m.page_400_what, act: m.page_400_do },
  403: { title: m.page_403_title, what: m.page_403_what, act: m.page_403_do },
  404: { title: m.page_404_title, what: m.page_404_what, act: m.page_404_do },
  409: { title: m.page_409_title, what: m.page_409_what, act: m.page_409_do },
  410: { title: m.page_410_title, what: m.page_410_what, act: m.page_410_do },
  422: { title: m.page_422_title, what: m.page_422_what, act: m.page_422_do },
  429: { title: m.page_429_title, what: m.page_429_what, act: m.page_429_do },
  500: { title: m.page_500_title, what: m.page_500_what, act: m.page_500_do },
} as const

export interface ErrorPageProps {
  frame: Frame
  status: ErrorStatus
  /** a sentence that says more than the general one: which part of the address, which rule */
  message?: string | undefined
  /** by which the log finds it */
  id?: string | undefined
}

/** A whole page for a request that did not work out, in the visitor's language, with a way on and a person to call. */
export function ErrorPage({ frame, status, message, id }: ErrorPageProps) {
  const { title, what, act } = texts[status]
  const lost = status === 404 || status === 410
  return (
    <Layout frame={frame} title={title()}>
      <div class="ln-head ln-stack">
        <h1 class="ds-heading" data-size="xl">
          {title()}
        </h1>
        <p class="ln-lead">{message ?? what()}</p>
      </div>
      <div class="ln-stack ln-read">
        <p>{act()}</p>
        <div class="ln-row">
          {status === 403 && !frame.person ? (
            <ButtonLink href={`/sign-in?back=${encodeURIComponent(frame.address)}`}>{m.page_to_sign_in()}</ButtonLink>
          ) : status === 409 || status === 500 ? (
            <ButtonLink href={frame.address}>{m.page_try_again()}</ButtonLink>
          ) : (
            <ButtonLink href={lost ? '/find' : '/'}>{lost ? m.page_to_help() : m.page_to_front()}</ButtonLink>
          )}
          {lost || status === 403 || status === 409 || status === 500 ? (
            <a class="ln-link" href="/">
              {m.page_to_front()}
            </a>
          ) : null}
        </div>
        {frame.helpline ? (
          <p>
            <Words of={frame.helpline.label} plain />:{' '}
            <a class="ln-link ln-number" href={dial(frame.helpline.number)}>
              {frame.helpline.number}
            </a>
            {frame.helpline.example ? ` (${m.ui_example_number()})` : null}
          </p>
        ) : null}
        {id ? (
          <p class="ln-small ln-quiet">
            {m.page_error_id()}: <code>{id}</code>. {m.page_error_id_use()}
          </p>
        ) : null}
      </div>
    </Layout>
  )
}
