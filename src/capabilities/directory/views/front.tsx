import { m } from '../../../platform/i18n/speech.ts'
import type { Frame } from '../../../platform/ui/frame.ts'
import { Icon, Mark } from '../../../platform/ui/icons.tsx'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { SearchBox } from './search-box.tsx'
import { Telephone } from './telephone.tsx'

/** The front page: three doors, a search in one's own words, and ways that need no internet. */
export function FrontPage({
  region,
  helpline,
  offices,
}: {
  region: string | undefined
  helpline: Frame['helpline']
  offices: { name: string; href: string } | undefined
}) {
  return (
    <div class="ln-stack" data-gap="10">
      <div class="ln-stack" data-gap="6">
        <PageHead
          title={m.directory_front_title()}
          size="2xl"
          lead={region ? m.directory_front_lead({ region }) : m.directory_front_lead_bare()}
        />
        <ul class="ln-doors">
          <li class="ln-door" data-main>
            <Mark print />
            <Door
              href="/find"
              title={m.directory_front_door_title()}
              text={m.directory_front_door_text()}
              go={m.directory_front_door_go()}
            />
          </li>
          <li class="ln-door" data-color="brand1">
            <Door
              href="/services"
              title={m.directory_front_all_title()}
              text={m.directory_front_all_text()}
              go={m.directory_front_all_go()}
            />
          </li>
          <li class="ln-door" data-color="info">
            <Door
              href="/open"
              title={m.directory_front_open_title()}
              text={m.directory_front_open_text()}
              go={m.directory_front_open_go()}
            />
          </li>
        </ul>
        <SearchBox label={m.directory_front_search_label()} hint={m.directory_front_search_hint()} />
      </div>
      <Section id="other" heading={m.directory_front_offline_title()} line>
        <SummaryList
          items={[
            ...(helpline ? [{ label: m.directory_front_offline_call(), value: <Telephone phone={helpline} /> }] : []),
            ...(offices
              ? [
                  {
                    label: m.directory_front_offline_come(),
                    value: (
                      <a class="ln-link" href={offices.href}>
                        {offices.name}
                      </a>
                    ),
                  },
                ]
              : []),
            { label: m.directory_front_offline_ask(), value: m.directory_front_offline_ask_text() },
          ]}
        />
      </Section>
    </div>
  )
}

function Door({ href, title, text, go }: { href: string; title: string; text: string; go: string }) {
  return (
    <>
      <h2>
        <a href={href}>{title}</a>
      </h2>
      <p>{text}</p>
      <span class="ln-go">
        {go} <Icon name="arrow" />
      </span>
    </>
  )
}
