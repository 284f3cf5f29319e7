package core

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// order lists the engine's packages, lowest first.
var order = []string{"jsonwords", "wire", "record", "method", "kern", "dense", "jet", "ad", "nn", "sampler", "weigh", "expr", "pde", "residual", "flow", "eval", "opt", "train", "diag", "bench", "cmd"}

// leaves are the packages that know nothing of an engine: what draws a run may
// import them, and they import only each other.
var leaves = []string{"jsonwords", "wire", "record"}

// TestImportsRunDownward holds every package to importing only packages before
// it, and the engine to knowing nothing of a browser.
func TestImportsRunDownward(t *testing.T) {
	seen := map[string]bool{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".go" {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		room, _, _ := strings.Cut(name, "/")
		seen[room] = true
		for _, spec := range file.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value)
			checkImport(t, name, room, imp)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range order {
		if !seen[room] {
			t.Errorf("no files of package %s", room)
		}
	}
}

func checkImport(t *testing.T, name, room, imp string) {
	if imp == "syscall/js" || strings.Contains(imp, "ebiten") || strings.HasPrefix(imp, "pinnlab/wasm") {
		t.Errorf("%s imports %s, which needs a browser", name, imp)
	}
	rest, ours := strings.CutPrefix(imp, "pinnlab/core/")
	if !ours {
		return
	}
	target, _, _ := strings.Cut(rest, "/")
	from, to := slices.Index(order, room), slices.Index(order, target)
	if to < 0 || from >= 0 && to > from {
		t.Errorf("%s imports %s, which is not below it", name, imp)
	}
}

// TestCanvasNeedsNoEngine holds the canvas to importing, directly or not, only
// leaves of the engine's packages.
func TestCanvasNeedsNoEngine(t *testing.T) {
	command := exec.Command("go", "list", "-deps", "../wasm/canvas")
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	list, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	drawn := false
	for pkg := range strings.FieldsSeq(string(list)) {
		name, ours := strings.CutPrefix(pkg, "pinnlab/core/")
		drawn = drawn || name == "record"
		if ours && !slices.Contains(leaves, name) {
			t.Errorf("the canvas depends on %s", pkg)
		}
	}
	if !drawn {
		t.Errorf("the canvas does not depend on record: %s", list)
	}
}
