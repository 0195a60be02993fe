import { Trans, useLingui } from '@lingui/react/macro'
import { Switch } from '@mantine/core'
import { useState } from 'react'
import { usePhone } from '../use-screen.ts'
import type { LineTable } from './description.ts'
import classes from './document.module.css'

/** The lines of a document, to read; on a phone each is a card. */
export function LinesTable<Line>({ table }: { readonly table: LineTable<Line> }) {
  const { t, i18n } = useLingui()
  const phone = usePhone()
  const [openFirst, setOpenFirst] = useState(false)
  const { isOpen } = table
  const open = isOpen === undefined ? [] : table.lines.filter(isOpen)
  const mixed = open.length > 0 && open.length < table.lines.length
  const lines =
    openFirst && isOpen !== undefined
      ? [...open, ...table.lines.filter((line) => !isOpen(line))]
      : table.lines
  const columns = table.columns.filter(
    (column) => column.optional === undefined || table.lines.some(column.optional),
  )
  const [first, ...rest] = columns
  return (
    <section aria-label={t`Lines`}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>
          <Trans>Lines</Trans>
        </h2>
        {mixed && table.lines.length > 5 && (
          <Switch
            size="xs"
            label={t`Open lines first`}
            checked={openFirst}
            onChange={(event) => setOpenFirst(event.currentTarget.checked)}
          />
        )}
      </div>
      {phone ? (
        <ul className={classes.lineCards}>
          {lines.map((line) => (
            <li key={table.idOf(line)} className={classes.lineCard}>
              <div>{first?.cell(line)}</div>
              <dl>
                {rest.map((column) => (
                  <div key={column.id}>
                    <dt>{i18n._(column.label)}</dt>
                    <dd>{column.cell(line)}</dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
      ) : (
        // A wide table scrolls in its own area; keys must reach it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={classes.linesScroll} tabIndex={0} role="region" aria-label={t`Table of lines`}>
          <table className={classes.lines}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.id} scope="col" data-align={column.align} data-grow={column.grow}>
                    {i18n._(column.label)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={table.idOf(line)} id={`line-${table.idOf(line)}`}>
                  {columns.map((column) => (
                    <td key={column.id} data-align={column.align} data-grow={column.grow}>
                      {column.cell(line)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
