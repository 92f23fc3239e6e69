/**
 * The tables, as the migrations make them. Written by `npm run types:database`; never edit.
 * Days and numeric values are strings, moments are Date, what is in jsonb is unknown until a schema has read it.
 */

import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Numeric = ColumnType<string, number | string, number | string>;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AccessAccount {
  created_at: Generated<Timestamp>;
  disabled_at: Timestamp | null;
  email: string;
  id: Generated<string>;
  locale: string | null;
  person_id: string;
}

export interface AccessArea {
  code: string;
  geometry: unknown | null;
  latitude: number | null;
  level: string;
  longitude: number | null;
  names: unknown;
  pack: string;
  parent: string | null;
  path: string[];
  population: number | null;
}

export interface AccessGrant {
  account_id: string;
  basis: string;
  granted_by: string | null;
  id: Generated<string>;
  object_id: string;
  object_kind: string;
  since: Generated<Timestamp>;
  until: Timestamp | null;
}

export interface AccessMembership {
  account_id: string;
  organisation_id: string;
  role: string;
  since: Generated<Timestamp>;
  until: Timestamp | null;
}

export interface AccessOrganisation {
  area: string;
  created_at: Generated<Timestamp>;
  example: Generated<boolean>;
  id: Generated<string>;
  kind: string;
  names: unknown;
  pack: string | null;
  slug: string;
}

export interface AccessPerson {
  created_at: Generated<Timestamp>;
  id: Generated<string>;
  name: string;
}

export interface AccessToken {
  account_id: string;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  hash: Buffer;
  id: Generated<string>;
  name: string;
  revoked_at: Timestamp | null;
  scopes: string[];
  used_at: Timestamp | null;
}

export interface AuditEvent {
  about_id: string | null;
  about_kind: string | null;
  act: string;
  actor: string | null;
  at: Generated<Timestamp>;
  commitment: Generated<Buffer>;
  detail: Generated<unknown>;
  id: Generated<number>;
  origin: string;
  outcome: string;
  salt: Generated<string | null>;
}

export interface AuditSeal {
  count: number;
  events: string;
  hash: Buffer;
  leaves: Buffer;
  number: number;
  previous: Buffer;
  root: Buffer;
  sealed_at: Timestamp;
}

export interface AuthAccount {
  accessToken: string | null;
  accessTokenExpiresAt: Timestamp | null;
  accountId: string;
  createdAt: Generated<Timestamp>;
  id: Generated<string>;
  idToken: string | null;
  password: string | null;
  providerId: string;
  refreshToken: string | null;
  refreshTokenExpiresAt: Timestamp | null;
  scope: string | null;
  updatedAt: Generated<Timestamp>;
  userId: string;
}

export interface AuthLink {
  account_id: string | null;
  created_at: Generated<Timestamp>;
  email: string | null;
  expires_at: Timestamp;
  hash: Buffer;
  kind: string;
  locale: string | null;
  name: string | null;
}

export interface AuthPasskey {
  aaguid: string | null;
  backedUp: boolean;
  counter: number;
  createdAt: Generated<Timestamp | null>;
  credentialID: string;
  deviceType: string;
  id: Generated<string>;
  name: string | null;
  publicKey: string;
  transports: string | null;
  userId: string;
}

export interface AuthSession {
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
  id: Generated<string>;
  ipAddress: string | null;
  second_factor: Generated<boolean>;
  seen_at: Generated<Timestamp>;
  token: string;
  updatedAt: Generated<Timestamp>;
  userAgent: string | null;
  userId: string;
}

export interface AuthSpentCode {
  account_id: string;
  at: Generated<Timestamp>;
  code: string;
}

export interface AuthTwoFactor {
  backupCodes: string;
  failedVerificationCount: Generated<number>;
  id: Generated<string>;
  lockedUntil: Timestamp | null;
  secret: string;
  userId: string;
  verified: Generated<boolean>;
}

export interface AuthUser {
  createdAt: Generated<Timestamp>;
  demo: Generated<boolean>;
  email: string;
  emailVerified: Generated<boolean>;
  id: string;
  image: string | null;
  name: string;
  twoFactorEnabled: Generated<boolean>;
  updatedAt: Generated<Timestamp>;
}

export interface AuthVerification {
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
  id: Generated<string>;
  identifier: string;
  updatedAt: Generated<Timestamp>;
  value: string;
}

export interface CapacityAdjustment {
  alternatives: unknown;
  bodies: Generated<string[]>;
  change: number;
  changed_at: Timestamp;
  cleared_on: string | null;
  consultation_id: string | null;
  contacted_at: Timestamp | null;
  decision_id: string | null;
  effect_on: string;
  ended_reason: string | null;
  hearing_days: number | null;
  id: Generated<string>;
  in_force_at: Timestamp | null;
  kind: string;
  matter_id: string | null;
  number: number;
  offer_id: string;
  operator_id: string;
  pack: string;
  path: string | null;
  path_chosen_by: string | null;
  path_reason: string | null;
  people_effect: unknown;
  places_before: number;
  planned_by: string;
  planned_on: string;
  published_at: Timestamp | null;
  reason: unknown;
  revision: Generated<number>;
  rule: unknown | null;
  state: string;
  tariff_due: Generated<boolean>;
  tariff_effect: unknown;
  version: Generated<number>;
  way: string | null;
  ways: Generated<string[]>;
  year: number;
}

export interface CapacityAdjustmentAnswer {
  answer: string;
  answered_at: Timestamp;
  contact_id: string;
  id: Generated<string>;
  words: string | null;
}

export interface CapacityAdjustmentAnswerAuthor {
  account_id: string | null;
  answer_id: string;
  function: string;
  name: string;
}

export interface CapacityAdjustmentContact {
  adjustment_id: string;
  contacted_at: Timestamp;
  id: Generated<string>;
  municipality_id: string;
  revision: number;
}

export interface CapacityAdjustmentDispute {
  answer_id: string;
  disputed_at: Timestamp;
  disputed_by: string;
  words: string | null;
}

export interface CapacityAdjustmentLetter {
  because: string[];
  contact_id: string;
  email: string;
  locale: string;
  sent_at: Timestamp | null;
  token_hash: Buffer | null;
}

