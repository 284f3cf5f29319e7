package main

import (
	"context"
	"fmt"
	"io"
)

// tableCommand trains the runs of a table and prints it; it returns the exit
// code.
func tableCommand(args []string, out, errOut io.Writer) int {
	o, err := tableFlags(args, errOut)
	if err != nil {
		return refuse("table", err, errOut)
	}
	ctx, stop := interruptible()
	defer stop()
	code, err := o.run(ctx, out, errOut)
	if err != nil {
		fmt.Fprintln(errOut, "pinnlab table:", err)
	}
	return code
}

// interrupted is the exit code after Ctrl-C, as shells have it.
const interrupted = 130

// run trains what the file lacks and prints the table.
func (o *tableOptions) run(ctx context.Context, out, errOut io.Writer) (code int, err error) {
	s, err := openStore(o.out)
	if err != nil {
		return 1, err
	}
	if o.render {
		if len(s.records) == 0 {
			return 1, fmt.Errorf("%s: holds no finished run", o.out)
		}
		return 0, render(out, s.records, o.out)
	}
	if err := writable(o.out); err != nil {
		return 1, err
	}
	c := newRunner(s, o, errOut)
	if n := len(o.jobs) - c.total; n > 0 {
		c.bar.say(fmt.Sprintf("%d of %d runs are in %s already", n, len(o.jobs), o.out))
	}
	if err := c.work(ctx, o.workers); err != nil {
		return 1, err
	}
	if c.done < c.total {
		fmt.Fprintf(errOut, "Interrupted: %d runs finished, %d put away, %d not begun. The same command goes on.\n",
			c.done, c.saved, c.total-c.done-c.saved)
		return interrupted, nil
	}
	return 0, render(out, s.of(o.jobs), o.out)
}
