import { z } from 'zod'
import { Locale, Text } from '../i18n/text.ts'

const Source = z.object({
  title: z.string().min(1),
  date: z.iso.date().optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
})

/** An emergency number with where it was found and when; without a source it is not shown. */
export const EmergencyNumber = z.object({
  kind: z.enum(['life', 'violence', 'child', 'crisis']),
  number: z.string().min(2),
  label: Text,
  hours: Text.optional(),
  source: Source,
})
export type EmergencyNumber = z.infer<typeof EmergencyNumber>

/** A dated or stigmatising word and what is said today (DIR-10). `pattern` is a word beginning, matched without case. */
export const Wording = z.object({
  locale: Locale,
  pattern: z.string().min(2),
  suggest: z.string().min(1),
  why: Text.optional(),
})
export type Wording = z.infer<typeof Wording>

/** `pack.json`: what a jurisdiction is called, speaks, and counts in. */
export const PackManifest = z.object({
  id: z.string().regex(/^[a-z]{2}-[a-z]+$|^common$/),
  names: Text,
  /** the region's short name as shown beside the mark */
  short: Text,
  /** first the language that the pack is written in */
  languages: z.array(Locale).min(1),
  country: z.string().length(2),
  timeZone: z.string().min(3),
  currency: z.string().length(3),
  /** code of the area that is the top of this pack */
  area: z.string().min(1),
  emergencies: z.array(EmergencyNumber).default([]),
  /** a person to talk to when nothing is found */
  helpline: z
    .object({
      number: z.string().min(2),
      label: Text,
      hours: Text.optional(),
      source: Source.optional(),
      example: z.boolean().default(false),
    })
    .optional(),
  /** months after which a record counts as not assured (DIR-6) */
  assuranceMonths: z.number().int().positive().default(6),
  wordings: z.array(Wording).default([]),
  /** whose the boundaries in `areas.geojson` are; this line stands wherever they are drawn */
  boundariesBy: z.string().min(1).optional(),
  sources: z.array(Source).default([]),
})
export type PackManifest = z.infer<typeof PackManifest>

/** `areas.json`: a node of the area tree. Geometry stands beside it in `areas.geojson`, by `properties.code`. */
export const Area = z.object({
  code: z.string().min(1),
  parent: z.string().optional(),
  level: z.enum(['country', 'region', 'municipality', 'city', 'district']),
  names: Text,
  /** [longitude, latitude], WGS 84, inside the area */
  point: z.tuple([z.number(), z.number()]).optional(),
  population: z.number().int().positive().optional(),
  source: Source.optional(),
})
export type Area = z.infer<typeof Area>
