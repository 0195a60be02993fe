import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { FaultLink } from '../forms/index.ts'
import type { ColumnId } from './columns.ts'
import { useGrid } from './grid-context.ts'
import classes from './grid.module.css'

/** As many lines are named; the others come up when these are put right. */
const most = 5

/** Above the lines: which of them need attention, each a way to its cell. */
export function LinesAttention() {
  const { t } = useLingui()
  const { model } = useGrid()
  const { store } = model
  // As one text, so that it is drawn again only when it says something else.
  const told = useSyncExternalStore(store.subscribe, () =>
    JSON.stringify(
      store.all().flatMap(({ key, faults }, at) => {
        const [first] = Object.entries(faults).filter(([, message]) => message !== undefined)
        return first === undefined ? [] : [{ key, number: at + 1, column: first[0], message: first[1] }]
      }),
    ),
  )
  const lines = JSON.parse(told) as readonly {
    readonly key: string
    readonly number: number
    readonly column: ColumnId
    readonly message: string
  }[]
  const more = lines.length - most
  return (
    <div role="status" className={classes.attention}>
      {lines.length > 0 && (
        <Alert
          color="red"
          p="xs"
          icon={<IconAlertTriangle aria-hidden />}
          title={<Plural value={lines.length} one="# line needs attention" other="# lines need attention" />}
        >
          <List size="sm">
            {lines.slice(0, most).map(({ key, number, column, message }) => (
              <List.Item key={key}>
                <FaultLink onClick={() => model.visit(key, column)}>
                  {t`Line ${number}: ${message}`}
                </FaultLink>
              </List.Item>
            ))}
            {more > 0 && (
              <List.Item>
                <Trans>and {more} more</Trans>
              </List.Item>
            )}
          </List>
        </Alert>
      )}
    </div>
  )
}
