import { currentLocale, m } from '../../../platform/i18n/speech.ts'
import { speak } from '../../../platform/i18n/text.ts'
import { SummaryList } from '../../../platform/ui/lists.tsx'
import { PageHead, Section } from '../../../platform/ui/page-head.tsx'
import { Status } from '../../../platform/ui/status.tsx'
import { Marks, Words } from '../../../platform/ui/words.tsx'
import type { OrganisationDetails } from '../store/read-organisation.ts'
import { cardSpeech, hoursWords, providerWords } from './card-words.ts'

/** Who helps: what they offer, and where. */
export function OrganisationPage({ organisation }: { organisation: OrganisationDetails }) {
  const { profile } = organisation
  const name = speak(profile.names, currentLocale())
  return (
    <>
      <PageHead
        back={{ href: '/services', label: m.directory_back_services() }}
        title={<Words of={name} plain />}
        lead={<Words of={speak(profile.description, currentLocale())} />}
      >
        <div class="ln-row" data-tight>
          <Marks of={[name]} />
          {profile.example ? (
            <Status mark="eye" tag>
              {m.directory_example()}
            </Status>
          ) : null}
        </div>
      </PageHead>
      <div class="ln-stack ln-read" data-gap="10">
        <SummaryList
          items={[
            { label: m.directory_provider_kind(), value: providerWords(profile.kind) },
            { label: m.directory_area(), value: <Words of={speak(organisation.areaNames, currentLocale())} plain /> },
            ...(profile.website && !profile.example
              ? [
                  {
                    label: m.directory_website(),
                    value: (
                      <a href={profile.website} rel="noreferrer">
                        {profile.website}
                      </a>
                    ),
                  },
                ]
              : []),
          ]}
        />
        {organisation.services.length > 0 ? (
          <Section id="services" heading={m.directory_organisation_services()}>
            <ul class="ln-stack" data-gap="2">
              {organisation.services.map(({ slug, card }) => (
                <li>
                  <a href={`/services/${slug}`}>
                    <Words of={cardSpeech(card)(card.names)} plain />
                  </a>
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
        {organisation.locations.length > 0 ? (
          <Section id="places" heading={m.directory_organisation_places()}>
            <ul class="ln-plain ln-stack" data-gap="3">
              {organisation.locations.map(({ location }) => (
                <li>
                  <strong>
                    <Words of={speak(location.names, currentLocale())} plain />
                  </strong>
                  <br />
                  {location.address ? (
                    <span translate="no">
                      {[
                        location.address.street,
                        [location.address.postalCode, location.address.city].filter(Boolean).join(' '),
                      ]
                        .filter(Boolean)
                        .join(', ')}
                    </span>
                  ) : (
                    <span class="ln-quiet">{m.directory_address_unknown()}</span>
                  )}
                  {location.schedule.map((hours) => (
                    <>
                      <br />
                      <span class="ln-num">{hoursWords(hours)}</span>
                    </>
                  ))}
                </li>
              ))}
            </ul>
          </Section>
        ) : null}
      </div>
    </>
  )
}
