package bench

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pinnlab/core/train"
)

// TestMeasure takes laps of cases that count their calls.
func TestMeasure(t *testing.T) {
	var order []string
	var open int
	counter := func(name string) Case {
		return Case{name, func() (Subject, error) {
			open++
			return Subject{Do: func() error {
				if len(order) == 0 || order[len(order)-1] != name {
					order = append(order, name)
				}
				return nil
			}, Flop: 2}, nil
		}}
	}
	var last float64
	results, err := Measure([]Case{counter("a"), counter("b"), counter("c")}, Options{
		Laps: 2, Length: time.Microsecond, Group: 2,
		Tell: func(_ string, done float64) error {
			if done < last || done >= 1 {
				t.Errorf("%v done after %v", done, last)
			}
			last = done
			return nil
		},
	})
	if err != nil || len(results) != 3 || open != 3 {
		t.Fatalf("%d results of %d cases: %v", len(results), open, err)
	}
	if got := strings.Join(order, ""); got != "abababc" {
		t.Errorf("laps are taken in the order %s", got)
	}
	for _, r := range results {
		if len(r.Laps) != 2 || r.Count[1] < 1 || !(r.Median() > 0) || r.Flop != 2 {
			t.Errorf("%+v", r)
		}
	}
}

// TestMeasureEnds by what Tell says, and by what a case says.
func TestMeasureEnds(t *testing.T) {
	enough := errors.New("enough")
	fine := Case{"fine", func() (Subject, error) { return Subject{Do: func() error { return nil }}, nil }}
	broken := Case{"broken", func() (Subject, error) { return Subject{Do: func() error { return enough }}, nil }}
	closed := Case{"closed", func() (Subject, error) { return Subject{}, enough }}
	if _, err := Measure([]Case{fine}, Options{Laps: 1, Tell: func(string, float64) error { return enough }}); !errors.Is(err, enough) {
		t.Errorf("told to end, it says %v", err)
	}
	for _, c := range []Case{broken, closed} {
		results, err := Measure([]Case{fine, c}, Options{Laps: 1, Group: 1})
		if !errors.Is(err, enough) || !strings.Contains(err.Error(), c.Name) || len(results) != 1 {
			t.Errorf("%s: %d results, %v", c.Name, len(results), err)
		}
	}
}

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		laps []float64
		want float64
	}{{[]float64{5}, 5}, {[]float64{9, 2, 5}, 5}, {[]float64{4, 1}, 4}} {
		if got := (&Result{Laps: tt.laps}).Median(); got != tt.want {
			t.Errorf("median of %v is %v, want %v", tt.laps, got, tt.want)
		}
	}
}

// TestTable by hand: rates, the products' share, a twin, a platform that has
// not measured a case.
func TestTable(t *testing.T) {
	here := Platform{"here", []Result{
		{Name: "Step/a", Laps: []float64{1e6}, Flop: 1e6, Bytes: 3},
		{Name: "Products/a", Laps: []float64{5e5}, Flop: 1e6},
		{Name: "Kernel/k/impl=fast", Laps: []float64{10}, Flop: 200, Move: 40},
		{Name: "Kernel/k/impl=twin", Laps: []float64{100}, Flop: 200, Move: 40},
	}}
	there := Platform{"there", []Result{{Name: "Kernel/copy/impl=fast", Laps: []float64{10}, Move: 50}}}
	want := `| step | here steps/s | there steps/s | here products GFLOP/s | there products GFLOP/s | here products' share | there products' share | here B/step | there B/step |
| ---- | -----------: | ------------: | --------------------: | ---------------------: | -------------------: | --------------------: | ----------: | -----------: |
| a    |         1000 |               |                     2 |                        |                 50 % |                       |           3 |              |

| kernel | here GFLOP/s | there GFLOP/s | here twin GFLOP/s | there twin GFLOP/s | here GB/s | there GB/s |
| ------ | -----------: | ------------: | ----------------: | -----------------: | --------: | ---------: |
| k      |           20 |               |                 2 |                    |         4 |            |
| copy   |              |               |                   |                    |           |          5 |

`
	if got := Table(here, there); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestSweepModels: the modified network has more products than the plain one.
func TestSweepModels(t *testing.T) {
	var flop []float64
	for _, c := range Sweeps(train.Float32)[:2] {
		s, err := c.Open()
		if err != nil {
			t.Fatal(err)
		}
		flop = append(flop, s.Flop)
	}
	if !(flop[0] < flop[1]) {
		t.Errorf("products of M1 and M3 at 128 points: %v operations", flop)
	}
}

// TestCases opens the cheapest case of each kind: their Configs are accepted,
// and a step's operations are counted.
func TestCases(t *testing.T) {
	for _, list := range [][]Case{Steps(train.Float64)[:2], Kernels(train.Float64)[:2], Sweeps(train.Float32)[14:16], Sweeps(train.Float32)[len(Sweeps(train.Float32))-8:]} {
		for _, c := range list {
			s, err := c.Open()
			if err != nil {
				t.Errorf("%s: %v", c.Name, err)
				continue
			}
			if err := s.Do(); err != nil || !(s.Flop > 0) {
				t.Errorf("%s: %v operations, %v", c.Name, s.Flop, err)
			}
		}
	}
}

// TestSweepsDiffer: cases of one kind have different work to do.
func TestSweepsDiffer(t *testing.T) {
	seen := map[float64]string{}
	for _, c := range Sweeps(train.Float32)[14:18] {
		s, err := c.Open()
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[s.Flop]; ok {
			t.Errorf("%s and %s have the same %v operations", c.Name, other, s.Flop)
		}
		seen[s.Flop] = c.Name
	}
}

// TestPartThatCounts: where a subject has a clock, its time is the lap's.
func TestPartThatCounts(t *testing.T) {
	clock := new(time.Duration)
	s := Subject{Counts: clock, Do: func() error { *clock += 3 * time.Second; return nil }}
	c := Case{"part", func() (Subject, error) { return s, nil }}
	results, err := Measure([]Case{c}, Options{Laps: 2, Length: time.Microsecond})
	if err != nil {
		t.Fatal(err)
	}
	if got := results[0].Laps; len(got) != 2 || got[0] != 3e9 || got[1] != 3e9 {
		t.Errorf("laps of %v, want 3e9 each", got)
	}
}

// TestProductsArePartOfAStep: their time, measured inside of steps, is some of
// the steps' and not all.
func TestProductsArePartOfAStep(t *testing.T) {
	for _, c := range Steps(train.Float32)[:2] {
		s, err := c.Open()
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		for range 50 {
			if err := s.Do(); err != nil {
				t.Fatal(err)
			}
		}
		took := time.Since(begin)
		if products := strings.HasPrefix(c.Name, "Products"); products != (s.Counts != nil) {
			t.Errorf("%s: clock %v", c.Name, s.Counts)
		} else if products && (*s.Counts <= 0 || *s.Counts >= took) {
			t.Errorf("%s: %v of %v", c.Name, *s.Counts, took)
		}
	}
}
