package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A small site, to be packed: its programs are any bytes.
func site(t *testing.T) (web string, args [3]string) {
	web = t.TempDir()
	for name, text := range map[string]string{
		"index.html":    "\n<p data-apart><a href=\"elsewhere\"></a></p>\n" + `<link rel="stylesheet" href="a.css"><script src="dist/scripts.js"></script><script src="dist/page.js" onerror="none()"></script>`,
		"a.css":         "p { margin: 0 }",
		"src/app.js":    "import { words } from './words.js';\nsay(words);",
		"src/words.js":  "export const words = 'λ </script>', unused = 1;",
		"src/bench.js":  "import { words } from './words.js';\nsay(words);",
		"src/worker.js": "work('</script>')",
		"src/inside.js": "draw()",
		"exec.js":       "run()",
		"t.wasm":        "trainer",
		"c.wasm":        strings.Repeat("canvas", 1000),
	} {
		write(t, filepath.Join(web, name), text)
	}
	for i, name := range []string{"exec.js", "t.wasm", "c.wasm"} {
		args[i] = filepath.Join(web, name)
	}
	return web, args
}

func write(t *testing.T, file, text string) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPack(t *testing.T) {
	web, a := site(t)
	if err := pack(web, a[0], a[1], a[2]); err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(web, "dist", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}

	scripts := read("scripts.js")
	for _, want := range []string{`.runtime = "run()";`, `.worker = "`, "work(", `.inside = "`, "draw()"} {
		if !strings.Contains(scripts, want) {
			t.Errorf("scripts.js has no %s:\n%s", want, scripts)
		}
	}
	_, literal, _ := strings.Cut(read("canvas.js"), " = ")
	if _, rest, ok := strings.Cut(literal, "= "); ok { // past ??= {}
		literal = rest
	}
	var text string
	if err := json.Unmarshal([]byte(strings.TrimSuffix(literal, ";\n")), &text); err != nil {
		t.Fatalf("canvas.js: %v", err)
	}
	zipped, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(r); err != nil || string(b) != strings.Repeat("canvas", 1000) {
		t.Errorf("canvas.js holds %d other bytes (%v)", len(b), err)
	}

	page := read("pinnlab.html")
	for _, want := range []string{"<style>\np { margin: 0 }</style>", `var words = "λ <\/script>"`, `.runtime = "run()"`} {
		if !strings.Contains(page, want) {
			t.Errorf("pinnlab.html has no %s:\n%s", want, page)
		}
	}
	if strings.Contains(page, "elsewhere") {
		t.Errorf("pinnlab.html leads to another file:\n%s", page)
	}
	if n := strings.Count(page, "</script>"); n != 2 || strings.Contains(page, "src=") {
		t.Errorf("pinnlab.html has %d ends of scripts, want 2, and no src:\n%s", n, page)
	}
}

func TestPackNamesWhatIsMissing(t *testing.T) {
	for i, name := range []string{"exec.js", "t.wasm", "c.wasm", "src/app.js", "src/words.js", "src/worker.js", "src/inside.js", "index.html", "a.css"} {
		t.Run(name, func(t *testing.T) {
			web, a := site(t)
			if err := os.Remove(filepath.Join(web, name)); err != nil {
				t.Fatal(err)
			}
			if err := pack(web, a[0], a[1], a[2]); err == nil || !strings.Contains(err.Error(), filepath.Base(name)) {
				t.Errorf("case %d: error %v does not name %s", i, err, name)
			}
		})
	}
}

// A mistake in a module is told with its place.
func TestBundleTells(t *testing.T) {
	web, _ := site(t)
	write(t, filepath.Join(web, "src/app.js"), "import { none } from './words.js';\nsay(none);\n")
	if _, err := bundle(web, "app.js"); err == nil || !strings.Contains(err.Error(), `app.js:1:10: No matching export`) {
		t.Errorf("an import of nothing is met by %v", err)
	}
	write(t, filepath.Join(web, "src/app.js"), "say(;\n")
	if _, err := bundle(web, "app.js"); err == nil || !strings.Contains(err.Error(), `app.js:1:5:`) {
		t.Errorf("a slip of the pen is met by %v", err)
	}
}

// The page's modules import downward: none comes back to itself.
func TestModulesHaveNoCycles(t *testing.T) {
	files, err := filepath.Glob("../src/*.js")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d modules (%v)", len(files), err)
	}
	imports := map[string][]string{}
	from := regexp.MustCompile(`(?m)^(?:import|\}) .*from "\./(.*)";$`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range from.FindAllSubmatch(text, -1) {
			name := filepath.Base(file)
			imports[name] = append(imports[name], string(m[1]))
		}
	}
	var visit func(name string, above []string)
	seen := map[string]bool{}
	visit = func(name string, above []string) {
		if i := slices.Index(above, name); i >= 0 {
			t.Errorf("a cycle: %v", append(above[i:], name))
			return
		}
		if seen[name] {
			return
		}
		for _, next := range imports[name] {
			visit(next, append(above, name))
		}
		seen[name] = true
	}
	for name := range imports {
		visit(name, nil)
	}
}
