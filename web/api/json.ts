import type { Decimal } from '../../src/kernel/decimal.ts'

/** A value of the server as it arrives: decimals and moments are strings in JSON. */
export type Json<T> = T extends Decimal | Date
  ? string
  : T extends readonly (infer Item)[]
    ? Json<Item>[]
    : T extends object
      ? { [Key in keyof T]: Json<T[Key]> }
      : T