export interface CapacityAdjustmentNotice {
  adjustment_id: string;
  letters: number;
  occasion: string;
  told_at: Timestamp;
}

export interface CapacityAdjustmentStep {
  act: string;
  adjustment_id: string;
  at: Timestamp;
  change: number;
  effect_on: string;
  id: Generated<string>;
  kind: string;
  revision: number;
  words: string | null;
}

export interface CapacityCollection {
  closed_at: Timestamp | null;
  due: string;
  id: Generated<string>;
  opened_at: Generated<Timestamp>;
  opened_by: string;
  pack: string;
  state: Generated<string>;
  year: number;
}

export interface CapacityCollectionOffer {
  actual: Numeric | null;
  capital: Numeric;
  carried: Numeric;
  days: number;
  direct: Numeric;
  indirect: Numeric;
  occupancy: Numeric;
  offer_id: string;
  places: Numeric;
  tariff: Numeric;
  upload_id: string;
}

export interface CapacityCollectionPart {
  collection_id: string;
  id: Generated<string>;
  made: Generated<number>;
  organisation_id: string;
  prefilled: unknown;
}

export interface CapacityCollectionReminder {
  day: string;
  id: Generated<string>;
  letters: number | null;
  part_id: string;
  sent_at: Timestamp | null;
  stage: number | null;
}

export interface CapacityCollectionSpending {
  paragraph: string;
  planned: Numeric;
  spent: Numeric;
  upload_id: string;
}

export interface CapacityCollectionSupplement {
  amount: Numeric;
  name: string;
  offer_id: string;
  position: number;
  reason: string;
  upload_id: string;
}

export interface CapacityCollectionUpload {
  accepted: boolean;
  deviations: unknown;
  file_id: string | null;
  id: Generated<string>;
  name: string;
  part_id: string;
  sent_at: Generated<Timestamp>;
  sent_by: string;
  sha256: Buffer;
}

export interface CapacityDayTotal {
  approved: number;
  free: Generated<number>;
  from_day: string;
  occupied: number;
  offer_id: string;
  open: number;
  over: Generated<number>;
  until_day: string;
  waiting: number;
}

export interface CapacityOffer {
  area: string;
  closed: string | null;
  created_at: Generated<Timestamp>;
  description: unknown | null;
  example: Generated<boolean>;
  id: Generated<string>;
  languages: Generated<string[]>;
  latitude: number | null;
  longitude: number | null;
  names: unknown;
  opened: string;
  organisation_id: string;
  pack: string;
  paragraph: string;
  place_name: string | null;
  reported_at: Timestamp | null;
  service_id: string | null;
  slug: string;
  sort_name: Generated<string>;
  target_groups: string[];
  version: Generated<number>;
}

export interface CapacityPlace {
  id: Generated<string>;
  label: string;
  offer_id: string;
  position: number;
}

export interface CapacityPlaces {
  adjustment_id: string | null;
  approved: number;
  changed_at: Generated<Timestamp>;
  during: string;
  id: Generated<string>;
  offer_id: string;
  open: number;
  reason: string;
}

export interface CapacityRating {
  municipality_id: string;
  rated_at: Generated<Timestamp>;
  rating: number;
  target_group: string;
  version: Generated<number>;
  words: string | null;
  year: number;
}

export interface CapacityReferral {
  id: Generated<string>;
  municipality_id: string;
  offer_id: string;
  referred_on: string;
}

export interface CapacitySetting {
  adjustment_matter: string | null;
  pack: string;
  paragraphs: unknown;
  referred_months: number;
  stale_days: number;
  threshold: number;
}

export interface CapacityStaffing {
  during: string;
  id: Generated<string>;
  offer_id: string;
  posts: Numeric;
}

export interface CapacityStay {
  change_reason: string | null;
  during: string;
  entered_at: Generated<Timestamp>;
  id: Generated<string>;
  municipality_id: string;
  offer_id: string;
  over_reason: string | null;
  person_key: string;
  place_id: string;
  reported_at: Generated<Timestamp>;
}

export interface CapacityStayChange {
  changed_at: Generated<Timestamp>;
  changed_by: string | null;
  during: string;
  former: string;
  id: Generated<string>;
  reason: string | null;
  stay_id: string;
}

export interface CapacityTariffConsent {
  decision_id: string;
  entered_at: Generated<Timestamp>;
  entered_by: string;
  from_year: number;
  id: Generated<string>;
  least: Numeric;
  most: Numeric;
  offer_id: string;
  until_year: number;
}

export interface CapacityTariffItem {
  name: string;
  points: Numeric;
  position: number;
  price: Numeric;
  sheet_id: string;
}

export interface CapacityTariffLine {
  amount: Numeric;
  label: string;
  part: string;
  position: number;
  sheet_id: string;
  source: string;
  source_date: string | null;
  source_url: string | null;
}

export interface CapacityTariffResult {
  beyond: Generated<Numeric>;
  costs: Numeric;
  entered_at: Generated<Timestamp>;
  entered_by: string;
  id: Generated<string>;
  offer_id: string;
  result: Numeric;
  source: string;
  year: number;
}

export interface CapacityTariffRule {
  band: Numeric;
  carried_after: number;
  collected_by: string;
  currency: string;
  digits: number;
  from_year: number;
  occupancy_least: Numeric;
  occupancy_most: Numeric;
  pack: string;
  profile: unknown;
  scheme: string;
  short_least: Numeric;
  short_most: Numeric;
  short_paragraphs: string[];
  until_year: number | null;
}

export interface CapacityTariffSheet {
  capital: Numeric | null;
  carried: Numeric | null;
  consent_id: string | null;
  currency: string;
  days: number | null;
  direct: Numeric | null;
  edition: number | null;
  entered_at: Generated<Timestamp>;
  entered_by: string;
  id: Generated<string>;
  indirect: Numeric | null;
  occupancy: Numeric | null;
  offer_id: string;
  places: Numeric | null;
  point_value: Numeric | null;
  published_at: Timestamp | null;
  reason: string | null;
  scheme: string;
  state: Generated<string>;
  supersedes: string | null;
  tariff: Numeric | null;
  version: Generated<number>;
  year: number;
}

