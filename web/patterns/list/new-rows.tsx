import { Plural, Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import type { useNewRows } from './use-new-rows.ts'

interface Props {
  readonly fresh: ReturnType<typeof useNewRows>
  readonly show: () => Promise<void>
}

/** Tells of rows that others made. Nothing moves before it is pressed. */
export function NewRows({ fresh, show }: Props) {
  const [busy, setBusy] = useState(false)
  const { count, capped } = fresh
  const press = async () => {
    setBusy(true)
    await show()
    setBusy(false)
  }
  return (
    <div role="status">
      {count > 0 && (
        <Button
          variant="default"
          size="compact-md"
          fullWidth
          mb="xs"
          leftSection={<IconArrowUp size={16} aria-hidden />}
          loading={busy}
          onClick={() => void press()}
        >
          {capped ? (
            <Trans>Show {count} new or more</Trans>
          ) : (
            <Plural value={count} one="Show # new" other="Show # new" />
          )}
        </Button>
      )}
    </div>
  )
}
