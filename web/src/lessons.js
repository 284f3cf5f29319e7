// Lessons: a question to predict, runs to make, what to look at and what
// was seen. The numbers in "observe" were measured with these very runs, which
// give the same on every machine.

/**
 * setting is the id of the control that a lesson is about.
 * @typedef {{label: string, link: string, steps: number, tab: string, view?: {[name: string]: any}}} LessonRun
 * @typedef {{title: string, question: string, choices: string[], answer: number, setting?: string,
 *   runs: LessonRun[], look: string, observe: string[]}} Lesson
 */

/** @type {Lesson[]} */
export const LESSONS = [
  {
    title: "A plain network fails",
    question: "Helmholtz’ equation has one smooth solution, which the network could represent. " +
      "After 3000 iterations of M1, which part of the problem is still wrong?",
    choices: ["The equation inside the square", "The values on the boundary", "Both alike"],
    answer: 1,
    runs: [{ label: "M1, 3000 iterations", steps: 3000, tab: "overview",
      link: "preset=helmholtz&models=M1&seed=1" }],
    look: "Watch the prediction and its error. Compare the loss of the residual with those of the four sides, bc1 to bc4, in the table.",
    observe: [
      "The error ends near 2.8, larger than the solution itself, although the residual’s loss has fallen to 25.",
      "The sides are left behind: bc2 is still 5.5, where M2 reaches 0.007 in the same time. The wave pattern is there, but a smooth function that nearly solves the equation by itself is added to it.",
      "The residual’s gradient is so much larger than the boundary’s that the steps hardly see the boundary. Given 40,000 iterations M1 still has an error of 0.17; the paper has 0.19.",
    ],
  },
  {
    title: "What annealing does to the gradients",
    question: "M2 multiplies the boundary’s loss by a λ that it finds from the gradients. How large will λ be?",
    choices: ["Around 2", "Around 20", "Around 200"],
    answer: 2,
    runs: [{ label: "M1 and M2, 3000 iterations", steps: 3000, tab: "gradients",
      link: "preset=helmholtz&models=M1,M2&seed=1&pace=step",
      view: { gradWeighted: "after", gradAxis: "log", gradPooled: "layers" } }],
    look: "Each panel has the density of one layer’s gradient entries, of the residual and of the boundary. Switch Gradients between before λ and after λ.",
    observe: [
      "M1: the boundary’s density is a narrow peak at zero under the residual’s broad one, in every layer.",
      "M2 after λ: the boundary’s density has broadened. By layer its gradient is 0.11 to 1.2 times as long as the residual’s; in M1 it is 0.04 to 0.2 times. λ ends near 217, and before λ the picture is as in M1.",
      "The error follows: 2.8 for M1 and 0.18 for M2. The boundary losses fall by a factor of 45 to 1500.",
    ],
  },
  {
    title: "What the gate does to the Hessian",
    question: "The largest eigenvalue of the Hessian bounds the steps that gradient descent can take. " +
      "M3 has another network and no annealing. How does its largest eigenvalue compare with that of M1?",
    choices: ["Smaller from the start", "Larger at first, smaller later", "Larger throughout"],
    answer: 1,
    runs: [{ label: "M1 and M3, 1000 iterations", steps: 1000, tab: "stiffness",
      link: "preset=helmholtz&models=M1,M3&seed=1&pace=step", view: { budget: 0.25, subset: "trunk" } }],
    look: "The dashed line is 2/η: above it plain gradient descent would be unstable. The measuring takes a quarter of the time.",
    observe: [
      "M3 meets the fast wave early: after 300 iterations its largest eigenvalue is 1.2e5, that of M1 2.2e3. There M3 stays: 1.3e5 after 1000.",
      "M1 comes later and goes higher, to 4.4e5 after 1000 iterations. Over 40,000 iterations the medians are 6.5e5 and 1.25e5: the gate makes the landscape five times less sharp.",
      "Nearly all of it is the residual’s: the boundary’s eigenvalue is 300 to 700. Both networks are far above 2/η, about 2200, where plain gradient descent would diverge; Adam’s steps are scaled and survive.",
    ],
  },
  {
    title: "α too small and too large",
    question: "α is the weight of the new estimate in λ. The paper takes 0.1. Which α gives the smallest error after 3000 iterations of M2?",
    choices: ["0.00001", "0.1", "1"],
    answer: 1,
    setting: "alpha",
    runs: [
      { label: "α = 0.00001", steps: 3000, tab: "curves", link: "preset=helmholtz&models=M2&seed=1&alpha=0.00001" },
      { label: "α = 0.1", steps: 3000, tab: "curves", link: "preset=helmholtz&models=M2&seed=1&alpha=0.1" },
      { label: "α = 1", steps: 3000, tab: "curves", link: "preset=helmholtz&models=M2&seed=1&alpha=1" },
    ],
    look: "Run the three one after the other. Watch the curve of λ: late, steady, or jumping.",
    observe: [
      "α = 0.00001: λ has only reached 3.3 and the error is 0.98. The boundary is still starved.",
      "α = 0.1: λ is 217, the error 0.18.",
      "α = 1: λ is whatever the last batch says, 254 at the end and anything from iteration to iteration; the error is 0.60 and the residual’s loss 131 instead of 18.",
      "Between them the rule is forgiving: α = 0.001 gives 0.07 here. As λ stands in the denominator of its own estimate, a λ that is too small is told to grow very fast.",
    ],
  },
  {
    title: "Streamfunction or velocity",
    question: "The same cavity can be computed from a streamfunction, which is free of divergence by itself, " +
      "or from velocity and pressure, with the divergence as one more equation. Which does M4 learn better in 5000 iterations?",
    choices: ["The streamfunction", "Velocity and pressure", "Both alike"],
    answer: 0,
    runs: [
      { label: "Streamfunction", steps: 5000, tab: "overview", link: "preset=cavity_streamfunction&models=M4&seed=1" },
      { label: "Velocity and pressure", steps: 5000, tab: "overview", link: "preset=cavity_velocity&models=M4&seed=1" },
    ],
    look: "Run both. Compare the speed with the converged solution, and see where the error sits.",
    observe: [
      "After 5000 iterations the streamfunction has an error of 0.27, velocity and pressure 0.38, though its iterations take 2.6 times as long: third derivatives are dear.",
      "The gap stays: 0.15 against 0.20 after 10,000 iterations. Both need the modified network: M2 has 0.75 and 0.67 at 5000.",
      "The paper’s first version found that velocity and pressure fail altogether. With M4 they do not here; they come later.",
    ],
  },
  {
    title: "Is it the optimiser?",
    question: "GN has the plain network of M1, smaller, and here the weight 1 of M1 for all conditions: no annealing, no gates. " +
      "Its steps solve the least squares problem of all residuals, linearised. What is its error after 80 steps?",
    choices: ["Above 0.1, as with M1", "About 0.003, as with M4 at its best", "Below 0.0001"],
    answer: 2,
    runs: [
      { label: "M1, 3000 iterations", steps: 3000, tab: "overview", link: "preset=helmholtz&models=M1&seed=1" },
      { label: "GN with weight 1, 80 steps", steps: 80, tab: "overview", link: "preset=helmholtz&models=GN&GN=weight:1&seed=1" },
    ],
    look: "A step of GN takes hundreds of times as long as one of M1; compare the times in the table, too. The Curves tab shows what its steps do.",
    observe: [
      "M1 ends near 2.8. GN is at 0.0009 after 40 steps and at 5e-6 after 80.",
      "The first 30 steps seem to lead nowhere while the damping μ falls; then the error drops by orders of magnitude.",
      "A direction in which the loss is flat is to a gradient hardly there, and to least squares one like the others. The pathology belongs to steps along gradients.",
    ],
  },
  {
    title: "Does annealing still matter?",
    question: "GN usually weights all conditions by 100. What does it cost to weight them by 0.01 instead, or by 10,000?",
    choices: ["Nothing", "A factor of 10 to 100 after as many steps", "It fails as M1 does"],
    answer: 1,
    runs: [
      { label: "λ = 0.01", steps: 80, tab: "curves", link: "preset=helmholtz&models=GN&GN=weight:0.01&seed=1" },
      { label: "λ = 100", steps: 80, tab: "curves", link: "preset=helmholtz&models=GN&seed=1" },
      { label: "λ = 10,000", steps: 80, tab: "curves", link: "preset=helmholtz&models=GN&GN=weight:10000&seed=1" },
    ],
    look: "Run the three one after the other; the earlier ones stay as dotted curves. Compare the errors after 80 steps.",
    observe: [
      "λ = 0.01 gives 4e-5, λ = 100 gives 5e-7, λ = 10,000 gives 7e-6.",
      "Each is far below what Adam reaches with any weight: none of them fails. But a good weight is still worth a factor of ten and more.",
      "On three seeds the order is the same, on the Klein-Gordon equation as well. The table of RESULTS.md goes from 0.0001 to a million.",
    ],
  },
];
