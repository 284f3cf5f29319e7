package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"

	"pinnlab/core/expr"
	"pinnlab/core/jsonwords"
	"pinnlab/core/method"
	"pinnlab/core/train"
)

// A rawConfig is a Config as given: only the fields that are set.
type rawConfig map[string]json.RawMessage

// A configReader collects what flags say about a Config. A Config from a file
// comes first; flags that are given change it.
type configReader struct {
	file   string
	fields map[string]*string
}

// addConfigFlags adds a flag for the problem and one for each plain field of a
// Config, but for those named.
func addConfigFlags(fs *flag.FlagSet, but ...string) *configReader {
	r := &configReader{fields: map[string]*string{}}
	fs.StringVar(&r.file, "config", "", "read the Config from this JSON `file`")
	r.fields["preset"] = fs.String("preset", "", "problem; default helmholtz")
	for _, f := range train.Fields() {
		if f.Name != "version" && !slices.Contains(but, f.Name) {
			r.fields[f.Name] = fs.String(cmp.Or(f.Flag, f.Name), "", about(f))
		}
	}
	return r
}

// about says of a field what its help is: its words, what it may be, and what it
// is if nothing is said.
func about(f train.Field) string {
	words := f.Words
	if len(f.Of) > 0 {
		words += " Of " + f.Part + " " + strings.Join(f.Of, ", ") + "."
	}
	if len(f.Choices) > 0 {
		words += " One of " + strings.Join(f.Choices, ", ") + "."
	}
	if f.Kind != method.Word && f.Range == "" {
		words += " A number " + f.Bounds() + "."
	}
	if f.Usual != nil {
		words += fmt.Sprintf(" Default %v.", f.Usual)
	}
	return words
}

// read returns the fields that the file and the flags set.
func (r *configReader) read() (rawConfig, error) {
	given := rawConfig{}
	if r.file != "" {
		b, err := os.ReadFile(r.file)
		if err != nil {
			return nil, err
		}
		if err := jsonwords.Unmarshal(b, &given); err != nil {
			return nil, fmt.Errorf("%s: %w", r.file, err)
		}
		if given == nil {
			return nil, fmt.Errorf("%s: must be an object { }; found null", r.file)
		}
	}
	for name, v := range r.fields {
		if *v != "" {
			given[name] = word(*v)
		}
	}
	return given, nil
}

// with returns a copy with other fields set; a value is a word or a number as
// typed.
func (c rawConfig) with(fields map[string]string) rawConfig {
	c = maps.Clone(c)
	for name, v := range fields {
		c[name] = word(v)
	}
	return c
}

// withParams returns a copy with the problem's parameters of a list such as
// a1=1,a2=4; an empty list changes nothing.
func (c rawConfig) withParams(list string) rawConfig {
	if list == "" {
		return c
	}
	values := rawConfig{}
	for _, p := range strings.Split(list, ",") {
		name, v, _ := strings.Cut(p, "=") // without a =, the value is missing, which resolve says
		values[strings.TrimSpace(name)] = word(strings.TrimSpace(v))
	}
	c = maps.Clone(c)
	c["params"], _ = json.Marshal(values) // what word makes is JSON
	return c
}

// resolve returns the Config, or all that is wrong.
func (c rawConfig) resolve() (train.Config, error) {
	raw, err := json.Marshal(c)
	if err != nil {
		return train.Config{}, err
	}
	cfg, faults := train.Resolve(raw)
	var all []error
	for _, f := range faults {
		all = append(all, f)
	}
	return cfg, errors.Join(all...)
}

// word makes JSON of what a flag says: a number, or a string.
func word(v string) json.RawMessage {
	var n float64
	if json.Unmarshal([]byte(v), &n) == nil && v != "null" {
		return json.RawMessage(v)
	}
	quoted, _ := json.Marshal(v) // a string always has a JSON form
	return quoted
}

// newFlags returns an empty set of flags of a command; about says in a sentence
// what the command does.
func newFlags(command, about string) *flag.FlagSet {
	fs := flag.NewFlagSet(command+": "+about, flag.ContinueOnError)
	fs.Usage = func() {} // parse and refuse say all there is to say
	fs.SetOutput(io.Discard)
	return fs
}

// parse reads the flags and refuses words that are none. Where help is asked
// for it prints it.
func parse(fs *flag.FlagSet, args []string, errOut io.Writer) error {
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(errOut, "pinnlab %s\n\n", fs.Name())
		fs.SetOutput(errOut)
		fs.PrintDefaults()
	}
	if err == nil && fs.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	return flagError(fs, err)
}

// flagError says what package flag says of a wrong flag, for people.
func flagError(fs *flag.FlagSet, err error) error {
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return err
	}
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		var names []string
		fs.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
		if like := expr.Closest(name, names); like != "" {
			return fmt.Errorf("there is no flag -%s; did you mean -%s?", name, like)
		}
		return fmt.Errorf("there is no flag -%s; -h lists them", name)
	}
	var value, name string
	if _, scan := fmt.Sscanf(text, "invalid value %q for flag -%s", &value, &name); scan == nil {
		kind := "a number"
		if _, whole := fs.Lookup(strings.TrimSuffix(name, ":")).Value.(flag.Getter).Get().(int); whole {
			kind = "a whole number"
		}
		return fmt.Errorf("%s: %q is not %s", strings.TrimSuffix(name, ":"), value, kind)
	}
	return err
}

// refuse says why a command line is not understood, unless help was asked for;
// it returns the exit code.
func refuse(command string, err error, errOut io.Writer) int {
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	fmt.Fprintf(errOut, "pinnlab %s: %v\n", command, err)
	return 2
}

// interruptible returns a context that ends at the first Ctrl-C; a second one
// ends the program.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
