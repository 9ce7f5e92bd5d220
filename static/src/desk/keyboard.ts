// Single keys, by key position (so that Cyrillic and Arabic layouts work), only outside fields and dialogs.

export type Command =
  | "next"
  | "previous"
  | "open"
  | "accept"
  | "return"
  | "back"
  | "lock"
  | "help"
  | "new"
  | "upload"
  | "preview";

const COMMANDS: Record<string, Command> = {
  KeyJ: "next",
  KeyK: "previous",
  Enter: "open",
  KeyA: "accept",
  KeyR: "return",
  Escape: "back",
  KeyL: "lock",
  KeyN: "new",
  KeyU: "upload",
  KeyP: "preview",
};

/** What of a key press decides; a `KeyboardEvent` fits. */
export type Press = {
  code: string;
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  repeat: boolean;
};

/** The command of a key press, or null. Combinations belong to the browser; only moving may repeat while a key is held down. */
export function commandOf(press: Press): Command | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (press.key === "?") return "help";
  const command = COMMANDS[press.code] ?? null;
  if (press.repeat && command !== "next" && command !== "previous") return null;
  return command;
}
