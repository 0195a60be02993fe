import { Trans } from '@lingui/react/macro'
import { Alert } from '@mantine/core'
import { IconWifiOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { call, watchNetwork } from '../../api/index.ts'

/** Milliseconds between looks whether the server is back. */
const pause = 5000

/** Says that the server cannot be reached, for as long as it cannot. */
export function NetworkBar() {
  const [online, setOnline] = useState(true)
  useEffect(() => watchNetwork(setOnline), [])
  useEffect(() => {
    if (online) return
    const look = () => void call('GET', '/api/health', { anonymous: true }).catch(() => undefined)
    const timer = setInterval(look, pause)
    addEventListener('online', look)
    return () => {
      clearInterval(timer)
      removeEventListener('online', look)
    }
  }, [online])
  return (
    <div role="status">
      {!online && (
        <Alert color="red" mb="sm" icon={<IconWifiOff aria-hidden />}>
          <Trans>
            The server cannot be reached. What you have typed is kept; nothing is saved until it is back.
          </Trans>
        </Alert>
      )}
    </div>
  )
}
