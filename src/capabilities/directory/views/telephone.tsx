import { m } from '../../../platform/i18n/speech.ts'
import type { Frame } from '../../../platform/ui/frame.ts'
import { dial } from '../../../platform/ui/header.tsx'
import { Words } from '../../../platform/ui/words.tsx'

/** A number with whom one reaches and when. A number of an example leads nowhere, and says so. */
export function Telephone({ phone }: { phone: NonNullable<Frame['helpline']> }) {
  return (
    <>
      {phone.example ? (
        <>
          <strong class="ln-num">{phone.number}</strong> <span class="ln-quiet">({m.directory_example_number()})</span>
        </>
      ) : (
        <a class="ln-link ln-num" href={dial(phone.number)}>
          {phone.number}
        </a>
      )}
      <br />
      <span class="ln-quiet">
        <Words of={phone.label} plain />
        {phone.hours ? (
          <>
            , <Words of={phone.hours} plain />
          </>
        ) : null}
      </span>
    </>
  )
}
