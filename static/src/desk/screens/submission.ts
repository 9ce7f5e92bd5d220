// One submission: what this reader may open, by part; what is sealed to others; what was decided; and the decision.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t, when } from "../../ui/index.ts";
import { routeTo } from "../route.ts";
import type { DeskActions, DeskView, PartView, SubmissionView } from "../view.ts";
import { aboutPanel, decisionsPanel } from "./about.ts";
import { answerGroup } from "./answers.ts";
import { attachedView } from "./attached.ts";
import { whoWords } from "./inbox.ts";
import { audienceName, cardCode, notice, stateMark } from "./marks.ts";
import { flagList, toldNotices, urgencyMark } from "./told.ts";

export function submissionScreen(view: DeskView, actions: DeskActions): TemplateResult {
  const seen = view.submission;
  if (!seen) {
    return html`<div class="head"><h1 class="grow">${t("desk.inbox")}</h1></div>
      ${notice("soon", "warning", t("desk.submission.gone"), html`<p><a href=${inboxAddress()}>${t("desk.inbox")}</a></p>`)}`;
  }
  return html`${headOf(view, seen)} ${seen.failure ? failed(seen) : nothing} ${seen.twins.length > 0 ? twins(view, seen) : nothing}
    ${seen.successors.length > 0 ? successors(view, seen) : nothing} ${seen.failure ? nothing : toldNotices(view, seen)}
    <div class="columns">
      <div class="stack">${seen.failure ? nothing : seen.parts.map((part) => partPanel(view, actions, seen.row.hash, part))}</div>
      <aside class="stack">${aboutPanel(view, seen)} ${decisionsPanel(view, seen)}</aside>
    </div>`;
}

function inboxAddress(): string {
  return routeTo({ page: "inbox", shown: "all" });
}

function headOf(view: DeskView, seen: SubmissionView): TemplateResult {
  const { row, place } = seen;
  const by = seen.staff
    ? t("desk.submission.sealed.by", { time: when(seen.sealedAt, view.now), staff: seen.staff })
    : t("desk.submission.sealed", { time: when(seen.sealedAt, view.now) });
  return html`<div class="head">
    <div class="grow">
      <p class="muted">
        <a href=${inboxAddress()}>${t("desk.inbox")}</a>
        ${place.n > 0 ? html`/ ${t("desk.submission.place", { n: place.n, all: place.of })} <kbd>K</kbd> <kbd>J</kbd>` : nothing}
      </p>
      <h1>${row.form === "" ? t("desk.form.unknown") : row.form}</h1>
      <p class="row">
        <span>${whoWords(view, row)}</span>${row.card ? html`<span>· ${cardCode(row.card)}</span>` : nothing}
        <span>· ${t("desk.submission.tablet", { tablet: seen.tablet })} · ${by} ·</span>
        ${
          seen.safe
            ? html`<span class="state safe">${icon("tick")}${t("delivery.safe")}</span>`
            : html`<span class="muted">${t("desk.submission.receipt.none")}</span>`
        }
      </p>
    </div>
    <p class="row">${row.urgency ? urgencyMark(row.urgency, view.now) : nothing} ${stateMark(row.state, row.pending)}</p>
  </div>`;
}

function failed(seen: SubmissionView): TemplateResult | typeof nothing {
  if (!seen.failure) return nothing;
  const { step } = seen.failure;
  const more = t("desk.submission.failed.more", { step, check: t(`desk.check.${step}`) });
  return notice("now", "alert", t("desk.submission.failed"), withCode(more, seen.failure.code));
}

function withCode(words: string, code: string): TemplateResult {
  return html`<p>${words}</p><p class="muted">${t("problem.code", { code })}</p>`;
}

function others(view: DeskView, list: SubmissionView["twins"]): TemplateResult {
  return html`<ul>
    ${list.map(
      (one) => html`<li>
        <a href=${routeTo({ page: "submission", hash: one.hash })}
          >${t("desk.submission.other", { time: when(one.receivedAt, view.now), tablet: one.tablet })}</a>
      </li>`,
    )}
  </ul>`;
}

function twins(view: DeskView, seen: SubmissionView): TemplateResult {
  const more = html`<p>${t("desk.submission.twice.more")}</p>${others(view, seen.twins)}`;
  return notice("soon", "warning", t("desk.submission.twice"), more);
}

function successors(view: DeskView, seen: SubmissionView): TemplateResult {
  return notice("", "pencil", t("desk.submission.versions"), others(view, seen.successors));
}

function partPanel(view: DeskView, { attachments }: DeskActions, hash: string, part: PartView): TemplateResult {
  const audience = audienceName(part.audience, view.siteName);
  const { state } = part;
  if (state.is === "open") {
    return html`<section class="panel" data-part=${part.audience}>
      <header>
        <h2>${t("desk.submission.part", { audience })}</h2>
        <span class="muted">${t("desk.submission.part.about", { number: state.formNumber, language: languageWords(state.language) })}</span>
      </header>
      <div class="body">${flagList(view, state.flags)} ${answerGroup(state.answers, ({ name, about }) => {
        const which = { hash, audience: part.audience, name };
        return attachedView({ which, about, state: view.attached(which) }, attachments);
      })}</div>
      <footer>${icon("tick")} ${t("desk.submission.checks")}</footer>
    </section>`;
  }
  return html`<div data-part=${part.audience}>${closedPart(audience, state)}</div>`;
}

function closedPart(audience: string, state: Exclude<PartView["state"], { is: "open" }>): TemplateResult {
  if (state.is === "sealed") {
    return notice(
      "sealed",
      "keyhole",
      t("desk.submission.part.sealed", { audience }),
      t("desk.submission.part.sealed.more"),
    );
  }
  if (state.is === "erased") {
    return notice("", "cross", t("desk.submission.part.erased"), t("desk.submission.part.erased.more", { audience }));
  }
  if (state.is === "failed") {
    const { step, code } = state.failure;
    const more = t("desk.submission.part.failed.more", { step, check: t(`desk.check.${step}`) });
    return notice("now", "alert", t("desk.submission.part.failed", { audience }), withCode(more, code));
  }
  if (state.is === "unreached") {
    return notice("soon", "warning", t("desk.submission.part.unreached", { audience }), html``);
  }
  return notice("", "clock", t("desk.submission.part.waiting", { audience }), html``);
}

function languageWords(code: string): string {
  return new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "language" }).of(code) ?? code;
}

export function decideBar(view: DeskView, actions: DeskActions): TemplateResult | typeof nothing {
  const seen = view.submission;
  if (!seen) return nothing;
  const of = seen.row.hash;
  if (!seen.mayDecide) {
    return html`<footer class="decide" aria-label=${t("desk.decide")}><p class="why muted">${t("desk.decide.none")}</p></footer>`;
  }
  const again = seen.decisions.length > 0;
  return html`<footer class="decide" aria-label=${t("desk.decide")}>
    <p class="why"><b>${t("desk.decide.title")}</b><br /><span class="muted">${t(again ? "desk.decide.again" : "desk.decide.more")}</span></p>
    <button class="btn" type="button" @click=${() => actions.askReturn(of)}>
      ${icon("undo")}${t("desk.decide.return")} <kbd aria-hidden="true">R</kbd>
    </button>
    <button class="btn go" type="button" ?disabled=${seen.row.state === "accepted"} @click=${() => actions.accept(of)}>
      ${icon("tick")}${t("desk.decide.accept")} <kbd aria-hidden="true">A</kbd>
    </button>
  </footer>`;
}
