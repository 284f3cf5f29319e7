// Package eval says how good a network is, where no step looks: on the plot grid
// beside the known solution ([View]), on points held out ([Held]), and by its
// residuals on the grid and along the sides ([Survey]).
package eval
