/**
 * A button with two meanings: a tap does one thing, holding it for 1.2 s another. With a finger, a mouse, or Enter and
 * Space held down; while it is held, `held` stands in its class and a ring fills.
 */

const HOLD = 1200;

export interface Hold {
  tap(): void;
  held(): void;
}

interface Held {
  timer: ReturnType<typeof setTimeout>;
  button: HTMLElement;
}

let pending: Held | null = null;
/** A press that became a hold ends in a click, which is no tap any more. */
let spent = false;

function begin(button: HTMLElement, held: () => void): void {
  end();
  spent = false;
  button.classList.add("held");
  const timer = setTimeout(() => {
    spent = true;
    end();
    held();
  }, HOLD);
  pending = { timer, button };
}

/** True when something was being held. */
function end(): boolean {
  if (!pending) return false;
  clearTimeout(pending.timer);
  pending.button.classList.remove("held");
  pending = null;
  return true;
}

const holds = (pressed: KeyboardEvent): boolean => pressed.key === "Enter" || pressed.key === " ";

/** Listeners for lit: `@pointerdown=${on.pointerdown}` and so on. */
export function holding({
  tap,
  held,
}: Hold): Record<"down" | "up" | "click" | "keydown" | "keyup", (event: Event) => void> {
  return {
    down: (event) => begin(event.currentTarget as HTMLElement, held),
    up: () => void end(),
    click: () => {
      end();
      if (!spent) tap();
      spent = false;
    },
    keydown: (event) => {
      const pressed = event as KeyboardEvent;
      if (!holds(pressed)) return;
      pressed.preventDefault();
      if (!pressed.repeat) begin(pressed.currentTarget as HTMLElement, held);
    },
    keyup: (event) => {
      if (!holds(event as KeyboardEvent)) return;
      event.preventDefault();
      if (end()) tap();
    },
  };
}
