/** Local date and time as forms take them. Milliseconds in, text in the machine's own zone out. */

const two = (value: number): string => String(value).padStart(2, "0");

/** `2026-03-01` */
export function localDate(ms: number): string {
  const at = new Date(ms);
  return `${String(at.getFullYear()).padStart(4, "0")}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** `2026-03-01T14:06:00.000+05:00` */
export function localTime(ms: number): string {
  const at = new Date(ms);
  const offset = -at.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${localDate(ms)}T${clock}.${String(at.getMilliseconds()).padStart(3, "0")}${zone}`;
}
