/** The battery, where the browser tells of it. */
import type { Battery } from "./carrying.ts";

/** Not in TypeScript's DOM: https://www.w3.org/TR/battery-status/ */
interface Manager extends EventTarget {
  readonly level: number;
  readonly charging: boolean;
}

const read = ({ level, charging }: Manager): Battery => ({ percent: Math.round(level * 100), charging });

async function manager(): Promise<Manager | null> {
  const { getBattery } = navigator as { getBattery?: () => Promise<Manager> };
  if (!getBattery) return null;
  return getBattery.call(navigator).catch(() => null);
}

export async function batteryNow(): Promise<Battery | null> {
  const found = await manager();
  return found && read(found);
}

/** Tells `listener` now and at each change. */
export async function watchBattery(listener: (battery: Battery) => void): Promise<void> {
  const found = await manager();
  if (!found) return;
  const tell = (): void => listener(read(found));
  found.addEventListener("levelchange", tell);
  found.addEventListener("chargingchange", tell);
  tell();
}
