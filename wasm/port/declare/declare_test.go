package declare

import (
	"encoding/json"
	"testing"
)

type inner struct {
	At float64 `json:"at"`
}

type tree struct {
	inner
	Name     string               `json:"name"`
	Children []tree               `json:"children"`
	Pairs    [][2]int             `json:"pairs,omitempty"`
	By       map[string]*inner    `json:"by"`
	Some     []*inner             `json:"some"`
	Done     *int                 `json:"done,omitempty"`
	Raw      json.RawMessage      `json:"raw"`
	Plain    bool                 // by its own name
	Hidden   func()               `json:"-"`
	Own      map[string]fmtNumber `json:"own"`
	unseen   int
}

type fmtNumber float64

func TestTypes(t *testing.T) {
	const want = `// Head.

declare namespace declare {
  interface inner {
    at: number;
  }

  interface tree {
    at: number;
    name: string;
    children: declare.tree[];
    pairs?: [number, number][];
    by: {[name: string]: declare.inner | null};
    some: (declare.inner | null)[];
    done?: number;
    raw: any;
    Plain: boolean;
    own: {[name: string]: number | null};
  }
}
`
	got := Types("Head.", []any{tree{unseen: 1}}, Special{fmtNumber(0), "number | null"})
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
