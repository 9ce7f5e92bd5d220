/** One window holds the vault: an exclusive Web Lock, kept until `release`, which a second window may steal. */
import { vaultProblem } from "./problems.ts";

const NAME = "esik-vault";

/**
 * Takes the lock; resolves with what gives it back. Throws `open_elsewhere` when another window holds it, unless
 * `takeOver`: then that window's `onTaken` is called.
 */
export function takeLock(takeOver: boolean, onTaken: () => void): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    let held = false;
    let giveBack: () => void = () => undefined;
    const until = new Promise<void>((done) => {
      giveBack = done;
    });
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      if (!lock) {
        reject(vaultProblem("open_elsewhere"));
        return undefined;
      }
      held = true;
      resolve(async () => {
        giveBack();
        await whole;
      });
      return until;
    };
    const options: LockOptions = takeOver ? { steal: true } : { ifAvailable: true };
    const whole = navigator.locks.request(NAME, options, hold).then(
      () => undefined,
      (cause: unknown) => {
        if (held) onTaken();
        else reject(cause);
      },
    );
  });
}
