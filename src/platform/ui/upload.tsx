import type { Child } from 'hono/jsx'
import { m } from '../i18n/speech.ts'
import { Button } from './buttons.tsx'
import { Field } from './field.tsx'
import { type FormState, fieldId } from './form.tsx'
import { Script } from './script.tsx'

export interface UploadProps {
  state: FormState
  /** ends in `[]` where more than one file may be chosen: `documents[]` */
  name: string
  label: Child
  description?: Child
  /** as in `accept` of an input, where not every kind of document is wanted; the description says then which */
  accepts?: string
  optional?: boolean
  /** as the route declares them in `uploads`: bytes of one file, files at once */
  limit: number
  most: number
}

/** Kinds that are taken. With pictures of any kind among them a telephone offers its camera. */
const accepted =
  'image/*,.heic,.heif,application/pdf,.pdf,text/plain,.txt,.odt,.docx,.xlsx,application/vnd.oasis.opendocument.text,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * A question that is answered with files, within a `Form` that says `files`; the last question of it, so that what was typed arrives first.
 * With script the page shows how far they are and lets one stop; without, the form is sent as any other.
 */
export function Upload({ state, name, label, description, accepts, optional, limit, most }: UploadProps) {
  const megabytes = Math.floor(limit / 1_000_000)
  const id = fieldId(name, state.part)
  const hint = [accepts ? '' : m.upload_accepts(), m.upload_size({ megabytes }), m.upload_most({ count: most })]
    .filter(Boolean)
    .join(' ')
  return (
    <div
      class="ln-stack"
      data-gap="3"
      data-upload
      data-limit={limit}
      data-most={most}
      data-too-large={m.upload_too_large({ name: '{name}', megabytes })}
      data-too-many={m.upload_too_many({ name: '{name}', count: most })}
      data-sending={m.upload_sending({ percent: '{percent}' })}
      data-checking={m.upload_checking()}
      data-stopped={m.upload_stopped()}
      data-failed={m.upload_failed()}
    >
      <Field
        kind="file"
        state={state}
        name={name}
        label={label}
        optional={optional ?? false}
        accept={accepts ?? accepted}
        multiple={most > 1}
        description={
          <>
            {description} {hint}
            {state.outcome ? <strong> {m.upload_choose_again()}</strong> : null}
          </>
        }
      />
      <div class="ln-progress ln-stack" data-gap="2" hidden>
        <p id={`${id}-sending`}>
          <strong>{m.upload_progress()}</strong>
        </p>
        <progress max={100} value={0} aria-labelledby={`${id}-sending`} />
        <p>
          <Button type="button" variant="secondary">
            {m.upload_cancel()}
          </Button>
        </p>
      </div>
      <p class="ln-small" role="status" aria-live="polite" />
      <Script name="upload.js" />
    </div>
  )
}
