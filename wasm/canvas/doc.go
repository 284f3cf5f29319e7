// The canvas draws what the trainers report: fields, errors, gradient
// distributions and curves. It runs in an iframe, takes Snapshots and settings
// from the page (message.go) and shows them with Ebitengine, whose glue is in
// the files that end in _js.go. All else is plain Go: a Board holds the newest
// Snapshots, a Scene is their picture as triangles and rasters.
package main
