//go:build !js

package drive

import (
	_ "embed"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

//go:embed listener.js
var listener string

// instrument makes a copy of a folder whose pages have the listener as their
// first script. All else in it is linked.
func instrument(folder, copied string) error {
	if err := os.MkdirAll(copied, 0o700); err != nil {
		return err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		from, to := filepath.Join(folder, e.Name()), filepath.Join(copied, e.Name())
		switch {
		case e.Name() == "dist":
			err = instrument(from, to)
		case filepath.Ext(from) == ".html":
			err = listenIn(from, to)
		default:
			err = os.Symlink(from, to)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// listenIn copies a page, with the listener.
func listenIn(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	// Behind the policy, which it must obey too.
	head, rest, found := strings.Cut(string(text), "<title>")
	if !found {
		return errors.New(from + " has no title")
	}
	page := head + "<script>" + listener + "</script>\n<title>" + rest
	return os.WriteFile(to, []byte(page), 0o600)
}
