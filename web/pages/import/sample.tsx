import { Trans, useLingui } from '@lingui/react/macro'
import { PlainTable } from '../../patterns/record/index.ts'
import { useFormat } from '../../ui/format.ts'
import classes from './import.module.css'
import type { ImportKind, ImportOut } from './queries.ts'
import { fieldWords } from './words.ts'

interface Props {
  readonly row: ImportOut
  readonly kind: ImportKind
}

/** The first rows: by their fields, else as they stand in the file. */
export function Sample({ row, kind }: Props) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const fields = kind.fields.filter(({ name }) => row.sample.some(({ values }) => values[name] !== undefined))
  const columns =
    fields.length > 0
      ? fields.map(({ name, title, type }) => {
          const word = fieldWords[name]
          return {
            label: word === undefined ? title : i18n._(word),
            ...(type === 'decimal' && { align: 'right' as const }),
            render: ({ values }: ImportOut['sample'][number]) => {
              const { value = null, fault = null } = values[name] ?? {}
              if (fault !== null) return <span className={classes.fault}>{fault}</span>
              if (value === null) return null
              // In the reader's own signs and without zeros that say nothing: 1.000 would be read in two ways.
              if (type === 'decimal')
                return format.number(value.replace(/\.0+$/, '').replace(/(\.\d*[1-9])0+$/, '$1'))
              return value.length > 60 ? `${value.slice(0, 60)}…` : value
            },
          }
        })
      : row.columns.map((label, at) => ({
          label,
          render: ({ cells }: ImportOut['sample'][number]) => cells[at] ?? null,
        }))
  return (
    <PlainTable
      label={t`The first rows, as they are read`}
      rows={row.sample}
      keyOf={({ line }, at) => `${line}-${at}`}
      none={<Trans>The file has no rows.</Trans>}
      columns={[
        { label: t`Line of the file`, align: 'right' as const, render: ({ line }) => String(line) },
        ...columns,
      ]}
    />
  )
}
