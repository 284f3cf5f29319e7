// Command pinnlab trains physics-informed neural networks with the engine that
// runs in the page, measures it, draws what it finds, and checks it against
// fixtures.
package main

import (
	"fmt"
	"io"
	"os"
)

const usage = `pinnlab trains physics-informed neural networks and checks the engine.

  pinnlab check FILE...   compare the engine with fixtures
  pinnlab train           train one network
  pinnlab table           train many and print their errors beside the published ones
  pinnlab figure          draw a run: fields, gradients, curves
  pinnlab stiffness       follow the largest Hessian eigenvalue of runs
  pinnlab spectrum        write the eigenvalues of the Hessian of each loss of a run
  pinnlab bench           measure how fast the engine steps
  pinnlab methods         list the methods, and the parts that they are made of

Each command lists its flags with -h. Ctrl-C keeps what is done.
`

// commands take their arguments, and where to write results and all else; they
// return the exit code.
var commands = map[string]func(args []string, out, errOut io.Writer) int{
	"check":     check,
	"train":     trainCommand,
	"table":     tableCommand,
	"figure":    figureCommand,
	"bench":     benchCommand,
	"spectrum":  spectrumCommand,
	"stiffness": stiffnessCommand,
	"methods":   methodsCommand,
}

func main() {
	if len(os.Args) > 1 {
		if command, ok := commands[os.Args[1]]; ok {
			os.Exit(command(os.Args[2:], os.Stdout, os.Stderr))
		}
	}
	fmt.Fprint(os.Stderr, usage)
	os.Exit(2)
}