export interface CapacityTariffSupplement {
  amount: Numeric;
  name: string;
  per: string;
  position: number;
  reason: string;
  sheet_id: string;
}

export interface CapacityUnmetNeed {
  id: Generated<string>;
  municipality_id: string;
  needed_on: string;
  reason: string;
  reported_at: Generated<Timestamp>;
  source_key: string | null;
  target_group: string;
}

export interface CapacityWaiting {
  during: string;
  ended: string | null;
  id: Generated<string>;
  municipality_id: string;
  offer_id: string;
  person_key: string;
  reported_at: Generated<Timestamp>;
}

export interface CapacityYearDemand {
  approved_days: number;
  days: number;
  occupied_days: number;
  offer_id: string;
  waiting_days: number;
  year: number;
}

export interface DbMigration {
  applied_at: Generated<Timestamp>;
  name: string;
  number: number;
  part: string;
  sha256: string;
}

export interface DirectoryAct {
  details: unknown;
  id: string;
  pack: string;
}

export interface DirectoryApprovalRule {
  organisation_id: string;
  since: Generated<Timestamp>;
}

export interface DirectoryAssuranceRequest {
  answered_at: Timestamp | null;
  emails: string[];
  expires_at: Timestamp;
  id: Generated<string>;
  organisation_id: string;
  sent_at: Generated<Timestamp>;
  token_hash: Buffer;
}

export interface DirectoryImport {
  at: Generated<Timestamp>;
  dataset: string;
  format: string;
  id: Generated<string>;
  report: unknown;
  sha256: string;
}

export interface DirectoryLocation {
  area: string;
  dataset: string | null;
  dataset_id: string | null;
  details: unknown;
  id: Generated<string>;
  last_modified: Generated<Timestamp>;
  latitude: number | null;
  longitude: number | null;
  organisation_id: string;
  place: Generated<string | null>;
  slug: string;
  version: Generated<number>;
}

export interface DirectoryLocationVersion {
  account_id: string | null;
  at: Generated<Timestamp>;
  deed: string;
  details: unknown;
  location_id: string;
  origin: string;
  version: number;
}

export interface DirectoryOrganisation {
  dataset: string | null;
  dataset_id: string | null;
  id: string;
  last_modified: Generated<Timestamp>;
  profile: unknown;
  version: Generated<number>;
}

export interface DirectoryOrganisationVersion {
  account_id: string | null;
  at: Generated<Timestamp>;
  deed: string;
  organisation_id: string;
  origin: string;
  profile: unknown;
  version: number;
}

export interface DirectoryProposal {
  account_id: string | null;
  at: Generated<Timestamp>;
  base_version: number;
  card: unknown;
  decided_at: Timestamp | null;
  decided_by: string | null;
  id: Generated<string>;
  reason: string | null;
  service_id: string;
  state: Generated<string>;
  status: string;
}

export interface DirectoryQuestion {
  details: unknown;
  id: string;
  position: number;
}

export interface DirectoryRemark {
  at: Generated<Timestamp>;
  from_provider: Generated<boolean>;
  id: Generated<string>;
  service_id: string;
  settled_at: Timestamp | null;
  settled_by: string | null;
  text: string;
}

export interface DirectoryService {
  accessibility: string[];
  areas: string[];
  areas_served: string[];
  assurance_due: Timestamp;
  assured_at: Timestamp | null;
  assured_by: string | null;
  card: unknown;
  cost: string;
  created_at: Generated<Timestamp>;
  crisis: boolean;
  dataset: string | null;
  dataset_id: string | null;
  example: boolean;
  facets: string[];
  forms: string[];
  id: Generated<string>;
  languages: string[];
  last_modified: Generated<Timestamp>;
  latitude: number | null;
  lexemes: string;
  longitude: number | null;
  name_da: Generated<string>;
  name_de: Generated<string>;
  name_en: Generated<string>;
  name_keys: string[];
  name_lexemes: Generated<string>;
  name_uk: Generated<string>;
  open_minutes: string | null;
  organisation_id: string;
  pack: string | null;
  shelf: number;
  slug: string;
  status: Generated<string>;
  terms: string[];
  version: Generated<number>;
}

export interface DirectoryServiceLocation {
  id: Generated<string>;
  location_id: string;
  service_id: string;
}

export interface DirectoryServiceVersion {
  account_id: string | null;
  at: Generated<Timestamp>;
  card: unknown;
  deed: string;
  origin: string;
  service_id: string;
  status: string;
  version: number;
}

export interface DirectoryTaxonomy {
  facet: string;
  id: Generated<string>;
  names: unknown;
}

export interface DirectoryTerm {
  code: string;
  details: unknown;
  facet: string;
  id: Generated<string>;
  lexemes: string;
  names: unknown;
  parent: string | null;
  path: string[];
}

export interface DirectoryUnmetSearch {
  area: string;
  count: Generated<number>;
  day: string;
  kind: string;
}

export interface DirectoryWord {
  locale: string;
  word: string;
}

export interface FilesFile {
  created_at: Generated<Timestamp>;
  created_by: string | null;
  id: Generated<string>;
  location: string;
  name: string;
  sha256: Buffer;
  size: number;
  storage: string;
  type: string;
  wrapped_key: Buffer;
}

export interface FilesLoose {
  created_by: string | null;
  location: string;
  storage: string;
  until: Timestamp;
}

export interface GovernanceAdHocGroup {
  body_id: string;
  made_at: Generated<Timestamp>;
  made_by: string;
  profile: unknown;
  set_up_by: string;
}

export interface GovernanceAdHocReminder {
  body_id: string;
  horizon: string;
  reminded_at: Generated<Timestamp>;
}

export interface GovernanceAdHocStep {
  body_id: string;
  decision_id: string;
  deed: string;
  entered_at: Generated<Timestamp>;
  entered_by: string;
  id: Generated<string>;
  terms: unknown | null;
  until: string | null;
}

export interface GovernanceAgendaItem {
  about_person: Generated<boolean>;
  changed_at: Generated<Timestamp>;
  created_at: Generated<Timestamp>;
  id: Generated<string>;
  kind: string | null;
  matter_id: string | null;
  meeting_id: string;
  position: number;
  presenter: string | null;
  secret_ground: string | null;
  title: string;
  withdrawn_at: Timestamp | null;
}

