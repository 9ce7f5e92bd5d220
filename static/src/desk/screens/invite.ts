// Inviting a tablet: a few fields, then the link and its QR, large, for a camera held before the screen. Shown once.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t, when } from "../../ui/index.ts";
import type { ChoresView } from "../chores-view.ts";
import { routeTo } from "../route.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { choreProblem, notice } from "./marks.ts";

const MOST = 100;
const DAYS = [1, 3, 14] as const;

export function inviteScreen(view: DeskView, actions: DeskActions): TemplateResult {
  const { chores } = view;
  return html`<div class="head">
      <div class="grow">
        <p class="muted"><a href=${routeTo({ page: "fleet" })}>${t("desk.fleet")}</a></p>
        <h1>${t("desk.invite")}</h1>
      </div>
    </div>
    ${chores.maySign ? (chores.invited ? shown(view, chores.invited, actions) : asked(chores, actions)) : refused()}`;
}

function refused(): TemplateResult {
  return notice("", "alert", t("desk.sign.none"), t("desk.sign.none.more"));
}

function asked(chores: ChoresView, actions: DeskActions): TemplateResult {
  const submit = (sent: SubmitEvent) => {
    sent.preventDefault();
    const form = sent.currentTarget as HTMLFormElement;
    if (!form.reportValidity()) return;
    const fields = new FormData(form);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    actions.chores.invite({
      site: text("site"),
      name: text("name"),
      count: Number(text("count")),
      days: Number(text("days")),
    });
  };
  const busy = chores.doing !== null;
  return html`<section class="panel narrow">
    <form class="body fill" autocomplete="off" @submit=${submit}>
      <p>${t("desk.invite.about")}</p>
      <div class="field">
        <label for="invite-site">${t("desk.site")}</label>
        <select id="invite-site" name="site" autocomplete="off" required>
          ${chores.sites.map(({ site, name }) => html`<option value=${site}>${name}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="invite-name">${t("desk.invite.name")}</label>
        <input id="invite-name" name="name" autocomplete="off" required maxlength="40" pattern=".*\\S.*" .defaultValue=${chores.proposed} aria-describedby="invite-name-hint" />
        <p class="muted" id="invite-name-hint">${t("desk.invite.name.hint")}</p>
      </div>
      <div class="field">
        <label for="invite-count">${t("desk.invite.count")}</label>
        <input id="invite-count" name="count" type="number" min="1" max=${MOST} .defaultValue=${"1"} required autocomplete="off" inputmode="numeric" />
      </div>
      <div class="field">
        <label for="invite-days">${t("desk.invite.until")}</label>
        <select id="invite-days" name="days" autocomplete="off">
          ${DAYS.map((days) => html`<option value=${days}>${t("desk.invite.days", { n: days })}</option>`)}
        </select>
      </div>
      ${choreProblem(chores, "invite")}
      <div class="row"><button class="btn go" ?disabled=${busy}>${icon("plus")}${t(busy ? "desk.doing" : "desk.invite.go")}</button></div>
    </form>
  </section>`;
}

function shown(view: DeskView, invited: NonNullable<ChoresView["invited"]>, actions: DeskActions): TemplateResult {
  const { link, name, site, qr, count, until } = invited;
  const words = { tablet: name, site: view.siteName(site), time: when(until, view.now), n: count };
  return html`<section class="panel step invited" aria-label=${t("desk.invite.shown", { tablet: name })}>
    <div class="body">
      ${qr(link, t("desk.invite.qr", { tablet: name }))}
      <div class="tight">
        <h2>${t("desk.invite.shown", { tablet: name })}</h2>
        <ol class="steps">
          <li>${t("desk.invite.step.scan")}</li>
          <li>${t("desk.invite.step.ready")}</li>
          <li>${t("desk.invite.step.digits")}</li>
        </ol>
        <p>${t("desk.invite.valid", words)}</p>
        ${localHint(link)}
        <p class="muted">${t("desk.invite.secret")}</p>
        <div class="field">
          <label for="invite-link">${t("desk.invite.link")}</label>
          <textarea id="invite-link" class="code" dir="ltr" readonly rows="4" autocomplete="off" .value=${link}></textarea>
        </div>
        <div class="row">
          <button class="btn" type="button" @click=${actions.chores.forgetInvitation}>${t("desk.invite.again")}</button>
          <a class="btn go" href=${routeTo({ page: "fleet" })}>${t("desk.invite.done")}</a>
        </div>
      </div>
    </div>
  </section>`;
}

/** On one machine a tablet on a cable reaches the desk's address only through it. */
function localHint(link: string): TemplateResult | typeof nothing {
  const { hostname, port } = new URL(link);
  if (!["localhost", "127.0.0.1", "[::1]"].includes(hostname)) return nothing;
  return html`<p>${t("desk.invite.local")} <bdi class="code" dir="ltr">adb reverse tcp:${port} tcp:${port}</bdi></p>`;
}
