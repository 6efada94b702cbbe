import { expect, test } from "vitest";
import { fitted } from "./photo";

test.each([
  [[4000, 3000], [2000, 1500]], [[3000, 9000], [667, 2000]], [[800, 600], [800, 600]], [[90_000, 3], [2000, 1]],
] as const)("%s becomes %s", ([width, height], told) => expect(fitted(width, height)).toEqual(told));
