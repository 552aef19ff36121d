/** Code inside a message, for places that show a text as it is written: `` `X` is m×n `` as “X” is m×n. A mcalc prime rules out single quotation marks. */
export const inQuotes = (message: string): string => message.replace(/(?<!`)`([^`]+)`(?!`)/g, '“$1”');
