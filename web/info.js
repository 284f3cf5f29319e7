// @ts-check
// What the i at each control says: what it is, what it does to the training,
// where to read about it. "Paper" is Wang, Teng and Perdikaris, SIAM J. Sci.
// Comput. 43(5), 2021.
"use strict";

const INFO = /** @type {{[name: string]: string}} */ ({
  preset: "The differential equation that the networks learn. Another problem starts all models again with the paper’s settings for it.",
  models: "M1 is a plain network, M2 adds learning-rate annealing, M3 has the modified network, M4 has both. All start from the same seed and see the same points, so that only the method differs. Each trains in a worker of its own; where cores are left and steps are large, several workers share a model's steps, and the numbers stay the same to the last bit.",
  transport: "Play lets all models train, each in a thread of its own. Step takes the chosen number of iterations and pauses. Reset goes back to iteration 0 with the same seed.",
  pace: "In step, all models advance by equal numbers of iterations, so that they can be compared at any moment; otherwise each trains as fast as it can.",
  lr: "The step size η of Adam before its decay of 0.9 per 1000 iterations; the paper takes 1e-3. It acts at once. Above 2 divided by the largest Hessian eigenvalue plain gradient descent would be unstable: see Stiffness.",
  alpha: "How much a new estimate λ̂ counts: λ ← (1 − α) λ + α λ̂. The paper takes 0.1 (eq. 2.31), its first version 0.9. Too small and λ comes too late; too large and λ follows the noise of single batches.",
  rule: "How λ̂ is found from the gradients. SIAM paper: eq. 2.30, with λ in the denominator; arXiv paper: without it, which squares the balance that is reached; released code: weight matrices only, layer by layer.",
  width: "Neurons in each hidden layer; the paper’s tables have 30, 50 and 100. Wider networks learn better and step slower. A change starts the run again.",
  depth: "Hidden layers; the paper’s tables have 3, 5 and 7. A change starts the run again.",
  batch: "Points drawn afresh at each iteration for the residual and for each side of the boundary; 128 in the paper. More points make gradients less noisy and steps slower.",
  precision: "The numbers of the training. float32 is the paper’s and faster; float64 tells rounding from everything else.",
  gated: "The gate of the modified network. As published: Z ⊙ U + (1 − Z) ⊙ V. The authors’ code had another one until July 2021, and most likely the published M4 was computed with it.",
  seed: "Where the random numbers of weights and points begin. The same seed and settings give the same numbers, bit for bit, on every machine.",
  param: "A parameter of the equation. A change starts the run again, with the exact solution of the new equation.",
  scrub: "The history of the run. Move it left to see pictures and numbers as they were; the training goes on meanwhile. The right end is the present. Of a long run, fewer moments are kept.",
  keep: "Keep stores all models as they are now, in memory, up to six times. Back returns to such a point: change a setting there, and see what would have happened.",
  field: "Which quantity the pictures show.",
  errors: "The colours of the error: log shows where it is small, linear where it is large.",
  points: "The collocation points of the latest iteration over the field: where the equation and the conditions were asked for. They are drawn afresh at every iteration.",
  axis: "The axis of the gradient densities. Signed log shows many decades on both sides of zero; linear shows the peak at zero that the paper points at (Figure 2).",
  weighted: "Before λ: the gradient of each loss term by itself. After λ: as it enters the step, λ times the gradient. Annealing works where the two terms lie over each other after λ.",
  pooled: "One density for each weight matrix, as in the paper’s figures, or one over all weight matrices together.",
  subset: "The parameters that the Hessian is taken over. The paper’s code has the weight matrices of the trunk, without biases and encoders.",
  budget: "The share of the time that may go into measuring the largest eigenvalue of the Hessian while the training goes on. Gradient descent is stable only where η is less than 2 divided by that eigenvalue.",
  density: "Asks once for the density of all Hessian eigenvalues, of the total loss and of its two parts: every eigenvalue of a network of at most 1500 parameters, an estimate by Lanczos iterations of a larger one. It needs some seconds of the budget.",
  copy: "The table as text with tabs between the columns, ready for a spreadsheet.",
  freeze: "A frozen λ stays as it is: the rule goes on estimating and no longer acts. It shows whether the moving λ matters or only its size.",
  lambda: "The weight of a group of conditions in the loss. A weight set by hand is frozen, and acts at the next iteration. The residual has weight 1.",
  fork: "Copies this model, with its optimiser, points and history, to the model with the same network and the other rule. Both go on from the same point, so what differs from now on is due to the rule.",
  estimate: "How the rule made λ̂ when it last looked: the largest entry of the residual’s gradient over the mean entry of the conditions’ gradient, weighted and counted as the rule does. λ is the weight in use.",
});
