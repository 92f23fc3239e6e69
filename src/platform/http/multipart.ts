import { BadText, cleanText } from './clean.ts'
import { add, type Fields, type Upload } from './form-fields.ts'

/** Reads a form with files. @throws BadText when the body is no such form */
export async function readMultipart(
  bytes: Uint8Array,
  contentType: string,
): Promise<{ fields: Fields; uploads: Upload[] }> {
  const form = await parse(bytes, contentType)
  const fields = new Map<string, string[]>()
  const uploads: Upload[] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') add(fields, name, value)
    else if (value.size > 0 || value.name) {
      uploads.push({
        field: name,
        name: baseName(cleanText(name, value.name)),
        type: value.type,
        bytes: new Uint8Array(await value.arrayBuffer()),
      })
    }
  }
  return { fields, uploads }
}

async function parse(bytes: Uint8Array, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData()
  } catch {
    throw new BadText('', 'encoding')
  }
}

/** A file name names a file, never a place. */
function baseName(name: string): string {
  return name.split(/[\\/]/).at(-1)?.slice(-200) ?? ''
}
