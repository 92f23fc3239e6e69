/** Money as people write it (`5.000,50`, `5 000`) in the way in which it is stored: digits and a point. */
export const typedAmount = (typed: string): string => typed.replaceAll(/[\s.](?=\d{3}(\D|$))/g, '').replace(',', '.')
