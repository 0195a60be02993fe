import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { PostalAddress } from '../../../src/kernel/postal-address.ts'
import { CompareDialog } from '../../forms/index.ts'
import {
  type Field,
  type Line,
  choicesIn,
  columnWords,
  isChoice,
  isEmpty,
  lotsText,
} from '../../grid/index.ts'
import { LastChange } from '../../patterns/document/last-change.tsx'
import type { Format } from '../../ui/format.ts'
import { isDate, isDecimal } from '../../ui/inputs/index.ts'
import { postalText } from '../../ui/postal-address.ts'
import { alignIds } from './align-ids.ts'
import type { EditorKind, HeadField } from './editor-kind.ts'
import { type AnyDocument, type Head, headOf, lineOf, plainLine } from './form.ts'
import { productsOf } from './load.ts'
import { labelOf } from './words.ts'

interface Work {
  readonly head: Head
  readonly lines: readonly Line[]
}
interface Props {
  readonly editor: EditorKind
  /** As it was when one began. */
  readonly base: Work
  readonly conflict: AnyDocument | null
  readonly mine: Work
  readonly language: Format
  readonly onMerged: (work: Work, theirs: Work, version: number) => void
  readonly onClose: () => void
}

/** Fields of a line that two people may both have changed. */
const lineFields = [
  'product',
  'description',
  'quantity',
  'unit',
  'price',
  'discount',
  'counted',
  'change',
  'reason',
  'disposition',
  'replace',
  'lots',
] as const

type Compared = Record<string, unknown> & {
  readonly lines: readonly (Record<string, unknown> & { id: string | null })[]
}

/** After a 412: what they saved beside what is typed here, field by field. What is typed stays until one chooses. */
export function CompareVersions({ editor, base, conflict, mine, language, onMerged, onClose }: Props) {
  const { t, i18n } = useLingui()
  const theirs = useQuery({
    queryKey: ['conflict', conflict?.id, conflict?.version],
    enabled: conflict !== null,
    queryFn: async ({ client }) => {
      const products = await productsOf(client, conflict!)
      return { head: headOf(editor, conflict!), lines: conflict!.lines.map((line) => lineOf(line, products)) }
    },
  })
  if (conflict === null || theirs.data === undefined) return null
  // Orders give their lines new ids when they are saved; the old ones are found again by product and place.
  const aligned = { head: theirs.data.head, lines: alignIds(base.lines, theirs.data.lines) }
  const everything = new Map([...base.lines, ...mine.lines, ...aligned.lines].map((line) => [line.id, line]))
  const fields = [...editor.fields.filter((field) => !editor.fixedInDraft.includes(field)), 'lines']

  const nameOf = ([name = '', id, part]: readonly string[]): string => {
    if (name !== 'lines') return i18n._(labelOf(editor, name as HeadField))
    const line = everything.get(id ?? null)
    const what = line?.product?.sku ?? line?.description ?? ''
    if (part === undefined) return t`Line ${what}`
    const cell = i18n._(columnWords[part as Field])
    return t`Line ${what}: ${cell}`
  }
  const show = ([name, , part = '']: readonly string[], value: unknown): string => {
    const choice = isChoice(part) && choicesIn(part).find(([each]) => each === value)
    if (choice) return i18n._(choice[1])
    if (value === null || value === undefined || value === '') return '–'
    if (name === 'deliveryAddress') return postalText(value as PostalAddress, i18n.locale)
    if (typeof value === 'boolean') return value ? t`yes` : t`no`
    if (typeof value !== 'string') return t`the whole line`
    const text = value
    return isDate(text) ? language.date(text) : isDecimal(text) ? language.number(text) : text
  }
  const merged = (value: Compared) => {
    const head = Object.fromEntries(
      Object.keys(mine.head).map((name) => [name, value[name]]),
    ) as unknown as Head
    const ofMine = new Map(mine.lines.map((line) => [line.id, line]))
    const ofTheirs = new Map(aligned.lines.map((line) => [line.id, line]))
    const fresh = mine.lines.filter((line) => line.id === null && !isEmpty(line))
    const known = value.lines.flatMap((each): Line[] => {
      if (each.id === null) return []
      const line = ofMine.get(each.id) ?? ofTheirs.get(each.id)
      return line === undefined ? [] : [withFields(line, each, ofTheirs.get(each.id))]
    })
    onMerged({ head, lines: [...known, ...fresh] }, aligned, conflict.version)
  }
  return (
    <CompareDialog<Compared>
      versions={{ base: compared(base), mine: compared(mine), theirs: compared(aligned) }}
      fields={fields}
      nameOf={nameOf}
      show={show}
      told={<LastChange of={conflict.id} />}
      onMerged={merged}
      onClose={onClose}
    />
  )
}

function compared({ head, lines }: Work): Compared {
  return {
    ...head,
    lines: lines.map((line) => ({
      id: line.id,
      ...Object.fromEntries(
        lineFields.map((field) => [
          field,
          field === 'product' ? (line.product?.sku ?? '') : field === 'lots' ? lotsText(line) : line[field],
        ]),
      ),
    })),
  }
}

function withFields(line: Line, fields: Record<string, unknown>, theirs: Line | undefined): Line {
  const { product: sku, id: _, lots: text, ...values } = fields
  const { lots, serials } = theirs !== undefined && lotsText(theirs) === text ? theirs : line
  const product = theirs !== undefined && theirs.product?.sku === sku ? theirs.product : line.product
  return plainLine({ ...line, ...(values as Partial<Line>), lots, serials, product })
}
