/** Which chosen files are taken: kind and size, before a byte of them is read. */
import { captureProblem } from "./problems.ts";
import type { Kind } from "./view.ts";

/** Bytes of a chosen sound or file. */
export const FILE_LIMIT = 10 * 1024 * 1024;
/** A camera's picture may be large: it is made small here. */
const PICTURE_LIMIT = 100 * 1024 * 1024;

/** What a file input lets people choose. */
export function acceptOf(kind: Kind, accept: string): string {
  if (kind === "sound") return "audio/*";
  return kind === "file" ? accept : "image/*";
}

/** Throws `file_too_large`, `file_not_allowed`. The browser's own filter is a help, not a rule. */
export function checked(file: File, kind: Kind, accept: string): void {
  const wanted = acceptOf(kind, accept)
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== "");
  if (wanted.length > 0 && !wanted.some((one) => fits(file, one))) throw captureProblem("file_not_allowed");
  const limit = file.type.startsWith("image/") ? PICTURE_LIMIT : FILE_LIMIT;
  if (file.size > limit) throw captureProblem("file_too_large", { limit: limit / 1024 / 1024 });
}

/** What a picture begins with: at a byte, these signs. Last: the kinds of telephones. */
const PICTURES: readonly (readonly [number, string])[] = [
  [0, "\xff\xd8\xff"],
  [0, "\x89PNG"],
  [0, "GIF8"],
  [0, "II*\0"],
  [0, "MM\0*"],
  [8, "WEBP"],
  ...["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif"].map((one) => [4, `ftyp${one}`] as const),
];

/** Whether it is a picture, whatever it is called: many pickers do not say the type of what they give. */
export async function isPicture(file: File): Promise<boolean> {
  if (file.type.startsWith("image/")) return true;
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  return PICTURES.some(([at, sign]) => head.startsWith(sign, at));
}

function fits(file: File, wanted: string): boolean {
  if (wanted.startsWith(".")) return file.name.toLowerCase().endsWith(wanted);
  const type = file.type.toLowerCase();
  return wanted.endsWith("/*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