export interface GovernanceAgendaPaper {
  added_at: Generated<Timestamp>;
  added_by: string;
  confidential: boolean;
  file_id: string;
  id: Generated<string>;
  item_id: string;
  name: string;
  size: number;
  type: string;
  withdrawn_at: Timestamp | null;
}

export interface GovernanceAgendaWords {
  item_id: string;
  words: string;
}

export interface GovernanceAttendance {
  id: Generated<string>;
  mandate_id: string | null;
  meeting_id: string;
  name: string;
  presence: Generated<string>;
  proxy: string | null;
  seat_id: string | null;
  side: string | null;
  votes: Generated<boolean>;
}

export interface GovernanceBody {
  area: string;
  id: Generated<string>;
  organisation_id: string;
  pack: string;
  profile: unknown;
  slug: string;
}

export interface GovernanceCentralAnswer {
  answers: Generated<unknown>;
  on_behalf: Generated<boolean>;
  organisation_id: string;
  prefilled: Generated<unknown>;
  reminded_on: string | null;
  request_id: string;
  saved_at: Timestamp | null;
  saved_by: string | null;
  sent_at: Timestamp | null;
  version: Generated<number>;
}

export interface GovernanceCentralReply {
  approved_at: Timestamp | null;
  decision_id: string | null;
  missing: number;
  request_id: string;
  sent_at: Timestamp | null;
  words: unknown;
  written_at: Generated<Timestamp>;
  written_by: string;
}

export interface GovernanceCentralRequest {
  answers_due: string;
  asked_by: string;
  asked_on: string;
  body_id: string;
  fields: unknown;
  id: Generated<string>;
  opened_at: Generated<Timestamp>;
  opened_by: string;
  pack: string;
  reply_due: string;
  reply_to: string;
  title: unknown;
  words: unknown | null;
}

export interface GovernanceConference {
  about: unknown;
  answer_by: string;
  body_id: string;
  cancelled_why: string | null;
  changed_at: Generated<Timestamp>;
  ends_at: Timestamp;
  id: Generated<string>;
  invites: unknown;
  made_at: Generated<Timestamp>;
  made_by: string;
  notes: unknown | null;
  place: string;
  programme: Generated<unknown>;
  starts_at: Timestamp;
  state: Generated<string>;
  title: unknown;
  version: Generated<number>;
}

export interface GovernanceConferenceInvitation {
  answer: string | null;
  answered_at: Timestamp | null;
  conference_id: string;
  email: string | null;
  id: Generated<string>;
  invited_at: Generated<Timestamp>;
  mandate_id: string | null;
  name: string;
  needs: string | null;
  token_hash: Buffer | null;
}

export interface GovernanceConferenceProposal {
  conference_id: string;
  entered_at: Generated<Timestamp>;
  entered_by: string;
  id: Generated<string>;
  matter_id: string | null;
  proposed_by: string | null;
  title: unknown;
  words: unknown | null;
}

export interface GovernanceConflict {
  attendance_id: string;
  ground: string;
  item_id: string;
}

export interface GovernanceConsultation {
  begun_at: Timestamp;
  begun_by: string;
  body_id: string;
  changed_at: Timestamp;
  closed_at: Timestamp | null;
  closes_at: Timestamp | null;
  closing_on: string | null;
  confirmed_at: Timestamp | null;
  confirmed_by: string | null;
  confirmed_word: string | null;
  counted_by: string | null;
  day_before_at: Timestamp | null;
  days: number | null;
  days_wanted: number | null;
  half_at: Timestamp | null;
  id: Generated<string>;
  opened_at: Timestamp | null;
  opened_by: string | null;
  outcome: string | null;
  outcome_reason: string | null;
  public: boolean;
  published_at: Timestamp | null;
  published_by: string | null;
  question: unknown;
  rule: unknown | null;
  silence: string | null;
  state: Generated<string>;
  subject_id: string | null;
  subject_kind: string | null;
  tally: unknown | null;
  then_task: string | null;
  time_zone: string;
  title: unknown;
  version: Generated<number>;
  withdrawn_at: Timestamp | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
}

export interface GovernanceConsultationAnswer {
  answer: string;
  answered_at: Timestamp;
  consultation_id: string;
  id: Generated<string>;
  party_id: string;
  remarks: string | null;
  version: Generated<number>;
}

export interface GovernanceConsultationAuthor {
  account_id: string | null;
  answer_id: string;
  function: string;
  name: string;
  party_id: string;
  way: string;
}

export interface GovernanceConsultationExtension {
  consultation_id: string;
  extended_at: Timestamp;
  extended_by: string;
  from_at: Timestamp;
  id: Generated<string>;
  reason: string;
  to_at: Timestamp;
}

export interface GovernanceConsultationLink {
  made_at: Timestamp;
  party_id: string;
  token_hash: Buffer;
}

export interface GovernanceConsultationNotice {
  consultation_id: string;
  letters: number;
  occasion: string;
  told_at: Timestamp;
}

export interface GovernanceConsultationPaper {
  consultation_id: string;
  file_id: string | null;
  id: Generated<string>;
  position: number;
  title: string;
  url: string | null;
}

export interface GovernanceConsultationParty {
  body_id: string | null;
  consultation_id: string;
  id: Generated<string>;
  organisation_id: string | null;
}

export interface GovernanceDecision {
  about_person: boolean;
  body_id: string;
  decided_on: string;
  entered: string;
  id: Generated<string>;
  matter: string;
  number: Generated<string>;
  outcome: string;
  recorded_at: Generated<Timestamp>;
  recorded_by: string;
  subject_id: string | null;
  subject_kind: string | null;
  supersedes: string | null;
  title: unknown;
  words: unknown | null;
  year: Generated<number>;
}

export interface GovernanceDelegation {
  body_id: string;
  currency: string;
  decision_id: string;
  during: Generated<string>;
  given_by: string;
  id: Generated<string>;
  kind: string;
  most: Numeric;
  since: string;
  until: string | null;
}

