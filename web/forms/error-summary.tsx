import { Plural } from '@lingui/react/macro'
import { Alert, Anchor, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { Fault } from './faults.ts'

interface Props {
  readonly faults: readonly Fault[]
  /** Goes up with each try to save: the summary takes the focus again, also when it says the same. */
  readonly attempt: number
}

/** On top of a form that could not be saved: what to put right, each a way to its field. Takes the focus. */
export function ErrorSummary({ faults, attempt }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const shown = faults.length > 0
  useEffect(() => {
    if (shown && attempt > 0) box.current?.focus()
  }, [shown, attempt])
  if (!shown) return null
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      role="alert"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={<Plural value={faults.length} one="Fix # thing" other="Fix # things" />}
    >
      <List size="sm">
        {faults.map(({ field, message }) => (
          <List.Item key={`${field} ${message}`}>
            {field === '' ? (
              message
            ) : (
              <Anchor
                component="button"
                type="button"
                inherit
                c="var(--mantine-color-text)"
                underline="always"
                ta="left"
                mih={24}
                onClick={() => goToField(field)}
              >
                {message}
              </Anchor>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

/** Puts the focus into the field with this id or name; a field within a line stands for the line. */
function goToField(field: string): void {
  const name = CSS.escape(field)
  const found = document.querySelector<HTMLElement>(`#${name}, [name="${name}"], [data-field="${name}"]`)
  if (found !== null) {
    found.focus()
    found.scrollIntoView({ block: 'center' })
  } else if (field.includes('.')) goToField(field.slice(0, field.lastIndexOf('.')))
}
