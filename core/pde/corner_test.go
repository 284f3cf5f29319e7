package pde

import (
	"fmt"
	"testing"
)

func TestContradiction(t *testing.T) {
	const spec = `{"version":1,"name":"n","title":"T","coords":[{"name":"x","lo":0,"hi":1},{"name":"y","lo":0,"hi":2}],
		"fields":["T"],"residuals":[{"name":"res","formula":"T_xx + T_yy"}],"conditions":[%s]}`
	for conditions, want := range map[string]string{
		`{"name":"l","face":"x=0","formula":"T - 1"},{"name":"b","face":"y=0","formula":"2*T - 6"}`:              "T is 1 by l but 3 by b at x = 0, y = 0",
		`{"name":"l","face":"x=0","formula":"T - y"},{"name":"t","face":"y=2","formula":["T_x","T - 2 - x"]}`:    "",
		`{"name":"l","face":"x=0","formula":"T - y"},{"name":"t","face":"y=2","formula":["T_x","T - 3 - x"]}`:    "T is 2 by l but 3 by t at x = 0, y = 2",
		`{"name":"l","face":"x=0","formula":"T_x - 1"},{"name":"b","face":"y=0","formula":"T - 3"}`:              "",
		`{"name":"l","face":"x=0","formula":"T - 1"},{"name":"r","face":"x=1","formula":"T - 2"}`:                "",
		`{"name":"l","face":"x=0","formula":"T - 1"},{"name":"l2","face":"x=0","formula":"T_x - 2"}`:             "",
		`{"name":"l","face":"x=0","formula":"T^2 - 1"},{"name":"b","face":"y=0","formula":"T - 3"}`:              "",
		`{"name":"l","face":"x=0","formula":"T + T_x"},{"name":"b","face":"y=0","formula":"T - 3"}`:              "",
		`{"name":"a","set":"s","face":"x=0","formula":"T - sin(y)"},{"name":"b","face":"y=0","formula":"T - x"}`: "",
		`{"name":"l","face":"x=0","formula":"T_y - 1"},{"name":"b","face":"y=2","formula":"T_y + 1"}`:            "T_y is 1 by l but -1 by b at x = 0, y = 2",
	} {
		s, err := Parse(fmt.Appendf(nil, spec, conditions))
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.Problem(nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if c := p.Contradiction(); c != nil {
			got = c.String(p)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", conditions, got, want)
		}
	}
	for name, want := range map[string]bool{"helmholtz": false, "klein_gordon": false, "poisson": false, "cavity_velocity": true, "cavity_streamfunction": true} {
		s, err := Preset(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.Problem(nil)
		if err != nil {
			t.Fatal(err)
		}
		if c := p.Contradiction(); (c != nil) != want {
			t.Errorf("%s: %v", name, c)
		}
	}
}
