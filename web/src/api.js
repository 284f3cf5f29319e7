// window.pinnlab: what the page's controls do, for scripts.

import { isGhost } from "./ghosts.js";
import { pointTitle } from "./keep.js";
import { act, ghosts, lab, pace, reset, scrubber, views } from "./page.js";
import { Report } from "./report.js";
import { RequestError } from "./trainer.js";

/**
 * What scripts can do. All return promises; what cannot be done is rejected
 * with the words that the page says. A contestant is named by its key, M1 or A,
 * or by its short name.
 *
 *   config()                       the settings
 *   set({width: 30, ...})          changes them; most start the models again
 *   set({models: ["M1", "M4"]})    who trains
 *   set({contestants: [{method: "M4", width: 30}, ...]})   the same, each with what it has for itself
 *   play(), pause(), step(n), reset()
 *   pace("step" | "free")          whether the models advance by equal numbers of iterations
 *   state()                        settings and the numbers of each model
 *   view({tab, enlarge, field, shown, errorAxis, points, over, gradAxis, gradWeighted, gradPooled, budget, subset})
 *   scrub(iteration)               shows the past; null the present
 *   freeze("M2", on)               stops the rule from moving the weights of M2
 *   setLambda("M2", {bcs: 10})     sets weights by hand, and freezes them
 *   fork("M1", "M2")               M2 goes on from where M1 is, under its own rule
 *   keep()                         keeps this point of all models; gives its id
 *   back(id)                       returns to a kept point, the newest without id
 *   undo()                         brings back the run that was replaced last
 *   runs()                         those that can be brought back, with numbers as at their curves
 *   ghost(id, on), discard(...ids) whether the curves of one are to be seen; throws them away
 *   density()                      asks for the spectral densities of the Hessian
 *
 * @param {Promise<any>} booted what they wait for
 */
export function api(booted) {
  /** @param {(...args: any[]) => any} f @returns {(...args: any[]) => Promise<any>} */
  const onceBooted = (f) => async (...args) => {
    await booted;
    return f(...args);
  };
  return {
    config: onceBooted(() => Report.config(lab)),
    set: onceBooted((partial) => act(lab.set(partial))),
    play: onceBooted(() => act(lab.play())),
    pause: onceBooted(() => act(lab.pause())),
    step: onceBooted((n = 1) => act(lab.step(n))),
    reset: onceBooted(() => act(reset())),
    pace: onceBooted((mode) => pace(mode)),
    state: onceBooted(() => Report.state(lab)),
    view: onceBooted((partial) => act((async () => views.set(partial))())),
    scrub: onceBooted((iteration) => act((async () => {
      if (iteration !== null && !Number.isFinite(iteration)) {
        throw new RequestError(`scrub: ${iteration} is not an iteration; null is the present`, "scrub");
      }
      scrubber.to(iteration);
    })())),
    freeze: onceBooted((model, on = true) => act(lab.interfere.freeze(lab.keyOf(model), on))),
    setLambda: onceBooted((model, values) => act(lab.interfere.setLambda(lab.keyOf(model), values))),
    fork: onceBooted((from, to) => act(lab.interfere.fork(lab.keyOf(from), lab.keyOf(to)))),
    keep: onceBooted(() => act(lab.savepoints.keep())),
    back: onceBooted((id) => act(lab.savepoints.back(id))),
    undo: onceBooted(() => act(lab.savepoints.bring(lab.savepoints.earlier.at(-1)?.id ?? ""))),
    runs: onceBooted(() => lab.savepoints.list().map((p) => ({ id: p.id, number: p.number, kind: p.kind, title: pointTitle(p, lab), iteration: p.iteration, ghost: isGhost(p) }))),
    ghost: onceBooted((id, on = true) => act(ghosts.show(id, on))),
    discard: onceBooted((...ids) => act(lab.savepoints.discard(ids))),
    density: onceBooted(() => act(lab.density())),
  };
}
