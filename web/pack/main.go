// Program pack turns modules, and what was compiled, into scripts that a page
// opened from a file can load, and into one page that holds everything.
//
//	pack WEB RUNTIME TRAINER CANVAS
//
// WEB is the folder of index.html, with the modules in src; RUNTIME is Go's wasm_exec.js; TRAINER and
// CANVAS are WebAssembly programs. It writes WEB/dist.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: pack WEB RUNTIME TRAINER CANVAS")
		os.Exit(2)
	}
	if err := pack(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

// pack writes dist/page.js and dist/bench.js, the two pages' own scripts; what
// they hand on: dist/scripts.js, dist/trainer.js and dist/canvas.js; then
// dist/pinnlab.html with all that index.html names.
func pack(web, runtime, trainer, canvas string) error {
	dist := filepath.Join(web, "dist")
	if err := os.MkdirAll(dist, 0o755); err != nil {
		return err
	}
	module := func(name string) (string, error) { return bundle(web, name) }
	parts := []struct {
		script, member, file string
		read                 func(string) (string, error)
	}{
		{"scripts.js", "runtime", runtime, readText},
		{"scripts.js", "worker", "worker.js", module},
		{"scripts.js", "inside", "inside.js", module},
		{"trainer.js", "trainer", trainer, readProgram},
		{"canvas.js", "canvas", canvas, readProgram},
	}
	scripts := map[string][]byte{}
	for script, name := range map[string]string{"page.js": "app.js", "bench.js": "bench.js"} {
		text, err := module(name)
		if err != nil {
			return err
		}
		scripts[script] = []byte(text)
	}
	for _, p := range parts {
		text, err := p.read(p.file)
		if err != nil {
			return err
		}
		literal, err := json.Marshal(text) // < becomes \u003c, so no </script> can end an element
		if err != nil {
			return err
		}
		scripts[p.script] = fmt.Appendf(scripts[p.script], "(window.pinnlabDist ??= {}).%s = %s;\n", p.member, literal)
	}
	for name, text := range scripts {
		if err := os.WriteFile(filepath.Join(dist, name), text, 0o644); err != nil {
			return err
		}
	}
	page, err := onePage(web)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dist, "pinnlab.html"), page, 0o644)
}

func readText(file string) (string, error) {
	b, err := os.ReadFile(file)
	return string(b), err
}

// readProgram returns a file gzipped, in base64.
func readProgram(file string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := w.Write(b); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(zipped.Bytes()), nil
}

var (
	styleLink  = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)">`)
	scriptLink = regexp.MustCompile(`<script src="([^"]+)"[^>]*></script>`)
	scriptEnd  = regexp.MustCompile(`(?i)</(script)`)
	apart      = regexp.MustCompile(`(?m)^.*<p data-apart>.*</p>\n`) // what leads to other files
)

// onePage returns index.html with its style sheet and scripts inside, and
// without what leads to other files.
func onePage(web string) ([]byte, error) {
	page, err := os.ReadFile(filepath.Join(web, "index.html"))
	if err != nil {
		return nil, err
	}
	page = apart.ReplaceAll(page, nil)
	var failed error
	inline := func(link *regexp.Regexp, element string) {
		page = link.ReplaceAllFunc(page, func(m []byte) []byte {
			text, err := os.ReadFile(filepath.Join(web, string(link.FindSubmatch(m)[1])))
			if err != nil {
				failed = err
			}
			// In a script's strings and templates <\/ is the same as </.
			text = scriptEnd.ReplaceAll(text, []byte(`<\/$1`))
			return fmt.Appendf(nil, "<%s>\n%s</%s>", element, text, element)
		})
	}
	inline(styleLink, "style")
	inline(scriptLink, "script")
	return page, failed
}
