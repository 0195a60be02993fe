import { fold } from '../../kernel/fold.ts'
import type { Format } from '../files/format.ts'
import type { Field, Value } from './importer.ts'
import type { Read } from './read-records.ts'
import { vtigerPresets } from './vtiger.ts'

/** A file of another program, known by the names of its columns. */
export interface Preset {
  readonly name: string
  /** In the words of people, such as 'Vtiger: vendors'. */
  readonly title: string
  /** The kind of import whose rows it has. */
  readonly what: string
  /** Columns that no other file has together; of those in one list, one is enough. */
  readonly signs: readonly (readonly string[])[]
  /** The columns of each field, the best first: their names differ between versions. */
  readonly columns: Readonly<Record<string, readonly string[]>>
  /** What every row says where no column does. */
  readonly constants?: Readonly<Record<string, Value>>
  /** Of a field, what the words of the other program mean here. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const presets: readonly Preset[] = vtigerPresets

/** The preset of a name that was kept; null where it is not known any more. */
export function presetOf(name: string | null): Preset | null {
  return presets.find((each) => each.name === name) ?? null
}

/** All presets that a file's columns fit, whatever they are imported as. */
export function recognise(columns: readonly string[]): readonly Preset[] {
  const there = new Set(columns.map(plainName))
  return presets.filter(({ signs }) =>
    signs.every((names) => names.some((name) => there.has(plainName(name)))),
  )
}

/** The columns of a preset's fields in a file. */
export function mappingOf(preset: Preset, columns: readonly string[]): Record<string, string> {
  const there = new Map(columns.toReversed().map((column) => [plainName(column), column]))
  return Object.fromEntries(
    Object.entries(preset.columns).flatMap(([field, names]) => {
      const name = names.map(plainName).find((each) => there.has(each))
      return name === undefined ? [] : [[field, there.get(name)!]]
    }),
  )
}

type Reader = (field: Field, cell: string, format: Format) => Read

/** Reads cells in the words of the preset. */
export function cellReader(preset: Preset | null, read: Reader): Reader {
  if (preset === null) return read
  return (field, cell, format) => {
    // Names of other records are written with what they are, as in `Products::::Laptop`.
    const text = cell.trim().replace(/^[A-Za-z]{2,40}::::/, '')
    // The name of a currency may end with its sign, as in `Euro : €`.
    return read(field, preset.words?.[field.name]?.[fold(text.split(' : ')[0]!)] ?? text, format)
  }
}

function plainName(name: string): string {
  return fold(name).replace(/[^\p{L}\p{N}]/gu, '')
}
