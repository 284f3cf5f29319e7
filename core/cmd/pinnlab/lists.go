package main

import (
	"flag"
	"fmt"
	"strconv"
	"strings"
)

// shapesOf reads a list of networks, such as 50x3,100x5.
func shapesOf(list string) (shapes []map[string]string, err error) {
	if list == "" {
		return []map[string]string{nil}, nil
	}
	for _, s := range strings.Split(list, ",") {
		width, depth, ok := strings.Cut(strings.ReplaceAll(s, "×", "x"), "x")
		if !ok {
			return nil, fmt.Errorf("arch: %q is not a width and a depth, such as 50x3", s)
		}
		shapes = append(shapes, map[string]string{"width": width, "depth": depth})
	}
	return shapes, nil
}

// maxSeeds is far more than anybody waits for; it catches a slip of the hand.
const maxSeeds = 1000

// seedsOf reads a list of seeds and ranges of seeds, such as 1,4-6; of
// an empty one, one empty seed.
func seedsOf(list string) (seeds []string, err error) {
	if list == "" {
		return []string{""}, nil
	}
	for _, part := range strings.Split(list, ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		lo, err1 := strconv.ParseUint(first, 10, 53)
		hi, err2 := strconv.ParseUint(last, 10, 53)
		if err1 != nil || err2 != nil || hi < lo {
			return nil, fmt.Errorf("seeds: %q is neither a seed below 2^53 nor a range such as 1-3", part)
		}
		if hi-lo >= maxSeeds {
			return nil, fmt.Errorf("seeds: %q are too many, %d at most", part, maxSeeds)
		}
		for s := lo; s <= hi; s++ {
			seeds = append(seeds, strconv.FormatUint(s, 10))
		}
	}
	return seeds, nil
}

// commandOf returns the flags as given, but for those that do not change what
// is trained.
func commandOf(fs *flag.FlagSet) string {
	words := []string{"pinnlab table"}
	fs.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "j", "out", "render", "params":
		default:
			words = append(words, "-"+f.Name, quote(f.Value.String()))
		}
	})
	return strings.Join(words, " ")
}

// quote returns a word as a shell takes it.
func quote(s string) string {
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("-_=+,./:@%", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
