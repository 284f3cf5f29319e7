package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// bundle returns a module of WEB/src, with all that it imports, as one classic
// script: a page opened from a file may load no modules. Names stay readable.
func bundle(web, module string) (string, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(web, "src", module)},
		Bundle:      true,
		Format:      api.FormatIIFE,
		Target:      api.ES2022,
		Charset:     api.CharsetUTF8,
		LogLevel:    api.LogLevelSilent, // they are returned
	})
	var failed []error
	for _, m := range append(result.Errors, result.Warnings...) {
		if at := m.Location; at != nil {
			failed = append(failed, fmt.Errorf("%s:%d:%d: %s", at.File, at.Line, at.Column+1, m.Text))
		} else {
			failed = append(failed, fmt.Errorf("%s: %s", module, m.Text))
		}
	}
	if len(failed) > 0 {
		return "", errors.Join(failed...)
	}
	return string(result.OutputFiles[0].Contents), nil
}
