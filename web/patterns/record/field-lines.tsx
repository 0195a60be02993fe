import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import classes from './record.module.css'

interface Props<Row> {
  /** Of the rows: `units`. */
  readonly path: string
  readonly rows: readonly Row[]
  readonly add: () => void
  readonly remove: (index: number) => void
  readonly addLabel: string
  /** What a row is, for its remove button and screen readers: 'Unit 2'. */
  readonly nameOf: (row: Row, index: number) => string
  readonly children: (row: Row, index: number) => ReactNode
}

/** Rows of fields: units, vendors, addresses. A row that is added takes the focus, as does the next of one removed. */
export function FieldLines<Row>({ path, rows, add, remove, addLabel, nameOf, children }: Props<Row>) {
  const { t } = useLingui()
  const box = useRef<HTMLDivElement>(null)
  const focusRow = (index: number) =>
    requestAnimationFrame(() => {
      const line = box.current?.querySelector<HTMLElement>(`[data-line="${index}"] input`)
      const button = box.current?.querySelector<HTMLElement>('[data-add]')
      ;(line ?? button)?.focus()
    })
  return (
    <div ref={box} className={classes.fields}>
      {rows.map((row, index) => {
        const name = nameOf(row, index)
        return (
          <div
            // Rows have no identity but their place.
            // eslint-disable-next-line react/no-array-index-key
            key={`${path} ${index}`}
            role="group"
            aria-label={name}
            className={classes.line}
            data-line={index}
          >
            {children(row, index)}
            <ActionIcon
              data-narrow
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t`Remove ${name}`}
              onClick={() => {
                remove(index)
                focusRow(Math.min(index, rows.length - 2))
              }}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </div>
        )
      })}
      {rows.length === 0 && (
        <p className={classes.hint}>
          <Trans>None yet.</Trans>
        </p>
      )}
      <Button
        data-add
        variant="default"
        size="compact-md"
        w="fit-content"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          add()
          focusRow(rows.length)
        }}
      >
        {addLabel}
      </Button>
    </div>
  )
}
