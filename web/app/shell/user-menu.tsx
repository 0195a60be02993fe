import { useLingui } from '@lingui/react/macro'
import { Avatar, Popover, UnstyledButton } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { useLoadedWhenCalm } from '../../page/index.ts'
import { useMe } from '../../session/index.ts'

const load = () => import('./your-settings.tsx')

/** The person at this device. */
export function UserMenu() {
  const { t } = useLingui()
  const me = useMe()
  const [opened, setOpened] = useState(false)
  const settings = useLoadedWhenCalm(load, opened)
  return (
    <Popover
      // Not before its content is there, for the focus goes into it.
      opened={opened && settings !== null}
      onChange={setOpened}
      shadow="md"
      position="bottom-end"
      width={280}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton aria-label={t`${me.name}: your settings`} onClick={() => setOpened((is) => !is)}>
          <Avatar component="span" size={32} color="blue.8" variant="filled" aria-hidden>
            <IconUser size={18} />
          </Avatar>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Your settings`}>
        {settings && <settings.YourSettings />}
      </Popover.Dropdown>
    </Popover>
  )
}