export interface GovernanceFrameworkAgreement {
  amends: string | null;
  begun_at: Generated<Timestamp>;
  begun_by: string;
  consultation_id: string | null;
  ended_on: string | null;
  id: Generated<string>;
  in_force_on: string | null;
  moved_at: Generated<Timestamp>;
  organisation_id: string;
  pack: string;
  predecessor: string | null;
  ratify_by: string;
  reason: string | null;
  round: Generated<number>;
  rule: Generated<unknown>;
  since: string;
  slug: string;
  state: Generated<string>;
  title: unknown;
  until: string;
  version: Generated<number>;
  way: string;
}

export interface GovernanceFrameworkLink {
  added_at: Generated<Timestamp>;
  added_by: string;
  agreement_id: string;
  id: Generated<string>;
  purpose: string;
  source: string | null;
  target: string;
  title: string;
}

export interface GovernanceFrameworkMove {
  agreement_id: string;
  id: Generated<string>;
  moved_at: Timestamp;
  moved_by: string | null;
  reason: string | null;
  round: number;
  state: string;
}

export interface GovernanceFrameworkProposal {
  agreement_id: string;
  answer: string | null;
  answered_at: Timestamp | null;
  answered_by: string | null;
  based_on: number;
  body_id: string;
  id: Generated<string>;
  part: string;
  proposed_at: Generated<Timestamp>;
  proposed_by: string;
  reason: string;
  state: Generated<string>;
  version_id: string | null;
  words: string;
}

export interface GovernanceFrameworkRatification {
  agreement_id: string;
  body_id: string;
  decision_id: string;
  entered: string;
  entered_at: Generated<Timestamp>;
  entered_by: string;
  file_id: string | null;
  id: Generated<string>;
  round: number;
}

export interface GovernanceFrameworkReminder {
  agreement_id: string;
  body_id: string;
  on_day: string;
  reminded_by: string | null;
}

export interface GovernanceFrameworkRule {
  pack: string;
  profile: unknown;
}

export interface GovernanceFrameworkStep {
  agreement_id: string;
  body_id: string;
  decision_id: string;
  entered_at: Generated<Timestamp>;
  entered_by: string;
  id: Generated<string>;
  place: number;
  round: number;
}

export interface GovernanceFrameworkText {
  agreement_id: string;
  fixed_at: Timestamp;
  hash: string;
  id: Generated<string>;
  purpose: string;
  round: number;
  versions: unknown;
}

export interface GovernanceFrameworkVersion {
  agreement_id: string;
  body_id: string;
  id: Generated<string>;
  number: number;
  offers: Generated<unknown>;
  part: string;
  reason: string | null;
  round: number;
  words: string;
  written_at: Generated<Timestamp>;
  written_by: string;
}

export interface GovernanceInvitation {
  account_id: string | null;
  email: string;
  meeting_id: string;
  sent_at: Generated<Timestamp>;
}

export interface GovernanceItemDecision {
  abstain: Generated<number>;
  amount: Numeric | null;
  currency: string | null;
  decision_id: string;
  how: string;
  item_id: string;
  no: Generated<number>;
  quorum: boolean | null;
  yes: Generated<number>;
}

export interface GovernanceKnownFigure {
  name: string;
  on_day: string;
  organisation_id: string;
  source: string;
  value: string;
}

export interface GovernanceMandate {
  during: Generated<string>;
  given_at: Generated<Timestamp>;
  given_by: string;
  id: Generated<string>;
  name: string | null;
  organisation_id: string | null;
  seat_id: string;
  shared: boolean;
  since: string;
  until: string | null;
}

export interface GovernanceMandateAccount {
  account_id: string | null;
  email: string;
  id: Generated<string>;
  locale: string;
  mandate_id: string;
  tied_at: Timestamp;
  tied_by: string;
  untied_at: Timestamp | null;
}

export interface GovernanceMatter {
  body_id: string;
  changed_at: Generated<Timestamp>;
  id: Generated<string>;
  kind: string;
  published_at: Timestamp | null;
  raised_at: Generated<Timestamp>;
  raised_by: string;
  source: string;
  source_id: string | null;
  source_kind: string | null;
  source_name: string | null;
  state: string;
  title: unknown;
  words: unknown | null;
}

export interface GovernanceMatterStep {
  body_id: string;
  decision_id: string | null;
  deed: string;
  from_state: string | null;
  id: Generated<string>;
  made_at: Generated<Timestamp>;
  made_by: string;
  matter_id: string;
  meeting_id: string | null;
  to_body_id: string | null;
  to_kind: string | null;
  words: string | null;
}

export interface GovernanceMeeting {
  agenda_published_at: Timestamp | null;
  approved_at: Timestamp | null;
  body_id: string;
  cancelled_why: string | null;
  changed_at: Generated<Timestamp>;
  created_at: Generated<Timestamp>;
  created_by: string;
  ends_at: Timestamp | null;
  form: Generated<string>;
  held_at: Timestamp | null;
  id: Generated<string>;
  invited_at: Timestamp | null;
  locale: string;
  opening: string | null;
  place: string | null;
  quorum_is: string | null;
  quorum_version_id: string | null;
  starts_at: Timestamp;
  state: Generated<string>;
  title: string | null;
  version: Generated<number>;
  writing: Generated<number>;
}

export interface GovernanceMilestoneMove {
  by_rule: string;
  day: string;
  id: Generated<string>;
  milestone: string;
  moved_at: Generated<Timestamp>;
  moved_by: string;
  reason: string;
  wheel_id: string;
}

export interface GovernanceMilestoneReminder {
  day: string;
  milestone: string;
  reminded_at: Generated<Timestamp>;
  wheel_id: string;
}

export interface GovernanceMinutes {
  approved_at: Generated<Timestamp>;
  approved_by: string;
  approved_in: string | null;
  content: unknown;
  correction: string | null;
  entered_by: string;
  found_by: string;
  meeting_id: string;
  version: number;
}

export interface GovernanceMinutesClosed {
  content: unknown;
  meeting_id: string;
  version: number;
}

export interface GovernanceMinutesLine {
  changed_at: Generated<Timestamp>;
  item_id: string;
  words: string;
}

export interface GovernanceOwnMilestone {
  added_at: Generated<Timestamp>;
  added_by: string;
  id: Generated<string>;
  profile: unknown;
  wheel_id: string;
  withdrawn_at: Timestamp | null;
}

