import type { Importer } from './importer.ts'
import { proposeMapping } from './mapping.ts'
import { type Preset, mappingOf, recognise } from './presets.ts'

/** What was chosen when such rows were imported last. */
export interface Remembered {
  readonly columns: readonly string[]
  readonly mapping: Readonly<Record<string, string>>
}

export interface Proposal {
  /** Of a program whose files are known. */
  readonly preset: Preset | null
  readonly mapping: Record<string, string>
}

/**
 * Which columns the fields are read from: as it was chosen last for such a file, else as the program that wrote it
 * names them, else by the names of the fields.
 */
export function propose(
  importer: Importer,
  columns: readonly string[],
  remembered: Remembered | null,
): Proposal {
  const preset = recognise(columns).find(({ what }) => what === importer.what) ?? null
  const chosen = Object.entries(remembered?.mapping ?? {}).filter(([, column]) => columns.includes(column))
  // The same file again: what was left out then is left out now.
  if (remembered !== null && remembered.columns.join('\n') === columns.join('\n'))
    return { preset, mapping: Object.fromEntries(chosen) }
  const byName = preset === null ? proposeMapping(importer.fields, columns) : mappingOf(preset, columns)
  if (preset !== null) return { preset, mapping: byName }
  const taken = new Set(chosen.map(([, column]) => column))
  const others = Object.entries(byName).filter(([, column]) => !taken.has(column))
  return { preset, mapping: { ...Object.fromEntries(others), ...Object.fromEntries(chosen) } }
}
