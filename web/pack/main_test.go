package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A small site, to be packed: its programs are any bytes.
func site(t *testing.T) (web string, args [3]string) {
	web = t.TempDir()
	for name, text := range map[string]string{
		"index.html": "\n<p data-apart><a href=\"elsewhere\"></a></p>\n" + `<link rel="stylesheet" href="a.css"><script src="dist/scripts.js"></script><script src="b.js" async></script>`,
		"a.css":      "p { margin: 0 }",
		"b.js":       "let s = '</script>';",
		"worker.js":  "work('</script>')",
		"exec.js":    "run()",
		"t.wasm":     "trainer",
		"c.wasm":     strings.Repeat("canvas", 1000),
	} {
		if err := os.WriteFile(filepath.Join(web, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range []string{"exec.js", "t.wasm", "c.wasm"} {
		args[i] = filepath.Join(web, name)
	}
	return web, args
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
	for _, want := range []string{`.runtime = "run()";`, `.worker = "work(`} {
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
	for _, want := range []string{"<style>\np { margin: 0 }</style>", `let s = '<\/script>';</script>`, `.runtime = "run()"`} {
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
	for i, name := range []string{"exec.js", "t.wasm", "c.wasm", "worker.js", "index.html", "a.css"} {
		t.Run(name, func(t *testing.T) {
			web, a := site(t)
			if err := os.Remove(filepath.Join(web, name)); err != nil {
				t.Fatal(err)
			}
			if err := pack(web, a[0], a[1], a[2]); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("case %d: error %v does not name %s", i, err, name)
			}
		})
	}
}