export interface GovernancePartyAddress {
  body_id: string | null;
  email: string;
  id: Generated<string>;
  keeper_id: string;
  locale: string;
  organisation_id: string | null;
  recorded_at: Timestamp;
  recorded_by: string;
  removed_at: Timestamp | null;
}

export interface GovernanceQuestion {
  answered_at: Timestamp | null;
  asked_at: Generated<Timestamp>;
  asked_by: string;
  body_id: string;
  id: Generated<string>;
  kind: string;
  lexemes: string;
  number: Generated<number>;
  organisation_id: string;
  pack: string;
  rule_version_id: string | null;
  title: unknown;
  withdrawn_at: Timestamp | null;
  withdrawn_why: string | null;
  words: unknown;
  year: number;
}

export interface GovernanceRecommendation {
  body_id: string;
  id: Generated<string>;
  recommended_on: string;
  recorded_at: Generated<Timestamp>;
  recorded_by: string;
  title: unknown;
  words: unknown;
}

export interface GovernanceRecommendationAnswer {
  answer: string;
  answered_on: string;
  body_id: string;
  decision_id: string | null;
  id: Generated<string>;
  recommendation_id: string;
  recorded_at: Generated<Timestamp>;
  recorded_by: string;
  why: unknown;
}

export interface GovernanceRecommendationTo {
  body_id: string;
  recommendation_id: string;
}

export interface GovernanceRuleTable {
  changed_by: string[] | null;
  id: Generated<string>;
  matter: string | null;
  names: unknown;
  pack: string;
  purpose: unknown;
  slug: string;
}

export interface GovernanceRuleVersion {
  added_at: Generated<Timestamp>;
  added_by: string | null;
  content: unknown;
  decision_id: string | null;
  ends: string | null;
  id: Generated<string>;
  origin: string;
  starts: string | null;
  table_id: string;
  withdrawn: Generated<boolean>;
}

export interface GovernanceRuling {
  answered_on: string;
  decision_id: string | null;
  id: Generated<string>;
  question_id: string;
  recorded_at: Generated<Timestamp>;
  recorded_by: string;
  refers_to: Generated<string[]>;
  supersedes: string | null;
  why: string | null;
  words: unknown;
}

export interface GovernanceSeat {
  body_id: string;
  id: Generated<string>;
  key: string;
  organisation_id: string | null;
  shared: boolean;
  withdrawn: Generated<boolean>;
}

export interface GovernanceTask {
  created_at: Generated<Timestamp>;
  created_by: string;
  done_on: string | null;
  due: string;
  id: Generated<string>;
  item_id: string | null;
  meeting_id: string;
  owner: string;
  title: string;
}

export interface GovernanceVote {
  attendance_id: string;
  item_id: string;
  vote: string;
}

export interface GovernanceWorkingDays {
  calendar: unknown;
  pack: string;
}

export interface GovernanceYearWheel {
  id: Generated<string>;
  organisation_id: string;
  pack: string;
  profile: unknown;
  slug: string;
  withdrawn: Generated<boolean>;
}

export interface HttpIdempotency {
  actor: string;
  at: Generated<Timestamp>;
  command: string;
  key: string;
  outcome: unknown | null;
  request: Buffer;
}

export interface HttpKeptForm {
  expires_at: Timestamp;
  id: string;
  opened_by: string | null;
  sealed: Buffer;
}

export interface IntakeAlert {
  account_id: string;
  acknowledged_at: Timestamp | null;
  at: Timestamp;
  id: Generated<string>;
  reason: string;
  request_id: string;
}

export interface IntakeClock {
  deadline: unknown;
  due_at: Timestamp;
  escalated_at: Timestamp | null;
  id: Generated<string>;
  kind: string;
  paused_at: Timestamp | null;
  pauses: Generated<unknown>;
  request_id: string;
  started_at: Timestamp;
  stopped_at: Timestamp | null;
  warn_at: Timestamp;
  warned_at: Timestamp | null;
}

export interface IntakeContract {
  begins_on: string;
  created_at: Timestamp;
  created_by: string | null;
  ended_by: string | null;
  ended_on: string | null;
  ending_ground: string | null;
  ends_on: string | null;
  extends_id: string | null;
  frozen_at: Timestamp | null;
  id: Generated<string>;
  locale: string;
  provider_id: string;
  request_id: string;
  service_id: string;
  state: Generated<string>;
  text: unknown;
  text_hash: Buffer | null;
  version: Generated<number>;
}

export interface IntakeDecision {
  agreed: string | null;
  alternatives: Generated<string[]>;
  appeal: unknown | null;
  body_decision_id: string | null;
  decided_at: Timestamp;
  decided_by: string | null;
  facts: string | null;
  ground_code: string | null;
  ground_text: unknown | null;
  human: string | null;
  id: Generated<string>;
  outcome: string;
  redirect_service_id: string | null;
  request_id: string;
  service_id: string;
  words: string | null;
}

export interface IntakeDistinctPair {
  account_id: string | null;
  at: Timestamp;
  first_id: string;
  second_id: string;
}

export interface IntakeDocument {
  account_id: string | null;
  at: Timestamp | null;
  from_whom: string;
  good_until: string | null;
  id: Generated<string>;
  names: unknown;
  needed: string;
  position: number;
  reason: string | null;
  request_id: string;
  reused_from: string | null;
  state: Generated<string>;
}

export interface IntakeDocumentFile {
  at: Timestamp;
  document_id: string;
  file_id: string;
  name: string;
}

export interface IntakeDuty {
  account_id: string;
  created_by: string | null;
  during: string;
  id: Generated<string>;
  organisation_id: string;
  phone: string | null;
}

export interface IntakeFollowUp {
  account_id: string | null;
  begun_at: Timestamp | null;
  done_at: Timestamp | null;
  kind: string;
  note: string | null;
  position: number;
  request_id: string;
}

export interface IntakeLetter {
  at: Timestamp;
  cause: string;
  data: Generated<unknown>;
  handed_at: Timestamp | null;
  handed_by: string | null;
  held: string | null;
  id: Generated<string>;
  kind: string;
  locale: string;
  paragraphs: unknown;
  request_id: string;
  sent: string;
  subject: string;
}

