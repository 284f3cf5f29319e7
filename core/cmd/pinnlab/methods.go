package main

import (
	"cmp"
	"fmt"
	"io"

	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/opt"
	"pinnlab/core/sampler"
	"pinnlab/core/weigh"
)

// methodsCommand lists the named methods and what methods can be made of; it
// returns the exit code.
func methodsCommand(args []string, out, errOut io.Writer) int {
	if err := parse(newFlags("methods", "lists the methods and the parts that they are made of"), args, errOut); err != nil {
		return refuse("methods", err, errOut)
	}
	fmt.Fprintln(out, "# Methods")
	for _, m := range method.Table() {
		fmt.Fprintf(out, "\n%s: %s. Network %s, weighting %s, optimiser %s, sampler %s.\n", m.Name, m.Words,
			cmp.Or(m.Network, "as -gated says"), cmp.Or(m.Weighting, "as -rule says"), m.Optimiser, m.Sampler)
	}
	for _, kind := range []struct {
		title, flag string
		infos       []method.Info
	}{
		{"Networks", "-network", nn.Kinds.Infos()}, {"Weightings", "-weighting", weigh.Kinds.Infos()},
		{"Optimisers", "-optimiser", opt.Kinds.Infos()}, {"Samplers", "-sampler", sampler.Kinds.Infos()},
	} {
		fmt.Fprintf(out, "\n# %s: %s\n", kind.title, kind.flag)
		for _, i := range kind.infos {
			writeInfo(out, i)
		}
	}
	return 0
}

// writeInfo writes what is told of a part, and of its settings.
func writeInfo(out io.Writer, i method.Info) {
	fmt.Fprintf(out, "\n## %s: %s\n\n%s\n", i.Name, i.Title, i.Words)
	if i.Source != "" {
		fmt.Fprintf(out, "\nSource: %s\n", i.Source)
	}
	for _, s := range i.Settings {
		fmt.Fprintf(out, "\n-%s: %s Default %v.\n", cmp.Or(s.Flag, s.Name), s.Words, s.Usual)
	}
}
