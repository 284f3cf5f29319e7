// Package train runs the training of one network on one problem.
package train