export interface IntakeLink {
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  kind: string;
  mailed_at: Timestamp | null;
  reference: string;
  request_id: string;
  revoked_at: Timestamp | null;
  token_hash: Buffer;
}

export interface IntakeMerge {
  account_id: string | null;
  at: Timestamp;
  id: Generated<string>;
  kept_id: string;
  merged_id: string;
  moved: unknown;
  reasons: unknown;
  score: number;
  undone_at: Timestamp | null;
  undone_by: string | null;
}

export interface IntakePerson {
  account_id: string | null;
  address: string | null;
  area: string | null;
  authority_id: string;
  birth_date: string | null;
  changed_at: Generated<Timestamp>;
  contact: Generated<unknown>;
  created_at: Generated<Timestamp>;
  document_hash: string | null;
  document_number: string | null;
  emails: Generated<string[]>;
  id: Generated<string>;
  language: string | null;
  match_keys: Generated<string[]>;
  merged_into: string | null;
  name: string;
  phones: Generated<string[]>;
  restricted: Generated<boolean>;
  version: Generated<number>;
}

export interface IntakeProcedure {
  details: unknown;
  pack: string;
}

export interface IntakeReminder {
  at: Timestamp;
  documents: string[];
  grace_until: Timestamp;
  id: Generated<string>;
  note: string | null;
  request_id: string;
}

export interface IntakeRequest {
  account_id: string | null;
  assigned_to: string | null;
  changed_at: Generated<Timestamp>;
  created_at: Generated<Timestamp>;
  decided_at: Timestamp | null;
  draft: unknown;
  due_at: Timestamp | null;
  entered_by: unknown | null;
  entered_by_account: string | null;
  follows: Generated<string[]>;
  handler_id: string | null;
  helper_reads: Generated<boolean>;
  id: Generated<string>;
  kind: string;
  locale: string;
  needs_body: Generated<string[]>;
  pack: string;
  person_id: string | null;
  redirected_from: string | null;
  reference: string;
  restricted: Generated<boolean>;
  service_id: string | null;
  service_version: number | null;
  state: Generated<string>;
  submitted_at: Timestamp | null;
  urgency: Generated<string>;
  version: Generated<number>;
}

export interface IntakeSignature {
  account_id: string | null;
  at: Timestamp;
  contract_id: string;
  evidence: Generated<unknown>;
  file_id: string | null;
  form: string;
  id: Generated<string>;
  name: string;
  side: string;
  text_hash: Buffer;
}

export interface IntakeStep {
  account_id: string | null;
  at: Timestamp;
  deed: string;
  detail: Generated<unknown>;
  from_state: string | null;
  id: Generated<string>;
  note: string | null;
  request_id: string;
  to_state: string | null;
}

export interface IntakeWaiting {
  account_id: string | null;
  handler_id: string;
  id: Generated<string>;
  left_at: Timestamp | null;
  left_note: string | null;
  left_reason: string | null;
  request_id: string;
  service_id: string;
  since: Timestamp;
  urgency: string;
  urgency_rank: Generated<number>;
}

export interface JobsWorker {
  backend: number;
  backend_start: Timestamp;
  id: string;
  since: Generated<Timestamp>;
}

export interface LimitsCounter {
  count: number;
  key: string;
  until: Timestamp;
}

export interface MailLetter {
  answer: string | null;
  id: Generated<string>;
  job: string;
  locale: string;
  made_at: Generated<Timestamp>;
  message_id: string;
  sent_at: Timestamp | null;
  state: Generated<string>;
  template: string;
  to_hash: Buffer;
}

export interface PacksPack {
  id: string;
  loaded_at: Generated<Timestamp>;
  manifest: unknown | null;
  sha256: string;
}

export interface ThreadLink {
  at: Generated<Timestamp>;
  from_id: string;
  from_kind: string;
  id: Generated<string>;
  relation: string;
  to_id: string;
  to_kind: string;
}

