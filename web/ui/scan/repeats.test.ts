import { expect, it } from 'vitest'
import { Repeats } from './repeats.ts'

it('a code that stays before the camera counts once; shown again after 1.5 s it counts again', () => {
  const repeats = new Repeats()
  const looks = [0, 80, 160, 1600, 3099, 4599].map((at) => repeats.isNew('590', at))
  expect(looks).toEqual([true, false, false, false, false, true])
  expect(repeats.isNew('591', 4600)).toBe(true)
})
