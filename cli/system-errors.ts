/** What the operating system's codes say in words, and names of files as messages show them. */

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied', EPERM: 'permission denied', EBADF: 'it is closed, or open for the other direction', EEXIST: 'a file of that name stands in the way',
  EFBIG: 'the file would be too large', EIO: 'the device failed', EISDIR: 'it is a folder', ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open', ENAMETOOLONG: 'the name is too long', ENOENT: 'there is no such file or folder', ENOSPC: 'no space is left',
  ENOTDIR: 'a part of its path is no folder', EDQUOT: 'the quota is used up', EROFS: 'the file system is read-only', ETXTBSY: 'it is being run',
};

/** `there is no such file or folder (ENOENT)`. */
export function inWords(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  const words = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  return words === undefined ? code : `${words} (${code})`;
}

const LONGEST_NAME = 200;

/** A name that is a whole text by mistake is cut, and one with line ends or a terminal's commands is quoted. */
export function shownName(file: string): string {
  const cut = file.length > LONGEST_NAME ? `${file.slice(0, LONGEST_NAME)}…` : file;
  return cut === '' || /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(cut) ? JSON.stringify(cut).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`) : cut;
}