export interface DB {
  "access.account": AccessAccount;
  "access.area": AccessArea;
  "access.grant": AccessGrant;
  "access.membership": AccessMembership;
  "access.organisation": AccessOrganisation;
  "access.person": AccessPerson;
  "access.token": AccessToken;
  "audit.event": AuditEvent;
  "audit.seal": AuditSeal;
  "auth.account": AuthAccount;
  "auth.link": AuthLink;
  "auth.passkey": AuthPasskey;
  "auth.session": AuthSession;
  "auth.spent_code": AuthSpentCode;
  "auth.twoFactor": AuthTwoFactor;
  "auth.user": AuthUser;
  "auth.verification": AuthVerification;
  "capacity.adjustment": CapacityAdjustment;
  "capacity.adjustment_answer": CapacityAdjustmentAnswer;
  "capacity.adjustment_answer_author": CapacityAdjustmentAnswerAuthor;
  "capacity.adjustment_contact": CapacityAdjustmentContact;
  "capacity.adjustment_dispute": CapacityAdjustmentDispute;
  "capacity.adjustment_letter": CapacityAdjustmentLetter;
  "capacity.adjustment_notice": CapacityAdjustmentNotice;
  "capacity.adjustment_step": CapacityAdjustmentStep;
  "capacity.collection": CapacityCollection;
  "capacity.collection_offer": CapacityCollectionOffer;
  "capacity.collection_part": CapacityCollectionPart;
  "capacity.collection_reminder": CapacityCollectionReminder;
  "capacity.collection_spending": CapacityCollectionSpending;
  "capacity.collection_supplement": CapacityCollectionSupplement;
  "capacity.collection_upload": CapacityCollectionUpload;
  "capacity.day_total": CapacityDayTotal;
  "capacity.offer": CapacityOffer;
  "capacity.place": CapacityPlace;
  "capacity.places": CapacityPlaces;
  "capacity.rating": CapacityRating;
  "capacity.referral": CapacityReferral;
  "capacity.setting": CapacitySetting;
  "capacity.staffing": CapacityStaffing;
  "capacity.stay": CapacityStay;
  "capacity.stay_change": CapacityStayChange;
  "capacity.tariff_consent": CapacityTariffConsent;
  "capacity.tariff_item": CapacityTariffItem;
  "capacity.tariff_line": CapacityTariffLine;
  "capacity.tariff_result": CapacityTariffResult;
  "capacity.tariff_rule": CapacityTariffRule;
  "capacity.tariff_sheet": CapacityTariffSheet;
  "capacity.tariff_supplement": CapacityTariffSupplement;
  "capacity.unmet_need": CapacityUnmetNeed;
  "capacity.waiting": CapacityWaiting;
  "capacity.year_demand": CapacityYearDemand;
  "db.migration": DbMigration;
  "directory.act": DirectoryAct;
  "directory.approval_rule": DirectoryApprovalRule;
  "directory.assurance_request": DirectoryAssuranceRequest;
  "directory.import": DirectoryImport;
  "directory.location": DirectoryLocation;
  "directory.location_version": DirectoryLocationVersion;
  "directory.organisation": DirectoryOrganisation;
  "directory.organisation_version": DirectoryOrganisationVersion;
  "directory.proposal": DirectoryProposal;
  "directory.question": DirectoryQuestion;
  "directory.remark": DirectoryRemark;
  "directory.service": DirectoryService;
  "directory.service_location": DirectoryServiceLocation;
  "directory.service_version": DirectoryServiceVersion;
  "directory.taxonomy": DirectoryTaxonomy;
  "directory.term": DirectoryTerm;
  "directory.unmet_search": DirectoryUnmetSearch;
  "directory.word": DirectoryWord;
  "files.file": FilesFile;
  "files.loose": FilesLoose;
  "governance.ad_hoc_group": GovernanceAdHocGroup;
  "governance.ad_hoc_reminder": GovernanceAdHocReminder;
  "governance.ad_hoc_step": GovernanceAdHocStep;
  "governance.agenda_item": GovernanceAgendaItem;
  "governance.agenda_paper": GovernanceAgendaPaper;
  "governance.agenda_words": GovernanceAgendaWords;
  "governance.attendance": GovernanceAttendance;
  "governance.body": GovernanceBody;
  "governance.central_answer": GovernanceCentralAnswer;
  "governance.central_reply": GovernanceCentralReply;
  "governance.central_request": GovernanceCentralRequest;
  "governance.conference": GovernanceConference;
  "governance.conference_invitation": GovernanceConferenceInvitation;
  "governance.conference_proposal": GovernanceConferenceProposal;
  "governance.conflict": GovernanceConflict;
  "governance.consultation": GovernanceConsultation;
  "governance.consultation_answer": GovernanceConsultationAnswer;
  "governance.consultation_author": GovernanceConsultationAuthor;
  "governance.consultation_extension": GovernanceConsultationExtension;
  "governance.consultation_link": GovernanceConsultationLink;
  "governance.consultation_notice": GovernanceConsultationNotice;
  "governance.consultation_paper": GovernanceConsultationPaper;
  "governance.consultation_party": GovernanceConsultationParty;
  "governance.decision": GovernanceDecision;
  "governance.delegation": GovernanceDelegation;
  "governance.framework_agreement": GovernanceFrameworkAgreement;
  "governance.framework_link": GovernanceFrameworkLink;
  "governance.framework_move": GovernanceFrameworkMove;
  "governance.framework_proposal": GovernanceFrameworkProposal;
  "governance.framework_ratification": GovernanceFrameworkRatification;
  "governance.framework_reminder": GovernanceFrameworkReminder;
  "governance.framework_rule": GovernanceFrameworkRule;
  "governance.framework_step": GovernanceFrameworkStep;
  "governance.framework_text": GovernanceFrameworkText;
  "governance.framework_version": GovernanceFrameworkVersion;
  "governance.invitation": GovernanceInvitation;
  "governance.item_decision": GovernanceItemDecision;
  "governance.known_figure": GovernanceKnownFigure;
  "governance.mandate": GovernanceMandate;
  "governance.mandate_account": GovernanceMandateAccount;
  "governance.matter": GovernanceMatter;
  "governance.matter_step": GovernanceMatterStep;
  "governance.meeting": GovernanceMeeting;
  "governance.milestone_move": GovernanceMilestoneMove;
  "governance.milestone_reminder": GovernanceMilestoneReminder;
  "governance.minutes": GovernanceMinutes;
  "governance.minutes_closed": GovernanceMinutesClosed;
  "governance.minutes_line": GovernanceMinutesLine;
  "governance.own_milestone": GovernanceOwnMilestone;
  "governance.party_address": GovernancePartyAddress;
  "governance.question": GovernanceQuestion;
  "governance.recommendation": GovernanceRecommendation;
  "governance.recommendation_answer": GovernanceRecommendationAnswer;
  "governance.recommendation_to": GovernanceRecommendationTo;
  "governance.rule_table": GovernanceRuleTable;
  "governance.rule_version": GovernanceRuleVersion;
  "governance.ruling": GovernanceRuling;
  "governance.seat": GovernanceSeat;
  "governance.task": GovernanceTask;
  "governance.vote": GovernanceVote;
  "governance.working_days": GovernanceWorkingDays;
  "governance.year_wheel": GovernanceYearWheel;
  "http.idempotency": HttpIdempotency;
  "http.kept_form": HttpKeptForm;
  "intake.alert": IntakeAlert;
  "intake.clock": IntakeClock;
  "intake.contract": IntakeContract;
  "intake.decision": IntakeDecision;
  "intake.distinct_pair": IntakeDistinctPair;
  "intake.document": IntakeDocument;
  "intake.document_file": IntakeDocumentFile;
  "intake.duty": IntakeDuty;
  "intake.follow_up": IntakeFollowUp;
  "intake.letter": IntakeLetter;
  "intake.link": IntakeLink;
  "intake.merge": IntakeMerge;
  "intake.person": IntakePerson;
  "intake.procedure": IntakeProcedure;
  "intake.reminder": IntakeReminder;
  "intake.request": IntakeRequest;
  "intake.signature": IntakeSignature;
  "intake.step": IntakeStep;
  "intake.waiting": IntakeWaiting;
  "jobs.worker": JobsWorker;
  "limits.counter": LimitsCounter;
  "mail.letter": MailLetter;
  "packs.pack": PacksPack;
  "thread.link": ThreadLink;
}
