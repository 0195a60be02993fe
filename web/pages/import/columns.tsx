import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Select } from '@mantine/core'
import classes from './import.module.css'
import type { ImportKind, ImportOut } from './queries.ts'
import { fieldWords } from './words.ts'

interface Props {
  readonly row: ImportOut
  readonly kind: ImportKind
  readonly onChange: (mapping: Readonly<Record<string, string>>) => void
}

/** Which column each field is read from. What is chosen is remembered for the next file of such rows. */
export function Columns({ row, kind, onChange }: Props) {
  const { t, i18n } = useLingui()
  const wordOf = (field: ImportKind['fields'][number]) => {
    const word = fieldWords[field.name]
    return word === undefined ? field.title : i18n._(word)
  }
  const missing = kind.fields.filter(({ name }) => row.missing.includes(name)).map(wordOf)
  return (
    <>
      {missing.length > 0 && (
        <Alert color="yellow" mb="sm">
          <Trans>Choose the columns of: {missing.join(', ')}.</Trans>
        </Alert>
      )}
      <ul className={classes.columns}>
        {kind.fields.map((field) => {
          const { name, required, description } = field
          const column = row.mapping[name]
          const word = wordOf(field)
          return (
            <li key={name}>
              <span className={classes.field} title={description ?? undefined}>
                {word}
                {required && ' *'}
              </span>
              <Select
                aria-label={t`Column of ${word}`}
                placeholder={t`Not read`}
                size="sm"
                data={row.columns}
                value={column ?? null}
                clearable
                searchable
                clearButtonProps={{ 'aria-label': t`Do not read ${word}` }}
                onChange={(chosen) => {
                  const { [name]: _, ...others } = row.mapping
                  onChange(chosen === null ? others : { ...others, [name]: chosen })
                }}
              />
              <span className={classes.example}>{column !== undefined && examples(row, column)}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** What stands in the column, as it is written. */
function examples(row: ImportOut, column: string): string {
  const at = row.columns.indexOf(column)
  return row.sample
    .map(({ cells }) => cells[at]?.trim() ?? '')
    .filter((cell) => cell !== '')
    .slice(0, 3)
    .join(' · ')
}
