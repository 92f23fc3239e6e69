import type { Capability } from '../../platform/capability.ts'
import { m } from '../../platform/i18n/speech.ts'
import type { Job } from '../../platform/jobs/job.ts'
import type { MailTemplate } from '../../platform/mail/letter.ts'
import { packPart } from '../../platform/packs/load.ts'
import { importOffersCommand, importStaysCommand } from './command-line.ts'
import { capacityDemo } from './demo.ts'
import { carryOutJob, heardJob } from './jobs/adjustments/carry-out.ts'
import { tellJob } from './jobs/adjustments/tell.ts'
import { noteWaitingJob } from './jobs/note-waiting.ts'
import { refreshYearsJob } from './jobs/refresh-years.ts'
import { remindOfWorkbooksJob } from './jobs/tariffs/remind-of-workbooks.ts'
import { tellPlacesJob } from './jobs/tell-places.ts'
import { adjustmentLetters } from './letters/adjustments.ts'
import { workbookLetter } from './letters/tariffs.ts'
import { capacityPack } from './pack-part.ts'
import {
  mayAnswerContact,
  mayPlanAdjustment,
  mayPlanSomewhere,
  mayReadOwnLetters,
  maySpeakForMunicipality,
  maySteerAdjustment,
  mayWorkWithAdjustments,
} from './permissions/adjustments.ts'
import {
  mayAskForPlace,
  mayAskSomewhere,
  mayFollowStays,
  mayReportSomewhere,
  mayRunOffer,
} from './permissions/places.ts'
import { mayRate, mayRateSomewhere, mayReportNeed, mayReportNeeds } from './permissions/supply.ts'
import { mayCollect, mayFill, mayPrice, mayPriceSomewhere } from './permissions/tariffs.ts'
import { answerRoutes } from './routes/adjustments/answer.tsx'
import { adjustmentsApi } from './routes/adjustments/api.ts'
import { adjustmentDesk, adjustmentMenu } from './routes/adjustments/desk.tsx'
import { lettersMenu, ownLetterRoutes } from './routes/adjustments/letters.tsx'
import { planRoutes } from './routes/adjustments/plan.tsx'
import { publicAdjustments } from './routes/adjustments/public.tsx'
import { followedMenu, followedRoutes } from './routes/followed.tsx'
import { matchingRoutes } from './routes/matching.tsx'
import { publicMenu, supplyMenu } from './routes/menu.ts'
import { offerRoutes } from './routes/offers.tsx'
import { ownOfferRoutes } from './routes/own-offers.tsx'
import { placesApi } from './routes/places-api.ts'
import { placesDesk, placesMenu } from './routes/places-desk.tsx'
import { supplyRoutes } from './routes/supply.tsx'
import { supplyApi } from './routes/supply-api.ts'
import { tariffsApi } from './routes/tariffs/api.ts'
import { collectionRoutes } from './routes/tariffs/collection.tsx'
import { compareRoutes } from './routes/tariffs/compare.tsx'
import { tariffDesk, tariffMenu } from './routes/tariffs/desk.tsx'
import { tariffRoutes } from './routes/tariffs/public.tsx'
import { adjustmentsAround } from './store/adjustments/around-service.ts'
import { describeAdjustment } from './store/adjustments/describe-adjustment.ts'
import { offersAround } from './store/places/around-service.ts'
import { describeOffer } from './store/places/read-offer.ts'
import { describeSheet } from './store/tariffs/describe-sheet.ts'
import { adjustmentKind } from './types/adjustments.ts'
import { sheetKind } from './types/tariffs.ts'
import { offerKind } from './types.ts'

/** Places, who uses them, what they cost, and how their number changes. */
export const capacity: Capability = {
  name: 'capacity',
  routes(door, house) {
    offerRoutes(door)
    ownOfferRoutes(door, house)
    placesDesk(door)
    followedRoutes(door)
    placesApi(door)
    supplyRoutes(door)
    matchingRoutes(door)
    supplyApi(door)
    tariffRoutes(door)
    compareRoutes(door)
    collectionRoutes(door, house)
    tariffDesk(door)
    tariffsApi(door)
    publicAdjustments(door)
    answerRoutes(door)
    // a word below the desk is no id
    planRoutes(door)
    ownLetterRoutes(door)
    adjustmentDesk(door)
    adjustmentsApi(door)
  },
  menu: {
    public: ({ region }) => publicMenu(region),
    work: ({ actor }) => {
      const links = [
        placesMenu(actor),
        adjustmentMenu(actor),
        lettersMenu(actor),
        followedMenu(actor),
        ...tariffMenu(actor),
        ...supplyMenu(actor),
      ].filter((link) => link !== undefined)
      return links.length > 0 ? { heading: m.capacity_nav_heading(), links } : undefined
    },
  },
  permissions: [
    mayRunOffer,
    mayReportSomewhere,
    mayAskForPlace,
    mayAskSomewhere,
    mayFollowStays,
    mayReportNeed,
    mayReportNeeds,
    mayRate,
    mayRateSomewhere,
    mayPrice,
    mayPriceSomewhere,
    mayCollect,
    mayFill,
    mayPlanAdjustment,
    mayPlanSomewhere,
    maySteerAdjustment,
    mayWorkWithAdjustments,
    mayAnswerContact,
    maySpeakForMunicipality,
    mayReadOwnLetters,
  ],
  scopes: ['capacity:write'],
  jobs: [
    tellJob as Job,
    carryOutJob as Job,
    heardJob as Job,
    refreshYearsJob as Job,
    noteWaitingJob as Job,
    remindOfWorkbooksJob as Job,
    tellPlacesJob as Job,
  ],
  letters: [...adjustmentLetters, workbookLetter as MailTemplate],
  threadKinds: [
    { kind: offerKind, public: true, describe: describeOffer, around: offersAround },
    { kind: adjustmentKind, public: true, describe: describeAdjustment, around: adjustmentsAround },
    { kind: sheetKind, public: true, describe: describeSheet },
  ],
  pack: packPart(capacityPack),
  commandLine: [
    { under: 'import', command: importStaysCommand },
    { under: 'import', command: importOffersCommand },
  ],
  demo: capacityDemo,
}
