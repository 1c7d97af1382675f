/* Writes an answer into the words that wait in the page's templates, in the page's language (public/told.html).

   TwoSkillsTold.tell(look, code, names): look as TwoSkillsPhone.look gives it; code as typed or scanned. */
(function (root) {
  "use strict";
  var phone = root.TwoSkillsPhone;

  function template(name, value) {
    var found = document.querySelector("template[data-" + name + "=" + value + "]");
    return found && found.content.cloneNode(true);
  }

  function fill(part, values) {
    part.querySelectorAll("[data-fill]").forEach(function (place) {
      place.textContent = values[place.dataset.fill] == null ? "" : values[place.dataset.fill];
    });
    // A sentence about what is not known is left out.
    part.querySelectorAll("[data-if]").forEach(function (place) {
      if (values[place.dataset.if] == null || values[place.dataset.if] === "") place.remove();
    });
    return part;
  }

  function kindOf(answer) {
    return answer.kind === "not_genuine" && answer.step === 1 ? "mistyped"
      : answer.kind === "not_genuine" && answer.reason === "fragment_missing" ? "cannot_tell" : answer.kind;
  }

  function grouped(code) { return code.replace(/(.{4})(?=.)/g, "$1 "); }

  function facts(claims, code, names) {
    var level = document.querySelector("template[data-levels]").content.querySelector("[data-level='" + claims.level + "']");
    return fill(template("part", "facts"), { name: claims.name, code: grouped(code), hours: claims.hours,
      skill: names.skills[claims.skill], skill_number: names.skills[claims.skill] ? null : claims.skill,
      base: names.bases[claims.base], base_number: names.bases[claims.base] ? null : claims.base,
      level: level && level.textContent, issued_on: phone.day(claims.issued_on) });
  }

  function tell(look, code, names) {
    code = code.toUpperCase().replace(/[^0-9A-Z]/g, "");
    var answer = look.answer, kind = kindOf(answer), place = document.getElementById("told");
    var why = template("why", kind === "not_genuine" ? "step-" + answer.step : answer.reason) || template("why", "other");
    var values = { owner: answer.owner, code: answer.reason, step: answer.step,
      status_at: answer.status_at && phone.moment(answer.status_at), status_age: answer.status_at && phone.age(answer.status_age),
      bundle_at: answer.bundle_at && phone.moment(answer.bundle_at), bundle_age: answer.bundle_at && phone.age(answer.bundle_age) };
    place.textContent = "";
    place.appendChild(fill(template("kind", kind), values));
    place.querySelectorAll("[data-place=why]").forEach(function (at) { at.appendChild(fill(why, values)); });
    if (look.refused) place.appendChild(template("part", "refused"));
    if (answer.claims) place.appendChild(facts(answer.claims, code, names));
    if (answer.bundle_at) place.appendChild(fill(template("part", "ages"), values));
    document.title = place.querySelector("h1").textContent + document.querySelector("template[data-part=site]").content.textContent;
    return kind;
  }

  root.TwoSkillsTold = { tell: tell };
})(self);
