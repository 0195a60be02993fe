import { useLingui } from '@lingui/react/macro'
import { Checkbox, NumberInput, Select } from '@mantine/core'
import type { Changes } from './page.tsx'
import classes from './import.module.css'
import type { ImportOut } from './queries.ts'

interface Props {
  readonly row: ImportOut
  readonly onChange: (changes: Changes) => void
}

/** What was proposed from the file; each may be said otherwise. */
export function FormatFields({ row, onChange }: Props) {
  const { t } = useLingui()
  const { format } = row
  const csv = format.kind === 'csv'
  const say = (part: NonNullable<Changes['format']>) => onChange({ format: part })
  return (
    <div className={classes.format}>
      {csv && (
        <Select
          label={t`Encoding`}
          data={['utf-8', 'utf-16le', 'windows-1250', 'windows-1252', 'iso-8859-2']}
          value={format.encoding}
          allowDeselect={false}
          onChange={(encoding) => say({ encoding: encoding as typeof format.encoding })}
        />
      )}
      {csv && (
        <Select
          label={t`Between cells`}
          data={[
            { value: ',', label: t`Comma` },
            { value: ';', label: t`Semicolon` },
            { value: '\t', label: t`Tab` },
            { value: '|', label: t`Vertical bar` },
          ]}
          value={format.delimiter}
          allowDeselect={false}
          onChange={(delimiter) => say({ delimiter: delimiter as typeof format.delimiter })}
        />
      )}
      {!csv && (
        <NumberInput
          label={t`Sheet`}
          value={format.sheet}
          min={1}
          max={1000}
          allowDecimal={false}
          onChange={(sheet) => typeof sheet === 'number' && say({ sheet })}
        />
      )}
      <Select
        label={t`Before decimals`}
        data={[
          { value: ',', label: t`Comma: 1.000,75` },
          { value: '.', label: t`Point: 1,000.75` },
        ]}
        value={format.decimalSign}
        allowDeselect={false}
        onChange={(decimalSign) => say({ decimalSign: decimalSign as typeof format.decimalSign })}
      />
      <Select
        label={t`Dates`}
        data={[
          { value: 'DMY', label: t`Day, month, year` },
          { value: 'MDY', label: t`Month, day, year` },
          { value: 'YMD', label: t`Year, month, day` },
        ]}
        value={format.dateOrder}
        allowDeselect={false}
        onChange={(dateOrder) => say({ dateOrder: dateOrder as typeof format.dateOrder })}
      />
      <Checkbox
        label={t`The first row names the columns`}
        checked={format.header}
        onChange={(event) => say({ header: event.currentTarget.checked })}
        mt={{ base: 0, sm: 28 }}
      />
    </div>
  )
}
