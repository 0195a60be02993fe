import { useLingui } from '@lingui/react/macro'
import { Popover, UnstyledButton } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import classes from './why-frame.module.css'

interface Props {
  readonly children: ReactNode
  /** Drawn when it is opened. */
  readonly because: ReactNode
  /** Under which edge of the figure it opens: in columns of figures under their end. */
  readonly side: 'start' | 'end'
  readonly width: number
  /** What is explained, for screen readers. */
  readonly name?: string
  /** It stands for a button that was pressed before this was there: opens at once. */
  readonly asked?: boolean
}

/** A figure that can be asked why: a button with a dotted line; Enter opens what it consists of. */
export function WhyFrame({ children, because, side, width, name, asked = false }: Props) {
  const { t } = useLingui()
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!asked) return
    // Where the focus returns to.
    button.current?.focus({ preventScroll: true })
    // It opens upon the focus, which it then gives back.
    const frame = requestAnimationFrame(() => setOpened(true))
    return () => cancelAnimationFrame(frame)
  }, [asked])
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      trapFocus
      returnFocus
      withinPortal
      position={`bottom-${side}`}
      width={width}
      shadow="md"
    >
      <Popover.Target>
        <UnstyledButton
          ref={button}
          className={classes.why}
          data-side={side}
          title={t`Why?`}
          onClick={(event) => {
            // The row that it stands in may lead elsewhere.
            event.stopPropagation()
            setOpened((is) => !is)
          }}
        >
          {children}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown
        className={classes.box}
        tabIndex={-1}
        data-autofocus
        aria-label={name}
        onClick={(event) => event.stopPropagation()}
      >
        {opened && because}
      </Popover.Dropdown>
    </Popover>
  )
}
