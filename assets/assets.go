// Package assets holds what the programs carry with them: the presets, the
// canvas's font and tables.
package assets

import "embed"

// Presets holds presets/*.json, one problem each, in the language of pde.Spec.
//
//go:embed presets/*.json
var Presets embed.FS
