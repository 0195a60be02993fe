import { mergeConfig } from 'vitest/config'
import config from '../../vitest.config.ts'

/** Of `npm run keep-release` alone: the tests never write what they are compared with. */
export default mergeConfig(
  { ...config, test: { ...config.test, include: [] } },
  { test: { include: ['test/upgrades/keep-release.ts'] } },
)
