// Command pinnlab trains physics-informed neural networks with the engine that
// runs in the page, and checks it against fixtures.
package main

import (
	"fmt"
	"os"
)

const usage = `pinnlab trains physics-informed neural networks and checks the engine.

  pinnlab check FILE...   compare the engine with fixtures
  pinnlab train           train one network; -h lists the flags
`

func main() {
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	switch os.Args[1] {
	case "check":
		os.Exit(check(os.Args[2:], os.Stdout, os.Stderr))
	case "train":
		os.Exit(trainCommand(os.Args[2:], os.Stdout, os.Stderr))
	default:
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
}
