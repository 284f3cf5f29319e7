// Package bench measures the engine: its kernels beside their twins, the
// training step of the paper's problems, and how the cost of a step grows with
// points, width, depth and the order of derivatives. The same code measures
// natively and in a browser.
package bench
